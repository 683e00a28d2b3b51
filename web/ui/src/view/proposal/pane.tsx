import type { VNode } from "preact";
import type { ProposalDraft } from "../../client/protocol";
import { t } from "../../i18n";
import * as format from "../../i18n/format";
import { Mark } from "../people/card";
import { LetterPane, SourcedText } from "./letter";

/** Help with applying: how the profile fits, the text, the price, and remarks on it. */
export function ProposalPane({ draft }: { draft: ProposalDraft }): VNode {
  const doc = draft.document;
  return (
    <LetterPane draft={draft} title={t.proposal.title} text={doc.text} note={doc.text ? t.proposal.note : undefined}>
      <Remarks draft={draft} />
      <Answers draft={draft} />
      <BidLine draft={draft} />
      <Fit draft={draft} />
      {doc.similarity && doc.similarity.n > 0 && <p class="soft">{t.proposal.similarity(Math.round(doc.similarity.max * 100), doc.similarity.n)}</p>}
    </LetterPane>
  );
}

function Fit({ draft }: { draft: ProposalDraft }): VNode | null {
  const { fit, job_post } = draft.document;
  if (fit.length === 0) return null;
  return (
    <section class="fit-report" aria-labelledby="fit-title">
      <h3 id="fit-title">{job_post.title ? t.proposal.fitFor(job_post.title) : t.proposal.fit}</h3>
      <table>
        <thead><tr><th scope="col">{t.people.asked}</th><th scope="col">{t.proposal.met}</th><th scope="col">{t.proposal.proof}</th></tr></thead>
        <tbody>
          {fit.map((point) => (
            <tr key={point.requirement}>
              <th scope="row" dir="auto">{point.text}{point.must && <small>{t.proposal.must}</small>}</th>
              <td><Mark status={point.status} /> {t.people.status[point.status]}</td>
              <td>
                {(point.proofs ?? []).slice(0, 2).map((proof) => <q key={proof.field + proof.quote} dir="auto">{proof.quote}</q>)}
                {point.note && <span class="soft" dir="auto">{point.note}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Answers({ draft }: { draft: ProposalDraft }): VNode | null {
  const { answers } = draft.document;
  if (answers.length === 0) return null;
  return (
    <section class="answers" aria-labelledby="answers-title">
      <h3 id="answers-title">{t.proposal.answers}</h3>
      <dl>
        {answers.map((answer, index) => (
          <div key={answer.question}>
            <dt dir="auto">{answer.question}</dt>
            <dd>{answer.text ? <SourcedText claims={draft.claims} path={`/answers/${index}/text`} text={answer.text} /> : <span class="soft">{t.proposal.unanswered}</span>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function BidLine({ draft }: { draft: ProposalDraft }): VNode | null {
  const { bid } = draft.document;
  if (!bid || !bid.amount) return null;
  const unit = bid.type === "hourly" ? ` ${t.pay.hour}` : bid.unit ? ` / ${bid.unit}` : "";
  return (
    <section class="bid" aria-labelledby="bid-title">
      <h3 id="bid-title">{t.proposal.bid}</h3>
      <p><strong>{format.money(bid.amount, bid.currency)}{unit}</strong> <span class="soft" dir="auto">{bid.reason}</span></p>
    </section>
  );
}

/** Line by line, what to change and why. */
function Remarks({ draft }: { draft: ProposalDraft }): VNode | null {
  const { advice } = draft.document;
  if (advice.length === 0) return null;
  return (
    <section class="remarks" aria-labelledby="remarks-title">
      <h3 id="remarks-title">{t.proposal.remarks}</h3>
      <ol>
        {advice.map((a) => (
          <li key={`${a.line} ${a.start} ${a.kind}`}>
            <p><strong>{t.proposal.kinds[a.kind] ?? a.kind}</strong>{a.text && <q dir="auto">{a.text}</q>}</p>
            <p dir="auto">{a.reason}</p>
            {a.better && <p class="better" dir="auto">{a.better}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
