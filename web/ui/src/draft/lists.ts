import type { ProposalDraft, ShortlistDraft } from "../client/protocol";

type Lists = readonly string[];

/** Go writes a list that was never filled as null: here it is an empty one, so that no view has to ask. */
function filled<T extends object>(value: T, lists: Lists): T {
  const missing = lists.filter((name) => ((value as Record<string, unknown>)[name] ?? null) === null);
  return missing.length === 0 ? value : { ...value, ...Object.fromEntries(missing.map((name) => [name, []])) };
}

export function shortlistOf(draft: ShortlistDraft): ShortlistDraft {
  const list = filled(draft.document, ["requirements", "conditions", "candidates", "dropped"]);
  const candidates = list.candidates.map((c) => filled(c, ["parts", "findings", "reasons", "gaps"]));
  return { ...draft, document: { ...list, candidates } };
}

export function proposalOf(draft: ProposalDraft): ProposalDraft {
  return { ...draft, document: filled(draft.document, ["fit", "answers", "advice"]) };
}
