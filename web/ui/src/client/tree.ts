import type { Draft, Message, Response } from "./protocol";
import type { State } from "./state";

/** A message of the selected branch, with what belongs beside it. */
export interface Exchange {
  message: Message;
  /** The newest response that was not replaced. */
  response: Response | undefined;
  /** The message and its other versions, oldest first. */
  versions: readonly Message[];
}

/** The selected branch, oldest message first. */
export function branch(state: State): Exchange[] {
  // One walk over each list: this runs with every piece of text that arrives.
  const siblings = new Map<string, Message[]>();
  for (const m of state.messages) {
    const versions = siblings.get(parent(m));
    if (versions) versions.push(m);
    else siblings.set(parent(m), [m]);
  }
  const answers = new Map<string, Response>();
  for (const r of state.responses) if (counts(r)) answers.set(r.message_id, r);
  return path(state).map((message) => ({ message, response: answers.get(message.id), versions: siblings.get(parent(message)) ?? [message] }));
}

function path(state: State): Message[] {
  const byId = new Map(state.messages.map((m) => [m.id, m]));
  const found: Message[] = [];
  let at = byId.get(state.leaf) ?? state.messages.at(-1);
  while (at && found.length <= state.messages.length) {
    found.push(at);
    at = byId.get(parent(at));
  }
  return found.reverse();
}

export function responseTo(state: State, message: string): Response | undefined {
  return state.responses.findLast((r) => r.message_id === message && counts(r));
}

function counts(response: Response): boolean {
  return response.status !== "replaced" && response.status !== "released";
}

/** The newest message under a given one: where its branch goes on. */
export function tip(state: State, message: string): string {
  const child = state.messages.findLast((m) => parent(m) === message);
  return child ? tip(state, child.id) : message;
}

/** The job post of the selected branch, in its newest version. */
export function currentDraft(state: State): Draft | undefined {
  return currentDrafts(state).findLast((d) => d.kind === "job_post");
}

/** The kinds of drafts that the page can show. */
export const shownKinds = ["job_post", "shortlist", "invitation", "proposal"] as const;

/**
 * The drafts of the selected branch, each in its newest version, the one that
 * was changed last at the end.
 */
export function currentDrafts(state: State): Draft[] {
  const place = new Map(path(state).map((m, index) => [m.id, index]));
  const at = (d: Draft) => place.get(d.message_id) ?? 0;
  const newest = new Map<string, Draft>();
  for (const d of [...state.drafts, ...Object.values(state.liveDrafts)]) {
    if (!place.has(d.message_id) || !shownKinds.some((kind) => kind === d.kind)) continue;
    const known = newest.get(d.draft_id);
    // What a later message has written is not undone by answering an earlier one anew.
    if (!known || at(d) > at(known) || (at(d) === at(known) && d.version >= known.version)) newest.set(d.draft_id, d);
  }
  return [...newest.values()].sort((a, b) => at(a) - at(b) || a.created.localeCompare(b.created));
}

/** The response that runs on the selected branch. */
export function running(state: State): Response | undefined {
  const last = path(state).at(-1);
  const response = last && responseTo(state, last.id);
  if (response?.status === "running") return response;
  return state.responses.findLast((r) => r.status === "running");
}

function parent(message: Message): string {
  return message.parent_id ?? "";
}
