import { Connection, refusal, type Link } from "./connection";
import { Delivery } from "./delivery";
import { Http } from "./http";
import { newId } from "./ids";
import { settle, type ClientOptions } from "./options";
import { Outbox, type Unsent } from "./outbox";
import { problem, problemOf, RequestError, unsent } from "./problem";
import type { Attachment, ClientFrame, Draft, MessageContext, Opened, OpenFrame, Problem, Rating, SessionEvent } from "./protocol";
import { Queue } from "./queue";
import { reduce } from "./reduce";
import { Sessions } from "./rest";
import { sseDial } from "./sse";
import { empty, type State } from "./state";
import { keys, type Keys } from "./storage";
import { told } from "./told";
import { Tokens } from "./tokens";
import { closeCodes, type Dial } from "./transport";
import { responseTo } from "./tree";
import { joined, Turn } from "./turn";
import { upload, type UploadOptions } from "./upload";
import { watch } from "./watch";
import { webSocketDial } from "./websocket";

export type { ClientOptions } from "./options";

/** What there is to show: the session, the connection, and what waits to be sent. It is never changed, only replaced. */
export interface View {
  state: State;
  link: Link;
  unsent: readonly Unsent[];
  /** What the server is in trouble with, until it goes on. */
  trouble: Problem | null;
}

export interface SendOptions {
  /** Files that were uploaded before. */
  files?: readonly Attachment[];
  workflow?: string;
  context?: MessageContext;
  /** The message that this one follows; the newest of the selected branch if left out. */
  parent?: string;
}

/** One conversation. It connects when there is something to connect for, and stays connected until it is closed. */
export class Client {
  view: View;
  /** The conversation's id, "" while it has none. */
  session: string;
  /** Under which name unsent text of this conversation is kept. */
  readonly place: string;
  /** The person's conversations. */
  readonly sessions: Sessions;
  /** Goes with every message from now on. */
  context: MessageContext = {};
  private readonly settled: ReturnType<typeof settle>;
  private readonly keys: Keys;
  private readonly tokens: Tokens;
  private readonly http: Http;
  private readonly connection: Connection;
  private readonly outbox: Outbox;
  private readonly delivery: Delivery;
  private readonly listeners = new Set<() => void>();
  private readonly turns = new Set<Turn>();
  private readonly queues = new Set<Queue<SessionEvent>>();
  private renewal: ReturnType<typeof setTimeout> | undefined;
  private unwatch: (() => void) | undefined;
  private closed = false;

  constructor(private readonly options: ClientOptions) {
    const { storage, tab } = (this.settled = settle(options));
    this.keys = keys(options.site);
    this.session = options.session ?? "";
    this.place = this.session || tab;
    this.tokens = new Tokens(storage, this.keys.token, options.token, options.getToken);
    const query = { ...(options.site ? { site: options.site } : {}), ...(options.host ? { host: options.host } : {}) };
    this.http = new Http(options.url.replace(/\/+$/, ""), query, this.tokens, options.fetch);
    this.sessions = new Sessions(this.http);
    this.outbox = new Outbox(storage, this.keys.outbox(this.place));
    this.view = { state: empty, link: { state: "idle" }, unsent: this.outbox.items, trouble: null };
    this.connection = new Connection({
      dials: this.dials(),
      open: () => this.openFrame(),
      opened: (frame) => this.opened(frame),
      event: (event) => this.take(event),
      link: (link) => this.linked(link),
      trouble: (trouble) => {
        this.view = { ...this.view, trouble };
        this.changed();
      },
      timing: options.timing,
    });
    this.delivery = new Delivery(
      this.outbox,
      () => this.connection.link.state === "open",
      (frame) => this.connection.request(frame),
      (id, why) => this.refuse(id, why),
    );
  }

  /** Connects where there is something to connect for; also again after a refusal. */
  start(): void {
    if (this.closed) return;
    this.unwatch ??= watch({ online: () => this.online(), offline: () => this.offline(), seen: () => this.wake() });
    if (this.session || this.outbox.items.length > 0) this.connection.connect();
  }

  /** The conversation's id, once there is one: uploads need it before the first message. */
  async ready(): Promise<string> {
    if (this.closed) throw new RequestError(problem("closed"));
    this.connection.connect();
    if (this.session) return this.session;
    return new Promise((resolve, reject) => {
      const leave = this.subscribe(() => {
        if (this.session) resolve(this.session);
        else if (this.closed || this.view.link.state === "refused") reject(new RequestError(this.closed ? problem("closed") : unsent));
        else return;
        leave();
      });
    });
  }

  /** Disconnects for good. No listener is called afterwards; turns and iterators end. What was not sent stays in the storage. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.unwatch?.();
    clearTimeout(this.renewal);
    this.connection.stop();
    this.changed(); // those who wait in ready
    this.listeners.clear();
    for (const turn of this.turns) turn.fail(problem("closed"));
    for (const queue of this.queues) queue.end();
    this.turns.clear();
    this.queues.clear();
  }

  /** Closes, and leaves nothing of the person in the storage: for when somebody signs out. */
  forget(): void {
    this.close();
    this.outbox.clear();
    this.tokens.forget();
  }

  /** Calls `listener` whenever `view` has been replaced, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Every event of the conversation from now on, once and in order, over broken connections too, until the client is closed. */
  events(): AsyncIterableIterator<SessionEvent> {
    const queue: Queue<SessionEvent> = new Queue(joined, () => this.queues.delete(queue));
    if (this.closed) queue.end();
    else this.queues.add(queue);
    return queue;
  }

  /** Sends a message, now or when there is a connection again. */
  send(text: string, options: SendOptions = {}): Turn {
    const context = options.context ?? this.context;
    return this.queue({
      message_id: newId(),
      text,
      ...(options.files?.length ? { attachments: options.files } : {}),
      ...(options.workflow ? { workflow: options.workflow } : {}),
      ...(options.parent ? { parent_id: options.parent } : {}),
      ...(context.job_post_id ? { context } : {}),
    });
  }

  /** Writes another version of a message; the conversation goes on from there. */
  edit(message: string, text: string): Turn {
    return this.queue({ message_id: newId(), text, source_id: message });
  }

  /** Sends a refused message again, under its old id. */
  retry(id: string): void {
    this.outbox.fail(id, undefined);
    this.changed();
    this.connection.connect();
    void this.delivery.flush();
  }

  /** Gives an unsent message up. */
  discard(id: string): void {
    this.outbox.remove(id);
    for (const turn of this.turns) if (turn.id === id) this.end(turn, problem("cancelled"));
    this.changed();
  }

  /** Ends a response where it is. */
  cancel(response: string): Promise<unknown> {
    return this.connection.request({ type: "response.cancel", response_id: response });
  }

  /** Has a message answered anew. */
  async regenerate(message: string): Promise<Turn> {
    const turn = this.turn(message, responseTo(this.view.state, message)?.id);
    try {
      await this.connection.request({ type: "response.regenerate", message_id: message });
    } catch (error) {
      this.end(turn, problemOf(error));
      throw error;
    }
    return turn;
  }

  /** Goes over to the branch whose newest message this is. */
  select(message: string): Promise<unknown> {
    return this.connection.request({ type: "branch.select", message_id: message });
  }

  /** Changes a draft by a merge patch (RFC 7396). A version that is not the newest is refused with `stale_version` and the newest as `problem.current`. */
  updateDraft(draft: string, version: number, patch: unknown): Promise<unknown> {
    return this.connection.request({ type: "draft.update", draft_id: draft, version, patch });
  }

  /** Like `updateDraft` with a patch made from the document; when somebody else has changed it meanwhile, once more from theirs. */
  async changeDraft<D extends Pick<Draft, "draft_id" | "version"> & { document: unknown }>(draft: D, patch: (document: D["document"]) => unknown): Promise<void> {
    try {
      await this.updateDraft(draft.draft_id, draft.version, patch(draft.document));
    } catch (error) {
      const { code, current } = problemOf(error);
      if (code !== "stale_version" || !current) throw error;
      await this.updateDraft(current.draft_id, current.version, patch(current.document));
    }
  }

  publish(draft: string, version: number): Promise<unknown> {
    return this.connection.request({ type: "draft.publish", draft_id: draft, version });
  }

  /** Takes a suggestion over into its draft. */
  accept(draft: string, version: number, suggestion: string): Promise<unknown> {
    return this.connection.request({ type: "suggestion.accept", draft_id: draft, version, suggestion_id: suggestion });
  }

  /** Says whether a response helped. */
  rate(response: string, rating: Rating, reason?: string, comment?: string): Promise<unknown> {
    return this.connection.request({ type: "feedback.create", response_id: response, rating, reason, comment });
  }

  /** Uploads a file; the result goes with a message as one of its `files`. */
  async upload(file: Blob, options: UploadOptions = {}): Promise<Attachment> {
    return upload(this.http, await this.ready(), file, options);
  }

  /** The token that goes with requests, "" for a visitor who has none yet. */
  async token(): Promise<string> {
    return this.tokens.get();
  }

  /** The network is back, or another. */
  online(): void {
    this.connection.moved();
    this.wake();
  }

  /** The network is gone. */
  offline(): void {
    this.connection.lost();
  }

  /** Ends the wait for the next attempt, and finds out whether a connection that seems open still is. */
  private wake(): void {
    if (this.connection.link.state === "waiting") this.connection.connect();
    else if (this.connection.link.state === "open") void this.refresh();
  }

  private dials(): Dial[] {
    const { options, http } = this;
    const Socket = options.WebSocket ?? (globalThis as { WebSocket?: typeof WebSocket }).WebSocket;
    return (options.transports ?? ["websocket", "sse"]).flatMap((way) => {
      if (way === "sse") return [sseDial(http)];
      return Socket ? [webSocketDial(http.address("/v1/chat"), Socket)] : [];
    });
  }

  private queue(item: Unsent): Turn {
    const turn = this.turn(item.message_id);
    if (this.closed || !this.outbox.add(item)) {
      this.end(turn, problem(this.closed ? "closed" : "queue_full"));
      return turn;
    }
    this.changed();
    this.connection.connect();
    void this.delivery.flush();
    return turn;
  }

  private turn(message: string, former?: string): Turn {
    const turn = new Turn(message, { running: (response) => this.cancel(response), unsent: () => this.takeBack(message) }, former);
    this.turns.add(turn);
    return turn;
  }

  private takeBack(message: string): boolean {
    if (this.delivery.sent(message) || !this.outbox.items.some((item) => item.message_id === message)) return false;
    this.discard(message);
    return true;
  }

  private end(turn: Turn, why: Problem): void {
    this.turns.delete(turn);
    turn.fail(why);
  }

  private async openFrame(): Promise<OpenFrame> {
    const { state } = this.view;
    const { locale, timeZone } = this.settled;
    const token = (await this.tokens.get()) || undefined;
    const frame: OpenFrame = { type: "session.open", token, locale, time_zone: timeZone, page: this.options.page };
    if (this.session) frame.session = this.session;
    if (this.session && state.epoch) frame.after = { epoch: state.epoch, offset: state.offset };
    return frame;
  }

  private opened(frame: Opened): void {
    if (frame.token) this.tokens.issued(frame.token);
    this.tokens.accepted();
    this.renew();
    if (!this.session) {
      this.session = frame.session.id;
      this.outbox.move(this.keys.outbox(this.session));
      this.options.named?.(this.session);
    }
    this.take(frame);
    for (const message of this.view.state.messages) this.outbox.remove(message.id);
  }

  private take(event: SessionEvent): void {
    const before = this.view.state;
    const state = reduce(before, event);
    const trouble = state.offset === before.offset ? this.view.trouble : null;
    this.view = { ...this.view, state, trouble };
    if (event.type === "message.created") this.outbox.remove(event.message.id);
    this.changed();
    const news = told(before, state, event);
    if (news) this.tell(news);
    if (state.behind) this.connection.resume();
  }

  private tell(event: SessionEvent): void {
    for (const queue of this.queues) queue.push(event);
    for (const turn of this.turns) if (!turn.take(event, this.view.state)) this.turns.delete(turn);
  }

  private linked(link: Link): void {
    this.view = { ...this.view, link };
    if (link.state === "open") void this.delivery.flush();
    else this.delivery.broken();
    if (link.state !== "open") clearTimeout(this.renewal);
    this.changed();
    if (link.state === "refused") this.refused(link.code);
  }

  /**
   * A token that is refused is of no use any more: another is asked for, if there
   * is somebody to ask. A conversation that has not begun needs none. Turns end
   * with a refusal that stays.
   */
  private refused(code: number): void {
    if (refusal(code) === "expired" && code !== closeCodes.revoked) {
      const had = this.token();
      void had.then(
        (token) => {
          if (this.closed || this.view.link.state !== "refused") return;
          if (token && (this.tokens.refused(token) || !this.session)) this.connection.connect();
          else this.failTurns(code);
        },
        () => this.failTurns(code),
      );
    } else {
      this.failTurns(code);
    }
  }

  private failTurns(code: number): void {
    const why = problem({ deleted: "not_found", expired: "unauthorized", broken: "bad_frame" }[refusal(code)]);
    for (const turn of this.turns) this.end(turn, why);
  }

  private refuse(id: string, why: Problem): void {
    this.outbox.fail(id, why);
    for (const turn of this.turns) if (turn.id === id) this.end(turn, why);
    this.changed();
  }

  /** Sets the clock for the next token. */
  private renew(): void {
    clearTimeout(this.renewal);
    const wait = this.tokens.renewIn();
    if (wait !== undefined) this.renewal = setTimeout(() => void this.tokens.renew("soon").then(() => this.refresh(), () => this.renew()), wait);
  }

  /** Shows the server the token of now. One of somebody else ends the connection: the conversation is not theirs. */
  private async refresh(): Promise<void> {
    try {
      await this.connection.request({ type: "session.refresh", token: await this.tokens.get() });
      this.tokens.accepted();
      this.renew();
    } catch (error) {
      const { code } = problemOf(error);
      if (code === "forbidden" || code === "unauthorized") this.connection.refuse(closeCodes.badToken);
    }
  }

  private changed(): void {
    this.view = { ...this.view, unsent: this.outbox.items };
    for (const listener of this.listeners) listener();
  }
}

/** Starts a client: it connects at once when it has a conversation to go on with or something to send, else with the first message. */
export function connect(options: ClientOptions): Client {
  const client = new Client(options);
  client.start();
  return client;
}
