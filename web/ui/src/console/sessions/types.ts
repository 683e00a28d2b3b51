// What the routes of conversations answer, as web/openapi.yaml describes it.

export const statuses = ["running", "completed", "incomplete", "failed", "cancelled", "held"] as const;
export const workflows = ["job_post", "shortlist", "proposal", "advice", "out_of_scope"] as const;

/** A place in a text, in UTF-16 code units. */
export interface Span { start: number; end: number }

export interface Summary {
  id: string;
  person: string;
  role: "client" | "freelancer";
  title: string;
  /** The beginning of its first message. */
  first?: string;
  locale?: string;
  messages: number;
  responses: number;
  workflows: string[];
  status?: string;
  problem?: string;
  down?: number;
  created: string;
  updated: string;
  excerpt?: { message_id?: string; response_id?: string; text: string; marks: Span[] };
}

export interface Listing { sessions: Summary[]; next?: string }

export interface Problem { code: string; message: string }
export interface Feedback { response_id: string; rating: string; reason?: string; comment?: string; created: string }
export interface Message { id: string; parent_id?: string; text: string; workflow?: string; attachments?: { file_id: string; name: string }[]; job_post_id?: string; created: string }

export interface Answer {
  response_id: string;
  status: string;
  route?: string;
  model?: string;
  text: string;
  question?: string;
  error?: Problem;
  evidence: number;
  total_ms: number;
  created: string;
  ended?: string;
  feedback?: Feedback;
}

export interface DraftLine { draft_id: string; kind: string; version: number; author: string }
export interface Exchange { message: Message; selected: boolean; responses: Answer[]; drafts: DraftLine[] }
export interface Conversation { session: Summary; exchanges: Exchange[]; before?: number; masked: boolean }

export interface Source { kind: string; id?: string; quote?: string }
export interface Claim { id: string; path: string; text: string; kind: string; sources: Source[] | null }
export interface Evidence { id: string; kind: string; title: string; snippet?: string; reason?: string; similarity?: number; demo?: boolean }

export interface TimeSpan { name: string; start_ms: number; ms: number }

export interface Call {
  id?: string;
  purpose?: string;
  task: string;
  endpoint?: string;
  model: string;
  prompt?: string;
  prompt_hash?: string;
  status: string;
  error?: string;
  input_tokens: number;
  output_tokens: number;
  tokens_known: boolean;
  cost: number;
  currency?: string;
  start_ms: number;
  first_ms: number;
  total_ms: number;
  written: boolean;
  kept: number;
  dropped?: { text: string; missing: string[] | null }[];
  judged?: number;
}

export interface Routing { route?: string; confidence?: number; runner_up?: string; rule?: string; reason?: string; by?: string; asks?: boolean }
export interface Ruled { decision: string; labels?: string[]; score: number; stage: string; rule?: string; case?: string; rules_version?: string; model_version?: string; policy_version?: string }

export interface Turn {
  session: { id: string; title: string };
  person: string;
  message: Message;
  response: {
    id: string;
    status: string;
    route?: string;
    model?: string;
    text: string;
    evidence?: Evidence[];
    question?: { slot: string; text: string };
    citations?: Claim[];
    timings: { first_text_ms: number; total_ms: number; stages_ms?: Record<string, number> };
    error?: Problem;
    created: string;
  };
  siblings: { response_id: string; status: string; created: string }[];
  feedback?: Feedback;
  spans: TimeSpan[];
  calls: Call[];
  case?: { id: string; status: string; verdict: { decision: string; reason?: string } };
  decision?: { id: string; hash: string; considered: number; passed: number; replay: string };
  drafts: { draft_id: string; kind: string; version: number; author: string; claims?: Claim[] }[];
  annotations?: { routing?: Routing; moderation?: Ruled; unread?: unknown[]; retrieval_problem?: string };
  masked: boolean;
}

export interface View { session: string; operator: string; name: string; at: string }
