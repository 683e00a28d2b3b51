import type { Session } from "./protocol";

/** The list of a person's conversations, over REST. */
export class Sessions {
  constructor(
    private readonly base: string,
    private readonly token: () => string,
    private readonly get: typeof fetch = (...args) => fetch(...args),
  ) {}

  async list(): Promise<Session[]> {
    if (!this.token()) return [];
    const body = (await this.call("GET", "/v1/sessions")) as { sessions?: Session[] } | null;
    return body?.sessions ?? [];
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
