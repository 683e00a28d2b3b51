import { Connection, refusal, type Link } from "./connection";
import { Delivery } from "./delivery";
import { Http } from "./http";
import { newId } from "./ids";
import { settle, type ClientOptions, type Settled } from "./options";
import { Outbox, type Unsent } from "./outbox";
import { problem, problemOf, RequestError, unsent } from "./problem";
import type { Attachment, Draft, MessageContext, Opened, OpenFrame, Problem, Rating, SessionEvent } from "./protocol";
import { reduce } from "./reduce";
import { Sessions } from "./rest";
import { sseDial } from "./sse";
import { empty, type State } from "./state";
import { keysOf, type Keys } from "./storage";
import { Tokens } from "./tokens";
import { closeCodes, type Dial } from "./transport";
import { upload, type UploadOptions } from "./upload";
import { watch } from "./watch";
import { webSocketDial } from "./websocket";

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
  /** What the message is about; the client's `context` if left out. */
  context?: MessageContext;
  /** The message that this one follows; the newest of the selected branch if left out. */
  parent?: string;
}

/**
 * One conversation, for who shows it: a view that is replaced with each change,
 * and what can be done. It connects when there is something to connect for, and
 * stays connected until it is closed.
 */
export class ChatClient {
  view: View;
  /** The conversation's id, "" while it has none. */
  session: string;
  /** Under which name what belongs to this conversation is kept. */
  readonly place: string;
  /** The person's conversations. */
  readonly sessions: Sessions;
  /** Goes with every message from now on. */
  context: MessageContext = {};
  /** @internal */
  protected closed = false;
  private readonly outbox: Outbox;
  private readonly delivery: Delivery;
  private readonly settled: Settled;
  private readonly keys: Keys;
  private readonly tokens: Tokens;
  private readonly http: Http;
  private readonly connection: Connection;
  private readonly listeners = new Set<() => void>();
  private readonly readers = new Set<() => void>();
  private renewal: ReturnType<typeof setTimeout> | undefined;
  private unwatch: (() => void) | undefined;
  /** The token that the server was shown last. */
  private shown = "";

  constructor(private readonly options: ClientOptions) {
    const { storage, tab } = (this.settled = settle(options));
    this.keys = keysOf(options.site);
    this.session = options.session ?? "";
    this.place = this.session || tab;
    this.tokens = new Tokens(storage, this.keys.token, options.token, options.getToken);
    this.http = new Http(options, this.tokens);
    this.sessions = new Sessions(this.http);
    this.outbox = new Outbox(storage, this.keys.outbox(this.place));
    this.view = { state: empty, link: { state: "idle" }, unsent: this.outbox.items, trouble: null };
    this.connection = new Connection({
      dials: dials(options, this.http),
      open: () => this.openFrame(),
      opened: (frame) => this.opened(frame),
      event: (event) => this.take(event),
      link: (link) => this.linked(link),
      again: (code) => this.other(code),
      trouble: (trouble) => this.changed({ trouble }),
      timing: options.timing,
    });
    this.delivery = new Delivery(this.outbox, this.connection, (id, why) => this.refuse(id, why));
  }

  /** Connects where there is something to connect for; also again after a refusal. */
  start(): void {
    if (this.closed) return;
    this.unwatch ??= watch({ online: () => this.online(), offline: () => this.offline(), seen: () => this.wake() });
    if (this.session || this.outbox.items.length > 0) this.connection.connect();
  }

  /** The conversation's id; one that has none yet is begun. */
  async ready(): Promise<string> {
    if (!this.closed) this.connection.connect();
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.session) resolve(this.session);
        else if (this.closed || this.view.link.state === "refused") reject(new RequestError(this.closed ? problem("closed") : unsent));
        else return;
        this.readers.delete(look);
      };
      this.readers.add(look);
      look();
    });
  }

  /** Disconnects for good; no listener is called afterwards. What was not sent stays in the storage. */
  close(): void {
    this.closed = true;
    this.listeners.clear();
    this.unwatch?.();
    this.connection.stop();
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

  /** Sends a message, now or when there is a connection again. */
  send(text: string, options?: SendOptions): void {
    this.post(text, options);
  }

  /** Writes another version of a message; the conversation goes on from there. */
  edit(message: string, text: string): void {
    this.queue({ text, source_id: message });
  }

  /** Sends a refused message again, under its old id. */
  retry(id: string): void {
    this.outbox.fail(id, undefined);
    this.deliver();
  }

  /** Gives an unsent message up. */
  discard(id: string): void {
    this.outbox.remove(id);
    this.changed();
  }

  /** Gives a message up that was not sent yet, and answers whether that was so. @internal */
  protected takeBack(id: string): boolean {
    if (this.delivery.sent(id) || !this.outbox.items.some((item) => item.message_id === id)) return false;
    this.discard(id);
    return true;
  }

  /** Ends a response where it is. */
  cancel(response: string): Promise<unknown> {
    return this.connection.request({ type: "response.cancel", response_id: response });
  }

  /** Has a message answered anew. */
  regenerate(message: string): Promise<unknown> {
    return this.connection.request({ type: "response.regenerate", message_id: message });
  }

  /** Goes over to the branch whose newest message this is. */
  select(message: string): Promise<unknown> {
    return this.connection.request({ type: "branch.select", message_id: message });
  }

  /** Changes a draft by a merge patch (RFC 7396). A version that is not the newest is refused with `stale_version` and the newest as `problem.current`. */
  updateDraft(draft: string, version: number, patch: unknown): Promise<unknown> {
    return this.connection.request({ type: "draft.update", draft_id: draft, version, patch });
  }

  /** Like `updateDraft` with a patch made from the document; when somebody has changed it meanwhile, once more from theirs. */
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

  /** A document that the marketplace shows to all: a job post or a section of the handbook, or a profile for whoever may see it. */
  async document(kind: string, id: string): Promise<unknown> {
    return this.http.json("GET", `/v1/documents/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`);
  }

  /** The token that goes with requests, "" for a visitor who has none yet. */
  async token(): Promise<string> {
    return this.tokens.get();
  }

  /** The network is back, or another. A browser's client hears that by itself. */
  online(): void {
    this.connection.moved();
    this.wake();
  }

  /** The network is gone. */
  offline(): void {
    this.connection.lost();
  }

  /** Hears each event that is taken, with the state before it. @internal */
  protected told?(event: SessionEvent, before: State): void;

  /** Hears of a message that was refused, and, without an id, of a connection that was. @internal */
  protected failed?(why: Problem, message?: string): void;

  /** Sends a message, and answers with its id. @internal */
  protected post(text: string, { files, workflow, context = this.context, parent }: SendOptions = {}): string {
    return this.queue({ text, attachments: files?.length ? files : undefined, workflow, parent_id: parent, context: context.job_post_id ? context : undefined });
  }

  /** @internal */
  protected queue(item: Omit<Unsent, "message_id">): string {
    const id = newId();
    if (this.closed || !this.outbox.add({ message_id: id, ...item })) queueMicrotask(() => this.failed?.(problem(this.closed ? "closed" : "queue_full"), id));
    else this.deliver();
    return id;
  }

  private deliver(): void {
    this.changed();
    this.connection.connect();
    void this.delivery.flush();
  }

  /** Ends the wait for the next attempt, and finds out whether a connection that seems open still is. */
  private wake(): void {
    if (this.connection.link.state === "waiting") this.connection.connect();
    else if (this.connection.link.state === "open") void this.refresh();
  }

  private async openFrame(): Promise<OpenFrame> {
    const { epoch, offset } = this.view.state;
    const { locale, timeZone } = this.settled;
    const token = (this.shown = await this.tokens.get());
    const frame: OpenFrame = { type: "session.open", token: token || undefined, locale, time_zone: timeZone, page: this.options.page };
    if (this.session) frame.session = this.session;
    if (this.session && epoch) frame.after = { epoch, offset };
    return frame;
  }

  private opened(frame: Opened): void {
    if (frame.token) {
      this.tokens.issued(frame.token);
      this.shown = frame.token;
    }
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
    if (event.type === "message.created") this.outbox.remove(event.message.id);
    this.changed({ state, trouble: state.offset === before.offset ? this.view.trouble : null });
    this.told?.(event, before);
    if (state.behind) this.connection.resume();
  }

  private linked(link: Link): void {
    if (link.state === "open") {
      void this.delivery.flush();
    } else {
      this.delivery.broken();
      clearTimeout(this.renewal);
    }
    this.changed({ link });
    if (link.state === "refused") this.failed?.(problem({ deleted: "not_found", expired: "unauthorized", broken: "bad_frame" }[refusal(link.code)]));
  }

  /** Whether there is another token than the refused one. A visitor's conversation that has not begun needs none. */
  private other(code: number): boolean {
    if (refusal(code) !== "expired" || code === closeCodes.revoked || !this.shown) return false;
    return this.tokens.refused(this.shown) || (!this.session && this.tokens.none());
  }

  private refuse(id: string, why: Problem): void {
    this.outbox.fail(id, why);
    this.changed();
    this.failed?.(why, id);
  }

  /** Sets the clock for the next token. */
  private renew(): void {
    clearTimeout(this.renewal);
    const wait = this.tokens.renewIn();
    const again = () => void this.tokens.renew("soon").then(() => this.refresh(), () => this.renew());
    if (wait !== undefined) this.renewal = setTimeout(again, wait);
  }

  /** Shows the server the token of now. One of somebody else ends the connection: the conversation is not theirs. */
  private async refresh(): Promise<void> {
    try {
      this.shown = await this.tokens.get();
      if (!this.shown) return; // somebody else has cleared the storage
      await this.connection.request({ type: "session.refresh", token: this.shown });
      this.tokens.accepted();
      this.renew();
    } catch (error) {
      const { code } = problemOf(error);
      if (code === "forbidden" || code === "unauthorized") this.connection.refuse(closeCodes.badToken);
    }
  }

  private changed(change: Partial<View> = {}): void {
    this.view = { ...this.view, ...change, unsent: this.outbox.items };
    for (const listener of this.listeners) listener();
    for (const reader of this.readers) reader();
  }
}

/** The ways to connect that the options and the place allow. */
function dials(options: ClientOptions, http: Http): Dial[] {
  const Socket = options.WebSocket ?? (globalThis as { WebSocket?: typeof WebSocket }).WebSocket;
  const found = (options.transports ?? ["websocket", "sse"]).flatMap((way) => {
    if (way === "sse") return [sseDial(http)];
    return Socket ? [webSocketDial(http.address("/v1/chat"), Socket)] : [];
  });
  if (found.length === 0) throw new Error("parley: there is no WebSocket here; pass one, or allow sse");
  return found;
}
