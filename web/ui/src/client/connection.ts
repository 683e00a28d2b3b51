import { problem, RequestError, unsent } from "./problem";
import { maxFrameBytes, type ClientFrame, type Opened, type OpenFrame, type Problem, type Reply, type SessionEvent } from "./protocol";
import { closeCode, closeCodes, isTerminal, type Dial, type Transport } from "./transport";

/** How the connection stands. `refused` is final until `connect` is called again. */
export type Link =
  | { state: "idle" }
  | { state: "connecting"; attempt: number }
  | { state: "open" }
  | { state: "waiting"; attempt: number; offline: boolean }
  | { state: "refused"; code: number };

/** How long things take, in milliseconds. */
export interface Timing {
  /** Before the first try to reconnect; doubles up to `slowest`. */
  quickest: number;
  slowest: number;
  /** How long a request may stay without any answer before the connection counts as dead. */
  patience: number;
  /** A connection that lived this long was a good one. */
  steady: number;
}

export const usualTiming: Timing = { quickest: 400, slowest: 10_000, patience: 12_000, steady: 10_000 };

/** So often may the best transport fail in a row before the next one is tried: where it has worked, it is rather the server that is gone. */
const chances = { unknown: 2, proven: 5 };
/** So many short lives of a transport that did open, in a row, mean that the network breaks it. */
const shortLives = 3;
/** After so long on a lesser transport the best one is tried again, in milliseconds. */
const secondThought = 600_000;

export interface ConnectionOptions {
  /** Ways to connect, the best one first. */
  dials: Dial[];
  /** Makes the first frame of a connection; when it fails, it is tried again later. */
  open: () => OpenFrame | Promise<OpenFrame>;
  opened: (frame: Opened) => void;
  event: (event: SessionEvent) => void;
  link: (link: Link) => void;
  /** Whether to come again at once after a refusal: with something else than what was refused. */
  again?: (code: number) => boolean;
  /** Something the server says about no request in particular. */
  trouble?: (problem: Problem) => void;
  timing?: Partial<Timing>;
  random?: () => number;
}

interface Pending {
  resolve: (result: unknown) => void;
  reject: (error: RequestError) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** Keeps one session connected: dials, reconnects with backoff, and matches replies to requests. */
export class Connection {
  link: Link = { state: "idle" };
  private readonly timing: Timing;
  private transport: Transport | null = null;
  private pending = new Map<string, Pending>();
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private counter = 0;
  private generation = 0;
  /** Which dial is used, whether the first has ever worked here, how often one failed in a row, and how often it broke early. */
  private index = 0;
  private proven = false;
  private failures = 0;
  private early = 0;
  private openedAt = 0;

  constructor(private readonly options: ConnectionOptions) {
    this.timing = { ...usualTiming, ...options.timing };
  }

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

  /** Another network may let through what the last one did not. */
  moved(): void {
    this.failures = this.early = 0;
    this.proven = false;
    if (this.link.state !== "open") this.index = 0;
  }

  /** Starts over on a fresh connection, to fill a gap. */
  resume(): void {
    if (this.link.state !== "open") return;
    this.drop();
    this.retry(false);
  }

  /** Ends as if the server had closed with this code. */
  refuse(code: number): void {
    this.closed(code);
  }

  /** Sends a frame; the result is its reply's. */
  request(frame: ClientFrame): Promise<unknown> {
    const transport = this.transport;
    if (this.link.state !== "open" || !transport) return Promise.reject(new RequestError(unsent));
    const id = `r${++this.counter}`;
    const text = JSON.stringify({ ...frame, id });
    // The server would close the connection over it.
    if (text.length > maxFrameBytes / 3 && new TextEncoder().encode(text).length > maxFrameBytes) return Promise.reject(new RequestError(problem("too_large")));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.lost(), this.timing.patience);
      this.pending.set(id, { resolve, reject, timer });
      transport.send(text);
    });
  }

  private dial(): void {
    const generation = ++this.generation;
    const current = () => generation === this.generation;
    this.set({ state: "connecting", attempt: this.attempt });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.closed(closeCodes.lost), this.timing.patience);
    Promise.resolve()
      .then(() => this.options.open())
      .then((open) => current() && this.begin(open, current))
      .catch(() => current() && this.closed(closeCodes.lost));
  }

  private begin(open: OpenFrame, current: () => boolean): void {
    const dial = this.options.dials[this.index];
    if (!dial) throw new Error("no transport");
    this.transport = dial(open, {
      frame: (frame) => {
        if (!current()) return;
        if (frame.type === "session.opened") this.ready(frame);
        else if (frame.type === "reply") this.settle(frame);
        else if (frame.type !== "error") this.options.event(frame);
        else if (this.link.state === "connecting") this.closed(closeCode(frame.error));
        else this.options.trouble?.(frame.error);
      },
      closed: (code) => {
        if (current()) this.closed(code);
      },
    });
  }

  private ready(frame: Opened): void {
    clearTimeout(this.timer);
    this.openedAt = Date.now();
    this.failures = 0;
    this.proven ||= this.index === 0;
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
    const opened = this.link.state === "open";
    this.drop();
    if (isTerminal(code)) {
      if (this.options.again?.(code)) this.dial();
      else this.set({ state: "refused", code });
      return;
    }
    if (opened) this.broke(Date.now() - this.openedAt, code);
    else this.failed();
    this.retry(false);
  }

  private failed(): void {
    this.failures++;
    const { unknown, proven } = chances;
    // Where the lesser one fails too, nobody is there to answer.
    if (this.index > 0 || this.failures >= (this.proven ? proven : unknown)) this.turn();
  }

  private broke(lived: number, code: number): void {
    this.early = lived >= this.timing.steady || code !== closeCodes.lost ? 0 : this.early + 1;
    if (this.index > 0 ? lived >= secondThought : this.early >= shortLives) this.turn();
  }

  private turn(): void {
    this.index = (this.index + 1) % this.options.dials.length;
    this.failures = this.early = 0;
  }

  /** Lets go of the transport; whoever waits for a reply learns that none will come. */
  private drop(): void {
    this.generation++;
    if (this.link.state === "open" && Date.now() - this.openedAt >= this.timing.steady) this.attempt = 0;
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
    const { quickest, slowest } = this.timing;
    const ceiling = Math.min(slowest, quickest * 2 ** Math.min(this.attempt, 10));
    this.attempt++;
    this.set({ state: "waiting", attempt: this.attempt, offline });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.dial(), ceiling / 2 + ((this.options.random ?? Math.random)() * ceiling) / 2);
  }

  private set(link: Link): void {
    this.link = link;
    this.options.link(link);
  }
}

/** What a refusal asks of the person. */
export function refusal(code: number): "deleted" | "expired" | "broken" {
  if (code === closeCodes.deleted) return "deleted";
  if (code === closeCodes.badToken || code === closeCodes.revoked) return "expired";
  return "broken";
}
