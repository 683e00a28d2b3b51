// One conversation of the mock server: a tree of messages, a log of durable
// events, and one turn at a time.

import { randomBytes } from "node:crypto";
import { accept, answerAt, claimsOf, documentAt, review, suggestionsFor } from "./conversation.mjs";

const id = (prefix) => `${prefix}_${randomBytes(12).toString("hex")}`;
const now = () => new Date().toISOString();
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Fault extends Error {
  constructor(code, message, extra = {}) {
    super(message);
    this.problem = { code, message, temporary: ["busy", "unavailable", "draining"].includes(code), ...extra };
  }
}

export class MockSession {
  constructor(saved, pace) {
    this.pace = pace;
    this.subscribers = new Set();
    this.turn = null;
    Object.assign(this, saved ?? {
      session: { id: id("s"), role: "client", title: "", created: now(), updated: now() },
      events: [], messages: [], responses: [], drafts: [], feedback: {},
    });
    const dead = this.responses.find((r) => r.status === "running");
    if (dead) {
      dead.status = "replaced";
      this.durable({ type: "response.replaced", response_id: dead.id, message_id: dead.message_id });
      this.answer(this.message(dead.message_id));
    }
  }

  saved() {
    const { session, events, messages, responses, drafts, feedback } = this;
    return { session, events, messages, responses, drafts, feedback };
  }

  get offset() { return this.events.length; }
  message(mid) { return this.messages.find((m) => m.id === mid); }

  durable(event) {
    const full = { ...event, offset: this.events.length + 1 };
    this.events.push(structuredClone(full));
    this.session.updated = now();
    this.live(full);
  }

  live(event) { for (const send of this.subscribers) send(event); }

  path(leaf = this.session.leaf) {
    const found = [];
    for (let m = this.message(leaf); m; m = this.message(m.parent_id)) found.unshift(m);
    return found;
  }

  draftOn(path) {
    const ids = new Set(path.map((m) => m.id));
    return this.drafts.filter((d) => ids.has(d.message_id)).at(-1);
  }

  snapshot() {
    const draft = this.draftOn(this.path());
    return { messages: this.messages, responses: this.responses, drafts: draft ? [draft] : [], feedback: Object.values(this.feedback) };
  }

  /** Sends `session.opened`, then what was missed, then what a running turn has shown. */
  open(send, after, epoch, token) {
    const known = after && after.epoch === epoch && after.offset <= this.offset;
    const opened = { type: "session.opened", session: this.session, epoch, offset: this.offset, recovered: Boolean(known), token };
    if (!known) opened.snapshot = this.snapshot();
    send(structuredClone(opened));
    if (known) for (const event of this.events.slice(after.offset)) send(event);
    if (this.turn) {
      const { response, draft } = this.turn;
      send({ type: "response.created", response_id: response.id, message_id: response.message_id });
      if (response.evidence) send({ type: "response.evidence", response_id: response.id, items: response.evidence });
      if (draft) send({ type: "draft.updated", draft });
      if (response.text) send({ type: "response.output_text.delta", response_id: response.id, at: 0, delta: response.text });
    }
    this.subscribers.add(send);
  }

  create(frame, parent = this.session.leaf) {
    const known = this.message(frame.message_id);
    if (known && known.text !== frame.text) throw new Fault("conflict", "This id was used with another text.");
    if (known) return { message_id: known.id, offset: this.offset };
    if (!frame.text?.trim()) throw new Fault("invalid", "The message is empty.");
    if (frame.text === "/refuse") throw new Fault("invalid", "This message cannot be taken.");
    const message = { id: frame.message_id, parent_id: parent, text: frame.text, created: now() };
    this.messages.push(message);
    this.session.leaf = message.id;
    this.durable({ type: "message.created", message });
    const result = { message_id: message.id, offset: this.offset };
    if (!this.session.title) {
      this.session.title = frame.text.slice(0, 60);
      this.durable({ type: "session.updated", session: { ...this.session } });
    }
    this.waiting = (this.waiting ?? Promise.resolve()).then(() => this.answer(message));
    return result;
  }

  edit(frame) {
    const source = this.message(frame.source_id);
    if (!source) throw new Fault("not_found", "There is no such message.");
    if (!this.message(frame.message_id)) this.replace();
    return this.create(frame, source.parent_id ?? "");
  }

  regenerate(frame) {
    const message = this.message(frame.message_id);
    if (!message) throw new Fault("not_found", "There is no such message.");
    this.replace();
    for (const old of this.responses) {
      if (old.message_id !== message.id || old.status === "replaced") continue;
      old.status = "replaced";
      this.durable({ type: "response.replaced", response_id: old.id, message_id: message.id });
    }
    void this.answer(message);
    return {};
  }

  replace() {
    if (!this.turn) return;
    const { response } = this.turn;
    this.turn = null;
    response.status = "replaced";
    this.durable({ type: "response.replaced", response_id: response.id, message_id: response.message_id });
  }

  cancel(frame) {
    if (this.turn?.response.id !== frame.response_id) return {};
    this.end("cancelled");
    return {};
  }

  select(frame) {
    if (!this.message(frame.message_id)) throw new Fault("not_found", "There is no such message.");
    this.session.leaf = frame.message_id;
    this.durable({ type: "session.updated", session: { ...this.session }, snapshot: structuredClone(this.snapshot()) });
    return {};
  }

  async answer(message) {
    const path = this.path(message.id);
    const before = this.draftOn(path);
    const turn = path.length;
    const response = { id: id("r"), message_id: message.id, status: "running", text: "", usage: { input_tokens: 0, output_tokens: 0 }, timings: {}, created: now() };
    const mine = (this.turn = { response, draft: null });
    const gone = () => this.turn !== mine;
    this.responses.push(response);
    this.durable({ type: "response.created", response_id: response.id, message_id: message.id });
    this.live({ type: "response.in_progress", response_id: response.id, route: "job_post", model: "builtin" });
    await sleep(this.pace * 6);
    if (gone()) return;
    if (message.text === "/fail") return this.end("failed", { code: "internal", message: "The writer could not be reached.", temporary: true });
    const say = answerAt(turn, message);
    if (say.evidence.length > 0) {
      response.evidence = say.evidence;
      this.live({ type: "response.evidence", response_id: response.id, items: say.evidence });
    }
    mine.draft = this.draft(documentAt(turn, before?.document), message, before, "assistant");
    this.live({ type: "draft.updated", draft: mine.draft });
    for (const piece of say.text.match(/\S+\s*|\s+/g)) {
      await sleep(this.pace);
      if (gone()) return;
      this.live({ type: "response.output_text.delta", response_id: response.id, at: response.text.length, delta: piece });
      response.text += piece;
    }
    response.citations = say.citations;
    if (say.question) {
      response.question = say.question;
      this.live({ type: "response.question", response_id: response.id, ...say.question });
    }
    this.end(message.text === "/cut" ? "incomplete" : "completed");
  }

  end(status, error) {
    const { response, draft } = this.turn;
    this.turn = null;
    Object.assign(response, { status, error, ended: now() });
    if (draft && status === "completed") {
      this.drafts.push(draft);
      this.durable({ type: "draft.updated", draft });
    }
    this.durable({ type: `response.${status}`, response: structuredClone(response) });
  }

  draft(document, message, before, author) {
    const changed = Object.keys(document).filter((name) => JSON.stringify(document[name]) !== JSON.stringify(before?.document[name])).map((name) => `/${name}`);
    return {
      draft_id: before?.draft_id ?? id("d"), kind: "job_post", version: (this.drafts.at(-1)?.version ?? 0) + 1, message_id: message.id, author, document, changed,
      claims: claimsOf(document, this.path(message.id), author), suggestions: suggestionsFor(document), created: now(),
    };
  }

  revise(frame, edit) {
    const current = this.draftOn(this.path());
    if (!current || current.draft_id !== frame.draft_id) throw new Fault("not_found", "There is no such draft.");
    if (current.version !== frame.version) throw new Fault("stale_version", "The draft has changed.", { current });
    const document = review(edit(structuredClone(current.document)));
    const draft = this.draft(document, this.message(this.session.leaf), current, "person");
    this.drafts.push(draft);
    this.durable({ type: "draft.updated", draft });
    return { draft_id: draft.draft_id, version: draft.version };
  }

  publish(frame) {
    const current = this.draftOn(this.path());
    if (current?.version !== frame.version) throw new Fault("stale_version", "The draft has changed.", { current });
    current.published = now();
    this.durable({ type: "draft.published", draft_id: current.draft_id, version: current.version });
    return { draft_id: current.draft_id, version: current.version };
  }

  handle(frame) {
    switch (frame.type) {
      case "message.create": return this.create(frame);
      case "message.edit": return this.edit(frame);
      case "response.cancel": return this.cancel(frame);
      case "response.regenerate": return this.regenerate(frame);
      case "branch.select": return this.select(frame);
      case "draft.update": return this.revise(frame, (doc) => merge(doc, frame.patch));
      case "suggestion.accept": return this.revise(frame, (doc) => accept(doc, frame.suggestion_id));
      case "draft.publish": return this.publish(frame);
      case "feedback.create": {
        const feedback = { response_id: frame.response_id, rating: frame.rating, reason: frame.reason, comment: frame.comment, created: now() };
        this.feedback[frame.response_id] = feedback;
        this.durable({ type: "feedback.created", feedback });
        return {};
      }
      default: throw new Fault("unknown_type", `There is no frame ${frame.type}.`);
    }
  }
}

function merge(target, patch) {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const result = { ...(typeof target === "object" && target !== null && !Array.isArray(target) ? target : {}) };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result[name] = Array.isArray(result[name]) ? [] : null;
    else result[name] = merge(result[name], value);
  }
  return result;
}
