import type { Mark } from "../types";

/** A stretch of a text, and what marked it. */
export interface Piece {
  start: number;
  text: string;
  /** Those that cover all of it; the first decides its look: a rule before a model. */
  marks: Mark[];
}

/**
 * Cuts text[from, to) where marks begin and end. Marks are positions of the whole
 * text; what lies outside of it is cut off, so that a wrong mark breaks nothing.
 */
export function pieces(text: string, marks: readonly Mark[], from = 0, to = text.length): Piece[] {
  const inside = marks.map((mark) => ({ mark, start: Math.max(from, mark.start), end: Math.min(to, mark.end) })).filter((m) => m.start < m.end);
  const cuts = [...new Set([from, to, ...inside.flatMap((m) => [m.start, m.end])])].sort((a, b) => a - b);
  const out: Piece[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const start = cuts[i] ?? from;
    const end = cuts[i + 1] ?? to;
    const covering = inside.filter((m) => m.start <= start && m.end >= end).map((m) => m.mark);
    out.push({ start, text: text.slice(start, end), marks: covering.sort((a, b) => Number(!a.rule) - Number(!b.rule)) });
  }
  return out;
}

/** Marks of one line: of the message with 0, else of that line of its thread. */
export function marksOf(marks: readonly Mark[] | undefined, thread: number): Mark[] {
  return (marks ?? []).filter((mark) => (mark.thread ?? 0) === thread);
}

const longest = 3_000;
const before = 600;

/** The part of a long text that is shown at first: its beginning, or where its first mark is. */
export function window(text: string, marks: readonly Mark[]): [from: number, to: number] {
  if (text.length <= longest + before) return [0, text.length];
  const first = Math.min(text.length, ...marks.map((mark) => mark.start));
  const from = first === text.length || first < longest - before ? 0 : Math.max(0, first - before);
  return [whole(text, from), whole(text, Math.min(text.length, from + longest))];
}

/** A place, moved back out of the middle of a surrogate pair. */
export function whole(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return at > 0 && unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
