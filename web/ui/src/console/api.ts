import type { Agreement, Counts, Detail, Page, Policy, Ruling, Session } from "./types";
import type { Query } from "./route";

/** The server would not do what was asked. */
export class Refused extends Error {
  constructor(readonly status: number, readonly code: string, detail: string, /** The whole problem. */ readonly problem: Record<string, unknown> = {}) {
    super(detail);
  }
}

/** The server could not be reached. */
export class Unreachable extends Error {}

/** How a failed request is known by whoever shows it. */
export type Trouble = { kind: "offline" } | { kind: "refused"; code: string; detail: string };

export function trouble(error: unknown): Trouble {
  if (error instanceof Refused) return { kind: "refused", code: error.code, detail: error.message };
  return { kind: "offline" };
}

/** Routes that are for no site: they are about who is signed in. */
const signing = /^\/v1\/console\/(session|oidc)\b/;

type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/** The console's routes for one site. Requests carry the session's cookie, and what changes something a header that no other page can send. */
export class Api {
  /** Called when the session has ended. */
  signedOut: () => void = () => undefined;

  constructor(public site = "", private readonly fetch: Fetch = (path, init) => globalThis.fetch(path, init)) {}

  session(): Promise<Session> { return this.call("GET", "/v1/console/session") as Promise<Session>; }
  signIn(token: string): Promise<Session> { return this.call("POST", "/v1/console/session", { token }) as Promise<Session>; }
  signOut(): Promise<unknown> { return this.call("DELETE", "/v1/console/session"); }

  /** Whether an identity provider is set up: then its route answers with a redirect, which is not followed. */
  async hasProvider(): Promise<boolean> {
    try {
      const response = await this.fetch("/v1/console/oidc/start", { redirect: "manual" });
      return response.type === "opaqueredirect" || response.status === 503;
    } catch {
      return false;
    }
  }

  cases(query: Query, after = "", limit = 50, signal?: AbortSignal): Promise<Page> {
    const p = new URLSearchParams({ limit: `${limit}` });
    if (query.tab === "appeals") p.set("appealed", "true");
    else p.set("status", query.tab);
    for (const name of ["label", "channel", "stage", "decision", "assignee", "text"] as const) if (query[name]) p.set(name, query[name]);
    if (query.oldest) p.set("oldest", "true");
    if (after) p.set("after", after);
    return this.call("GET", `/v1/moderation/cases?${p}`, undefined, signal) as Promise<Page>;
  }

  case(id: string, signal?: AbortSignal): Promise<Detail> { return this.call("GET", this.path(id), undefined, signal) as Promise<Detail>; }

  decide(id: string, version: number, decision: Ruling, labels: string[], note: string): Promise<Detail> {
    return this.call("POST", `${this.path(id)}/decide`, { version, decision, labels, note }) as Promise<Detail>;
  }

  assign(id: string, version: number, assignee: string): Promise<Detail> { return this.call("POST", `${this.path(id)}/assign`, { version, assignee }) as Promise<Detail>; }
  undo(id: string, version: number): Promise<Detail> { return this.call("POST", `${this.path(id)}/undo`, { version }) as Promise<Detail>; }
  counts(): Promise<Counts> { return this.call("GET", "/v1/moderation/counts") as Promise<Counts>; }

  async policies(): Promise<Policy[]> {
    return ((await this.call("GET", "/v1/moderation/policies")) as { policies: Policy[] }).policies;
  }

  agreement(from: Date, to: Date, bucket: string, signal?: AbortSignal): Promise<Agreement> {
    const p = new URLSearchParams({ from: from.toISOString(), to: to.toISOString(), bucket });
    return this.call("GET", `/v1/moderation/agreement?${p}`, undefined, signal) as Promise<Agreement>;
  }

  private path(id: string): string { return `/v1/moderation/cases/${encodeURIComponent(id)}`; }

  /** What a route answers for the site that is open. */
  get(path: string, signal?: AbortSignal): Promise<unknown> { return this.call("GET", path, undefined, signal); }

  /** Changes something, for the site that is open. */
  send(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown, signal?: AbortSignal, headers?: Record<string, string>): Promise<unknown> {
    return this.call(method, path, body, signal, headers);
  }

  /** A stream of events, for the site that is open: its response has begun well, and its body is read by whoever asked. */
  stream(path: string, signal: AbortSignal): Promise<Response> {
    return this.answer("GET", path, undefined, signal);
  }

  private async call(method: string, path: string, body?: unknown, signal?: AbortSignal, more?: Record<string, string>): Promise<unknown> {
    const response = await this.answer(method, path, body, signal, more);
    return response.status === 204 ? null : response.json();
  }

  private async answer(method: string, path: string, body?: unknown, signal?: AbortSignal, more?: Record<string, string>): Promise<Response> {
    const ofSite = !signing.test(path);
    const site = this.site && ofSite ? `${path.includes("?") ? "&" : "?"}site=${encodeURIComponent(this.site)}` : "";
    let response: Response;
    try {
      response = await this.fetch(path + site, {
        method,
        signal,
        credentials: "same-origin",
        headers: { ...(method === "GET" ? {} : { "X-Parley-Console": "1" }), ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...more },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Unreachable("the server cannot be reached");
    }
    if (response.ok) return response;
    const problem = (await response.json().catch(() => null)) as { detail?: string; code?: string; [field: string]: unknown } | null;
    if (response.status === 401 && ofSite) this.signedOut();
    throw new Refused(response.status, problem?.code ?? "internal", problem?.detail ?? response.statusText, problem ?? {});
  }
}
