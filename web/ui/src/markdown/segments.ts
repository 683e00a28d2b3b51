/** A stretch of a text and what covers it. */
export interface Segment<T> {
  start: number;
  end: number;
  /** The span that covers it, if any. */
  span: T | undefined;
  /** Whether the span ends here: the place for its mark. */
  last: boolean;
}

interface Span {
  start: number;
  end: number;
}

/** Cuts [start, end) at the bounds of spans. Spans that overlap an earlier one lose the shared part. */
export function segments<T extends Span>(start: number, end: number, spans: readonly T[]): Segment<T>[] {
  const result: Segment<T>[] = [];
  let at = start;
  for (const span of spans) {
    const from = Math.max(span.start, at);
    const to = Math.min(span.end, end);
    if (from >= to) continue;
    if (from > at) result.push({ start: at, end: from, span: undefined, last: false });
    result.push({ start: from, end: to, span, last: to === span.end });
    at = to;
  }
  if (at < end) result.push({ start: at, end, span: undefined, last: false });
  return result;
}
