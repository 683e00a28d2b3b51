import type { Claim, Draft, Source, Warning } from "../client/protocol";
import { editable, isSet } from "./post";

/** Whether a pointer names `path`, a part of it, or something that it is part of. */
export function touches(pointer: string, path: string): boolean {
  return pointer === path || pointer.startsWith(`${path}/`) || path.startsWith(`${pointer}/`);
}

/** Whether a pointer names `path` or a part of it. */
export function within(pointer: string, path: string): boolean {
  return pointer === path || pointer.startsWith(`${path}/`);
}

/**
 * Whether the assistant changed a field with this version. Where everything is
 * new, as in a first version, nothing stands out.
 */
export function changedByTurn(draft: Draft, field: string): boolean {
  if (draft.author !== "assistant" || !draft.changed) return false;
  const { changed, document } = draft;
  const touched = (name: string) => changed.some((pointer) => touches(pointer, `/${name}`));
  const filled = editable.filter((name) => isSet(document[name]));
  return touched(field) && filled.some((name) => !touched(name));
}

export function claimsAt(claims: readonly Claim[] | undefined, path: string): Claim[] {
  return (claims ?? []).filter((claim) => claim.path === path).sort((a, b) => a.start - b.start);
}

export function warningsAt(warnings: readonly Warning[] | undefined, path: string): Warning[] {
  return (warnings ?? []).filter((warning) => warning.path === path).sort((a, b) => a.start - b.start);
}

/** The sources of a value that is not a text: of everything claimed at it or below, each once. */
export function sourcesUnder(claims: readonly Claim[] | undefined, path: string): Source[] {
  const all = (claims ?? []).filter((claim) => within(claim.path, path)).flatMap((claim) => claim.sources ?? []);
  return uniqueSources(all);
}

export function uniqueSources(sources: readonly Source[]): Source[] {
  const seen = new Set<string>();
  return sources.filter((source) => {
    const key = `${source.kind} ${source.id ?? ""} ${source.start ?? 0} ${source.end ?? 0} ${source.quote ?? ""}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
