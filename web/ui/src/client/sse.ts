import type { Http } from "./http";
import { problemOf, RequestError } from "./problem";
import type { OpenFrame, Reply } from "./protocol";
import { closeCode, closeCodes, isTerminal, parseFrame, type Dial, type Handlers } from "./transport";

/** The server says every 25 s that it is there; a stream that is silent for longer than this has died unnoticed. */
const silence = 65_000;

/**
 * Server-Sent Events read with fetch, for networks that break WebSocket.
 * Frames to the server go one at a time by POST, in order.
 */
export function sseDial(http: Http): Dial {
  let begun = none;
  return (open, handlers) => {
    const stream = new Stream(http, open, handlers, open.session ? { session: open.session, token: "" } : begun);
    // A conversation that was made for a stream which then failed is used by the next one.
    void stream.run().finally(() => (begun = stream.opened ? none : stream.begun));
    return stream;
  };
}

interface Begun {
  session: string;
  /** The token that a visitor was given with it; the client learns of it by session.opened. */
  token: string;
}

const none: Begun = { session: "", token: "" };

class Stream {
  opened = false;
  private readonly abort = new AbortController();
  private reached = false;
  private done = false;
  private queue: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly http: Http,
    private readonly open: OpenFrame,
    private readonly handlers: Handlers,
    public begun: Begun,
  ) {}

  send(text: string): void {
    this.queue = this.queue.then(() => this.post(text));
  }

  close(): void {
    this.finish(closeCodes.lost);
  }

  async run(): Promise<void> {
    try {
      await this.prepare();
      await this.read();
      this.finish(closeCodes.lost);
    } catch (error) {
      const code = error instanceof RequestError ? closeCode(error.problem) : closeCodes.lost;
      if (isTerminal(code)) this.begun = none;
      this.finish(code);
    }
  }

  private finish(code: number): void {
    if (this.done) return;
    this.done = true;
    clearTimeout(this.timer);
    this.abort.abort();
    this.handlers.closed(code, this.reached);
  }

  /** The stream belongs to a session, so one is created first where there is none. */
  private async prepare(): Promise<void> {
    if (this.begun.session) return;
    const { locale, time_zone } = this.open;
    const response = await this.http.request("POST", "/v1/sessions", { body: { locale, time_zone }, signal: this.abort.signal });
    const created = (await response.json()) as { session: { id: string }; token?: string };
    this.begun = { session: created.session.id, token: created.token ?? "" };
    if (created.token) this.http.tokens.issued(created.token);
  }

  private async read(): Promise<void> {
    const { after } = this.open;
    const query = after ? { epoch: after.epoch, offset: String(after.offset) } : undefined;
    const response = await this.http.request("GET", this.path("events"), { query, accept: "text/event-stream", signal: this.abort.signal });
    this.reached = true;
    if (!response.body) return;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      this.listen();
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + value.replaceAll("\r\n", "\n")).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) this.take(block);
    }
  }

  private listen(): void {
    clearTimeout(this.timer);
    if (!this.done) this.timer = setTimeout(() => this.close(), silence);
  }

  private take(block: string): void {
    const lines = block.split("\n").filter((line) => line.startsWith("data:"));
    if (lines.length === 0 || this.done) return;
    const frame = parseFrame(lines.map((line) => line.slice(5).trimStart()).join("\n"));
    if (!frame) {
      this.close();
      return;
    }
    if (frame.type === "session.opened") {
      this.opened = true;
      if (this.begun.token) frame.token ??= this.begun.token;
    }
    this.handlers.frame(frame);
  }

  private async post(text: string): Promise<void> {
    if (this.done) return;
    const frame = JSON.parse(text) as { id?: string };
    const reply: Reply = { type: "reply", id: frame.id ?? "" };
    try {
      const response = await this.http.request("POST", this.path("frames"), { body: frame, signal: this.abort.signal });
      if (response.status !== 204) Object.assign(reply, (await response.json()) as Partial<Reply>);
    } catch (error) {
      reply.error = problemOf(error);
      if (reply.error.code === "offline" || reply.error.code === "unauthorized") {
        this.finish(closeCode(reply.error));
        return;
      }
    }
    if (!this.done) this.handlers.frame(reply);
  }

  private path(part: "events" | "frames"): string {
    return `/v1/sessions/${encodeURIComponent(this.begun.session)}/${part}`;
  }
}
