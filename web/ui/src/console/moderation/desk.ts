import { Refused, trouble, type Api, type Trouble } from "../api";
import { t, name } from "../i18n";
import { nothing, type Query } from "../route";
import type { Counts, Detail, Entry, Label, Operator, Ruling } from "../types";
import { Drafts, type Draft } from "./drafts";
import { asItem, belongs, look, putBack, type Item } from "./listing";

/** Somebody changed a case first: what they did. */
export interface Conflict { case: string; entry: Entry | undefined; people: Record<string, string> }

/** The last decision, for as long as it is offered to be undone. */
export interface Undo { case: string; text: string; item: Item; at: number; version: Promise<number | null> }

export interface State {
  query: Query;
  items: Item[];
  next: string;
  people: Record<string, string>;
  counts: Counts | null;
  loading: boolean;
  trouble: Trouble | null;
  /** The server could not be reached when the list was last looked at. */
  stale: boolean;
  fresh: number;
  current: string;
  detail: Detail | null;
  caseTrouble: Trouble | null;
  conflict: Conflict | null;
  undo: Undo | null;
  /** Counts renders of what is written about cases. */
  drafts: number;
}

/** What the desk asks of the page around it. */
export interface Around {
  /** Opens a case, or none. */
  go: (id: string) => void;
  /** Says something to whoever looks or listens. */
  say: (text: string, kind?: "done" | "bad") => void;
}

export const undoTime = 10_000;

/** The desk of a reviewer: the list, the open case, and what is done about it. */
export class Desk {
  state: State = {
    query: nothing, items: [], next: "", people: {}, counts: null, loading: true, trouble: null, stale: false, fresh: 0,
    current: "", detail: null, caseTrouble: null, conflict: null, undo: null, drafts: 0,
  };
  private readonly listeners = new Set<() => void>();
  private readonly drafts = new Drafts();
  /** Cases that were decided here: they are no news. */
  private readonly own = new Set<string>();
  private listing = new AbortController();
  private reading = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: Api, readonly me: Operator, private readonly around: Around) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  get = (): State => this.state;

  private set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  get mayDecide(): boolean { return this.me.role !== "viewer"; }

  close(): void {
    this.listing.abort();
    this.reading.abort();
    clearTimeout(this.timer);
  }

  // The list.

  async ask(query: Query): Promise<void> {
    this.listing.abort();
    const { signal } = (this.listing = new AbortController());
    this.set({ query, loading: true, trouble: null });
    void this.count();
    try {
      const page = await this.api.cases(query, "", 50, signal);
      this.own.clear();
      this.set({ items: page.cases, next: page.next ?? "", people: { ...this.state.people, ...page.people }, loading: false, fresh: 0, stale: false });
    } catch (error) {
      if (!signal.aborted) this.set({ items: [], next: "", loading: false, fresh: 0, trouble: trouble(error) });
    }
  }

  async more(): Promise<void> {
    const { query, next, loading } = this.state;
    if (!next || loading) return;
    const { signal } = this.listing;
    this.set({ loading: true });
    try {
      const page = await this.api.cases(query, next, 50, signal);
      const known = new Set(this.state.items.map((item) => item.id));
      const items = [...this.state.items, ...page.cases.filter((c) => !known.has(c.id))];
      this.set({ items, next: page.next ?? "", people: { ...this.state.people, ...page.people }, loading: false });
    } catch (error) {
      if (signal.aborted) return;
      // The case that the page began after is gone: the list is made anew.
      if (error instanceof Refused && error.status === 404) return this.ask(query);
      this.set({ loading: false });
      this.around.say(t("trouble.offline"), "bad");
    }
  }

  /** Looks for what is new, and moves nothing. */
  async poll(): Promise<void> {
    const { query, loading } = this.state;
    const { signal } = this.listing;
    if (loading) return;
    if (this.state.trouble) return this.ask(query);
    try {
      const page = await this.api.cases(query, "", 50, signal);
      if (signal.aborted) return;
      const seen = look(this.state.items, page.cases, !page.next, this.own);
      const first = this.state.items.length === 0 && seen.fresh > 0; // nothing can jump
      this.set({
        items: first ? page.cases : seen.items, fresh: first ? 0 : seen.fresh, next: first ? (page.next ?? "") : this.state.next,
        people: { ...this.state.people, ...page.people }, stale: false,
      });
      await this.count();
    } catch {
      if (!signal.aborted) this.set({ stale: true });
    }
  }

  private async count(): Promise<void> {
    try {
      this.set({ counts: await this.api.counts() });
    } catch {
      // The tabs go without figures.
    }
  }

  // The open case.

  async show(id: string): Promise<void> {
    if (id === this.state.current && (this.state.detail || !id)) return;
    this.reading.abort();
    const { signal } = (this.reading = new AbortController());
    const conflict = this.state.conflict?.case === id ? this.state.conflict : null;
    this.set({ current: id, detail: null, caseTrouble: null, conflict });
    if (!id) return;
    try {
      this.keep(await this.api.case(id, signal));
    } catch (error) {
      if (!signal.aborted) this.set({ caseTrouble: trouble(error) });
    }
  }

  again(): void {
    const { current } = this.state;
    this.set({ current: "" });
    void this.show(current);
  }

  /** Takes the newest state of a case. */
  private keep(detail: Detail): void {
    const { items, query, people, current } = this.state;
    const c = detail.case;
    const listed = items.find((item) => item.id === c.id);
    this.set({
      items: listed ? items.map((item) => (item.id === c.id ? { ...asItem(c, listed), gone: !belongs(c, query.tab) } : item)) : items,
      people: { ...people, ...detail.people },
      ...(current === c.id ? { detail, caseTrouble: null } : {}),
    });
  }

  /** The place of the open case in the list, −1 when it is not in it. */
  get place(): number { return this.state.items.findIndex((item) => item.id === this.state.current); }

  /** Opens the next case, or the one before. */
  step(by: 1 | -1): void {
    const { items, next } = this.state;
    const at = this.place < 0 ? (by > 0 ? 0 : items.length - 1) : this.place + by;
    const item = items[at];
    if (item) this.around.go(item.id);
    else if (by > 0 && next) void this.more().then(() => this.state.items[at] && this.around.go(this.state.items[at].id));
  }

  // What is written about it.

  get draft(): Draft | null { return this.state.detail && this.drafts.of(this.state.detail.case); }

  toggle(label: Label): void {
    if (!this.state.detail) return;
    this.drafts.toggle(this.state.detail.case, label);
    this.set({ drafts: this.state.drafts + 1 });
  }

  write(note: string): void {
    if (!this.state.detail) return;
    this.drafts.write(this.state.detail.case, note);
    this.set({ drafts: this.state.drafts + 1 });
  }

  // What is done about it.

  /** Decides the open case and goes on to the next one at once; what the server says of it comes later. False when it cannot be sent. */
  decide(ruling: Ruling): boolean {
    const { detail, items, query } = this.state;
    const draft = this.draft;
    if (!detail || !draft || !this.mayDecide) return false;
    const labels = ruling === "block" ? draft.labels : [];
    const complaint = ruling === "block" && labels.length === 0 ? t("decide.needLabel") : new TextEncoder().encode(draft.note).length > 2000 ? t("decide.noteTooLong") : "";
    if (complaint) {
      this.around.say(complaint, "bad");
      return false;
    }
    const c = detail.case;
    const at = this.place;
    const item = items[at] ?? c;
    const leaves = at >= 0 && query.tab !== "decided";
    const following = items[at + 1] ?? items[at - 1];
    this.own.add(c.id);
    const text = ruling === "block" ? t("done.with", { what: t("done.block"), labels: labels.map((l) => name("label", l)).join(", ") }) : t("done.deliver");
    const sent = this.send(c.id, c.version, ruling, labels, draft, item, at);
    this.offer({ case: c.id, text, item, at, version: sent });
    if (leaves) {
      this.set({ items: items.filter((other) => other.id !== c.id) });
      this.around.go(following?.id ?? "");
      if (items.length < 6 && this.state.next) void this.more();
    }
    this.around.say(following || !leaves ? text : `${text}. ${t("done.last")}`, "done");
    return true;
  }

  private async send(id: string, version: number, ruling: Ruling, labels: Label[], draft: Draft, item: Item, at: number): Promise<number | null> {
    try {
      const detail = await this.api.decide(id, version, ruling, labels, draft.note);
      this.drafts.drop(id);
      this.keep(detail);
      void this.count();
      return detail.case.version;
    } catch (error) {
      this.drafts.put(id, { ...draft, touched: true });
      if (this.state.undo?.case === id) this.offer(null);
      if (at >= 0) this.set({ items: putBack(this.state.items, item, at) });
      await this.failed(id, error);
      return null;
    }
  }

  /** Undoes the decision that is offered, else the one of the open case. */
  async undo(): Promise<void> {
    const offered = this.state.undo;
    const open = this.state.detail?.case;
    if (!this.mayDecide || (!offered && open?.status !== "decided")) return;
    this.offer(null);
    const id = offered?.case ?? open?.id ?? "";
    const version = offered ? await offered.version : (open?.version ?? 0);
    if (version === null) return;
    try {
      const detail = await this.api.undo(id, version);
      this.own.delete(id);
      if (offered && offered.at >= 0 && this.state.query.tab !== "decided") this.set({ items: putBack(this.state.items, offered.item, offered.at) });
      this.keep(detail);
      this.around.go(id);
      this.around.say(t("done.undone"), "done");
      void this.count();
    } catch (error) {
      await this.failed(id, error);
    }
  }

  /** Assigns the open case to oneself, or gives it back. */
  async assign(): Promise<void> {
    const c = this.state.detail?.case;
    if (!c || !this.mayDecide || c.status === "decided") return;
    const assignee = c.assignee === this.me.id ? "" : this.me.id;
    try {
      this.keep(await this.api.assign(c.id, c.version, assignee));
      this.around.say(t(assignee ? "done.assigned" : "done.given"), "done");
      void this.count();
    } catch (error) {
      await this.failed(c.id, error);
    }
  }

  /** Tells why something was not done; where somebody was first, shows what they did. */
  private async failed(id: string, error: unknown): Promise<void> {
    const what = trouble(error);
    if (what.kind === "offline" || what.code !== "conflict") {
      this.around.say(t("done.failed", { why: what.kind === "offline" ? t("trouble.offline") : what.detail }), "bad");
      return;
    }
    try {
      const detail = await this.api.case(id);
      const conflict = { case: id, entry: detail.history[detail.history.length - 1], people: detail.people };
      const writing = this.state.current !== id && this.draft?.touched;
      this.set({ conflict });
      this.keep(detail);
      this.around.say(t("conflict.title"), "bad");
      if (!writing) this.around.go(id); // else it is shown when they want
    } catch {
      this.around.say(t("conflict.title"), "bad");
    }
  }

  dismissConflict(): void { this.set({ conflict: null }); }

  private offer(undo: Undo | null): void {
    clearTimeout(this.timer);
    this.set({ undo });
    if (undo) this.timer = setTimeout(() => this.set({ undo: null }), undoTime);
  }
}
