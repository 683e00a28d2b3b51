import { lexer, type Token, type Tokens } from "marked";
import { describe, expect, it } from "vitest";
import { read } from "../src/markdown/read";
import type { Block, Inline } from "../src/markdown/tree";

// marked is the reference: what both can read, they read alike.

const joined = (parts: string[]) => parts.join("");

function inlineOf(parts: readonly Inline[]): string {
  return joined(parts.map((part) => {
    if (part.kind === "text") return part.text.replaceAll("\n", " ");
    if (part.kind === "code") return `<code ${part.text}>`;
    if (part.kind === "break") return "<br>";
    if (part.kind === "link") return `<a ${part.href} ${inlineOf(part.parts)}>`;
    return `<${part.kind} ${inlineOf(part.parts)}>`;
  }));
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case "paragraph": return `p(${inlineOf(block.parts)})`;
    case "heading": return `h${block.level}(${inlineOf(block.parts)})`;
    case "code": return `code(${block.lines.map((line) => line.text).join("\n")})`;
    case "quote": return `quote(${joined(block.blocks.map(blockOf))})`;
    case "list": return `list ${block.first ?? "-"}(${joined(block.items.map((item) => `[${joined(item.map(blockOf))}]`))})`;
    case "table": return `table(${[block.head, ...block.rows].map((row) => row.map(inlineOf).join("|")).join("/")})`;
    case "rule": return "hr";
    case "plain": return `plain(${block.text})`;
  }
}

function spanOf(tokens: readonly Token[] | undefined): string {
  return joined((tokens ?? []).map((token) => {
    switch (token.type) {
      case "strong": case "em": case "del": return `<${token.type} ${spanOf((token as Tokens.Strong).tokens)}>`;
      case "codespan": return `<code ${(token as Tokens.Codespan).text}>`;
      case "br": return "<br>";
      case "link": return `<a ${(token as Tokens.Link).href} ${spanOf((token as Tokens.Link).tokens)}>`;
      case "image": return (token as Tokens.Image).text;
      default: return ("tokens" in token && token.tokens ? spanOf(token.tokens) : (token as Tokens.Text).text).replaceAll("\n", " ");
    }
  }));
}

function tokenOf(token: Token): string {
  switch (token.type) {
    case "space": return "";
    case "heading": return `h${(token as Tokens.Heading).depth}(${spanOf(token.tokens)})`;
    case "code": return `code(${(token as Tokens.Code).text})`;
    case "blockquote": return `quote(${joined((token.tokens ?? []).map(tokenOf))})`;
    case "list": return `list ${(token as Tokens.List).start || "-"}(${joined((token as Tokens.List).items.map((item) => `[${joined(item.tokens.map(tokenOf))}]`))})`;
    case "table": return `table(${[(token as Tokens.Table).header, ...(token as Tokens.Table).rows].map((row) => row.map((cell) => spanOf(cell.tokens)).join("|")).join("/")})`;
    case "hr": return "hr";
    default: return `p(${spanOf((token as Tokens.Paragraph).tokens)})`;
  }
}

const ours = (text: string) => joined(read(text).map(blockOf));
const theirs = (text: string) => joined(lexer(text, { gfm: true }).map(tokenOf));

const texts = [
  "snake_case_name, 2*3*4 and 5 * 3", "**bold** *em* ~~del~~ `c` **unclosed", "a *required field, see below.\n\nNext", "Pay is $4,000–$6,000 (fixed_price) a_b_c.",
  "***both*** **a *b* c** *a **b** c* __b__ _e_ **b**s w**o**rd", "*a **b*", "**a *b** c*", "\\*not\\* 1\\. \\` \\[x](y)", "a  \nb\nc\\\nd", "one\ntwo", "*a\nb* c",
  "- a\n- b\n\n- c\n\n  more of c\n\nafter", "1. a\n   - n1\n   - n2\n2. b", "* a\n* b\n- c", "3) x\n4) y", "- a\n  b\nlazy\n\nend", "- **Skills:** Go\n- `x`\n", "- a\n\n\n- b", "text\n- a\n- b", "text\n2. no list", "1.a", "-no", "- \n- x",
  "- a\n  ```\n  code\n  ```\n- b", "- a\n  > q\n- b", "10. ten\n11. eleven",
  "| a | b |\n|---|:-:|\n| 1 | **2** |\n\nx", "a | b\n-|-\n1 | 2\n3", "| a |\n|---|\n| x \\| y |", "a|b|c no table\nnext", "text\n| a | b |\n|---|---|\n| 1 | 2 |",
  "> q1\n> q2\n\nx", "> a\nlazy\n\nb", "> - a\n> - b", ">no space\n>\n> more", "> > deep",
  "# One\n## Two ##\n### *Three*\ntext", "#no", "####### seven", "Title\n===\n\nSub\n---\ntext", "a\n\n---\n\nb", "* * *", "___",
  "```js\ncode *x*\n\n\nmore\n```\nafter", "~~~\n```\n~~~", "```\nnever closed", "    indented\n    more\n\ntext", "``a ` b`` `c``d`", "` a ` `  `", "`a\nb`",
  "[a](https://x.test/z \"t\") <https://q.test/> https://bare.test/x. end", "(see https://a.test/b(c)) and www.a.test, yes", "[a [b] c](https://u.test)", "[l](https://e.test/A_(b))", "[l](<https://e.test/a b>)", "[x] [y](z w) [a]()", "![i](https://u.test/i.png) ![](x)", "[**b** `c`](https://x.test)", "[a](https://x.test) [b](https://y.test)", "**[a](https://x.test)**", "<me@a.test> [m](mailto:me@a.test)", "http://", "[a](b)c](d)", "[link *a](https://x.test) b*",
  "It's 10:30 ~5 ~ 6 ~~ x", "~~a~~ ~b~ ~~c~d~~", "a * b * c", "5 < 6 & 7 > 3 &amp; &copy;", "Line one\n\n\n\nLine two", "مرحبا **بك** 🐶 *日本*", "**日本**語", "\"*quoted*\" '*x*' (**y**)", "a*b*c a**b**c", "**a**b *a*b", "****", "* a", "**", "_a_b_ _(x)_", "*a*.", "**Note:** text", "**Note**: text", "x **$4** y", "**“word”** x", "end *here*!",
];

describe("what is read", () => {
  it.each(texts)("is what marked reads: %j", (text) => expect(ours(text)).toBe(theirs(text)));

  it("knows the place of each letter", () => {
    for (const text of texts) {
      const check = (parts: readonly Inline[]) => {
        for (const part of parts) {
          if (part.kind === "text" || (part.kind === "code" && !part.text.includes(" "))) expect(text.slice(part.at, part.at + part.text.length)).toBe(part.text);
          else if ("parts" in part) check(part.parts);
        }
      };
      const walk = (block: Block) => {
        if ("parts" in block) check(block.parts);
        if (block.kind === "quote") block.blocks.forEach(walk);
        if (block.kind === "list") block.items.flat().forEach(walk);
        if (block.kind === "table") [block.head, ...block.rows].flat().forEach(check);
      };
      read(text).forEach(walk);
    }
  });
});
