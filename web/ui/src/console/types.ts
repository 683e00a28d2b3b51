// What the console's routes answer, as web/openapi.yaml describes it.

export type Role = "viewer" | "reviewer" | "admin";

export interface Operator { id: string; name: string; email?: string; role: Role; sites: string[] }
export interface Session { operator: Operator; sites: string[] }

export const labels = [
  "abuse", "contact_exchange", "payment_circumvention", "scam", "spam", "job_seeking", "partnership", "discrimination", "prohibited_work", "injection",
] as const;
export type Label = (typeof labels)[number];

export const actions = ["deliver", "deliver_and_review", "hold", "block"] as const;
export type Action = (typeof actions)[number];
/** What a person may decide. */
export type Ruling = "deliver" | "block";

export const channels = ["message", "assistant", "post", "document"] as const;
export type Channel = (typeof channels)[number];

export const stages = ["rules", "classifier", "judge", "reviewer", "deadline"] as const;
export type Stage = (typeof stages)[number];

export type Status = "judging" | "waiting" | "decided";

/** A place in a text, in UTF-16 code units. Without a rule the classifier weighed it most, or a judge quoted it. */
export interface Mark {
  label: Label;
  rule?: string;
  quote: string;
  start: number;
  end: number;
  /** 1 + the line of the thread that it stands in; 0 or nothing for the message. */
  thread?: number;
}

export interface Verdict {
  decision: Action;
  labels: Label[] | null;
  score: number;
  scores: Partial<Record<Label, number>> | null;
  stage: Stage;
  rule?: string;
  marks?: Mark[];
  reason?: string;
  judging?: boolean;
}

export interface Line { sender?: string; text: string }

export interface Case {
  id: string;
  message: { id: string; channel?: Channel; sender?: string; text: string; thread?: Line[] };
  /** Of a list: the text is longer than its excerpt. */
  cut?: boolean;
  subject?: string;
  session?: string;
  response?: string;
  verdict: Verdict;
  first_verdict: Verdict;
  status: Status;
  version: number;
  assignee?: string;
  appeal?: string;
  appealed?: string;
  created: string;
  changed: string;
  deadline?: string;
}

export interface Entry {
  id: string;
  number: number;
  kind: "opened" | "judged" | "reviewed" | "assigned" | "undone" | "appealed" | "expired";
  decision?: Action;
  labels?: Label[];
  stage?: Stage;
  actor: string;
  note?: string;
  at: string;
}

export interface Policy { label: Label; title: string; text: string; notice: string }
export interface Rule { id: string; version: number; label: Label; description: string; strength: string }
export interface Thresholds { review?: number; hold?: number; block?: number }

export interface Detail {
  case: Case;
  history: Entry[];
  policies: Policy[];
  rules: Rule[];
  thresholds: { any: Thresholds; labels: Partial<Record<Label, Thresholds>> };
  notice?: string;
  people: Record<string, string>;
}

export interface Page { cases: Case[]; next?: string; people: Record<string, string> }

export interface Counts {
  status: Partial<Record<Status, number>>;
  label: Partial<Record<Label, number>>;
  appeals: number;
  assigned: Record<string, number>;
  oldest?: string;
}

/** Two answers to one question: the one that was there, and the reviewer's. */
export interface Comparison {
  cases: number;
  kept: number;
  removed: number;
  added: number;
  precision?: number;
  recall?: number;
  kappa?: number;
}
export interface Agreed { machine: Comparison; judge: Comparison; reviewers: Comparison }
export interface Period { start: string; cases: number; median_seconds: number; any: Agreed; labels: ({ label: Label } & Agreed)[] }
export interface Agreement { from: string; to: string; bucket: string; reviews: number; partial?: boolean; periods: Period[] }

/** The labels that a channel is screened for, in the order of their keys 1–9. */
export function labelsOf(c: Case): Label[] {
  const scores = c.first_verdict.scores ?? {};
  const known = new Set([...(c.verdict.labels ?? []), ...(c.first_verdict.labels ?? [])]);
  return labels.filter((label) => label in scores || known.has(label)).slice(0, 9);
}
