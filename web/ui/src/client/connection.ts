import type { ClientFrame, Opened, OpenFrame, Problem, Reply, SessionEvent } from "./protocol";
import { closeCodes, isTerminal, type Dial, type Transport } from "./transport";

/** How the connection stands. `refused` is final until `connect` is called again. */
export type Link =
  | { state: "idle" }
  | { state: "connecting"; attempt: number }
  | { state: "open" }
  | { state: "waiting"; attempt: number; offline: boolean }
  | { state: "refused"; code: number };

/** A request that the server answered with an error, or that could not be made. */
export class RequestError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message || problem.code);
  }
}

export const unsent: Problem = { code: "offline", message: "", temporary: true };

export interface ConnectionOptions {
  /** Tried in turn until one of them has worked once. */
  dials: Dial[];
  /** Makes the first frame of a connection. */
  open: () => OpenFrame;
  opened: (frame: Opened) => void;
  event: (event: SessionEvent) => void;
  link: (link: Link) => void;
  /** Something the server says about no request in particular. */
  trouble?: (problem: Problem) => void;
  /** Milliseconds before the first try to reconnect; doubles up to `slowest`. */
  quickest?: number;
  slowest?: number;
  /** How long a request may stay without any answer before the connection counts as dead. */
  patience?: number;
  random?: () => number;
}

const patience = 12_000;

interface Pending {
  resolve: (result: unknown) => void;
  reject: (error: RequestError) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** Keeps one session connected: dials, reconnects with backoff, and matches replies to requests. */
export class Connection {
  link: Link = { state: "idle" };
  private transport: Transport | null = null;
  private pending = new Map<string, Pending>();
  private attempt = 0;
  private chosen: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private counter = 0;
  private generation = 0;

  constructor(private readonly options: ConnectionOptions) {}

  connect(): void {
    if (this.link.state === "open" || this.link.state === "connecting") return;
    clearTimeout(this.timer);
    this.dial();
  }

  /** Closes and stays closed. */
  stop(): void {
    clearTimeout(this.timer);
    this.drop();
    this.attempt = 0;
    this.set({ state: "idle" });
  }

  /** The network is gone: keep trying, slowly, and at once when `connect` is called. */
  lost(): void {
    if (this.link.state === "idle" || this.link.state === "refused") return;
    this.drop();
    this.retry(true);
  }

  /** Starts over on a fresh connection, to fill a gap. */
  resume(): void {
    if (this.link.state !== "open") return;
    this.drop();
    this.retry(false);
  }

  request(frame: ClientFrame): Promise<unknown> {
    const transport = this.transport;
    if (this.link.state !== "open" || !transport) return Promise.reject(new RequestError(unsent));
    const id = `r${++this.counter}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.lost(), this.options.patience ?? patience);
      this.pending.set(id, { resolve, reject, timer });
      transport.send({ ...frame, id });
    });
  }

  private dial(): void {
    const generation = ++this.generation;
    const current = () => generation === this.generation;
    const index = this.chosen ?? Math.floor(this.attempt / 2) % this.options.dials.length;
    const dial = this.options.dials[index];
    if (!dial) return;
    this.set({ state: "connecting", attempt: this.attempt });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.closed(closeCodes.lost), this.options.patience ?? patience);
    this.transport = dial(this.options.open(), {
      frame: (frame) => {
        if (!current()) return;
        if (frame.type === "session.opened") this.ready(frame, index);
        else if (frame.type === "reply") this.settle(frame);
        else if (frame.type !== "error") this.options.event(frame);
        else if (this.link.state === "connecting") this.closed(codeOf(frame.error));
        else this.options.trouble?.(frame.error);
      },
      closed: (code) => {
        if (current()) this.closed(code);
      },
    });
  }

  private ready(frame: Opened, index: number): void {
    clearTimeout(this.timer);
    this.chosen = index;
    this.attempt = 0;
    this.options.opened(frame);
    this.set({ state: "open" });
  }

  private settle(reply: Reply): void {
    const pending = this.pending.get(reply.id);
    if (!pending) return;
    this.pending.delete(reply.id);
    clearTimeout(pending.timer);
    if (reply.error) pending.reject(new RequestError(reply.error));
    else pending.resolve(reply.result);
  }

  private closed(code: number): void {
    this.drop();
    if (isTerminal(code)) this.set({ state: "refused", code });
    else this.retry(false);
  }

  /** Lets go of the transport; whoever waits for a reply learns that none will come. */
  private drop(): void {
    this.generation++;
    this.transport?.close();
    this.transport = null;
    const waiting = [...this.pending.values()];
    this.pending.clear();
    for (const pending of waiting) {
      clearTimeout(pending.timer);
      pending.reject(new RequestError(unsent));
    }
  }

  private retry(offline: boolean): void {
    const { quickest = 400, slowest = 20_000, random = Math.random } = this.options;
    const ceiling = Math.min(slowest, quickest * 2 ** Math.min(this.attempt, 10));
    this.attempt++;
    this.set({ state: "waiting", attempt: this.attempt, offline });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.dial(), ceiling / 2 + (random() * ceiling) / 2);
  }

  private set(link: Link): void {
    this.link = link;
    this.options.link(link);
  }
}

/** The close code that says the same as an error answer to `session.open`. */
function codeOf(problem: Problem): number {
  if (problem.temporary) return closeCodes.lost;
  if (problem.code === "not_found") return closeCodes.deleted;
  if (problem.code === "unauthorized" || problem.code === "forbidden") return closeCodes.badToken;
  return closeCodes.badFrame;
}

/** What a refusal asks of the person. */
export function refusal(code: number): "deleted" | "expired" | "broken" {
  if (code === closeCodes.deleted) return "deleted";
  if (code === closeCodes.badToken || code === closeCodes.revoked) return "expired";
  return "broken";
}
