import type { State } from "../client/state";
import type { Draft } from "../client/protocol";
import { editable } from "../draft/post";
import type { PublishedDraft, ToLoader } from "../widget/protocol";

/** A draft as the site gets it by webhook and by REST. */
function publicOf({ draft_id, kind, version, document }: Draft): PublishedDraft {
  return { draft_id, kind, version, document: kind === "job_post" ? Object.fromEntries(editable.map((field) => [field, document[field]])) : undefined };
}

/**
 * Tells the host what happens in one conversation: how many answers are unread,
 * drafts that the person publishes, and addresses that they get. What was so when
 * the conversation was opened is no news.
 */
export class News {
  private begun = false;
  private readonly seen = new Set<string>();
  private readonly known = new Set<string>();
  private unread = 0;

  constructor(private readonly tell: (message: ToLoader) => void) {}

  /** `open` says whether the person sees the conversation. */
  update(state: State, open: boolean): void {
    if (state.epoch === "") return;
    const ended = state.responses.filter((r) => r.status !== "running" && r.status !== "replaced" && r.status !== "cancelled");
    if (open || !this.begun) for (const { id } of ended) this.seen.add(id);
    this.count(ended.filter(({ id }) => !this.seen.has(id)).length);
    for (const draft of state.drafts) this.look(draft);
    this.begun = true;
  }

  /** The conversation is left: nothing of it is unread any more. */
  end(): void {
    this.count(0);
  }

  private count(unread: number): void {
    if (unread === this.unread) return;
    this.unread = unread;
    this.tell({ type: "unread", count: unread });
  }

  private look(draft: Draft): void {
    const name = `${draft.draft_id} ${draft.version}`;
    if (draft.published && this.fresh(name)) this.tell({ type: "draft", detail: publicOf(draft) });
    const url = draft.published_url;
    if (url && this.fresh(`${name} ${url}`)) this.tell({ type: "published", detail: { draft_id: draft.draft_id, version: draft.version, url } });
  }

  private fresh(name: string): boolean {
    const fresh = this.begun && !this.known.has(name);
    this.known.add(name);
    return fresh;
  }
}
