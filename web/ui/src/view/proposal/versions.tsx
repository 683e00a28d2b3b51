import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Draft, Proposal, ProposalDraft } from "../../client/protocol";
import { proposalOf } from "../../draft/lists";
import { fill, t } from "../../i18n";
import { ago } from "../../i18n/format";
import { usePage } from "../context";
import { Menu } from "../menu";

interface Props {
  draft: ProposalDraft;
  /** The version that is looked at. */
  shown: number;
  look: (version: ProposalDraft) => void;
}

/** The versions that there have been. They are asked for when somebody wants to see them. */
export function Versions({ draft, shown, look }: Props): VNode | null {
  if (draft.version < 2) return null;
  return (
    <Menu label={t.letter.versions} icon="clock" className="end">
      {(close) => <List draft={draft} shown={shown} look={(version) => { close(); look(version); }} />}
    </Menu>
  );
}

function List({ draft, shown, look }: Props): VNode {
  const { client } = usePage();
  const [list, setList] = useState<readonly ProposalDraft[] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let live = true;
    client.sessions.export(client.session).then((file) => file.text()).then(
      (text) => {
        const { drafts } = JSON.parse(text) as { drafts: Draft[] };
        const own = drafts.filter((d) => d.draft_id === draft.draft_id).map((d) => proposalOf(d as unknown as ProposalDraft));
        if (live) setList(own.reverse());
      },
      () => live && setFailed(true),
    );
    return () => {
      live = false;
    };
  }, [client, draft.draft_id, draft.version]);
  if (failed) return <p role="alert" class="form-trouble">{t.sessions.failed}</p>;
  if (!list) return <p role="status" class="quiet">{t.proposal.loading}</p>;
  return (
    <ul class="menu-list">
      {list.map((version) => (
        <li key={version.version}>
          <button type="button" aria-pressed={version.version === shown} onClick={() => look(version)}>
            {fill(t.letter.version, { n: version.version })} <small>{[t.letter.by[version.author], version.version === draft.version ? t.letter.current : ago(version.created)].join(", ")}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The patch that brings an older version back. Answers come along where the questions are still the same. */
export function patchTo(old: Proposal, now: Proposal): Record<string, unknown> {
  const same = old.answers.length === now.answers.length && old.answers.every((a, index) => a.question === now.answers[index]?.question);
  const bid = old.bid && { amount: old.bid.amount, currency: old.bid.currency, type: old.bid.type, unit: old.bid.unit ?? "" };
  return { text: old.text, bid, ...(same ? { answers: old.answers } : {}) };
}
