import type { Case } from "../types";
import type { Query } from "../route";

/** A case in the list. */
export interface Item extends Case {
  /** It is not in the queue any more: somebody else decided it. It stays in its place until the list is made anew. */
  gone?: boolean;
}

/** What a look at the server means for the list that is shown: nothing moves, what came in is only counted. */
export interface Look {
  items: Item[];
  fresh: number;
}

/**
 * Lays the first page of the server over the list that is shown. Cases that changed
 * are replaced where they stand; those that left the queue stay, marked; those
 * that came in before the rest are counted.
 */
export function look(shown: readonly Item[], page: readonly Case[], whole: boolean, own: ReadonlySet<string>): Look {
  const now = new Map(page.map((c) => [c.id, c]));
  const last = page[page.length - 1];
  const reach = whole ? shown.length : shown.findIndex((item) => item.id === last?.id) + 1;
  const items = shown.map((item, at): Item => {
    const found = now.get(item.id);
    if (found) return found.version > item.version ? found : item.gone ? found : item;
    return at < reach ? { ...item, gone: true } : item;
  });
  const known = new Set(shown.map((item) => item.id));
  return { items, fresh: page.filter((c) => !known.has(c.id) && !own.has(c.id)).length };
}

/** Whether a case still belongs to a tab after it was changed. */
export function belongs(c: Case, tab: Query["tab"]): boolean {
  return tab === "appeals" ? c.status !== "decided" && Boolean(c.appeal) : c.status === tab;
}

/** Puts a case back where it stood, or its newer state in its place. */
export function putBack(items: readonly Item[], c: Item, at: number): Item[] {
  if (items.some((item) => item.id === c.id)) return items.map((item) => (item.id === c.id ? c : item));
  return [...items.slice(0, at), c, ...items.slice(at)];
}

/** A case of a list from one that was read whole: the list keeps its excerpt. */
export function asItem(c: Case, listed: Item | undefined): Item {
  if (!listed) return c;
  return { ...c, message: listed.message, cut: listed.cut, verdict: { ...c.verdict, marks: listed.verdict.marks } };
}
