const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/**
 * The whole sentences of a text from a place on, for reading aloud while the
 * rest still comes, and where they end. What was read is not looked at again.
 */
export function wholeSentences(text: string, from: number, finished: boolean): { sentences: string[]; end: number } {
  const found = Array.from(segmenter.segment(text.slice(from)), (s) => s.segment);
  if (!finished) found.pop();
  const end = found.reduce((at, sentence) => at + sentence.length, from);
  return { sentences: found.map(speakable).filter(Boolean), end };
}

/** Text without Markdown's signs. */
export function speakable(markdown: string): string {
  return markdown
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, "$1")
    .replace(/^[ \t>]*(#{1,6}|[-*+]|\d{1,9}\.)[ \t]+/gm, "")
    .replace(/[*_`~]+/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
