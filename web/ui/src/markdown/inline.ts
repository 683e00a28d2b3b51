import type { Emphasis, Inline, Line } from "./tree";

/** An address that is longer is no address. */
const longestAddress = 2_000;

/** How many open signs back a partner is looked for. */
const farthest = 40;

const punctuation = /[!-/:-@[-`{-~]/;
const wordy = /[\p{L}\p{N}]/u;
const special = /[\\`*_~[\]!<\n]|https?:\/\/|www\./g;
const angle = /<((?:https?:\/\/|mailto:)[^\s<>]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})>/y;
const bare = /(?:https?:\/\/|www\.)[^\s<]{1,2000}/y;

/** A run of signs that may begin or end emphasis, or a bracket that may begin a link. */
interface Sign {
  sign: string;
  count: number;
  opens: boolean;
  closes: boolean;
  at: number;
}

type Piece = Inline | Sign;

/** Reads the marks within lines that belong together. */
export function inline(lines: readonly Line[]): Inline[] {
  const trimmed = lines.map((line, index) => trim(line, index === lines.length - 1));
  return new Reader(trimmed).read();
}

function trim(line: Line, last: boolean): Line {
  const text = last ? line.text.trimEnd() : line.text;
  const start = text.length - text.trimStart().length;
  return { at: line.at + start, text: text.slice(start) };
}

class Reader {
  private readonly text: string;
  private readonly starts: number[] = []; // of each line, in `text`
  private readonly pieces: Piece[] = [];
  private readonly brackets: number[] = []; // places in `pieces`
  private readonly ticks = new Map<number, number[]>(); // runs of backticks by length, the first at the end
  private line = 0;

  constructor(private readonly lines: readonly Line[]) {
    this.text = lines.map((line) => line.text).join("\n");
    let at = 0;
    for (const line of lines) {
      this.starts.push(at);
      at += line.text.length + 1;
    }
    for (const run of [...this.text.matchAll(/`+/g)].reverse()) {
      const known = this.ticks.get(run[0].length);
      if (known) known.push(run.index);
      else this.ticks.set(run[0].length, [run.index]);
    }
  }

  read(): Inline[] {
    const { text } = this;
    let at = 0;
    while (at < text.length) {
      special.lastIndex = at;
      const found = special.exec(text)?.index ?? text.length;
      this.letters(at, found);
      at = found < text.length ? this.sign(found) : found;
    }
    return this.settle(0);
  }

  /** Where a place in the joined text stands in the source. Places come in order, or nearly so. */
  private source(at: number): number {
    while (this.line > 0 && (this.starts[this.line] ?? 0) > at) this.line--;
    while (this.line + 1 < this.starts.length && (this.starts[this.line + 1] ?? 0) <= at) this.line++;
    return (this.lines[this.line]?.at ?? 0) + at - (this.starts[this.line] ?? 0);
  }

  private letters(from: number, to: number): void {
    if (to > from) this.pieces.push({ kind: "text", at: this.source(from), text: this.text.slice(from, to) });
  }

  /** Reads what begins with a sign and says where it ends. */
  private sign(at: number): number {
    const { text } = this;
    const sign = text[at] ?? "";
    if (sign === "\n") return this.lineEnd(at);
    if (sign === "\\") return this.escape(at);
    if (sign === "`") return this.code(at);
    if (sign === "*" || sign === "_" || sign === "~") return this.run(at, sign);
    if (sign === "!" && text[at + 1] === "[") return this.bracket(at, "![");
    if (sign === "[") return this.bracket(at, "[");
    if (sign === "]") return this.close(at);
    if (sign === "<") return this.angled(at);
    if (sign === "h" || sign === "w") return this.address(at);
    this.letters(at, at + 1);
    return at + 1;
  }

  private lineEnd(at: number): number {
    const last = this.pieces.at(-1);
    const hard = this.text.slice(Math.max(at - 2, 0), at) === "  ";
    if (last && "kind" in last && last.kind === "text") last.text = last.text.trimEnd();
    if (hard) this.pieces.push({ kind: "break" });
    else this.letters(at, at + 1);
    return at + 1;
  }

  private escape(at: number): number {
    const next = this.text[at + 1] ?? "";
    if (next === "\n") this.pieces.push({ kind: "break" });
    else if (punctuation.test(next)) this.letters(at + 1, at + 2);
    else {
      this.letters(at, at + 1);
      return at + 1;
    }
    return at + 2;
  }

  private code(at: number): number {
    let end = at;
    while (this.text[end] === "`") end++;
    const length = end - at;
    const runs = this.ticks.get(length) ?? [];
    while ((runs.at(-1) ?? Infinity) <= at) runs.pop();
    const close = runs.at(-1);
    if (close === undefined) {
      this.letters(at, end);
      return end;
    }
    const padded = this.text[end] === " " && this.text[close - 1] === " " && this.text.slice(end, close).trim() !== "" ? 1 : 0;
    this.pieces.push({ kind: "code", at: this.source(end + padded), text: this.text.slice(end + padded, close - padded).replaceAll("\n", " ") });
    return close + length;
  }

  /** A run opens before a word and closes behind one; underscores do so at the edges of words only. */
  private run(at: number, sign: string): number {
    let end = at;
    while (this.text[end] === sign) end++;
    const before = this.text[at - 1] ?? " ";
    const after = this.text[end] ?? " ";
    const left = !/\s/.test(after) && (!punctuation.test(after) || /\s/.test(before) || punctuation.test(before));
    const right = !/\s/.test(before) && (!punctuation.test(before) || /\s/.test(after) || punctuation.test(after));
    const within = sign === "_" && wordy.test(before) && wordy.test(after);
    const count = end - at;
    if (within || (!left && !right) || (sign === "~" && count > 2)) this.letters(at, end);
    else if (sign === "_") this.pieces.push({ sign, count, at, opens: left && (!right || punctuation.test(before)), closes: right && (!left || punctuation.test(after)) });
    else this.pieces.push({ sign, count, at, opens: left, closes: right });
    return end;
  }

  private bracket(at: number, sign: string): number {
    this.brackets.push(this.pieces.length);
    this.pieces.push({ sign, count: 1, opens: false, closes: false, at });
    return at + sign.length;
  }

  /** A closing bracket makes a link, or an image, of what stands since the opening one. */
  private close(at: number): number {
    const open = this.brackets.pop();
    const sign = open === undefined ? undefined : this.pieces[open];
    const target = sign && this.target(at + 1);
    if (open === undefined || !sign || !("sign" in sign) || !target) {
      this.letters(at, at + 1);
      return at + 1;
    }
    const parts = this.settle(open + 1);
    this.pieces.length = open;
    const from = sign.at + sign.sign.length;
    // An image is never loaded: its description stands in its place.
    if (sign.sign === "![") this.pieces.push(...parts);
    else {
      this.pieces.push({ kind: "link", href: target.href, text: this.text.slice(from, at), parts });
      this.brackets.length = 0; // no link within a link
    }
    return target.end;
  }

  /** The address in the brackets behind a link's text, a title passed over. */
  private target(at: number): { href: string; end: number } | null {
    if (this.text[at] !== "(") return null;
    const rest = this.text.slice(at, at + longestAddress);
    const found = /^\([ \n\t]*(?:<([^<>\n]*)>|((?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*))(?:[ \n\t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \n\t]*\)/.exec(rest);
    return found && { href: (found[1] ?? found[2] ?? "").replace(/\\([!-/:-@[-`{-~])/g, "$1"), end: at + found[0].length };
  }

  private angled(at: number): number {
    angle.lastIndex = at;
    const address = angle.exec(this.text)?.[1];
    if (!address) {
      this.letters(at, at + 1);
      return at + 1;
    }
    this.link(at + 1, address, address.includes(":") ? address : `mailto:${address}`);
    return at + address.length + 2;
  }

  private address(at: number): number {
    bare.lastIndex = at;
    let found = bare.exec(this.text)?.[0] ?? "";
    found = withoutEnd(found);
    if (wordy.test(this.text[at - 1] ?? " ") || !/^(?:https?:\/\/|www\.)[^\s/.]/.test(found)) {
      this.letters(at, at + 1);
      return at + 1;
    }
    this.link(at, found, found.startsWith("www.") ? `http://${found}` : found);
    return at + found.length;
  }

  private link(at: number, text: string, href: string): void {
    this.pieces.push({ kind: "link", href, text, parts: [{ kind: "text", at: this.source(at), text }] });
  }

  /** Pairs the signs of emphasis from a place on, and makes text of those that have no partner. */
  private settle(from: number): Inline[] {
    const done: Piece[] = [];
    const openers: number[] = []; // places in `done`
    for (const piece of this.pieces.slice(from)) {
      if ("kind" in piece) done.push(piece);
      else this.pair(piece, done, openers);
    }
    this.pieces.length = from;
    return joined(done.map((piece) => ("kind" in piece ? piece : this.asText(piece))));
  }

  private pair(closer: Sign, done: Piece[], openers: number[]): void {
    while (closer.closes && closer.count > 0) {
      const at = openers.slice(-farthest).findLast((place) => fits(done[place] as Sign, closer));
      if (at === undefined) break;
      const opener = done[at] as Sign;
      const double = opener.count > 1 && closer.count > 1;
      const used = closer.sign === "~" ? closer.count : double ? 2 : 1;
      const kind: Emphasis = closer.sign === "~" ? "del" : double ? "strong" : "em";
      const parts = joined(done.splice(at + 1).map((piece) => ("kind" in piece ? piece : this.asText(piece))));
      while ((openers.at(-1) ?? -1) > at) openers.pop();
      opener.count -= used;
      closer.count -= used;
      closer.at += used;
      if (opener.count === 0) {
        openers.pop();
        done.pop();
      }
      done.push({ kind, parts });
    }
    if (closer.count === 0) return;
    if (closer.opens) openers.push(done.length);
    done.push(closer);
  }

  private asText(sign: Sign): Inline {
    return { kind: "text", at: this.source(sign.at), text: sign.sign.repeat(sign.count) };
  }
}

/** Whether two runs make a pair: the rule of three keeps `**a*b**` together. */
function fits(opener: Sign, closer: Sign): boolean {
  if (opener.sign !== closer.sign) return false;
  if (closer.sign === "~") return opener.count === closer.count;
  return !((opener.closes || closer.opens) && (opener.count + closer.count) % 3 === 0 && (opener.count % 3 !== 0 || closer.count % 3 !== 0));
}

/** Signs at the end of a sentence are no part of an address in it, nor is a bracket that was not opened in it. */
function withoutEnd(address: string): string {
  let end = address.length;
  let unopened = address.split(")").length - address.split("(").length;
  for (; end > 0; end--) {
    const last = address[end - 1] ?? "";
    if (last === ")" && unopened > 0) unopened--;
    else if (!"?!.,:;*_~'\"".includes(last)) break;
  }
  return address.slice(0, end);
}

/** Neighbouring texts as one, where they are neighbours in the source too. */
function joined(parts: readonly Inline[]): Inline[] {
  const result: Inline[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.kind === "text" && last?.kind === "text" && last.at + last.text.length === part.at) result[result.length - 1] = { ...last, text: last.text + part.text };
    else result.push(part);
  }
  return result;
}
