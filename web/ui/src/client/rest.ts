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

  /** A page of conversations, newest first; `next` of one is `before` of the following. */
  async list(before = ""): Promise<SessionPage> {
    if (!(await this.http.tokens.get())) return { sessions: [], next: "" }; // nobody yet
    const body = (await this.http.json("GET", "/v1/sessions", before ? { query: { before } } : {})) as Partial<SessionPage> | null;
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

  /** How a held response of a conversation stands. */
  async appealed(id: string, response: string): Promise<Appeal> {
    return (await this.http.json("GET", `${at(id)}/responses/${encodeURIComponent(response)}/appeal`)) as Appeal;
  }

  /** Asks for a second look at the message of a held response, once, with or without words. */
  async appeal(id: string, response: string, text = ""): Promise<Appeal> {
    return (await this.http.json("POST", `${at(id)}/responses/${encodeURIComponent(response)}/appeal`, { body: { text } })) as Appeal;
  }
}

function at(id: string): string {
  return `/v1/sessions/${encodeURIComponent(id)}`;
}
