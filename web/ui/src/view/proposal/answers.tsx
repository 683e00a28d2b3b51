import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { ProposalDraft } from "../../client/protocol";
import { t } from "../../i18n";
import { usePage } from "../context";
import { useChange } from "../draft/change";
import { Icon } from "../icons";
import { TextForm } from "../text-form";
import { SourcedText } from "./letter";

/** The client's questions, each with an answer that can be rewritten. */
export function Answers({ draft, fixed }: { draft: ProposalDraft; fixed: boolean }): VNode | null {
  const { answers } = draft.document;
  if (answers.length === 0) return null;
  return (
    <section class="answers" aria-labelledby="answers-title">
      <h3 id="answers-title">{t.proposal.answers}</h3>
      <dl>{answers.map((answer, index) => <AnswerRow key={answer.question} draft={draft} index={index} fixed={fixed} />)}</dl>
    </section>
  );
}

function AnswerRow({ draft, index, fixed }: { draft: ProposalDraft; index: number; fixed: boolean }): VNode {
  const { view } = usePage();
  const [editing, setEditing] = useState(false);
  const { change, trouble, busy } = useChange(draft);
  const { question = "", text = "" } = draft.document.answers[index] ?? {};
  const edit = text ? t.letter.edit : t.proposal.answer;
  const save = (value: string) => change((now) => ({ answers: now.answers.map((a) => (a.question === question ? { ...a, text: value } : a)) }));
  return (
    <div>
      <dt dir="auto">{question}</dt>
      <dd>
        {editing && <TextForm value={text} label={question} save={save} trouble={trouble} busy={busy} close={() => setEditing(false)} />}
        {!editing && (text ? <SourcedText claims={draft.claims} path={`/answers/${index}/text`} text={text} /> : <p class="soft">{t.proposal.unanswered}</p>)}
        {!editing && !fixed && (
          <button type="button" class="link" aria-label={`${edit}: ${question}`} disabled={view.link.state !== "open"} onClick={() => setEditing(true)}><Icon name="edit" />{edit}</button>
        )}
      </dd>
    </div>
  );
}
