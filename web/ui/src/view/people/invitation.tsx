import type { VNode } from "preact";
import type { InvitationDraft } from "../../client/protocol";
import { t } from "../../i18n/en";
import { LetterPane } from "../proposal/letter";

/** A message to somebody on the list. Nobody but the person sends it. */
export function InvitationPane({ draft }: { draft: InvitationDraft }): VNode {
  const { subject, text, label } = draft.document;
  return (
    <LetterPane draft={draft} title={t.people.invitationTo(label ?? "")} heading={subject} text={text} note={t.people.invitationNote} />
  );
}
