import { problem, RequestError } from "./problem";
import type { EndType, Problem, Response, SessionEvent } from "./protocol";
import { Queue } from "./queue";
import type { State } from "./state";
import { responseTo } from "./tree";

/**
 * A message and the response to it. It can be iterated once: over the events
 * that belong to it, from its message.created to the end of its response, over
 * broken connections too.
 */
export class Turn implements AsyncIterable<SessionEvent> {
  /**
   * The response, when it has ended: its `status` says how. It is rejected with
   * a RequestError only when the message was refused or the conversation left.
   */
  readonly done: Promise<Response>;
  private readonly queue = new Queue<SessionEvent>(joined);
  private resolve!: (response: Response) => void;
  private reject!: (error: RequestError) => void;
  private response = "";
  private cancelling = false;
  private over = false;

  /** @internal */
  constructor(
    /** The message's id. */
    readonly id: string,
    private readonly stop: { running: (response: string) => Promise<unknown>; unsent: () => boolean },
    /** A response to the message that was there before. */
    private readonly former = "",
  ) {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.done.catch(() => undefined); // whoever waits for nothing need not catch it
  }

  [Symbol.asyncIterator](): AsyncIterator<SessionEvent> {
    return this.queue;
  }

  /** The whole answer. One that failed or is held back is a RequestError. */
  async text(): Promise<string> {
    const { status, text, error } = await this.done;
    if (status === "failed" || status === "held") throw new RequestError(error ?? problem(status));
    return text;
  }

  /** Ends the response where it is, or takes the message back as long as it was not sent. */
  async cancel(): Promise<void> {
    if (this.over) return;
    if (this.response) await this.stop.running(this.response);
    else if (this.stop.unsent()) this.fail(problem("cancelled"));
    else this.cancelling = true;
  }

  /** Takes an event, and answers whether the turn goes on. @internal */
  take(event: SessionEvent, state: State): boolean {
    if (event.type === "session.deleted") this.fail(problem("not_found"));
    else if ((event.type === "session.opened" || event.type === "session.updated") && event.snapshot) this.look(state);
    else if (this.concerned(event)) this.follow(event);
    return !this.over;
  }

  /** @internal */
  fail(why: Problem): void {
    if (this.over) return;
    this.over = true;
    const error = new RequestError(why);
    this.queue.end(error);
    this.reject(error);
  }

  private concerned(event: SessionEvent): boolean {
    switch (event.type) {
      case "session.opened":
      case "session.updated":
        return false;
      case "message.created":
        return event.message.id === this.id;
      case "draft.updated":
        return event.draft.message_id === this.id;
      case "response.created":
        return event.message_id === this.id && event.response_id !== this.former;
      default:
        if ("response" in event) return event.response.message_id === this.id && event.response.id !== this.former;
        return "response_id" in event && event.response_id === this.response && this.response !== "";
    }
  }

  private follow(event: SessionEvent): void {
    this.queue.push(event);
    if (event.type === "response.created") this.began(event.response_id);
    else if (event.type === "response.replaced") this.response = ""; // another one begins, or is about to
    else if ("response" in event) this.finish(event.response);
  }

  private began(response: string): void {
    this.response = response;
    if (!this.cancelling) return;
    this.cancelling = false;
    this.stop.running(response).catch(() => undefined); // it has ended, or the connection is gone and it goes on
  }

  /** Events were missed: what has become of the message meanwhile? */
  private look(state: State): void {
    const response = responseTo(state, this.id);
    if (!response || response.id === this.former) return;
    if (response.status === "running") this.began(response.id);
    else this.follow({ type: ended(response.status), response });
  }

  private finish(response: Response): void {
    this.over = true;
    this.queue.end();
    this.resolve(response);
  }
}

function ended(status: Response["status"]): EndType {
  if (status === "held") return "moderation.held";
  return status === "incomplete" || status === "failed" || status === "cancelled" ? `response.${status}` : "response.completed";
}

/** Two pieces of a text that follow one another are one. */
export function joined(last: SessionEvent, next: SessionEvent): SessionEvent | undefined {
  const piece = "response.output_text.delta";
  if (last.type !== piece || next.type !== piece || last.response_id !== next.response_id) return undefined;
  if (next.at === 0) return next;
  return next.at === last.at + last.delta.length ? { ...last, delta: last.delta + next.delta } : undefined;
}
