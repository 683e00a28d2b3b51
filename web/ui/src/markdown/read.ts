import { blocks } from "./blocks";
import type { Block, Line } from "./tree";

/** What is longer, or has more blocks, is no answer: it is shown letter by letter. */
const most = { letters: 100_000, blocks: 4_000 };

/** The blocks of a text in Markdown. */
export function read(text: string, from = 0): Block[] {
  const plain: Block = { kind: "plain", start: from, end: text.length, text: text.slice(from) };
  if (text.length - from > most.letters) return [plain];
  const found = blocks(linesOf(text, from));
  return found.length > most.blocks ? [plain] : found;
}

function linesOf(text: string, from: number): Line[] {
  const lines: Line[] = [];
  for (let at = from; at <= text.length; ) {
    const end = text.indexOf("\n", at);
    const next = end < 0 ? text.length : end;
    lines.push({ at, text: text.slice(at, text[next - 1] === "\r" ? next - 1 : next) });
    at = next + 1;
  }
  return lines;
}

/**
 * Reads a text that grows. Blocks that can no longer change are not read again
 * with the next piece: only the last one is, and lists before it, which may go
 * on over a blank line.
 */
export class GrowingText {
  private settled: Block[] = [];
  private source = ""; // up to where the blocks are settled

  /** The blocks of a text; those that can no longer change are the same objects as before. */
  blocks(text: string): Block[] {
    if (!text.startsWith(this.source)) {
      this.settled = [];
      this.source = "";
    }
    const tail = read(text, this.source.length);
    let open = tail.length - 1;
    while (open > 0 && tail[open - 1]?.kind === "list") open--;
    const result = [...this.settled, ...tail];
    if (open > 0) {
      this.settled.push(...tail.slice(0, open));
      this.source = text.slice(0, tail[open]?.start);
    }
    return result;
  }
}
