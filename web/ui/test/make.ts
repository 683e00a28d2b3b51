import type { Draft, JobPost, Message, Opened, Response, SessionEvent } from "../src/client/protocol";
import { reduce } from "../src/client/reduce";
import { empty, type State } from "../src/client/state";

export const at = "2026-11-21T10:00:00Z";

export const message = (id: string, parent = "", text = `text of ${id}`): Message => ({ id, parent_id: parent || undefined, text, created: at });

export const response = (id: string, message_id: string, more: Partial<Response> = {}): Response => ({ id, message_id, status: "completed", text: "Done.", created: at, ...more });

export const post = (more: Partial<JobPost> = {}): JobPost => ({ status: "drafting", title: "A title", category: "web", description: "", level: "", ...more });

export const draft = (version: number, message_id: string, more: Partial<Draft> = {}): Draft => ({
  draft_id: "d1", kind: "job_post", version, message_id, author: "assistant", document: post(), created: at, ...more,
});

export const opened = (more: Partial<Opened> = {}): Opened => ({
  type: "session.opened", session: { id: "s1", role: "client", title: "", created: at, updated: at }, epoch: "e1", offset: 0, recovered: false, ...more,
});

export const play = (events: SessionEvent[], from: State = empty): State => events.reduce(reduce, from);

/** A session in which the first message is answered by a response that runs. */
export const runningTurn = (): State =>
  play([
    opened(),
    { type: "message.created", offset: 1, message: message("m1") },
    { type: "response.created", offset: 2, response_id: "r1", message_id: "m1" },
  ]);
