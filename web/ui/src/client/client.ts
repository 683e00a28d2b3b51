import type { Attachment, ClientFrame, Opened, OpenFrame, Problem, Rating, SessionEvent } from "./protocol";
import { Connection, refusal, RequestError, type Link } from "./connection";
import { newId } from "./ids";
import { Outbox, type Keep, type Unsent } from "./outbox";
import { reduce } from "./reduce";
import { empty, type State } from "./state";
import { keys, put } from "./storage";
import type { Dial } from "./transport";

/** What the page shows: the session, the connection, and what waits to be sent. */
export interface View {
  state: State;
  link: Link;
  unsent: readonly Unsent[];
  /** What the server is in trouble with, until it goes on. */
  trouble: Problem | null;
}

export interface ClientOptions {
  dials: Dial[];
  storage: Keep;
  /** Names this tab, so that two new conversations do not share unsent messages. */
  tab: string;
  /** "" for a conversation that does not exist yet: it is created with the first message. */
  session: string;
  locale?: string;
  timeZone?: string;
  /** Called when a new conversation has got its id. */
  named?: (session: string) => void;
  quickest?: number;
  slowest?: number;
  patience?: number;
}

/** One conversation as the page uses it. */
export class ChatClient {
  view: View;
  /** The conversation's id, "" while it has none. */
  session: string;
  /** Under which name unsent text of this conversation is kept. */
  readonly place: string;
  private readonly connection: Connection;
  private readonly outbox: Outbox;
  private readonly sending = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ClientOptions) {
    this.session = options.session;
    this.place = options.session || options.tab;
    this.outbox = new Outbox(options.storage, keys.outbox(options.session || options.tab));
    this.view = { state: empty, link: { state: "idle" }, unsent: this.outbox.items, trouble: null };
    this.connection = new Connection({
      dials: options.dials,
      open: () => this.openFrame(),
      opened: (frame) => this.opened(frame),
      event: (event) => this.take(event),
      link: (link) => this.linked(link),
      trouble: (problem) => {
        this.view = { ...this.view, trouble: problem };
        this.changed();
      },
      quickest: options.quickest,
      slowest: options.slowest,
      patience: options.patience,
    });
  }

  /** Connects where there is something to connect for. */
  start(): void {
    if (this.session || this.outbox.items.length > 0) this.connection.connect();
  }

  /** The conversation's id, once there is one: uploads need it before the first message. */
  async ready(): Promise<string> {
    this.connection.connect();
    if (this.session) return this.session;
    return new Promise((resolve, reject) => {
      const leave = this.subscribe(() => {
        if (this.session) resolve(this.session);
        else if (this.view.link.state === "refused") reject(new RequestError({ code: "offline", message: "", temporary: true }));
        else return;
        leave();
      });
    });
  }

  stop(): void {
    clearTimeout(this.retryTimer);
    this.connection.stop();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The browser says that the network is back, or gone. */
  online(): void {
    if (this.connection.link.state === "waiting") this.connection.connect();
  }

  offline(): void {
    this.connection.lost();
  }

  send(text: string, attachments?: readonly Attachment[]): void {
    this.queue({ message_id: newId(), text, ...(attachments?.length ? { attachments } : {}) });
  }

  edit(source: string, text: string): void {
    this.queue({ message_id: newId(), text, source_id: source });
  }

  /** Sends a refused message again, under its old id. */
  retry(id: string): void {
    this.outbox.fail(id, undefined);
    this.changed();
    this.connection.connect();
    this.flush();
  }

  discard(id: string): void {
    this.outbox.remove(id);
    this.changed();
  }

  cancel(response: string): Promise<unknown> {
    return this.connection.request({ type: "response.cancel", response_id: response });
  }

  regenerate(message: string): Promise<unknown> {
    return this.connection.request({ type: "response.regenerate", message_id: message });
  }

  select(message: string): Promise<unknown> {
    return this.connection.request({ type: "branch.select", message_id: message });
  }

  updateDraft(draft: string, version: number, patch: unknown): Promise<unknown> {
    return this.connection.request({ type: "draft.update", draft_id: draft, version, patch });
  }

  publish(draft: string, version: number): Promise<unknown> {
    return this.connection.request({ type: "draft.publish", draft_id: draft, version });
  }

  accept(draft: string, version: number, suggestion: string): Promise<unknown> {
    return this.connection.request({ type: "suggestion.accept", draft_id: draft, version, suggestion_id: suggestion });
  }

  rate(response: string, rating: Rating, reason?: string, comment?: string): Promise<unknown> {
    return this.connection.request({ type: "feedback.create", response_id: response, rating, reason, comment });
  }

  private queue(item: Unsent): void {
    this.outbox.add(item);
    this.changed();
    this.connection.connect();
    this.flush();
  }

  private openFrame(): OpenFrame {
    const { state } = this.view;
    const token = this.options.storage.getItem(keys.token) ?? undefined;
    const frame: OpenFrame = { type: "session.open", token, locale: this.options.locale, time_zone: this.options.timeZone };
    if (this.session) frame.session = this.session;
    if (this.session && state.epoch) frame.after = { epoch: state.epoch, offset: state.offset };
    return frame;
  }

  private opened(frame: Opened): void {
    if (frame.token) put(this.options.storage, keys.token, frame.token);
    if (!this.session) {
      this.session = frame.session.id;
      this.outbox.move(keys.outbox(this.session));
      this.options.named?.(this.session);
    }
    this.take(frame);
    for (const message of this.view.state.messages) this.outbox.remove(message.id);
  }

  private take(event: SessionEvent): void {
    const state = reduce(this.view.state, event);
    const trouble = state.offset === this.view.state.offset ? this.view.trouble : null;
    this.view = { ...this.view, state, trouble };
    if (event.type === "message.created") this.outbox.remove(event.message.id);
    this.changed();
    if (state.behind) this.connection.resume();
  }

  private linked(link: Link): void {
    this.view = { ...this.view, link };
    this.changed();
    if (link.state === "open") this.flush();
    if (link.state === "refused" && refusal(link.code) === "expired") this.forget();
  }

  /** A token that is refused is of no use any more. A conversation that has not begun needs none. */
  private forget(): void {
    const had = this.options.storage.getItem(keys.token);
    put(this.options.storage, keys.token, "");
    if (had && !this.session) this.connection.connect();
  }

  /** Sends what waits, in order; each message is on its way once at a time. */
  private flush(): void {
    if (this.connection.link.state !== "open") return;
    for (const item of this.outbox.items) {
      if (!item.problem && !this.sending.has(item.message_id)) void this.deliver(item);
    }
  }

  private async deliver(item: Unsent): Promise<void> {
    this.sending.add(item.message_id);
    try {
      await this.connection.request(frameOf(item));
    } catch (error) {
      this.refused(item.message_id, error instanceof RequestError ? error.problem : internal);
    } finally {
      this.sending.delete(item.message_id);
    }
  }

  private refused(id: string, problem: Problem): void {
    if (problem.temporary) {
      clearTimeout(this.retryTimer);
      this.retryTimer = setTimeout(() => this.flush(), 2_000);
      return;
    }
    this.outbox.fail(id, problem);
    this.changed();
  }

  private changed(): void {
    this.view = { ...this.view, unsent: this.outbox.items };
    for (const listener of this.listeners) listener();
  }
}

const internal: Problem = { code: "internal", message: "", temporary: false };

function frameOf(item: Unsent): ClientFrame {
  const { message_id, text, source_id, attachments } = item;
  if (source_id) return { type: "message.edit", source_id, message_id, text };
  return { type: "message.create", message_id, text, ...(attachments ? { attachments: attachments.map((a) => a.file_id) } : {}) };
}
