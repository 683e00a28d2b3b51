import type { Draft, Feedback, Opened, Question, Response, SessionEvent, Snapshot } from "./protocol";
import { empty, type State } from "./state";

/**
 * The state after an event. It takes events in any order a network and two
 * tabs can produce: a durable event that was seen before changes nothing, one
 * from the future marks the state as behind instead of being applied.
 */
export function reduce(state: State, event: SessionEvent): State {
  if (event.type === "session.opened") return opened(state, event);
  const offset = event.offset ?? 0;
  if (offset > 0) {
    if (offset <= state.offset) return state;
    if (offset > state.offset + 1) return { ...state, behind: true };
    return apply({ ...state, offset }, event);
  }
  return apply(state, event);
}

function apply(state: State, event: Exclude<SessionEvent, Opened>): State {
  switch (event.type) {
    case "message.created":
      return {
        ...state,
        messages: upsert(state.messages, event.message),
        leaf: event.message.id,
      };
    case "response.created":
      return started(state, event.response_id, event.message_id);
    case "response.in_progress":
      return change(state, event.response_id, (r) => ({ ...r, route: event.route, model: event.model }));
    case "response.evidence":
      return change(state, event.response_id, (r) => ({ ...r, evidence: event.items }));
    case "response.question": {
      const question: Question = { slot: event.slot, text: event.text, suggestions: event.suggestions };
      return change(state, event.response_id, (r) => ({ ...r, question }));
    }
    case "response.output_text.delta":
      return delta(state, event.response_id, event.at, event.delta);
    case "response.completed":
    case "response.incomplete":
      return { ...state, responses: upsert(state.responses, event.response) };
    case "response.failed":
    case "response.cancelled":
    case "moderation.held":
      return { ...state, responses: upsert(state.responses, event.response), liveDrafts: {} };
    case "response.replaced":
      return replaced(state, event.response_id);
    case "draft.updated":
      return drafted(state, event.draft, (event.offset ?? 0) > 0);
    case "draft.published":
      return published(state, event.draft_id, event.version, event.url);
    case "session.updated":
      return updated(state, event);
    case "session.deleted":
      return { ...state, deleted: true };
    case "feedback.created":
      return { ...state, feedback: { ...state.feedback, [event.feedback.response_id]: event.feedback } };
    default:
      return state; // a type of a later version: ignored, as the wire asks
  }
}

function opened(state: State, event: Opened): State {
  const base = { session: event.session, epoch: event.epoch, behind: false, deleted: false };
  if (event.recovered) {
    // The gap follows as events. What a running response showed is sent again,
    // so it may not be kept from before: its turn may have been run anew.
    return { ...state, ...base, leaf: state.leaf || (event.session.leaf ?? ""), liveDrafts: {} };
  }
  return { ...empty, ...base, ...content(event.snapshot), offset: event.offset, leaf: event.session.leaf ?? "" };
}

function content(snapshot: Snapshot | undefined): Pick<State, "messages" | "responses" | "drafts" | "feedback"> {
  const feedback: Record<string, Feedback> = {};
  for (const item of snapshot?.feedback ?? []) feedback[item.response_id] = item;
  return {
    messages: snapshot?.messages ?? [],
    responses: snapshot?.responses ?? [],
    drafts: snapshot?.drafts ?? [],
    feedback,
  };
}

function updated(state: State, event: { session: State["session"]; snapshot?: Snapshot }): State {
  const session = event.session;
  const leaf = session?.leaf ?? state.leaf;
  if (!event.snapshot) return { ...state, session, leaf };
  return { ...state, ...content(event.snapshot), session, leaf, liveDrafts: {} };
}

function started(state: State, id: string, message: string): State {
  const known = state.responses.find((r) => r.id === id);
  if (known && known.status !== "running") return state;
  const response: Response = known ?? { id, message_id: message, status: "running", text: "", created: "" };
  return { ...state, responses: upsert(state.responses, response), liveDrafts: {} };
}

function replaced(state: State, id: string): State {
  const next = change(state, id, (r) => ({ ...r, status: "replaced", text: "" }), true);
  return { ...next, liveDrafts: {} };
}

/**
 * A piece of text that begins at `at`. Position 0 starts the text anew (a
 * catch-up); a piece that begins past the end means that one was lost.
 */
function delta(state: State, id: string, at: number, text: string): State {
  const response = state.responses.find((r) => r.id === id);
  if (!response) return { ...state, behind: true };
  if (response.status !== "running") return state;
  if (at > response.text.length) return { ...state, behind: true };
  if (at > 0 && response.text.startsWith(text, at)) return state;
  return change(state, id, (r) => ({ ...r, text: r.text.slice(0, at) + text }));
}

function drafted(state: State, draft: Draft, durable: boolean): State {
  if (!durable) return { ...state, liveDrafts: { ...state.liveDrafts, [draft.draft_id]: draft } };
  const { [draft.draft_id]: _stored, ...liveDrafts } = state.liveDrafts;
  const others = state.drafts.filter((d) => d.draft_id !== draft.draft_id || d.version !== draft.version);
  return { ...state, drafts: [...others, draft], liveDrafts };
}

/** A version is published, and a while later the site may tell where it stands. */
function published(state: State, id: string, version: number, url: string | undefined): State {
  const when = new Date().toISOString();
  const mark = (d: Draft): Draft =>
    d.draft_id === id && d.version === version ? { ...d, published: d.published ?? when, ...(url ? { published_url: url } : {}) } : d;
  return { ...state, drafts: state.drafts.map(mark) };
}

/** Changes a response that runs (or any one with `ended`); an unknown one is left alone. */
function change(state: State, id: string, edit: (r: Response) => Response, ended = false): State {
  const index = state.responses.findIndex((r) => r.id === id);
  const response = state.responses[index];
  if (!response || (!ended && response.status !== "running")) return state;
  const responses = [...state.responses];
  responses[index] = edit(response);
  return { ...state, responses };
}

function upsert<T extends { id: string }>(list: readonly T[], item: T): readonly T[] {
  const index = list.findIndex((other) => other.id === item.id);
  if (index < 0) return [...list, item];
  const copy = [...list];
  copy[index] = item;
  return copy;
}
