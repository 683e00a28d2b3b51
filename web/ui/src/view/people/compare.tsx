import type { VNode } from "preact";
import type { Candidate, ShortlistDraft } from "../../client/protocol";
import { t } from "../../i18n";
import { facts, isProse, Mark, nameOf } from "./card";
import { visible } from "../../markdown/visible";

/** The first candidates side by side: a row for each thing that was asked for. */
export function Compare({ draft }: { draft: ShortlistDraft }): VNode {
  const { candidates, requirements, conditions } = draft.document;
  const people = candidates.slice(0, 6);
  const rows = [...conditions.map((c) => c.id), ...requirements.map((r) => r.id)];
  return (
    <div class="compare" tabIndex={0} role="region" aria-label={t.people.table}>
      <table>
        <thead>
          <tr>
            <th scope="col"><span class="offscreen">{t.people.asked}</span></th>
            {people.map((c) => <th scope="col" key={c.profile_id}><span class="label">{c.label}</span><span class="name" dir="auto">{visible(c.headline)}</span></th>)}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t.people.offer}</th>
            {people.map((c) => <td key={c.profile_id}><ul>{facts(c).map((fact) => <li key={fact}><bdi>{fact}</bdi></li>)}</ul></td>)}
          </tr>
          {rows.map((id) => (
            <tr key={id}>
              <th scope="row" dir="auto">{nameOf(draft, id)}</th>
              {people.map((c) => <Cell key={c.profile_id} candidate={c} requirement={id} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ candidate, requirement }: { candidate: Candidate; requirement: string }): VNode {
  const finding = candidate.findings.find((f) => f.requirement === requirement);
  const reason = candidate.reasons.find((r) => r.requirement === requirement);
  if (!finding) return <td />;
  return (
    <td>
      <Mark status={finding.status} />
      {reason && isProse(reason) ? <q dir="auto">{reason.quote}</q> : finding.note && <span class="soft" dir="auto">{finding.note}</span>}
    </td>
  );
}
