import type { VNode } from "preact";
import type { InvitationDraft } from "../../client/protocol";
import { fill, t } from "../../i18n";
import { Letter, LetterPane } from "../proposal/letter";

/** A message to somebody on the list. Nobody but the person sends it. */
export function InvitationPane({ draft }: { draft: InvitationDraft }): VNode {
  const { subject, text, label } = draft.document;
  return (
    <LetterPane draft={draft} title={label ? fill(t.people.invitationTo, { label }) : t.people.invitation} text={text}>
      <article class="paper"><Letter draft={draft} heading={subject} text={text} /></article>
      <p class="person-decides">{t.people.invitationNote}</p>
    </LetterPane>
  );
}
