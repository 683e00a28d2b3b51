import type { Http } from "./http";
import type { Appeal, Session } from "./protocol";

export interface SessionPage {
  sessions: Session[];
  /** Where the following page begins, "" after the last one. */
  next: string;
}

/** A person's conversations, over REST. What fails is a RequestError. */
export class Sessions {
  /** @internal */
  constructor(private readonly http: Http) {}

  /** A page of conversations, newest first, at most 200; `next` of one is `before` of the following. */
  async list(before = "", limit = 50): Promise<SessionPage> {
    if (!(await this.http.tokens.get())) return { sessions: [], next: "" }; // nobody yet
    const query = { limit: String(limit), ...(before ? { before } : {}) };
    const body = (await this.http.json("GET", "/v1/sessions", { query })) as Partial<SessionPage> | null;
    return { sessions: body?.sessions ?? [], next: body?.next ?? "" };
  }

  async rename(id: string, title: string): Promise<void> {
    await this.http.json("PATCH", at(id), { body: { title } });
  }

  async remove(id: string): Promise<void> {
    await this.http.json("DELETE", at(id));
  }

  /** Everything that is kept of a conversation, as a file: a JSON document, or Markdown to read. */
  async export(id: string, format: "json" | "md" = "json"): Promise<Blob> {
    return (await this.http.request("GET", `${at(id)}/export`, format === "json" ? {} : { query: { format } })).blob();
  }

  /** Asks for a second look at a response that was held back, once, and with a reason if there is one. */
  async appeal(session: string, response: string, text?: string): Promise<Appeal> {
    return (await this.http.json("POST", `${at(session)}/responses/${encodeURIComponent(response)}/appeal`, { body: { text } })) as Appeal;
  }

  /** How it stands with that. */
  async appealed(session: string, response: string): Promise<Appeal> {
    return (await this.http.json("GET", `${at(session)}/responses/${encodeURIComponent(response)}/appeal`)) as Appeal;
  }
}

function at(id: string): string {
  return `/v1/sessions/${encodeURIComponent(id)}`;
}
