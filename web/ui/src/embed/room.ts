import { ChatClient } from "../client/chat";
import { refusal } from "../client/connection";
import type { Keep } from "../client/outbox";
import { problemOf } from "../client/problem";
import { put } from "../client/storage";
import { language, preferred, speak } from "../i18n";
import type { ToFrame, ToLoader } from "../widget/protocol";
import type { OwnKeep } from "./keep";
import { News } from "./news";
import { applyPalette } from "./palette";
import { Person, type AskHost } from "./person";
import { check, type Checked, type SiteDefaults } from "./settings";

/** What the frame draws. It is never changed, only replaced. */
export interface Scene {
  settings: Checked;
  /** Null while it is not known yet who writes, and which conversation is theirs. */
  client: ChatClient | null;
  /** Names the client: another one is drawn anew. */
  key: number;
  keep: Keep;
  role: "client" | "freelancer";
  /** Signing in takes long. */
  trouble: boolean;
  /** Another one after everything was forgotten. */
  life: number;
}

/** A text that the host wants to have asked. */
export interface Asked {
  text: string;
  send: boolean;
}

interface Options {
  site: string;
  origin: string;
  defaults: Promise<SiteDefaults>;
  /** What a visitor's conversation is kept in. */
  visitors: OwnKeep;
  tell: (message: ToLoader) => void;
  ask: AskHost;
}

const session = "session";
const slowest = 30_000;
/** Before somebody is tried who came in the place of one whom the server never took; doubled with each. */
const pause = 1_000;

/**
 * One widget's inside: whom it serves, which of their conversations is open, and
 * what the host is told. When the host signs in somebody else, everything of the
 * one before is closed and forgotten before anything of the next is begun.
 */
export class Room {
  scene: Scene | null = null;
  /** Hears of another scene, and of something asked. */
  changed: () => void = () => undefined;
  open = false;
  private asked: Asked | null = null;
  private settings: Checked | null = null;
  private person: Person | null = null;
  private client: ChatClient | null = null;
  private news: News | null = null;
  private unwatch: (() => void) | undefined;
  private key = 0;
  private trouble = false;
  private queue: Promise<void> = Promise.resolve();
  /** Grows when everything is forgotten, so that settings from before are not taken any more. */
  private life = 0;
  /** Grows with each person, so that what was begun for an earlier one is dropped. */
  private generation = 0;
  /** How many one after the other came in the place of somebody whom the server never took. */
  private untaken = 0;

  constructor(private readonly options: Options) {}

  /** Takes a message of the loader's. */
  take(message: ToFrame): void {
    const { life } = this;
    switch (message.type) {
      case "settings":
        this.queue = this.queue.then(() => this.set(message.settings, life)).catch(() => this.fail("unavailable", "its settings could not be taken"));
        break;
      case "shown":
        this.open = message.open;
        if (this.client) this.news?.update(this.client.view.state, this.open);
        this.changed();
        break;
      case "ask":
        if (typeof message.text === "string") this.asked = { text: message.text, send: message.send === true };
        this.changed();
        break;
      case "shutdown":
        this.forget();
        this.options.tell({ type: "gone" });
    }
  }

  /** Opens a conversation of the person's, or begins one with "". */
  go(id: string): void {
    if (!this.person) return;
    put(this.person.keep, session, id);
    this.enter(this.person, id);
  }

  /** What was asked, once. */
  takeAsked(): Asked | null {
    const { asked } = this;
    this.asked = null;
    return asked;
  }

  private fail(code: string, message: string): void {
    this.options.tell({ type: "error", detail: { code, message } });
  }

  private async set(given: unknown, life: number): Promise<void> {
    if (typeof given !== "object" || given === null) return;
    const settings = check(given, await this.options.defaults);
    const silent = await speak(preferred({ site: settings.locale })).then(() => false, () => language() === "");
    if (silent) this.fail("unavailable", "its texts did not load");
    if (silent || life !== this.life) return;
    this.settings = settings;
    dress(settings);
    this.identify(settings);
    if (this.client) this.client.context = contextOf(settings);
    this.draw();
  }

  /** Finds out who writes. Somebody else than before begins anew. */
  private identify({ identity, asks, context }: Checked): void {
    const { person } = this;
    if (!identity && asks) {
      if (!person?.subject) void this.signIn(++this.generation, 1_000);
    } else if (person?.is(identity)) {
      person.renew(identity);
    } else {
      this.admit(identity);
    }
    if (this.person && context.profileId && context.profileId !== this.person.profile) {
      this.fail("profile_not_signed", "only the token says whose profile it is");
    }
  }

  /** Asks the host who is signed in, for as long as it takes. */
  private async signIn(generation: number, wait: number): Promise<void> {
    const token = await this.options.ask("first").catch(() => null);
    if (generation !== this.generation) return;
    this.trouble = token === null;
    if (token === null) setTimeout(() => generation === this.generation && void this.signIn(generation, Math.min(2 * wait, slowest)), wait);
    else if (!this.person?.is(token)) this.admit(token);
    this.draw();
  }

  /** Begins for a person, after everything of the one before is gone: a visitor's things go too once somebody signs in. */
  private admit(token: string): void {
    const { settings, options: { visitors } } = this;
    if (!settings) return;
    this.leave();
    if (token) visitors.clear();
    const ask = settings.asks ? this.options.ask : null;
    const person = new Person(token, visitors, ask, (other) => person === this.person && this.replace(other));
    this.person = person;
    this.draw();
    void this.begin(person, this.generation);
  }

  /**
   * The host, asked for a newer token of the person, has answered with somebody
   * else's. When nobody of theirs is ever taken, it is asked more and more slowly.
   */
  private replace(token: string): void {
    const tries = this.untaken++;
    if (tries === 1) this.fail("refused", "by the server, and each new token is somebody else's");
    if (tries === 0) {
      this.admit(token);
      return;
    }
    this.leave();
    const { generation } = this;
    setTimeout(() => generation === this.generation && this.admit(token), Math.min(pause * 2 ** (tries - 1), slowest));
    this.trouble = true;
    this.draw();
  }

  /** A visitor goes on where this browser was, somebody who is signed in with their newest conversation. */
  private async begin(person: Person, generation: number): Promise<void> {
    let id = person.keep.getItem(session) ?? "";
    if (person.subject) {
      const lister = this.connect(person, "");
      id = await lister.sessions.list().then(
        (page) => {
          this.untaken = 0;
          return page.sessions[0]?.id ?? "";
        },
        (error: unknown) => {
          if (generation === this.generation && problemOf(error).code === "unauthorized") this.fail("refused", "by the server");
          return "";
        },
      );
      lister.close();
    }
    if (generation === this.generation) this.enter(person, id);
  }

  private enter(person: Person, id: string): void {
    this.exit();
    const client = (this.client = this.connect(person, id));
    const news = (this.news = new News(this.options.tell));
    let refused = false;
    this.unwatch = client.subscribe(() => {
      const { state, link, unsent } = client.view;
      news.update(state, this.open);
      if (link.state === "open") this.untaken = 0;
      const stale = link.state === "refused" && refusal(link.code) === "expired" && state.epoch === "" && unsent.length === 0;
      if (stale && id && !person.subject) {
        queueMicrotask(() => client === this.client && this.renew(person));
        return;
      }
      const now = link.state === "refused" && !state.deleted;
      if (now && !refused) this.fail("refused", "by the server");
      refused = now;
    });
    this.key++;
    client.start();
    this.draw();
  }

  /** A visitor's token that is not taken any more is of no use to anybody: they begin anew without. */
  private renew(visitor: Person): void {
    this.options.visitors.clear();
    this.enter(visitor, "");
  }

  private connect(person: Person, id: string): ChatClient {
    const client = new ChatClient({
      url: location.origin,
      site: this.options.site,
      host: this.options.origin,
      storage: person.keep,
      session: id,
      locale: language(),
      getToken: person.subject ? (why) => person.token(why) : undefined,
      named: (name) => put(person.keep, session, name),
    });
    if (this.settings) client.context = contextOf(this.settings);
    return client;
  }

  /** Closes the conversation that is open. */
  private exit(): void {
    this.unwatch?.();
    this.news?.end();
    this.client?.close();
    this.client = this.news = null;
  }

  /** Closes everything of the person, and draws nothing of them any more. */
  private leave(): void {
    this.generation++;
    this.exit();
    if (this.person) this.asked = null; // what is asked before anybody is known waits for them
    this.person = null;
    this.trouble = false;
    this.draw();
  }

  /** Leaves nothing of anybody. */
  private forget(): void {
    this.life++;
    this.leave();
    this.options.visitors.clear();
    this.settings = null;
    this.draw();
  }

  private draw(): void {
    const { settings, person, client, key, trouble } = this;
    const role = person?.role ?? settings?.role ?? "client";
    this.scene = settings && { settings, client, key, keep: person?.keep ?? nothing, role, trouble, life: this.life };
    this.changed();
  }
}

const nothing: Keep = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

function contextOf({ context }: Checked): { job_post_id?: string } {
  return context.jobPostId ? { job_post_id: context.jobPostId } : {};
}

function dress({ theme: { scheme, accent } }: Checked): void {
  const root = document.documentElement;
  if (scheme === "light" || scheme === "dark") root.dataset.theme = scheme;
  else delete root.dataset.theme;
  applyPalette(root, accent);
}
