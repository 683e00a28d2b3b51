import { labelsOf, type Case, type Label } from "../types";

/** What a reviewer has chosen and written about a case and not sent yet. */
export interface Draft { labels: Label[]; note: string; touched: boolean }

/** Drafts by case. They outlive moving between cases, conflicts, and signing in anew. */
export class Drafts {
  private readonly kept = new Map<string, Draft>();

  /** That of a case; at first with the labels that it was given. */
  of(c: Case): Draft {
    const offered = labelsOf(c);
    return this.kept.get(c.id) ?? { labels: (c.verdict.labels ?? []).filter((label) => offered.includes(label)), note: "", touched: false };
  }

  toggle(c: Case, label: Label): Draft {
    const draft = this.of(c);
    const labels = draft.labels.includes(label) ? draft.labels.filter((l) => l !== label) : [...draft.labels, label];
    return this.put(c.id, { ...draft, labels, touched: true });
  }

  write(c: Case, note: string): Draft { return this.put(c.id, { ...this.of(c), note, touched: true }); }
  drop(id: string): void { this.kept.delete(id); }

  put(id: string, draft: Draft): Draft {
    this.kept.set(id, draft);
    return draft;
  }
}
