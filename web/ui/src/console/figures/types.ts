// What the routes of figures answer, as web/openapi.yaml describes it.

export interface Latency { count: number; p50?: number; p90?: number; p99?: number }

type Counts = Partial<Record<string, number>>;

export interface Totals {
  sessions: number;
  turns: number;
  outcomes: Counts;
  workflows: Counts;
  asked_again: number;
  first_text: Latency;
  whole: Latency;
  sentences_kept: number;
  sentences_dropped: number;
  up: number;
  down: number;
  drafts_published: number;
  ready: Latency;
  calls: number;
  calls_failed: number;
  calls_limited: number;
  fallbacks: number;
  input_tokens: number;
  output_tokens: number;
  /** Millionths by currency. */
  cost: Counts;
  cost_by_purpose: Counts;
  calls_unpriced: number;
  call_first_token: Latency;
  call_whole: Latency;
  errors: Counts;
  call_errors: Counts;
}

export type Period = Totals & { start: string };
export type Group = Totals & { name: string };
export type Bucket = "hour" | "quarter_day" | "day";

export interface Report {
  from: string;
  until: string;
  bucket: Bucket;
  time_zone: string;
  currency?: string;
  behind?: string;
  now: Totals;
  before: Totals;
  periods: Period[];
  by_purpose: Group[];
  by_model: Group[];
  by_workflow: Group[];
  by_endpoint: Group[];
}

export interface Failure {
  at: string;
  source: "turn" | "call";
  code: string;
  session?: string;
  response_id?: string;
  workflow?: string;
  purpose?: string;
  model?: string;
  endpoint?: string;
}

export interface Details { failures: Failure[]; reasons: { rating: "up" | "down"; reason: string; count: number }[] }

export interface Budget { purpose?: string; shared?: boolean; currency: string; per: "day" | "month"; amount: number; spent: number; left: number; until: string; empty?: string }
export interface Endpoint { name: string; circuit: "closed" | "open" | "half-open"; calls: number; most: number; paused?: string }
export interface Standing { budgets: Budget[]; endpoints: Endpoint[] }
