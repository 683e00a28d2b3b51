import { Refused, type Api } from "../api";
import type { Summary } from "./types";

export interface Listener {
  /** A conversation has changed. */
  changed: (session: Summary) => void;
  /** The stream has begun anew: what happened in between is not known. */
  again: () => void;
  /** Whether changes come at the moment. */
  on: (live: boolean) => void;
  /** The operator's role or sites have changed. */
  lost: () => void;
}

const slowest = 30_000;

/** Listens to what changes, and comes back whenever the stream ends, until the signal ends it. */
export async function listen(api: Api, listener: Listener, signal: AbortSignal): Promise<void> {
  for (let tries = 0; !signal.aborted; tries++) {
    try {
      const response = await api.stream("/v1/console/live", signal);
      listener.on(true);
      if (tries > 0) listener.again();
      tries = 0;
      if (await read(response, listener)) return;
    } catch (error) {
      if (error instanceof Refused && error.status < 429) {
        if (error.status === 403) listener.lost();
        return; // signing in anew begins a new one
      }
    }
    if (signal.aborted) return;
    listener.on(false);
    await pause(Math.min(slowest, 1_000 * 2 ** tries), signal);
  }
}

/** Reads a stream to its end, and tells whether the server ended it for good. */
async function read(response: Response, listener: Listener): Promise<boolean> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return false;
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return false;
    const events = (rest + value).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const { type, data } = parse(event);
      if (type === "session") listener.changed(JSON.parse(data) as Summary);
      if (type === "ended") {
        listener.on(false);
        listener.lost();
        return true;
      }
    }
  }
}

/** One event of a stream, as the server writes them: a type and a line of data. */
export function parse(event: string): { type: string; data: string } {
  let type = "";
  let data = "";
  for (const line of event.split("\n")) {
    if (line.startsWith("event: ")) type = line.slice(7);
    if (line.startsWith("data: ")) data = line.slice(6);
  }
  return { type, data };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
  });
}
