export const kinds = ["job_post", "profile", "proposal"] as const;
export type Kind = (typeof kinds)[number];

export interface Counts {
  kinds: { kind: Kind; documents: number; newest?: string }[];
  documents: number;
  embedding: string;
  embedded: number;
}

export interface Row {
  id: string;
  kind: Kind;
  title: string;
  snippet?: string;
  demo?: boolean;
  data: { category: string; level: string; posted_on: string; skills: string[]; pay_type: string; pay_min: number; pay_max: number; currency: string };
}

export interface Page { documents: Row[]; next?: number; partial?: boolean }
export interface View { document: Record<string, unknown>; title: string; skills: string[]; alike: Row[] }

export interface Load {
  id: string;
  source: string;
  by: "api" | "command" | "server";
  kind?: string;
  state: "running" | "done" | "failed" | "interrupted";
  started: string;
  touched: string;
  ended?: string;
  rows: number;
  loaded: number;
  changed: number;
  deleted: number;
  masked: number;
  refused: number;
  refusals?: { file?: string; line: number; reason: string }[];
  waiting?: boolean;
  model?: string;
  error?: string;
}

/** What the address says is shown. */
export interface Shown { view: "list" | "loads"; kind: Kind; q: string; category: string; level: string; id: string }

export function fromAddress(search: string): Shown {
  const p = new URLSearchParams(search);
  const text = (name: string) => p.get(name) ?? "";
  return {
    view: p.get("view") === "loads" ? "loads" : "list", kind: kinds.find((kind) => kind === p.get("kind")) ?? "job_post",
    q: text("q"), category: text("category"), level: text("level"), id: text("id"),
  };
}
