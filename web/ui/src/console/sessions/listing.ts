import type { Query } from "./address";
import type { Listing, Summary } from "./types";

/** What has changed, put into a list that nothing narrows: newest activity first. */
export function merged(list: Listing, changed: Summary): Listing {
  const rest = list.sessions.filter((s) => s.id !== changed.id);
  const at = rest.findIndex((s) => s.updated <= changed.updated);
  return { ...list, sessions: at < 0 ? rest.concat(list.next ? [] : [changed]) : [...rest.slice(0, at), changed, ...rest.slice(at)] };
}

/** A further page; what has moved in between is shown once. */
export function joined(list: Listing, more: Listing): Listing {
  const known = new Set(list.sessions.map((s) => s.id));
  return { sessions: [...list.sessions, ...more.sessions.filter((s) => !known.has(s.id))], next: more.next };
}

export function plain(query: Query): boolean {
  return !Object.values(query).some(Boolean);
}

/** A text in pieces, of which those in the marks stand out. */
export function pieces(text: string, marks: readonly { start: number; end: number }[]): { text: string; marked: boolean }[] {
  const out: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const { start, end } of marks) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) out.push({ text: text.slice(at, start), marked: false });
    out.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) out.push({ text: text.slice(at), marked: false });
  return out;
}
