import type { ComponentChildren, VNode } from "preact";
import { useRef } from "preact/hooks";
import type { Claim } from "../client/protocol";
import { destination, safeHref } from "./links";
import { GrowingText, read } from "./read";
import { segments } from "./segments";
import type { Block, Inline } from "./tree";
import { visible } from "./visible";

/** Draws a stretch of text that belongs to a claim; `last` where its mark goes. */
export type DrawClaim = (claim: Claim, text: string, last: boolean) => ComponentChildren;

interface Props {
  text: string;
  claims?: readonly Claim[];
  drawClaim?: DrawClaim;
}

/**
 * Markdown as elements. No markup is ever parsed from a string into the page:
 * what was read becomes elements, HTML stays visible text, images become their
 * description, and links keep only safe addresses.
 */
export function Markdown({ text, claims, drawClaim }: Props): VNode {
  const pen = new Pen(ordered(text, claims ?? []), drawClaim);
  return <div class="markdown" dir="auto">{read(text).map((block) => pen.block(block))}</div>;
}

/** Markdown that is still being written: a new piece draws the last block anew, and no other. */
export function GrowingMarkdown({ text }: { text: string }): VNode {
  const growing = useRef<GrowingText | null>(null);
  const drawn = useRef(new Map<Block, ComponentChildren>());
  const before = drawn.current;
  const pen = new Pen([], undefined);
  const blocks = (growing.current ??= new GrowingText()).blocks(text);
  drawn.current = new Map(blocks.map((block) => [block, before.get(block) ?? pen.block(block)]));
  return <div class="markdown" dir="auto">{[...drawn.current.values()]}</div>;
}

/** Claims by place, their ends drawn back over the closing signs of emphasis, where no letter stands. */
function ordered(text: string, claims: readonly Claim[]): Claim[] {
  return claims.map((claim) => ({ ...claim, end: lastLetter(text, claim) })).sort((a, b) => a.start - b.start);
}

function lastLetter(text: string, { start, end }: Claim): number {
  let at = Math.min(end, text.length);
  while (at > start && /[\s*_~`]/.test(text[at - 1] ?? "")) at--;
  return at;
}

/** How many marks may stand in each other: emphasis in a link in emphasis is three. */
const deepest = 12;

class Pen {
  private depth = 0;
  private ended: Claim[] | null = null; // claims that end in the link being drawn

  constructor(
    private readonly claims: readonly Claim[],
    private readonly drawClaim: DrawClaim | undefined,
  ) {}

  block(block: Block): ComponentChildren {
    switch (block.kind) {
      case "paragraph":
        return <p>{this.parts(block.parts)}</p>;
      case "heading":
        return block.level <= 2 ? <h3>{this.parts(block.parts)}</h3> : <h4>{this.parts(block.parts)}</h4>;
      case "list":
        return this.list(block.first, block.items);
      case "quote":
        return <blockquote>{block.blocks.map((inner) => this.block(inner))}</blockquote>;
      case "code":
        return <pre tabIndex={0}><code>{visible(block.lines.map((line) => line.text).join("\n"))}</code></pre>;
      case "rule":
        return <hr />;
      case "table":
        return this.table(block.head, block.rows);
      case "plain":
        return <p class="plain">{visible(block.text)}</p>;
    }
  }

  private list(first: number | null, items: readonly Block[][]): VNode {
    // A paragraph that is all of an item, or begins it, needs no element of its own.
    const drawn = items.map((item) => <li>{item.map((inner, at) => (at === 0 && inner.kind === "paragraph" ? this.parts(inner.parts) : this.block(inner)))}</li>);
    return first === null ? <ul>{drawn}</ul> : <ol start={first}>{drawn}</ol>;
  }

  private table(head: readonly Inline[][], rows: readonly Inline[][][]): VNode {
    return (
      <div class="scroll" tabIndex={0} role="group">
        <table>
          <thead><tr>{head.map((cell) => <th>{this.parts(cell)}</th>)}</tr></thead>
          <tbody>{rows.map((row) => <tr>{row.map((cell) => <td>{this.parts(cell)}</td>)}</tr>)}</tbody>
        </table>
      </div>
    );
  }

  private parts(parts: readonly Inline[]): ComponentChildren[] {
    this.depth++;
    const drawn = parts.map((part) => this.part(part));
    this.depth--;
    return drawn;
  }

  private part(part: Inline): ComponentChildren {
    if (part.kind === "text") return this.letters(part.at, part.text);
    if (part.kind === "code") return <code>{visible(part.text)}</code>;
    if (part.kind === "break") return <br />;
    if (part.kind === "link" && !this.ended) return this.link(part);
    const inner = this.depth < deepest ? this.parts(part.parts) : lettersOf(part.parts);
    switch (part.kind) {
      case "strong":
        return <strong>{inner}</strong>;
      case "em":
        return <em>{inner}</em>;
      case "del":
        return <del>{inner}</del>;
      case "link":
        return inner;
    }
  }

  /** A link, and behind it the marks of the claims that end in it: what opens a source must not follow the link. */
  private link({ href, text, parts }: Inline & { kind: "link" }): ComponentChildren {
    this.ended = [];
    const inner = this.parts(parts);
    const marks = this.ended.map((claim) => this.drawClaim?.(claim, "", true));
    this.ended = null;
    return [link(href, text, inner), ...marks];
  }

  /** Text, cut where claims begin and end. */
  private letters(at: number, text: string): ComponentChildren {
    const draw = this.drawClaim;
    if (!draw || this.claims.length === 0) return visible(text);
    return segments(at, at + text.length, this.claims).map(({ start, end, span, last }) => {
      const piece = visible(text.slice(start - at, end - at));
      if (span && last) this.ended?.push(span);
      return span ? draw(span, piece, last && !this.ended) : piece;
    });
  }
}

/** A link says where it leads, unless its text is that already. */
function link(address: string, text: string, inner: ComponentChildren): ComponentChildren {
  const href = safeHref(address);
  if (!href) return inner;
  const to = destination(href, text);
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" dir="auto">
      {inner}
      {to && <span class="link-to" dir="ltr"> ({to})</span>}
    </a>
  );
}

function lettersOf(parts: readonly Inline[]): string {
  let letters = "";
  for (const rest = [...parts].reverse(); rest.length > 0; ) {
    const part = rest.pop();
    if (!part || part.kind === "break") letters += " ";
    else if ("parts" in part) rest.push(...[...part.parts].reverse());
    else letters += part.text;
  }
  return visible(letters);
}
