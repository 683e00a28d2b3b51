import type { Timing } from "./connection";
import type { Fetch } from "./http";
import { newId } from "./ids";
import type { Keep } from "./outbox";
import { keys, memoryStorage, put, safeStorage } from "./storage";
import type { GetToken } from "./tokens";
import type { SocketClass } from "./websocket";

export interface ClientOptions {
  /** Where Parley is: `https://parley.example`. */
  url: string;
  /** The site on whose behalf people write; the default one of the server if left out. */
  site?: string;
  /** The origin of the page around, where the client runs in a frame. */
  host?: string;
  /** A token of a signed-in person, or one that Parley gave a visitor. Neither this nor `getToken`: a visitor. */
  token?: string;
  /** Fetches such a token from the site's own backend: at first, before it expires, and when it was refused. */
  getToken?: GetToken;
  /** The conversation to go on with; without one, the first message begins a new one. */
  session?: string;
  /** Where unsent messages and a visitor's token are kept; null keeps them in memory only. In a browser `localStorage`. */
  storage?: Keep | null;
  /** Names one of several clients that share a storage, such as a tab, so that two new conversations keep their unsent messages apart. */
  tab?: string;
  /** A BCP 47 tag such as `en-GB`; that of the browser if left out. */
  locale?: string;
  /** An IANA name such as `Europe/Madrid`; that of the machine if left out. */
  timeZone?: string;
  /** What the page around is about. */
  page?: Record<string, unknown>;
  /** Which ways to connect are tried, and in which order. */
  transports?: readonly ("websocket" | "sse")[];
  /** A WebSocket class where there is none built in, such as that of the package `ws` in Node 20. */
  WebSocket?: SocketClass;
  fetch?: Fetch;
  /** Called when a new conversation has got its id. */
  named?: (session: string) => void;
  /** Milliseconds of reconnecting and waiting, for tests and unusual networks. */
  timing?: Partial<Timing>;
}

/** The parts of the options that have a default, filled in. */
export interface Settled {
  storage: Keep;
  tab: string;
  locale: string | undefined;
  timeZone: string;
}

export function settle(options: ClientOptions): Settled {
  const browser = typeof document !== "undefined";
  const { storage = browser ? safeStorage(() => localStorage) : null } = options;
  return {
    storage: storage ?? memoryStorage(),
    tab: options.tab ?? (browser ? tabName() : newId()),
    locale: options.locale ?? (browser ? navigator.language : undefined),
    timeZone: options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** A tab keeps its name over a reload. */
function tabName(): string {
  const storage = safeStorage(() => sessionStorage);
  const name = storage.getItem(keys.tab) ?? newId();
  put(storage, keys.tab, name);
  return name;
}
