// The wire, version 1, as docs/wire.md describes it. Positions in texts are
// UTF-16 code units, which is what string indices count in.

export interface Session {
  id: string;
  role: "client" | "freelancer";
  title: string;
  locale?: string;
  time_zone?: string;
  leaf?: string;
  created: string;
  updated: string;
}

export interface Message {
  id: string;
  parent_id?: string;
  text: string;
  workflow?: string;
  attachments?: Attachment[];
  /** The public job post about which it was written. */
  job_post_id?: string;
  created: string;
}

/** A file that was uploaded into the conversation. */
export interface Attachment {
  file_id: string;
  name: string;
  /** How many passages are not read because they give instructions to software, and what the person is told of that. */
  withheld?: number;
  notice?: string;
}

export type Status = "running" | "completed" | "incomplete" | "failed" | "cancelled" | "replaced" | "held" | "released";

export interface Response {
  id: string;
  message_id: string;
  status: Status;
  route?: string;
  model?: string;
  text: string;
  evidence?: Evidence[];
  question?: Question;
  citations?: Claim[];
  usage?: { input_tokens: number; output_tokens: number };
  timings?: { first_text_ms: number; total_ms: number; stages_ms?: Record<string, number> };
  error?: Problem;
  created: string;
  ended?: string;
}

export interface Evidence {
  id: string;
  kind: "job_post" | "profile" | "proposal" | "guide" | "figure";
  title: string;
  snippet?: string;
  reason?: string;
  similarity?: number;
  demo?: boolean;
  data?: PostData | GuideData | PayFigure | DaysFigure;
}

/** A section of the handbook. */
export interface GuideData {
  topic: string;
  text: string;
}

export interface PostData {
  category?: string;
  skills?: string[];
  level?: string;
  pay_type?: string;
  pay_min?: number;
  pay_max?: number;
  currency?: string;
  duration_days?: number;
  posted_on?: string;
  country?: string;
}

export interface Question {
  slot: string;
  text: string;
  suggestions?: QuickReply[];
}

export interface QuickReply {
  text: string;
  reason?: string;
}

export interface Claim {
  id: string;
  path: string;
  start: number;
  end: number;
  text: string;
  kind: string;
  sources?: Source[];
}

export interface Source {
  kind: "message" | "edit" | "suggestion" | "document" | "figure" | "wording";
  id?: string;
  start?: number;
  end?: number;
  quote?: string;
}

export interface Draft {
  draft_id: string;
  kind: string;
  version: number;
  message_id: string;
  author: "assistant" | "person";
  document: JobPost;
  changed?: string[];
  claims?: Claim[];
  suggestions?: Suggestion[];
  published?: string;
  /** Where the site shows what it made of it. */
  published_url?: string;
  created: string;
}

/** A draft whose document is of another kind than a job post. */
export type DraftOf<Kind extends string, Document> = Omit<Draft, "kind" | "document"> & { kind: Kind; document: Document };

export type ShortlistDraft = DraftOf<"shortlist", Shortlist>;
export type InvitationDraft = DraftOf<"invitation", Invitation>;
export type ProposalDraft = DraftOf<"proposal", Proposal>;

export type FitStatus = "met" | "partly" | "missing" | "silent";

export interface Requirement {
  id: string;
  kind: string;
  text: string;
  must: boolean;
  hard?: boolean;
}

export interface Shortlist {
  status: "ready" | "empty";
  title: string;
  source: { kind: "draft" | "document" | "message"; id?: string; title?: string };
  requirements: Requirement[];
  conditions: { id: string; text: string; requirement: Requirement; source: Source }[];
  candidates: Candidate[];
  dropped: { profile_id: string; label: string; headline: string; requirement?: string; removed?: boolean; note: string }[];
  considered: number;
  passed: number;
  shown: number;
  notes?: Record<string, string>;
  pinned?: string[];
  removed?: string[];
  decision?: string;
}

export interface Candidate {
  profile_id: string;
  label: string;
  headline: string;
  category?: string;
  level?: string;
  rate?: number;
  currency?: string;
  country?: string;
  time_zone?: string;
  languages?: { code: string; level: string }[];
  hours_per_week?: number;
  available_from?: string;
  track_record: { jobs: number; hours: number; rating: number; reviews: number };
  demo?: boolean;
  score: number;
  parts: { feature: string; value: number; weight: number; points: number; why?: string }[];
  findings: { requirement: string; status: FitStatus; degree: number; note?: string; via?: string }[];
  reasons: { requirement: string; status: FitStatus; text: string; quote: string; field: string }[];
  gaps: string[];
  limits?: string[];
  note?: string;
  pinned?: boolean;
}

export interface Invitation {
  profile_id: string;
  label?: string;
  headline?: string;
  subject: string;
  text: string;
}

export interface Proposal {
  status: "gathering" | "drafted" | "ready";
  job_post: { id?: string; title?: string };
  profile: { id?: string; headline?: string };
  fit: { requirement: string; kind: string; text: string; must: boolean; status: FitStatus; proofs?: { field: string; quote: string }[] | null; note?: string }[];
  text: string;
  answers: { question: string; text: string }[];
  bid: { amount: number; currency: string; type: string; unit?: string; reason: string; figure?: PayFigure } | null;
  original?: string;
  advice: { line: number; start: number; end: number; text: string; kind: string; reason: string; better?: string }[];
  similarity?: { max: number; n: number } | null;
  patterns?: unknown;
  words: number;
}

/** How a held message stands: whether its sender asked for a second look, and what came of it. */
export interface Appeal {
  state: "none" | "asked" | "upheld" | "released";
  /** What the message is held for. */
  policy?: string;
}

export interface Suggestion {
  id: string;
  text: string;
  reason: string;
  patch: unknown;
}

export interface Pay {
  type?: "fixed" | "hourly" | "";
  min: number;
  max: number;
  currency?: string;
  around?: boolean;
}

export interface Period {
  min_days: number;
  max_days: number;
  ongoing?: boolean;
  text: string;
}

export interface Day {
  date?: string;
  text: string;
  asap?: boolean;
}

export interface Place {
  mode?: string;
  place?: string;
  country?: string;
}

export interface JobPost {
  status: "drafting" | "ready";
  title: string;
  category: string;
  description: string;
  deliverables?: string[];
  skills?: { must?: string[]; nice?: string[] };
  level: string;
  pay?: Pay | null;
  duration?: Period | null;
  hours_per_week?: { min: number; max: number } | null;
  start?: Day | null;
  deadline?: Day | null;
  location?: Place | null;
  time_zone?: string;
  conditions?: string[];
  questions?: string[];
  /** Ids of suggestions that were turned down. */
  dismissed?: string[];
  missing?: string[];
  warnings?: Warning[];
  market?: Market | null;
  similar?: Evidence[];
}

export interface Warning {
  path: string;
  start: number;
  end: number;
  word: string;
  kind: "unlawful" | "excluding" | "gender_coded";
  reason: string;
  better: string;
}

export interface Market {
  pay?: PayFigure[];
  duration?: DaysFigure;
  time_to_hire?: DaysFigure;
  companions?: { skill: string; posts: number; of: number; lift: number }[];
  posts: number;
  from?: string;
  to?: string;
  demo?: boolean;
}

export interface PayFigure {
  id: string;
  pay_type: string;
  currency: string;
  level?: string;
  scope: string;
  posts: number;
  min: number;
  p25: number;
  p50: number;
  p75: number;
  max: number;
  /** 90% interval of the median. */
  low?: number;
  high?: number;
  /** Posts of other currencies that were converted, by currency, and the date of the rates. */
  converted?: Record<string, number>;
  rates_on?: string;
  from?: string;
  to?: string;
  sample?: string[];
}

export interface DaysFigure {
  id: string;
  scope: string;
  posts: number;
  p25: number;
  p50: number;
  p75: number;
  from?: string;
  to?: string;
}

export type Rating = "up" | "down" | "none";

export interface Feedback {
  response_id: string;
  rating: Rating;
  reason?: string;
  comment?: string;
  created: string;
}

export interface Problem {
  code: string;
  message: string;
  temporary: boolean;
  current?: Draft;
}

export interface Snapshot {
  messages?: Message[];
  responses?: Response[];
  drafts?: Draft[];
  feedback?: Feedback[];
}

export interface Opened {
  type: "session.opened";
  session: Session;
  token?: string;
  epoch: string;
  offset: number;
  recovered: boolean;
  snapshot?: Snapshot;
}

/** An event of a session. Durable ones carry `offset`. */
export type SessionEvent = { offset?: number } & (
  | Opened
  | { type: "message.created"; message: Message }
  | { type: "response.created"; response_id: string; message_id: string }
  | { type: "response.in_progress"; response_id: string; route?: string; model?: string }
  | { type: "response.evidence"; response_id: string; items: Evidence[] }
  | { type: "response.output_text.delta"; response_id: string; at: number; delta: string }
  | ({ type: "response.question"; response_id: string } & Question)
  | { type: "draft.updated"; draft: Draft }
  | { type: "draft.published"; draft_id: string; version: number; url?: string }
  | { type: EndType; response: Response }
  | { type: "response.replaced"; response_id: string; message_id: string; by?: string }
  | { type: "session.updated"; session: Session; snapshot?: Snapshot }
  | { type: "session.deleted" }
  | { type: "feedback.created"; feedback: Feedback }
);

export type EndType = "response.completed" | "response.incomplete" | "response.failed" | "response.cancelled" | "moderation.held";

export interface Reply {
  type: "reply";
  id: string;
  result?: unknown;
  error?: Problem;
}

export type ServerFrame = SessionEvent | Reply | { type: "error"; error: Problem };

/** A frame to the server, without the `id` that the connection gives it. */
export type ClientFrame =
  | { type: "session.refresh"; token: string }
  | { type: "message.create"; message_id: string; parent_id?: string; text: string; workflow?: string; attachments?: string[]; context?: MessageContext }
  | { type: "message.edit"; source_id: string; message_id: string; text: string }
  | { type: "response.cancel"; response_id: string }
  | { type: "response.regenerate"; message_id: string }
  | { type: "branch.select"; message_id: string }
  | { type: "draft.update"; draft_id: string; version: number; patch: unknown }
  | { type: "draft.publish"; draft_id: string; version: number }
  | { type: "suggestion.accept"; draft_id: string; version: number; suggestion_id: string }
  | { type: "feedback.create"; response_id: string; rating: Rating; reason?: string; comment?: string };

/** What the page is about on which somebody writes. */
export interface MessageContext {
  job_post_id?: string;
}

export interface OpenFrame {
  type: "session.open";
  token?: string;
  session?: string;
  after?: { epoch: string; offset: number };
  locale?: string;
  time_zone?: string;
  page?: Record<string, unknown>;
}

/** The largest frame in UTF-8 bytes, and the most files that a message brings. */
export const maxFrameBytes = 64 * 1024;
export const maxAttachments = 5;

/** The longest message in UTF-8 bytes. */
export const maxMessageBytes = 60 * 1024;
