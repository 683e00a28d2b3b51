import type { Keep } from "../client/outbox";
import { memoryStorage } from "../client/storage";
import type { Why } from "../client/tokens";
import { claimsOf, type Claims } from "./claims";
import type { OwnKeep } from "./keep";

/** Asks the host for a token; "" for a visitor. It rejects when the host cannot say. */
export type AskHost = (why: Why) => Promise<string>;

type Role = "client" | "freelancer" | undefined;

/**
 * Whom the frame serves: a visitor, whose token is in the frame's storage, or
 * somebody whom the site has signed in, of whom nothing is kept but in memory.
 */
export class Person {
  readonly keep: Keep;
  /** The JWT's subject, "" for a visitor. */
  readonly subject: string;
  readonly role: Role;
  readonly profile: string;
  private held: string;
  /** `held` came from the host and was not handed out yet. */
  private fresh: boolean;

  constructor(
    token: string,
    visitors: OwnKeep,
    private readonly ask: AskHost | null,
    /** Called when the host signs in somebody else in the place of this one. */
    private readonly changed: (token: string) => void,
  ) {
    ({ subject: this.subject, role: this.role, profile: this.profile } = identityOf(token));
    this.held = token;
    this.fresh = token !== "";
    this.keep = token ? memoryStorage() : visitors;
  }

  /** Whether a token is for the same person, with the same role and profile: with another one they see and may do other things. */
  is(token: string): boolean {
    const { subject, role, profile } = identityOf(token);
    return subject === this.subject && role === this.role && profile === this.profile;
  }

  /** The host has handed over a newer token of the same person. */
  renew(token: string): void {
    this.fresh = token !== this.held;
    this.held = token;
  }

  /** Answers a client that needs a token. */
  async token(why: Why): Promise<string> {
    if (this.fresh || (why === "first" && lasts(this.held))) {
      this.fresh = false;
      return this.held;
    }
    if (!this.ask) throw new Error("the token has run out, and there is nobody to ask for another");
    const token = await this.ask(why);
    if (!this.is(token)) {
      this.changed(token);
      throw new Error("somebody else is signed in");
    }
    this.held = token;
    return token;
  }
}

/** Whom a token is for; a visitor without one. */
function identityOf(token: string): { subject: string; role: Role; profile: string } {
  const { sub, role, profile_id: profile } = token ? claimsOf(token) : ({ sub: "" } as Claims);
  return {
    subject: sub,
    role: role === "freelancer" || role === "client" ? role : undefined,
    profile: typeof profile === "string" ? profile : "",
  };
}

/** Whether a token is good for a while; one that does not say so is tried. */
function lasts(token: string): boolean {
  const { exp } = claimsOf(token);
  return token !== "" && !(typeof exp === "number" && exp * 1000 < Date.now() + 15_000);
}
