import type { VNode } from "preact";
import type { InvitationDraft } from "../../client/protocol";
import { fill, t } from "../../i18n";
import { LetterPane } from "../proposal/letter";

/** A message to somebody on the list. Nobody but the person sends it. */
export function InvitationPane({ draft }: { draft: InvitationDraft }): VNode {
  const { subject, text, label } = draft.document;
  return (
    <LetterPane draft={draft} title={label ? fill(t.people.invitationTo, { label }) : t.people.invitation} heading={subject} text={text} note={t.people.invitationNote} />
  );
}
