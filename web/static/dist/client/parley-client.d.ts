interface Session {
    id: string;
    role: "client" | "freelancer";
    title: string;
    locale?: string;
    time_zone?: string;
    leaf?: string;
    created: string;
    updated: string;
}
/** A file that was uploaded into the conversation. */
interface Attachment {
    file_id: string;
    name: string;
    /** How many passages are not read because they give instructions to software, and what the person is told of that. */
    withheld?: number;
    notice?: string;
}
interface Message {
    id: string;
    parent_id?: string;
    text: string;
    workflow?: string;
    attachments?: Attachment[];
    /** The public job post about which it was written. */
    job_post_id?: string;
    created: string;
}
type Status = "running" | "completed" | "incomplete" | "failed" | "cancelled" | "replaced" | "held" | "released";
interface PostData {
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
/** A section of the handbook. */
interface GuideData {
    topic: string;
    text: string;
}
interface PayFigure {
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
interface DaysFigure {
    id: string;
    scope: string;
    posts: number;
    p25: number;
    p50: number;
    p75: number;
    from?: string;
    to?: string;
}
interface Evidence {
    id: string;
    kind: "job_post" | "profile" | "proposal" | "guide" | "figure";
    title: string;
    snippet?: string;
    reason?: string;
    similarity?: number;
    demo?: boolean;
    data?: PostData | GuideData | PayFigure | DaysFigure;
}
interface QuickReply {
    text: string;
    reason?: string;
}
interface Question {
    slot: string;
    text: string;
    suggestions?: QuickReply[];
}
interface Source {
    kind: "message" | "edit" | "suggestion" | "document" | "figure" | "wording";
    id?: string;
    start?: number;
    end?: number;
    quote?: string;
}
interface Claim {
    id: string;
    path: string;
    start: number;
    end: number;
    text: string;
    kind: string;
    sources?: Source[];
}
interface Pay {
    type?: "fixed" | "hourly" | "";
    min: number;
    max: number;
    currency?: string;
    around?: boolean;
}
interface Period {
    min_days: number;
    max_days: number;
    ongoing?: boolean;
    text: string;
}
interface Day {
    date?: string;
    text: string;
    asap?: boolean;
}
interface Place {
    mode?: string;
    place?: string;
    country?: string;
}
interface Warning {
    path: string;
    start: number;
    end: number;
    word: string;
    kind: "unlawful" | "excluding" | "gender_coded";
    reason: string;
    better: string;
}
interface Market {
    pay?: PayFigure[];
    duration?: DaysFigure;
    time_to_hire?: DaysFigure;
    companions?: {
        skill: string;
        posts: number;
        of: number;
        lift: number;
    }[];
    posts: number;
    from?: string;
    to?: string;
    demo?: boolean;
}
interface JobPost {
    status: "drafting" | "ready";
    title: string;
    category: string;
    description: string;
    deliverables?: string[];
    skills?: {
        must?: string[];
        nice?: string[];
    };
    level: string;
    pay?: Pay | null;
    duration?: Period | null;
    hours_per_week?: {
        min: number;
        max: number;
    } | null;
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
interface Suggestion {
    id: string;
    text: string;
    reason: string;
    patch: unknown;
}
interface Draft {
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
interface Problem {
    code: string;
    message: string;
    temporary: boolean;
    current?: Draft;
}
interface Response {
    id: string;
    message_id: string;
    status: Status;
    route?: string;
    model?: string;
    text: string;
    evidence?: Evidence[];
    question?: Question;
    citations?: Claim[];
    usage?: {
        input_tokens: number;
        output_tokens: number;
    };
    timings?: {
        first_text_ms: number;
        total_ms: number;
        stages_ms?: Record<string, number>;
    };
    error?: Problem;
    created: string;
    ended?: string;
}
type Rating = "up" | "down" | "none";
interface Feedback {
    response_id: string;
    rating: Rating;
    reason?: string;
    comment?: string;
    created: string;
}
/**
 * Everything the page knows of one session. It is only ever changed by
 * `reduce`, so that two tabs that saw the same events show the same thing.
 */
interface State {
    session: Session | null;
    epoch: string;
    /** The newest durable event that is part of this state. */
    offset: number;
    /** Id of the message at the tip of the selected branch. */
    leaf: string;
    /** In order of arrival, which is the order of creation. */
    messages: readonly Message[];
    responses: readonly Response[];
    /** Stored versions that were seen, oldest first. */
    drafts: readonly Draft[];
    /** Versions that a running response has shown but that are not stored yet, by draft id. */
    liveDrafts: Readonly<Record<string, Draft>>;
    feedback: Readonly<Record<string, Feedback>>;
    deleted: boolean;
    /** Set when events are missing: the connection must be resumed to fill the gap. */
    behind: boolean;
}
/** How the connection stands. `refused` is final until `connect` is called again. */
type Link = {
    state: "idle";
} | {
    state: "connecting";
    attempt: number;
} | {
    state: "open";
} | {
    state: "waiting";
    attempt: number;
    offline: boolean;
} | {
    state: "refused";
    code: number;
};
/** What the page is about on which somebody writes. */
interface MessageContext {
    job_post_id?: string;
}
/** A message that the server has not confirmed yet. */
interface Unsent {
    message_id: string;
    text: string;
    /** Files that were uploaded before. */
    attachments?: readonly Attachment[];
    /** The message that this one is another version of. */
    source_id?: string;
    parent_id?: string;
    workflow?: string;
    context?: MessageContext;
    /** Set when the server refused it for good: the person decides. */
    problem?: Problem;
}
/** What there is to show: the session, the connection, and what waits to be sent. It is never changed, only replaced. */
interface View {
    state: State;
    link: Link;
    unsent: readonly Unsent[];
    /** What the server is in trouble with, until it goes on. */
    trouble: Problem | null;
}
interface SessionPage {
    sessions: Session[];
    /** Where the following page begins, "" after the last one. */
    next: string;
}
/** How a held message stands: whether its sender asked for a second look, and what came of it. */
interface Appeal {
    state: "none" | "asked" | "upheld" | "released";
    /** What the message is held for. */
    policy?: string;
}
/** A person's conversations, over REST. What fails is a RequestError. */
declare class Sessions {
    private readonly http;
    /** A page of conversations, newest first, at most 200; `next` of one is `before` of the following. */
    list(before?: string, limit?: number): Promise<SessionPage>;
    rename(id: string, title: string): Promise<void>;
    remove(id: string): Promise<void>;
    /** Everything that is kept of a conversation, as a file: a JSON document, or Markdown to read. */
    export(id: string, format?: "json" | "md"): Promise<Blob>;
    /** Asks for a second look at a response that was held back, once, and with a reason if there is one. */
    appeal(session: string, response: string, text?: string): Promise<Appeal>;
    /** How it stands with that. */
    appealed(session: string, response: string): Promise<Appeal>;
}
/**
 * Why a token is asked for: there is none yet, the one that there is expires
 * soon, or it was refused.
 */
type Why = "first" | "soon" | "refused";
/** Fetches a token from the site's own backend; "" for a visitor. When it fails, it is called again later. */
type GetToken = (why: Why) => string | Promise<string>;
/** Where things are kept: `localStorage` is such a place. */
interface Keep {
    getItem(key: string): string | null;
    setItem(key: string, value: string): void;
    removeItem(key: string): void;
}
/** What is used of a WebSocket; a browser's is one, and so is that of the package `ws`. */
interface SocketLike {
    readonly readyState: number;
    send(data: string): void;
    close(): void;
    onopen: ((event: any) => void) | null;
    onmessage: ((event: any) => void) | null;
    onerror: ((event: any) => void) | null;
    onclose: ((event: any) => void) | null;
}
type SocketClass = new (url: string, protocol: string) => SocketLike;
/** Fetch, and the parts of it that are used. */
type Fetch = (url: string, init: RequestInit) => Promise<globalThis.Response>;
/** How long things take, in milliseconds. */
interface Timing {
    /** Before the first try to reconnect; doubles up to `slowest`. */
    quickest: number;
    slowest: number;
    /** How long a request may stay without any answer before the connection counts as dead. */
    patience: number;
    /** A connection that lived this long was a good one. */
    steady: number;
}
interface ClientOptions {
    /** Where Parley is: `https://parley.example`. */
    url: string;
    /** The site on whose behalf people write; the default one of the server if left out. */
    site?: string;
    /** The origin of the page around, where the client runs in a frame. */
    host?: string;
    /** A token of a signed-in person, or one that Parley gave a visitor. Neither this nor `getToken`: a visitor. */
    token?: string;
    /** Fetches such a token from the site's own backend: at first, before it expires, and when it was refused. */
    getToken?: GetToken;
    /** The conversation to go on with; without one, the first message begins a new one. */
    session?: string;
    /** Where unsent messages and a visitor's token are kept; null keeps them in memory only. In a browser `localStorage`. */
    storage?: Keep | null;
    /** Names one of several clients that share a storage, such as a tab, so that two new conversations keep their unsent messages apart. */
    tab?: string;
    /** A BCP 47 tag such as `en-GB`; that of the browser if left out. */
    locale?: string;
    /** An IANA name such as `Europe/Madrid`; that of the machine if left out. */
    timeZone?: string;
    /** What the page around is about. */
    page?: Record<string, unknown>;
    /** Which ways to connect are tried, and in which order. */
    transports?: readonly ("websocket" | "sse")[];
    /** A WebSocket class where there is none built in, such as that of the package `ws` in Node 20. */
    WebSocket?: SocketClass;
    fetch?: Fetch;
    /** Called when a new conversation has got its id. */
    named?: (session: string) => void;
    /** Milliseconds of reconnecting and waiting, for tests and unusual networks. */
    timing?: Partial<Timing>;
}
interface SendOptions {
    /** Files that were uploaded before. */
    files?: readonly Attachment[];
    workflow?: string;
    /** What the message is about; the client's `context` if left out. */
    context?: MessageContext;
    /** The message that this one follows; the newest of the selected branch if left out. */
    parent?: string;
}
interface UploadOptions {
    name?: string;
    /** Called with the part that is there, from 0 to 1. */
    progress?: (part: number) => void;
    /** Aborting it ends the upload. */
    signal?: AbortSignal;
}
/**
 * One conversation, for who shows it: a view that is replaced with each change,
 * and what can be done. It connects when there is something to connect for, and
 * stays connected until it is closed.
 */
declare class ChatClient {
    private readonly options;
    view: View;
    /** The conversation's id, "" while it has none. */
    session: string;
    /** Under which name what belongs to this conversation is kept. */
    readonly place: string;
    /** The person's conversations. */
    readonly sessions: Sessions;
    /** Goes with every message from now on. */
    context: MessageContext;
    private readonly outbox;
    private readonly delivery;
    private readonly settled;
    private readonly keys;
    private readonly tokens;
    private readonly http;
    private readonly connection;
    private readonly listeners;
    private readonly readers;
    private renewal;
    private unwatch;
    /** The token that the server was shown last. */
    private shown;
    constructor(options: ClientOptions);
    /** Connects where there is something to connect for; also again after a refusal. */
    start(): void;
    /** The conversation's id; one that has none yet is begun. */
    ready(): Promise<string>;
    /** Disconnects for good; no listener is called afterwards. What was not sent stays in the storage. */
    close(): void;
    /** Closes, and leaves nothing of the person in the storage: for when somebody signs out. */
    forget(): void;
    /** Calls `listener` whenever `view` has been replaced, until the returned function is called. */
    subscribe(listener: () => void): () => void;
    /** Sends a message, now or when there is a connection again. */
    send(text: string, options?: SendOptions): void;
    /** Writes another version of a message; the conversation goes on from there. */
    edit(message: string, text: string): void;
    /** Sends a refused message again, under its old id. */
    retry(id: string): void;
    /** Gives an unsent message up. */
    discard(id: string): void;
    /** Ends a response where it is. */
    cancel(response: string): Promise<unknown>;
    /** Has a message answered anew. */
    regenerate(message: string): Promise<unknown>;
    /** Goes over to the branch whose newest message this is. */
    select(message: string): Promise<unknown>;
    /** Changes a draft by a merge patch (RFC 7396). A version that is not the newest is refused with `stale_version` and the newest as `problem.current`. */
    updateDraft(draft: string, version: number, patch: unknown): Promise<unknown>;
    /** Like `updateDraft` with a patch made from the document; when somebody has changed it meanwhile, once more from theirs. */
    changeDraft<D extends Pick<Draft, "draft_id" | "version"> & {
        document: unknown;
    }>(draft: D, patch: (document: D["document"]) => unknown): Promise<void>;
    publish(draft: string, version: number): Promise<unknown>;
    /** Takes a suggestion over into its draft. */
    accept(draft: string, version: number, suggestion: string): Promise<unknown>;
    /** Says whether a response helped. */
    rate(response: string, rating: Rating, reason?: string, comment?: string): Promise<unknown>;
    /** Uploads a file; the result goes with a message as one of its `files`. */
    upload(file: Blob, options?: UploadOptions): Promise<Attachment>;
    /** A document that the marketplace shows to all: a job post or a section of the handbook, or a profile for whoever may see it. */
    document(kind: string, id: string): Promise<unknown>;
    /** The token that goes with requests, "" for a visitor who has none yet. */
    token(): Promise<string>;
    /** The network is back, or another. A browser's client hears that by itself. */
    online(): void;
    /** The network is gone. */
    offline(): void;
    private deliver;
    /** Ends the wait for the next attempt, and finds out whether a connection that seems open still is. */
    private wake;
    private openFrame;
    private opened;
    private take;
    private linked;
    /** Whether there is another token than the refused one. A visitor's conversation that has not begun needs none. */
    private other;
    private refuse;
    /** Sets the clock for the next token. */
    private renew;
    /** Shows the server the token of now. One of somebody else ends the connection: the conversation is not theirs. */
    private refresh;
    private changed;
}
interface Snapshot {
    messages?: Message[];
    responses?: Response[];
    drafts?: Draft[];
    feedback?: Feedback[];
}
interface Opened {
    type: "session.opened";
    session: Session;
    token?: string;
    epoch: string;
    offset: number;
    recovered: boolean;
    snapshot?: Snapshot;
}
type EndType = "response.completed" | "response.incomplete" | "response.failed" | "response.cancelled" | "moderation.held";
/** An event of a session. Durable ones carry `offset`. */
type SessionEvent = {
    offset?: number;
} & (Opened | {
    type: "message.created";
    message: Message;
} | {
    type: "response.created";
    response_id: string;
    message_id: string;
} | {
    type: "response.in_progress";
    response_id: string;
    route?: string;
    model?: string;
} | {
    type: "response.evidence";
    response_id: string;
    items: Evidence[];
} | {
    type: "response.output_text.delta";
    response_id: string;
    at: number;
    delta: string;
} | ({
    type: "response.question";
    response_id: string;
} & Question) | {
    type: "draft.updated";
    draft: Draft;
} | {
    type: "draft.published";
    draft_id: string;
    version: number;
    url?: string;
} | {
    type: EndType;
    response: Response;
} | {
    type: "response.replaced";
    response_id: string;
    message_id: string;
    by?: string;
} | {
    type: "session.updated";
    session: Session;
    snapshot?: Snapshot;
} | {
    type: "session.deleted";
} | {
    type: "feedback.created";
    feedback: Feedback;
});
/**
 * A message and the response to it. It can be iterated once: over the events
 * that belong to it, from its message.created to the end of its response, over
 * broken connections too.
 */
declare class Turn implements AsyncIterable<SessionEvent> {
    /** The message's id. */
    readonly id: string;
    private readonly stop;
    /** A response to the message that was there before. */
    private readonly former;
    /**
     * The response, when it has ended: its `status` says how. It is rejected with
     * a RequestError only when the message was refused or the conversation left.
     */
    readonly done: Promise<Response>;
    private readonly queue;
    private resolve;
    private reject;
    private response;
    private cancelling;
    private over;
    [Symbol.asyncIterator](): AsyncIterator<SessionEvent>;
    /** The whole answer. One that failed or is held back is a RequestError. */
    text(): Promise<string>;
    /** Ends the response where it is, or takes the message back as long as it was not sent. */
    cancel(): Promise<void>;
    private concerned;
    private follow;
    private began;
    /** Events were missed: what has become of the message meanwhile? */
    private look;
    private finish;
}
/** One conversation, for programs: what is sent becomes a turn, and all that happens comes as events too. */
declare class Client extends ChatClient {
    private readonly turns;
    private readonly queues;
    /** Every event of the conversation from now on, once and in order, over broken connections too, until the client is closed. */
    events(): AsyncIterableIterator<SessionEvent>;
    /** Sends a message, now or when there is a connection again. */
    send(text: string, options?: SendOptions): Turn;
    /** Writes another version of a message; the conversation goes on from there. */
    edit(message: string, text: string): Turn;
    /** Has a message answered anew. */
    regenerate(message: string): Promise<Turn>;
    /** Gives an unsent message up. */
    discard(id: string): void;
    /** Disconnects for good: turns are rejected and iterators end. What was not sent stays in the storage. */
    close(): void;
    private turn;
    private end;
}
/** Starts a client: it connects at once when it has a conversation to go on with or something to send, else with the first message. */
declare function connect(options: ClientOptions): Client;
/** What a refusal asks of the person. */
declare function refusal(code: number): "deleted" | "expired" | "broken";
/** The most messages that wait to be sent. */
declare const maxUnsent = 100;
/** A request that the server answered with an error, or that could not be made. `problem.code` says which. */
declare class RequestError extends Error {
    readonly problem: Problem;
    readonly name = "RequestError";
    constructor(problem: Problem);
}
declare const maxAttachments = 5;
/** The longest message in UTF-8 bytes. */
declare const maxMessageBytes: number;
/** A message of the selected branch, with what belongs beside it. */
interface Exchange {
    message: Message;
    /** The newest response that was not replaced. */
    response: Response | undefined;
    /** The message and its other versions, oldest first. */
    versions: readonly Message[];
}
/** The selected branch, oldest message first. */
declare function branch(state: State): Exchange[];
/**
 * The drafts of the selected branch, each in its newest version, the one that
 * was changed last at the end.
 */
declare function currentDrafts(state: State): Draft[];
/** The response that runs on the selected branch. */
declare function running(state: State): Response | undefined;
/** The largest file that the server reads, in bytes. */
declare const maxFileBytes: number;
/** A draft whose document is of another kind than a job post. */
type DraftOf<Kind extends string, Document> = Omit<Draft, "kind" | "document"> & {
    kind: Kind;
    document: Document;
};
interface Requirement {
    id: string;
    kind: string;
    text: string;
    must: boolean;
    hard?: boolean;
}
type FitStatus = "met" | "partly" | "missing" | "silent";
interface Candidate {
    profile_id: string;
    label: string;
    headline: string;
    category?: string;
    level?: string;
    rate?: number;
    currency?: string;
    country?: string;
    time_zone?: string;
    languages?: {
        code: string;
        level: string;
    }[];
    hours_per_week?: number;
    available_from?: string;
    track_record: {
        jobs: number;
        hours: number;
        rating: number;
        reviews: number;
    };
    demo?: boolean;
    score: number;
    parts: {
        feature: string;
        value: number;
        weight: number;
        points: number;
        why?: string;
    }[];
    findings: {
        requirement: string;
        status: FitStatus;
        degree: number;
        note?: string;
        via?: string;
    }[];
    reasons: {
        requirement: string;
        status: FitStatus;
        text: string;
        quote: string;
        field: string;
    }[];
    gaps: string[];
    limits?: string[];
    note?: string;
    pinned?: boolean;
}
interface Shortlist {
    status: "ready" | "empty";
    title: string;
    source: {
        kind: "draft" | "document" | "message";
        id?: string;
        title?: string;
    };
    requirements: Requirement[];
    conditions: {
        id: string;
        text: string;
        requirement: Requirement;
        source: Source;
    }[];
    candidates: Candidate[];
    dropped: {
        profile_id: string;
        label: string;
        headline: string;
        requirement?: string;
        removed?: boolean;
        note: string;
    }[];
    considered: number;
    passed: number;
    shown: number;
    notes?: Record<string, string>;
    pinned?: string[];
    removed?: string[];
    decision?: string;
}
type ShortlistDraft = DraftOf<"shortlist", Shortlist>;
interface Invitation {
    profile_id: string;
    label?: string;
    headline?: string;
    subject: string;
    text: string;
}
type InvitationDraft = DraftOf<"invitation", Invitation>;
interface Proposal {
    status: "gathering" | "drafted" | "ready";
    job_post: {
        id?: string;
        title?: string;
    };
    profile: {
        id?: string;
        headline?: string;
    };
    fit: {
        requirement: string;
        kind: string;
        text: string;
        must: boolean;
        status: FitStatus;
        proofs?: {
            field: string;
            quote: string;
        }[] | null;
        note?: string;
    }[];
    text: string;
    answers: {
        question: string;
        text: string;
    }[];
    bid: {
        amount: number;
        currency: string;
        type: string;
        unit?: string;
        reason: string;
        figure?: PayFigure;
    } | null;
    original?: string;
    advice: {
        line: number;
        start: number;
        end: number;
        text: string;
        kind: string;
        reason: string;
        better?: string;
    }[];
    similarity?: {
        max: number;
        n: number;
    } | null;
    patterns?: unknown;
    words: number;
}
type ProposalDraft = DraftOf<"proposal", Proposal>;
interface Reply {
    type: "reply";
    id: string;
    result?: unknown;
    error?: Problem;
}
type ServerFrame = SessionEvent | Reply | {
    type: "error";
    error: Problem;
};
/** A frame to the server, without the `id` that the connection gives it. */
type ClientFrame = {
    type: "session.refresh";
    token: string;
} | {
    type: "message.create";
    message_id: string;
    parent_id?: string;
    text: string;
    workflow?: string;
    attachments?: string[];
    context?: MessageContext;
} | {
    type: "message.edit";
    source_id: string;
    message_id: string;
    text: string;
} | {
    type: "response.cancel";
    response_id: string;
} | {
    type: "response.regenerate";
    message_id: string;
} | {
    type: "branch.select";
    message_id: string;
} | {
    type: "draft.update";
    draft_id: string;
    version: number;
    patch: unknown;
} | {
    type: "draft.publish";
    draft_id: string;
    version: number;
} | {
    type: "suggestion.accept";
    draft_id: string;
    version: number;
    suggestion_id: string;
} | {
    type: "feedback.create";
    response_id: string;
    rating: Rating;
    reason?: string;
    comment?: string;
};
interface OpenFrame {
    type: "session.open";
    token?: string;
    session?: string;
    after?: {
        epoch: string;
        offset: number;
    };
    locale?: string;
    time_zone?: string;
    page?: Record<string, unknown>;
}
/** The largest frame in UTF-8 bytes, and the most files that a message brings. */
declare const maxFrameBytes: number;
export { Client, RequestError, branch, connect, currentDrafts, maxAttachments, maxFileBytes, maxFrameBytes, maxMessageBytes, maxUnsent, refusal, running, type Appeal, type Attachment, type Candidate, type Claim, type ClientFrame, type ClientOptions, type Day, type DaysFigure, type Draft, type DraftOf, type EndType, type Evidence, type Exchange, type Feedback, type Fetch, type FitStatus, type GetToken, type GuideData, type Invitation, type InvitationDraft, type JobPost, type Keep, type Link, type Market, type Message, type MessageContext, type OpenFrame, type Opened, type Pay, type PayFigure, type Period, type Place, type PostData, type Problem, type Proposal, type ProposalDraft, type Question, type QuickReply, type Rating, type Reply, type Requirement, type Response, type SendOptions, type ServerFrame, type Session, type SessionEvent, type SessionPage, type Sessions, type Shortlist, type ShortlistDraft, type Snapshot, type SocketClass, type SocketLike, type Source, type State, type Status, type Suggestion, type Timing, type Turn, type Unsent, type UploadOptions, type View, type Warning, type Why };
