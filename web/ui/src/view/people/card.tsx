import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Candidate, FitStatus, ShortlistDraft } from "../../client/protocol";
import { fill, t } from "../../i18n";
import * as format from "../../i18n/format";
import { usePage } from "../context";
import { useChange } from "../draft/change";
import { Icon } from "../icons";
import { visible } from "../../markdown/visible";

/** Somebody on the list: what they offer, the reasons with their proof, the gaps as plainly. */
export function CandidateCard({ draft, candidate: c }: { draft: ShortlistDraft; candidate: Candidate }): VNode {
  return (
    <article class={`candidate ${c.pinned ? "pinned" : ""}`} id={`post-${c.profile_id}`} tabIndex={-1} aria-label={`${c.label}: ${c.headline}`}>
      <header>
        <span class="label">{c.label}</span>
        <h3 dir="auto">{visible(c.headline)}</h3>
        <Tools draft={draft} candidate={c} />
      </header>
      <ul class="facts-line">{facts(c).map((fact) => <li key={fact}><bdi>{fact}</bdi></li>)}</ul>
      <Reasons draft={draft} candidate={c} />
      {[...(c.limits ?? []), ...c.gaps].length > 0 && (
        <ul class="gaps">{[...(c.limits ?? []), ...c.gaps].map((gap) => <li key={gap} dir="auto">{gap}</li>)}</ul>
      )}
      <Note draft={draft} candidate={c} />
      <Parts candidate={c} />
    </article>
  );
}

/** What the assistant is asked for. It is a message and not a text of the page, so it is English, which every installation reads. */
function invitationTo(label: string): string {
  return `Draft an invitation to ${label}`;
}

export function facts(c: Candidate): string[] {
  const record = c.track_record;
  return [
    c.rate ? `${format.money(c.rate, c.currency ?? "")} ${t.pay.hour}` : t.people.noRate,
    t.level[c.level ?? ""] ?? "",
    format.country(c.country ?? ""),
    c.hours_per_week ? fill(t.people.hours, { n: c.hours_per_week }) : "",
    c.available_from ? fill(t.people.free, { when: format.date(c.available_from) }) : "",
    (c.languages ?? []).map((l) => `${format.language(l.code)} (${t.people.fluency[l.level] ?? l.level})`).join(", "),
    record.jobs ? fill(t.people.jobs, { n: record.jobs }) + (record.reviews ? `, ${format.decimal(record.rating)} ★` : "") : t.people.newHere,
  ].filter(Boolean);
}

const marks: Record<FitStatus, string> = { met: "✓", partly: "≈", missing: "–", silent: "?" };

export function Mark({ status }: { status: FitStatus }): VNode {
  return <span class={`fit ${status}`}><span aria-hidden="true">{marks[status]}</span><span class="offscreen">{t.people.status[status]}</span></span>;
}

function Reasons({ draft, candidate: c }: { draft: ShortlistDraft; candidate: Candidate }): VNode {
  const [all, setAll] = useState(false);
  const shown = all ? c.reasons : c.reasons.slice(0, 4);
  return (
    <>
      <ul class="why-list">
        {shown.map((r) => (
          <li key={`${r.requirement} ${r.field}`}>
            <Mark status={r.status} />
            <div>
              <strong dir="auto">{nameOf(draft, r.requirement)}</strong>
              {isProse(r) && <q dir="auto">{r.quote}</q>}
            </div>
          </li>
        ))}
      </ul>
      {c.reasons.length > shown.length && <button type="button" class="link" onClick={() => setAll(true)}>{fill(t.people.moreReasons, { n: c.reasons.length - shown.length })}</button>}
    </>
  );
}

/** Tells a phrase of the profile from a value such as a rate, which stands above already. */
export function isProse({ quote, field }: Candidate["reasons"][number]): boolean {
  return quote !== "" && /^\/(headline|overview|experience|skills|credentials)/.test(field);
}

/** A requirement or condition in words. */
export function nameOf(draft: ShortlistDraft, id: string): string {
  const { requirements, conditions } = draft.document;
  return requirements.find((r) => r.id === id)?.text ?? conditions.find((c) => c.id === id)?.text ?? id;
}

function Tools({ draft, candidate: c }: { draft: ShortlistDraft; candidate: Candidate }): VNode {
  const { client, view } = usePage();
  const { change, busy } = useChange(draft);
  const closed = busy || view.link.state !== "open";
  const pin = () => void change((list) => {
    const pinned = (list).pinned ?? [];
    return { pinned: c.pinned ? pinned.filter((id) => id !== c.profile_id) : [...pinned, c.profile_id] };
  });
  const remove = () => void change((list) => ({ removed: [...((list).removed ?? []), c.profile_id] }));
  return (
    <div class="candidate-tools">
      <button type="button" class="tool" aria-pressed={Boolean(c.pinned)} disabled={closed} aria-label={fill(t.people.pin, { label: c.label })} title={fill(t.people.pin, { label: c.label })} onClick={pin}><Icon name="pin" /></button>
      <button type="button" class="tool" disabled={closed} aria-label={fill(t.people.remove, { label: c.label })} title={fill(t.people.remove, { label: c.label })} onClick={remove}><Icon name="close" /></button>
      <button type="button" class="invite" disabled={view.link.state !== "open"} onClick={() => client.send(invitationTo(c.label))}>{t.people.invite}</button>
    </div>
  );
}

/** The person's own note, which nobody else sees and ranking does not read. */
function Note({ draft, candidate: c }: { draft: ShortlistDraft; candidate: Candidate }): VNode {
  const [text, setText] = useState<string | null>(null);
  const { change, trouble, busy } = useChange(draft);
  if (text === null) {
    return c.note
      ? <p class="own-note" dir="auto">{c.note} <button type="button" class="link" onClick={() => setText(c.note ?? "")}>{t.people.editNote}</button></p>
      : <button type="button" class="link add-note" onClick={() => setText("")}>{t.people.addNote}</button>;
  }
  const save = () => void change(() => ({ notes: { [c.profile_id]: text.trim() || null } })).then((done) => done && setText(null));
  return (
    <form class="note-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <textarea rows={2} dir="auto" maxLength={2000} value={text} aria-label={fill(t.people.note, { label: c.label })} onInput={(e) => setText(e.currentTarget.value)} />
      {trouble && <p role="alert" class="form-trouble">{trouble}</p>}
      <div class="form-actions">
        <button type="submit" class="primary" disabled={busy}>{t.draft.save}</button>
        <button type="button" onClick={() => setText(null)}>{t.draft.cancel}</button>
      </div>
    </form>
  );
}

/** The score taken apart, on demand. */
function Parts({ candidate: c }: { candidate: Candidate }): VNode {
  return (
    <details class="parts">
      <summary>{fill(t.people.score, { n: Math.round(c.score) })}</summary>
      <table>
        <thead><tr><th scope="col">{t.people.feature}</th><th scope="col">{t.people.value}</th><th scope="col">{t.people.counts}</th><th scope="col">{t.people.points}</th></tr></thead>
        <tbody>
          {c.parts.map((p) => (
            <tr key={p.feature}>
              <th scope="row">{t.people.features[p.feature] ?? p.feature}{p.why && <small dir="auto">{p.why}</small>}</th>
              <td><meter min={0} max={1} value={p.value} aria-label={format.percent(p.value)} /></td>
              <td>{format.percent(p.weight)}</td>
              <td>{format.decimal(p.points)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
