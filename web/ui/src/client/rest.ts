import type { Session } from "./protocol";

export interface SessionPage {
  sessions: Session[];
  /** Where the following page begins, "" after the last one. */
  next: string;
}

/** The list of a person's conversations, over REST. */
export class Sessions {
  constructor(
    private readonly base: string,
    private readonly token: () => string,
    private readonly get: typeof fetch = (...args) => fetch(...args),
  ) {}

  /** A page of conversations, newest first; `next` of one is `before` of the following. */
  async list(before = ""): Promise<SessionPage> {
    if (!this.token()) return { sessions: [], next: "" };
    const query = before ? `?before=${encodeURIComponent(before)}` : "";
    const body = (await this.call("GET", `/v1/sessions${query}`)) as Partial<SessionPage> | null;
    return { sessions: body?.sessions ?? [], next: body?.next ?? "" };
  }

  async rename(id: string, title: string): Promise<void> {
    await this.call("PATCH", `/v1/sessions/${id}`, { title });
  }

  async remove(id: string): Promise<void> {
    await this.call("DELETE", `/v1/sessions/${id}`);
  }

  private async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await this.get(this.base + path, {
      method,
      headers: { Authorization: `Bearer ${this.token()}`, ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : undefined,
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return response.status === 204 ? null : await response.json();
  }
}
