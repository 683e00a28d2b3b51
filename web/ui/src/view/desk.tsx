import type { VNode } from "preact";
import type { Draft, InvitationDraft, ProposalDraft, ShortlistDraft } from "../client/protocol";
import { proposalOf, shortlistOf } from "../draft/lists";
import { t } from "../i18n";
import { DraftPane } from "./draft/pane";
import { later } from "./later";

// What only some people need comes when they do.
const InvitationPane = later(() => import("./people/invitation").then((m) => m.InvitationPane));
const ShortlistPane = later(() => import("./people/pane").then((m) => m.ShortlistPane));
const ProposalPane = later(() => import("./proposal/pane").then((m) => m.ProposalPane));

interface Props {
  drafts: readonly Draft[];
  shown: Draft;
  pick: (id: string) => void;
}

/** What is being written, beside the conversation: one draft, and the way to the others. */
export function Desk({ drafts, shown, pick }: Props): VNode {
  return (
    <div class="desk-side">
      {drafts.length > 1 && <Switch drafts={drafts} shown={shown} pick={pick} />}
      <Shown key={shown.draft_id} draft={shown} />
    </div>
  );
}

function Switch({ drafts, shown, pick }: Props): VNode {
  const order = ["job_post", "shortlist", "invitation", "proposal"];
  const sorted = [...drafts].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return (
    <nav class="draft-switch" aria-label={t.drafts}>
      {sorted.map((d) => (
        <button type="button" key={d.draft_id} aria-pressed={d.draft_id === shown.draft_id} onClick={() => pick(d.draft_id)}>{label(d)}</button>
      ))}
    </nav>
  );
}

function label(draft: Draft): string {
  const name = t.kinds[draft.kind] ?? draft.kind;
  const to = (draft as unknown as InvitationDraft).document.label;
  return draft.kind === "invitation" && to ? `${name} ${to}` : name;
}

function Shown({ draft }: { draft: Draft }): VNode {
  switch (draft.kind) {
    case "shortlist": return <ShortlistPane draft={shortlistOf(draft as unknown as ShortlistDraft)} />;
    case "invitation": return <InvitationPane draft={draft as unknown as InvitationDraft} />;
    case "proposal": return <ProposalPane draft={proposalOf(draft as unknown as ProposalDraft)} />;
    default: return <DraftPane draft={draft} hidden={false} />;
  }
}
