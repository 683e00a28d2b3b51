import type { OpenFrame, Problem, Reply } from "./protocol";
import { closeCodes, parseFrame, type Dial, type Handlers } from "./transport";

/**
 * Server-Sent Events read with fetch, for networks that break WebSocket.
 * Frames to the server go one at a time by POST, in order.
 */
export function sseDial(base: string, get: typeof fetch = (...args) => fetch(...args)): Dial {
  return (open, handlers) => {
    const abort = new AbortController();
    const line = new Line(base, get, open, handlers, abort);
    void line.run();
    return {
      send: (frame) => line.post(frame),
      close: () => {
        abort.abort();
        line.finish(closeCodes.lost);
      },
    };
  };
}

class Line {
  private session = "";
  private token = "";
  /** A token that this connection was given; the page learns of it with session.opened. */
  private issued = "";
  private reached = false;
  private done = false;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly base: string,
    private readonly get: typeof fetch,
    private readonly open: OpenFrame,
    private readonly handlers: Handlers,
    private readonly abort: AbortController,
  ) {}

  finish(code: number): void {
    if (this.done) return;
    this.done = true;
    this.handlers.closed(code, this.reached);
  }

  async run(): Promise<void> {
    try {
      await this.prepare();
      await this.read();
      this.finish(closeCodes.lost);
    } catch (error) {
      this.finish(error instanceof Refused ? error.code : closeCodes.lost);
    }
  }

  /** The stream belongs to a session, so one is created first where there is none. */
  private async prepare(): Promise<void> {
    this.token = this.open.token ?? "";
    this.session = this.open.session ?? "";
    if (this.session && this.token) return;
    const { locale, time_zone } = this.open;
    const response = await this.request("/v1/sessions", { method: "POST", body: JSON.stringify({ locale, time_zone }) });
    const created = (await response.json()) as { session?: { id: string }; id?: string; token?: string };
    this.session = created.session?.id ?? created.id ?? "";
    if (created.token) {
      this.token = created.token;
      this.issued = created.token;
    }
  }

  private async read(): Promise<void> {
    const after = this.open.after;
    const query = after ? `?epoch=${encodeURIComponent(after.epoch)}&offset=${after.offset}` : "";
    const response = await this.request(`/v1/sessions/${this.session}/events${query}`, {
      headers: { Accept: "text/event-stream" },
    });
    if (!response.body) return;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + value.replaceAll("\r\n", "\n")).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) this.take(block);
    }
  }

  private take(block: string): void {
    const lines = block.split("\n").filter((line) => line.startsWith("data:"));
    if (lines.length === 0 || this.done) return;
    const frame = parseFrame(lines.map((line) => line.slice(5).trimStart()).join("\n"));
    if (!frame) throw new Refused(closeCodes.lost);
    if (frame.type === "session.opened" && this.issued) frame.token ??= this.issued;
    this.handlers.frame(frame);
  }

  post(frame: object): void {
    this.queue = this.queue.then(() => this.postNow(frame)).catch(() => this.finish(closeCodes.lost));
  }

  private async postNow(frame: object): Promise<void> {
    if (this.done) return;
    const response = await this.get(`${this.base}/v1/sessions/${this.session}/frames`, {
      method: "POST",
      body: JSON.stringify(frame),
      headers: this.headers(),
      signal: this.abort.signal,
    });
    const body = (await response.json()) as Partial<Reply> & Partial<Problem>;
    const id = "id" in frame && typeof frame.id === "string" ? frame.id : "";
    const reply: Reply = { type: "reply", id, result: body.result };
    if (!response.ok || body.error) reply.error = body.error ?? problemOf(response.status, body);
    if (!this.done) this.handlers.frame(reply);
  }

  private headers(): Record<string, string> {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    return headers;
  }

  private async request(path: string, init: RequestInit): Promise<globalThis.Response> {
    const headers = { ...this.headers(), ...(init.headers as Record<string, string> | undefined) };
    const response = await this.get(this.base + path, { ...init, headers, signal: this.abort.signal });
    if (response.status === 401 || response.status === 403) throw new Refused(closeCodes.badToken);
    if (response.status === 404) throw new Refused(closeCodes.deleted);
    if (!response.ok) throw new Refused(closeCodes.lost);
    this.reached = true;
    return response;
  }
}

class Refused extends Error {
  constructor(readonly code: number) {
    super(`refused with ${code}`);
  }
}

function problemOf(status: number, body: Partial<Problem>): Problem {
  return { code: body.code ?? "internal", message: body.message ?? "", temporary: status >= 500 || status === 429 };
}
