/** The whole sentences at the start of a text, for reading aloud while the rest still comes. */
export function wholeSentences(text: string, finished: boolean): string[] {
  const sentences = Array.from(new Intl.Segmenter("en", { granularity: "sentence" }).segment(text), (s) => s.segment);
  if (!finished) sentences.pop();
  return sentences.map(speakable).filter(Boolean);
}

/** Text without Markdown's signs. */
export function speakable(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^[\s>]*(#{1,6}|[-*+]|\d+\.)\s+/gm, "")
    .replace(/[*_`~]+/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
