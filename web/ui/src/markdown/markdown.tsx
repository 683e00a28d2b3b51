import type { Token, Tokens } from "marked";
import type { ComponentChildren, VNode } from "preact";
import { useRef } from "preact/hooks";
import type { Claim } from "../client/protocol";
import { GrowingText, lex } from "./lexer";
import { destination, safeHref } from "./links";
import { segments } from "./segments";
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
 * tokens become elements, raw HTML stays visible text, images become their
 * description, and links keep only safe addresses.
 */
export function Markdown({ text, claims, drawClaim }: Props): VNode {
  const walk = new Walk(text, ordered(text, claims ?? []), drawClaim);
  return <div class="markdown" dir="auto">{walk.blocks(lex(text))}</div>;
}

/** Markdown that is still being written: a new piece draws the last block anew, and no other. */
export function GrowingMarkdown({ text }: { text: string }): VNode {
  const growing = useRef<GrowingText | null>(null);
  const drawn = useRef(new Map<Token, ComponentChildren>());
  const before = drawn.current;
  drawn.current = new Map();
  for (const token of (growing.current ??= new GrowingText()).blocks(text)) {
    drawn.current.set(token, before.get(token) ?? new Walk(token.raw, [], undefined).blocks([token]));
  }
  return <div class="markdown" dir="auto">{[...drawn.current.values()]}</div>;
}

/** Claims by place, their ends drawn back over the closing signs of emphasis, where no letter stands. */
function ordered(text: string, claims: readonly Claim[]): Claim[] {
  return claims
    .map((claim) => ({ ...claim, end: lastLetter(text, claim) }))
    .sort((a, b) => a.start - b.start);
}

function lastLetter(text: string, { start, end }: Claim): number {
  let at = Math.min(end, text.length);
  while (at > start && /[\s*_~`]/.test(text[at - 1] ?? "")) at--;
  return at;
}

/** How many elements may stand in each other. */
const deepest = 24;

/**
 * Walks the tokens and keeps the place in the source, because claims are
 * positions in the source. Leaves come in the order of the source, so each is
 * found at or after the end of the one before.
 */
class Walk {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly source: string,
    private readonly claims: readonly Claim[],
    private readonly drawClaim: DrawClaim | undefined,
  ) {}

  blocks(tokens: readonly Token[]): ComponentChildren[] {
    return tokens.map((token) => this.block(token));
  }

  /** Deeper than this nobody reads: the rest stands as it was written. */
  private block(token: Token): ComponentChildren {
    if (this.depth >= deepest) return <p>{this.leaf(token.raw)}</p>;
    this.depth++;
    const drawn = this.shape(token);
    this.depth--;
    return drawn;
  }

  private shape(token: Token): ComponentChildren {
    switch (token.type) {
      case "heading": {
        const Tag = (token as Tokens.Heading).depth <= 2 ? "h3" : "h4";
        return <Tag>{this.inline(token.tokens)}</Tag>;
      }
      case "paragraph":
        return <p>{this.inline(token.tokens)}</p>;
      case "text":
        return token.tokens ? this.inline(token.tokens) : this.leaf((token as Tokens.Text).text);
      case "list":
        return this.list(token as Tokens.List);
      case "blockquote":
        return <blockquote>{this.blocks(token.tokens ?? [])}</blockquote>;
      case "code":
        return <pre tabIndex={0}><code>{this.plain((token as Tokens.Code).text)}</code></pre>;
      case "hr":
        return <hr />;
      case "table":
        return this.table(token as Tokens.Table);
      case "space":
      case "def":
        return null;
      case "plain":
        return <p class="plain">{this.leaf(token.raw)}</p>;
      default:
        return <p>{this.leaf(token.raw)}</p>;
    }
  }

  private list(token: Tokens.List): VNode {
    const items = token.items.map((item) => <li>{this.blocks(item.tokens)}</li>);
    if (!token.ordered) return <ul>{items}</ul>;
    return <ol start={token.start === "" ? 1 : token.start}>{items}</ol>;
  }

  private table(token: Tokens.Table): VNode {
    const head = token.header.map((cell) => <th>{this.inline(cell.tokens)}</th>);
    const rows = token.rows.map((row) => <tr>{row.map((cell) => <td>{this.inline(cell.tokens)}</td>)}</tr>);
    return (
      <div class="scroll" tabIndex={0} role="group">
        <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
      </div>
    );
  }

  private inline(tokens: readonly Token[] | undefined): ComponentChildren[] {
    return (tokens ?? []).map((token) => this.span(token));
  }

  private span(token: Token): ComponentChildren {
    if (this.depth >= deepest) return this.leaf(token.raw);
    this.depth++;
    const drawn = this.mark(token);
    this.depth--;
    return drawn;
  }

  private mark(token: Token): ComponentChildren {
    switch (token.type) {
      case "strong":
        return <strong>{this.inline(token.tokens)}</strong>;
      case "em":
        return <em>{this.inline(token.tokens)}</em>;
      case "del":
        return <del>{this.inline(token.tokens)}</del>;
      case "codespan":
        return <code>{this.plain((token as Tokens.Codespan).text)}</code>;
      case "br":
        return <br />;
      case "link":
        return this.link(token as Tokens.Link);
      case "image":
        return this.leaf((token as Tokens.Image).text);
      case "escape":
        return this.leaf((token as Tokens.Escape).text);
      case "text":
        return this.leaf((token as Tokens.Text).text);
      default:
        return this.leaf(token.raw); // raw HTML among others: shown as it was written
    }
  }

  /** A link says where it leads, unless its text is that already. */
  private link(token: Tokens.Link): ComponentChildren {
    const href = safeHref(token.href);
    const end = this.source.indexOf(token.raw, this.at) + token.raw.length;
    const children = this.inline(token.tokens);
    this.at = Math.max(this.at, end);
    if (!href) return children;
    const to = destination(href, token.text);
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow" dir="auto">
        {children}
        {to && <span class="link-to" dir="ltr"> ({to})</span>}
      </a>
    );
  }

  /** Text that carries no marks. */
  private plain(text: string): string {
    this.skip(text);
    return visible(text);
  }

  private skip(text: string): void {
    const found = this.source.indexOf(text, this.at);
    if (found >= 0) this.at = found + text.length;
  }

  private leaf(text: string): ComponentChildren {
    const start = this.source.indexOf(text, this.at);
    if (start < 0 || !this.drawClaim || this.claims.length === 0) return visible(text);
    this.at = start + text.length;
    return segments(start, this.at, this.claims).map(({ start: from, end, span, last }) => {
      const piece = visible(this.source.slice(from, end));
      return span && this.drawClaim ? this.drawClaim(span, piece, last) : piece;
    });
  }
}
