// What a text in Markdown is made of. `at` is where letters stand in the source,
// in UTF-16 code units, because claims are places in the source.

export type Inline =
  | { kind: "text"; at: number; text: string }
  | { kind: "code"; at: number; text: string }
  | { kind: "link"; href: string; text: string; parts: Inline[] }
  | { kind: Emphasis; parts: Inline[] }
  | { kind: "break" };

export type Emphasis = "strong" | "em" | "del";

export type Block = { start: number; end: number } & (
  | { kind: "paragraph"; parts: Inline[] }
  | { kind: "heading"; level: number; parts: Inline[] }
  | { kind: "code"; lines: Line[] }
  | { kind: "quote"; blocks: Block[] }
  | { kind: "list"; first: number | null; items: Block[][] }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] }
  | { kind: "rule" }
  | { kind: "plain"; text: string }
);

/** A line of the source without its end, or what a quote or a list leaves of one. */
export interface Line {
  at: number;
  text: string;
}
