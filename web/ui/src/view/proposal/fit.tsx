import type { VNode } from "preact";
import type { ProposalDraft } from "../../client/protocol";
import { fill, t } from "../../i18n";
import { Mark } from "../people/card";

/** How the profile meets each requirement of the post, with the phrase that proves it. */
export function Fit({ draft }: { draft: ProposalDraft }): VNode {
  const { fit, job_post } = draft.document;
  if (fit.length === 0) return <p class="soft">{t.proposal.nothing}</p>;
  const n = (status: string) => fit.filter((point) => point.status === status).length;
  return (
    <section class="fit-report" aria-labelledby="fit-title">
      <h3 id="fit-title">{t.proposal.fit}</h3>
      {job_post.title && <p class="soft" dir="auto">{job_post.title}</p>}
      <p>{fill(t.proposal.fitCount, { met: n("met"), partly: n("partly"), n: fit.length })}</p>
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
