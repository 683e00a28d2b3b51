import { inline } from "./inline";
import type { Block, Line } from "./tree";

/** Quotes and lists stand in each other this deep; what goes deeper is text. */
const deepest = 16;

const fence = /^ {0,3}(`{3,}|~{3,})([^`]*)$/;
const heading = /^ {0,3}(#{1,6})(?=[ \t]|$)/;
const rule = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const quote = /^ {0,3}> ?/;
const bullet = /^( {0,3})([-*+]|(\d{1,9})[.)])([ \t]+|$)/;
const underline = /^ {0,3}(=+|-+)[ \t]*$/;
const columns = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const indented = /^(?: {4}| {0,3}\t)/;

/**
 * Reads the part of CommonMark that answers and handbook pages use, with GitHub's
 * tables: no HTML, which stays text, and no link definitions. Each line is
 * looked at a bounded number of times, whatever stands in it.
 */
export function blocks(lines: readonly Line[], depth = 0): Block[] {
  const found: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    if (blank(lines[at])) {
      at++;
      continue;
    }
    const [block, next] = read(lines, at, depth);
    found.push(block);
    at = next;
  }
  return found;
}

type Read = [block: Block, next: number];

function read(lines: readonly Line[], at: number, depth: number): Read {
  const text = lines[at]?.text ?? "";
  if (indented.test(text)) return indentedCode(lines, at);
  if (fence.test(text)) return fencedCode(lines, at);
  if (heading.test(text)) return readHeading(lines, at);
  if (rule.test(text)) return [{ ...span(lines, at, at + 1), kind: "rule" }, at + 1];
  if (depth < deepest && quote.test(text)) return readQuote(lines, at, depth);
  if (depth < deepest && bullet.test(text)) return readList(lines, at, depth);
  return isTable(lines, at) ? readTable(lines, at) : readParagraph(lines, at, depth);
}

function blank(line: Line | undefined): boolean {
  return line === undefined || line.text.trim() === "";
}

function span(lines: readonly Line[], from: number, to: number): { start: number; end: number } {
  const last = lines[to - 1];
  return { start: lines[from]?.at ?? 0, end: last ? last.at + last.text.length : 0 };
}

/** Whether a line ends a paragraph that stands before it. */
function interrupts(lines: readonly Line[], at: number, depth: number): boolean {
  const text = lines[at]?.text ?? "";
  if (fence.test(text) || heading.test(text) || rule.test(text)) return true;
  if (depth < deepest) {
    if (quote.test(text)) return true;
    const item = bullet.exec(text);
    if (item && item[4] !== "" && (item[3] === undefined || Number(item[3]) === 1)) return true;
  }
  return isTable(lines, at);
}

/** A line without its first letters. */
function rest(line: Line, from: number): Line {
  return { at: line.at + from, text: line.text.slice(from) };
}

function readParagraph(lines: readonly Line[], at: number, depth: number): Read {
  let next = at + 1;
  while (next < lines.length && !blank(lines[next])) {
    const level = underline.exec(lines[next]?.text ?? "")?.[1];
    if (level) return [{ ...span(lines, at, next + 1), kind: "heading", level: level.startsWith("=") ? 1 : 2, parts: inline(lines.slice(at, next)) }, next + 1];
    if (interrupts(lines, next, depth)) break;
    next++;
  }
  return [{ ...span(lines, at, next), kind: "paragraph", parts: inline(lines.slice(at, next)) }, next];
}

function readHeading(lines: readonly Line[], at: number): Read {
  const line = lines[at] ?? { at: 0, text: "" };
  const signs = heading.exec(line.text)?.[0].length ?? 0;
  const level = line.text.slice(0, signs).trim().length;
  let end = line.text.trimEnd().length;
  let close = end;
  while (line.text[close - 1] === "#") close--;
  if (close <= signs || /[ \t]/.test(line.text[close - 1] ?? "")) end = Math.max(close, signs);
  return [{ ...span(lines, at, at + 1), kind: "heading", level, parts: inline([{ at: line.at + signs, text: line.text.slice(signs, end) }]) }, at + 1];
}

function fencedCode(lines: readonly Line[], at: number): Read {
  const open = fence.exec(lines[at]?.text ?? "")?.[1] ?? "";
  const closes = (text: string) => {
    const close = fence.exec(text);
    return close !== null && close[2]?.trim() === "" && close[1]?.startsWith(open.charAt(0)) === true && (close[1]?.length ?? 0) >= open.length;
  };
  let end = at + 1;
  while (end < lines.length && !closes(lines[end]?.text ?? "")) end++;
  const next = Math.min(end + 1, lines.length);
  return [{ ...span(lines, at, next), kind: "code", lines: lines.slice(at + 1, end) }, next];
}

function indentedCode(lines: readonly Line[], at: number): Read {
  let next = at;
  for (let look = at; look < lines.length && (blank(lines[look]) || indented.test(lines[look]?.text ?? "")); look++) if (!blank(lines[look])) next = look + 1;
  const code = lines.slice(at, next).map((line) => rest(line, indented.exec(line.text)?.[0].length ?? line.text.length));
  return [{ ...span(lines, at, next), kind: "code", lines: code }, next];
}

function readQuote(lines: readonly Line[], at: number, depth: number): Read {
  const inner: Line[] = [];
  let next = at;
  for (; next < lines.length; next++) {
    const line = lines[next];
    if (!line || blank(line)) break;
    const sign = quote.exec(line.text)?.[0].length ?? 0;
    if (sign === 0 && (blank(inner.at(-1)) || interrupts(lines, next, depth))) break;
    inner.push(rest(line, sign));
  }
  return [{ ...span(lines, at, next), kind: "quote", blocks: blocks(inner, depth + 1) }, next];
}

function readList(lines: readonly Line[], at: number, depth: number): Read {
  const first = bullet.exec(lines[at]?.text ?? "");
  const sign = (text: string) => text.at(-1);
  const items: Block[][] = [];
  let next = at;
  let end = at;
  while (next < lines.length) {
    const line = lines[next];
    const item = line && !rule.test(line.text) ? bullet.exec(line.text) : null;
    if (!line || !item || sign(item[2] ?? "") !== sign(first?.[2] ?? "")) break;
    const [inner, after] = readItem(lines, next, item, depth);
    items.push(blocks(inner, depth + 1));
    end = after;
    next = after;
    while (next < lines.length && blank(lines[next])) next++;
  }
  return [{ ...span(lines, at, end), kind: "list", first: first?.[3] === undefined ? null : Number(first[3]), items }, end];
}

/** The lines of an item, without what makes them one, and where it ends. */
function readItem(lines: readonly Line[], at: number, item: RegExpExecArray, depth: number): [Line[], number] {
  const gap = item[4] ?? "";
  const signs = item[0].length - gap.length;
  const width = signs + (gap.length > 4 || gap === "" ? 1 : gap.length);
  const line = lines[at] ?? { at: 0, text: "" };
  const inner = [rest(line, Math.min(width, line.text.length))];
  let next = at + 1;
  let end = next;
  for (; next < lines.length; next++) {
    const under = lines[next];
    if (!under) break;
    if (blank(under)) {
      inner.push(rest(under, under.text.length));
      continue;
    }
    const belongs = under.text.slice(0, width).trim() === "" && under.text.length > width;
    if (!belongs && (blank(lines[next - 1]) || bullet.test(under.text) || interrupts(lines, next, depth))) break;
    inner.push(rest(under, belongs ? width : under.text.length - under.text.trimStart().length));
    end = next + 1;
  }
  return [inner.slice(0, end - at), end];
}

function isTable(lines: readonly Line[], at: number): boolean {
  const under = lines[at + 1]?.text ?? "";
  const head = lines[at];
  if (!head?.text.includes("|") || !under.includes("-") || !columns.test(under)) return false;
  return cells(head).length === cells({ at: 0, text: under }).length;
}

function readTable(lines: readonly Line[], at: number): Read {
  const head = cells(lines[at]);
  const rows: Line[][] = [];
  let next = at + 2;
  for (; next < lines.length && !blank(lines[next]) && !heading.test(lines[next]?.text ?? "") && !quote.test(lines[next]?.text ?? "") && !fence.test(lines[next]?.text ?? ""); next++) {
    rows.push(cells(lines[next]).slice(0, head.length));
  }
  const drawn = (row: Line[]) => head.map((_, column) => inline(row[column] ? [row[column]] : []));
  return [{ ...span(lines, at, next), kind: "table", head: drawn(head), rows: rows.map(drawn) }, next];
}

/** The cells of a row: what stands between signs that no backslash precedes. */
function cells(row: Line | undefined): Line[] {
  const found: Line[] = [];
  if (!row) return found;
  const trimmed = row.text.trim();
  const from = row.at + row.text.indexOf(trimmed);
  let begin = trimmed.startsWith("|") ? 1 : 0;
  for (let at = begin; at <= trimmed.length; at++) {
    if (at < trimmed.length && (trimmed[at] !== "|" || trimmed[at - 1] === "\\")) continue;
    if (at === trimmed.length && begin === at && found.length > 0) break; // closed by a sign
    found.push({ at: from + begin, text: trimmed.slice(begin, at) });
    begin = at + 1;
  }
  return found;
}
