import type { Keep } from "./outbox";
import { put } from "./storage";

/**
 * Why a token is asked for: there is none yet, the one that there is expires
 * soon, or it was refused.
 */
export type Why = "first" | "soon" | "refused";

/** Fetches a token from the site's own backend; "" for a visitor. When it fails, it is called again later. */
export type GetToken = (why: Why) => string | Promise<string>;

/**
 * The token that goes with requests. One of a signed-in person is kept in memory
 * only; one that Parley gave a visitor is kept in the storage.
 */
export class Tokens {
  private held: string;
  private need: Why | null;
  private asking: Promise<string> | null = null;
  /** The token came in the place of a refused one and nobody has accepted it yet: refused too, no third is asked for. */
  private last = false;

  constructor(
    private readonly storage: Keep,
    private readonly key: string,
    token = "",
    private readonly ask?: GetToken,
  ) {
    this.held = token;
    this.need = ask && !token ? "first" : null;
  }

  /** The token to send, "" for somebody who is to become a visitor. */
  get(): string | Promise<string> {
    return this.need ? this.renew(this.need) : this.current();
  }

  /** Asks for a newer token; several who ask at once share the answer. */
  renew(why: Why): Promise<string> {
    this.asking ??= this.fetch(why).finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  /** The server has given a visitor a token, or a newer one. */
  issued(token: string): void {
    if (this.held) this.held = token;
    else put(this.storage, this.key, token);
  }

  accepted(): void {
    this.last = false;
  }

  /**
   * The server does not take this token. Answers whether another may be had: a
   * refused visitor is forgotten, and can only begin anew.
   */
  refused(token: string): boolean {
    if (token !== this.current()) return true; // it was renewed in the meantime
    if (!this.held) put(this.storage, this.key, "");
    if (!this.ask || this.last) return false;
    this.need = "refused";
    return true;
  }

  /** Whether nobody is known, and nobody can be asked. */
  none(): boolean {
    return !this.ask && !this.current();
  }

  /** Nothing of the person stays. */
  forget(): void {
    this.held = "";
    put(this.storage, this.key, "");
  }

  /** Milliseconds until a new token should be asked for; undefined where nobody can be asked, or nothing says when. */
  renewIn(now = Date.now()): number | undefined {
    const left = expiry(this.held) - now;
    if (!this.ask || !(left > 0)) return undefined;
    return Math.min(Math.max(left > minute ? left - minute / 2 : left / 2, 1_000), day);
  }

  private current(): string {
    return this.held || (this.storage.getItem(this.key) ?? "");
  }

  private async fetch(why: Why): Promise<string> {
    const token = this.ask ? await this.ask(why) : "";
    this.held = typeof token === "string" ? token : "";
    this.need = null;
    this.last = why === "refused";
    return this.current();
  }
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** When a JWT expires, in milliseconds since 1970; NaN for anything else. Nothing is verified here: that is the server's part. */
function expiry(token: string): number {
  try {
    const [, claims] = token.split(".");
    const { exp } = JSON.parse(atob((claims ?? "").replaceAll("-", "+").replaceAll("_", "/"))) as { exp?: unknown };
    return typeof exp === "number" ? exp * 1000 : NaN;
  } catch {
    return NaN;
  }
}
