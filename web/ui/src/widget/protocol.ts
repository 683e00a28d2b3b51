// How the loader on the host's page and the frame from Parley talk, version 1.
//
// Once the frame's page runs it posts `hello` to its parent, to the origin that
// its address names and to no other. The loader answers a hello that comes from
// its own frame's window and from Parley's origin with `connect` and one end of a
// MessageChannel. The frame takes the first `connect` that comes from its parent
// and from that origin. Everything else goes over the channel, which no other
// window and no later listener on the page sees: what is posted to either window
// after that is not looked at. A frame that was loaded anew says hello anew.
//
// Values are structured clones of plain objects with a `type`. Either side leaves
// alone what it does not know, so that a newer one may say more.

export const version = 1;

/** Posted to the other window; nothing else ever is. */
export interface Hail {
  parley: typeof version;
  type: "hello" | "connect";
}

export interface Theme {
  /** `#rrggbb` or `#rgb`. */
  accent?: string;
  /** Of the panel's corners, in CSS pixels. */
  radius?: number;
  position?: "left" | "right";
  scheme?: "light" | "dark" | "auto";
  zIndex?: number;
  /** Distance of the launcher from the window's edges, in CSS pixels. */
  offset?: number;
}

export interface PageContext {
  /** The public job post that the host's page is about. */
  jobPostId?: string;
  /** The profile of the freelancer who is signed in. Only the token counts; this is compared with it. */
  profileId?: string;
}

/** What the loader tells the frame of its options: always all of them. */
export interface Settings {
  /** A JWT of the site's; a visitor without. */
  identity?: string | null;
  /** Whether the host has a getToken to ask. */
  asks: boolean;
  role?: "client" | "freelancer" | null;
  locale?: string | null;
  theme?: Theme | null;
  greeting?: string | null;
  context?: PageContext | null;
  /** Whether the frame stands in the page, without launcher and close button. */
  inline: boolean;
}

export type ToFrame =
  | { type: "settings"; settings: Settings }
  | { type: "shown"; open: boolean }
  | { type: "ask"; text: unknown; send: unknown }
  /** The answer to the frame's `token` of the same id; without `token` the host could not say. */
  | { type: "token"; id: number; token?: string }
  /** Forget everything; answered with `gone`. */
  | { type: "shutdown" };

/** A draft that the person has published: what is public of it. */
export interface PublishedDraft {
  draft_id: string;
  kind: string;
  version: number;
  /** Of a job post, which is what people publish here. */
  document?: unknown;
}

export type ToLoader =
  | { type: "ready" }
  | { type: "unread"; count: number }
  | { type: "draft"; detail: PublishedDraft }
  | { type: "published"; detail: { draft_id: string; version: number; url: string } }
  | { type: "error"; detail: { code: string; message: string } }
  /** The person closes the panel from within. */
  | { type: "close" }
  /** The frame needs a token: `first`, `soon` (the old one is about to expire) or `refused`. */
  | { type: "token"; id: number; reason: "first" | "soon" | "refused" }
  | { type: "gone" };
