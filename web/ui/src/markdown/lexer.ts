import { Lexer, type Token } from "marked";

/** A text, a stretch between blank lines, or a run without a space that is longer, or more blocks, are no prose. */
const longest = { text: 100_000, block: 20_000, run: 1_000, blocks: 4_000 };

/** More than thirty signs of nesting at the start of a line, or a gap of a hundred lines. */
const steep = /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t>]|$)){30}|(?:\n[ \t]*){100}/m;

/**
 * The blocks of a text. Reading Markdown takes more than linear time for shapes
 * that nobody writes (ten thousand brackets, a thousand quotes in each other):
 * what could hold the page up is not read but shown letter by letter.
 */
export function lex(text: string): Token[] {
  if (text.length > longest.text || steep.test(text) || hasLonger(text, "\n\n", longest.block) || hasLongRun(text)) return plain(text);
  try {
    const blocks = Lexer.lex(text, { gfm: true });
    return blocks.length > longest.blocks ? plain(text) : blocks;
  } catch {
    return plain(text); // nested deeper than the stack
  }
}

function hasLonger(text: string, gap: string, most: number): boolean {
  if (text.length <= most) return false;
  let from = 0;
  for (let end = text.indexOf(gap); end >= 0; end = text.indexOf(gap, from)) {
    if (end - from > most) return true;
    from = end + gap.length;
  }
  return text.length - from > most;
}

function hasLongRun(text: string): boolean {
  return text.length > longest.run && text.split(/\s/).some((run) => run.length > longest.run);
}

/** One paragraph of the letters as they are. */
function plain(text: string): Token[] {
  return [{ type: "plain", raw: text, text }];
}

/**
 * Reads a text that grows. Blocks that can no longer change are not read again
 * with the next piece: only the last one is, and lists before it, which go on
 * over a blank line.
 */
export class GrowingText {
  private source = "";
  private settled: Token[] = [];
  private from = 0;

  /** The blocks of a text; those that were there before are the same objects. */
  blocks(text: string): Token[] {
    if (text.includes("\r")) return lex(text); // the lexer's places are those of a text without
    if (!text.startsWith(this.source.slice(0, this.from))) {
      this.settled = [];
      this.from = 0;
    }
    this.source = text;
    const tail = lex(text.slice(this.from));
    const open = firstOpen(tail);
    const result = [...this.settled, ...tail];
    for (const token of tail.slice(0, open)) {
      this.settled.push(token);
      this.from += token.raw.length;
    }
    return result;
  }
}

/** Where the blocks begin that more text may still change. */
function firstOpen(tokens: readonly Token[]): number {
  if (tokens.some((token) => token.type === "plain")) return 0;
  const before = (end: number) => tokens.findLastIndex((token, at) => at < end && token.type !== "space");
  let open = before(tokens.length);
  while (open > 0 && tokens[before(open)]?.type === "list") open = before(open);
  return Math.max(open, 0);
}
