import type { OpenFrame, Problem, ServerFrame } from "./protocol";

/** What a transport tells its owner. `closed` comes once, and nothing after it. */
export interface Handlers {
  frame(frame: ServerFrame): void;
  /** `reached` says whether the other side ever answered. */
  closed(code: number, reached: boolean): void;
}

/** One attempt at a connection, already under way when it is returned. */
export interface Transport {
  /** Sends a frame in its JSON. */
  send(text: string): void;
  close(): void;
}

/** Starts a connection whose first frame is `open`. */
export type Dial = (open: OpenFrame, handlers: Handlers) => Transport;

/** The server's close codes, and the one of a connection that just ended. */
export const closeCodes = {
  lost: 1006,
  badToken: 3500,
  badFrame: 3501,
  revoked: 3503,
  deleted: 3504,
  tooManyFrames: 3505,
} as const;

/** Whether a code asks the client to stay away. */
export function isTerminal(code: number): boolean {
  return code >= 3500 && code <= 3999;
}

/** The close code that says the same as an error answer to `session.open`. */
export function closeCode(problem: Problem): number {
  if (problem.temporary) return closeCodes.lost;
  if (problem.code === "not_found") return closeCodes.deleted;
  if (problem.code === "unauthorized" || problem.code === "forbidden") return closeCodes.badToken;
  return closeCodes.badFrame;
}

export function parseFrame(text: string): ServerFrame | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && "type" in value && typeof value.type === "string") {
      return value as ServerFrame;
    }
  } catch {
    // Not ours to repair: the caller treats it as a broken connection.
  }
  return null;
}
