import { problem, RequestError, unsent } from "./problem";
import type { Problem } from "./protocol";
import type { Tokens } from "./tokens";

/** Fetch, and the parts of it that are used. */
export type Fetch = (url: string, init: RequestInit) => Promise<globalThis.Response>;

interface Init {
  query?: Record<string, string>;
  /** A form, or what is sent as JSON. */
  body?: unknown;
  accept?: string;
  signal?: AbortSignal;
}

/** Requests to one site of one Parley, with the token of whoever asks. */
export class Http {
  private readonly base: string;
  private readonly query: Readonly<Record<string, string>>;
  private readonly fetch: Fetch;

  constructor(
    { url, site, host, fetch = (address, init) => globalThis.fetch(address, init) }: { url: string; site?: string; host?: string; fetch?: Fetch },
    readonly tokens: Tokens,
  ) {
    this.base = url.replace(/\/+$/, "");
    this.query = { ...(site ? { site } : {}), ...(host ? { host } : {}) };
    this.fetch = fetch;
  }

  address(path: string, more: Readonly<Record<string, string>> = {}): string {
    const query = new URLSearchParams({ ...this.query, ...more }).toString();
    return `${this.base}${path}${query ? `?${query}` : ""}`;
  }

  /**
   * A response that is well; all others are a RequestError. A token that is
   * refused is renewed once, if somebody can be asked for another.
   */
  async request(method: string, path: string, init: Init = {}): Promise<globalThis.Response> {
    const token = await this.token();
    const response = await this.once(method, path, token, init);
    if (response.status === 401 && token && this.tokens.refused(token)) return this.request(method, path, init);
    if (!response.ok) throw new RequestError(await failure(response));
    if (token) this.tokens.accepted();
    return response;
  }

  async json(method: string, path: string, init: Init = {}): Promise<unknown> {
    const response = await this.request(method, path, init);
    return response.status === 204 ? null : response.json();
  }

  /** A token that cannot be had now may be had later. */
  private async token(): Promise<string> {
    try {
      return await this.tokens.get();
    } catch {
      throw new RequestError(unsent);
    }
  }

  private async once(method: string, path: string, token: string, init: Init): Promise<globalThis.Response> {
    const { body } = init;
    const form = body instanceof FormData;
    const headers: Record<string, string> = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (init.accept) headers.Accept = init.accept;
    if (body !== undefined && !form) headers["Content-Type"] = "application/json";
    const sent = body === undefined || form ? body : JSON.stringify(body);
    try {
      return await this.fetch(this.address(path, init.query), { method, headers, body: sent, signal: init.signal });
    } catch {
      throw new RequestError(init.signal?.aborted ? problem("cancelled") : unsent);
    }
  }
}

/** What the server says is wrong: its problem, or what a status means that something on the way has sent. */
async function failure(response: globalThis.Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    if (isProblem(body)) return { ...statusProblem(response.status), ...body };
  } catch {
    // A proxy's page.
  }
  return statusProblem(response.status);
}

/** The problem that a status stands for. */
export function statusProblem(status: number): Problem {
  const code = { 401: "unauthorized", 403: "forbidden", 404: "not_found", 413: "too_large", 429: "rate_limited" }[status];
  return problem(code ?? (status >= 500 ? "unavailable" : "invalid"), status >= 500 || status === 429);
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string" && "message" in value && typeof value.message === "string";
}
