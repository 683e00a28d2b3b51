import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { ShortlistDraft } from "../../client/protocol";
import { fill, t } from "../../i18n";
import { usePage } from "../context";
import { useChange } from "../draft/change";
import { Icon } from "../icons";
import { CandidateCard } from "./card";
import { Compare } from "./compare";

/** The shortlist: who is on it, why, and who is not. */
export function ShortlistPane({ draft }: { draft: ShortlistDraft }): VNode {
  const [table, setTable] = useState(false);
  const list = draft.document;
  return (
    <section class="draft people" id="draft" aria-label={t.people.label} tabIndex={-1} data-version={draft.version} data-draft={draft.draft_id}>
      <header class="draft-bar">
        <p class="status ready">
          <span class="dot" aria-hidden="true" />
          <strong>{list.passed === 0 ? t.people.nobodyLeft : fill(t.people.count, { n: list.passed })}</strong>
          <span class="version">{list.passed > first(list) ? fill(t.people.ofShown, { n: list.considered, shown: first(list) }) : fill(t.people.of, { n: list.considered })}</span>
        </p>
        {list.candidates.length > 1 && (
          <div class="views" role="group" aria-label={t.people.views}>
            <button type="button" aria-pressed={!table} onClick={() => setTable(false)}>{t.people.cards}</button>
            <button type="button" aria-pressed={table} onClick={() => setTable(true)}>{t.people.table}</button>
          </div>
        )}
      </header>
      <div class="desk">
        <h2 class="list-title" dir="auto">{list.title}</h2>
        <Conditions draft={draft} />
        {list.candidates.length === 0 && <p class="nobody">{t.people.nobody}</p>}
        {table && list.candidates.length > 1 ? <Compare draft={draft} /> : <Cards draft={draft} />}
        <DroppedPeople draft={draft} />
        <p class="person-decides">{t.people.decides}</p>
      </div>
    </section>
  );
}

/** How many are shown before somebody asks for more. */
function first(list: ShortlistDraft["document"]): number {
  return Math.max(list.shown, 10);
}

function Cards({ draft }: { draft: ShortlistDraft }): VNode {
  const [more, setMore] = useState(0);
  const list = draft.document;
  const shown = first(list) + more;
  return (
    <>
      <ol class="candidates">
        {list.candidates.slice(0, shown).map((c) => <li key={c.profile_id}><CandidateCard draft={draft} candidate={c} /></li>)}
      </ol>
      {list.candidates.length > shown && (
        <button type="button" class="more" onClick={() => setMore(more + 10)}>{fill(t.people.more, { n: list.candidates.length - shown })}</button>
      )}
    </>
  );
}

/** What the person has asked for beyond the post; each can be taken back. */
function Conditions({ draft }: { draft: ShortlistDraft }): VNode | null {
  const { change, trouble, busy } = useChange(draft);
  const { view } = usePage();
  const { conditions } = draft.document;
  if (conditions.length === 0) return null;
  const remove = (id: string) => void change((list) => ({ conditions: (list).conditions.filter((c) => c.id !== id) }));
  return (
    <section class="conditions" aria-label={t.people.conditions}>
      <ul>
        {conditions.map((c) => (
          <li key={c.id} class="chip">
            <span dir="auto">{c.text}</span>
            <button type="button" class="tool" disabled={busy || view.link.state !== "open"} aria-label={fill(t.people.without, { text: c.text })} title={fill(t.people.without, { text: c.text })} onClick={() => remove(c.id)}><Icon name="close" /></button>
          </li>
        ))}
      </ul>
      {trouble && <p role="alert" class="form-trouble">{trouble}</p>}
    </section>
  );
}

function DroppedPeople({ draft }: { draft: ShortlistDraft }): VNode | null {
  const { change, trouble, busy } = useChange(draft);
  const { dropped } = draft.document;
  if (dropped.length === 0) return null;
  const restore = (id: string) => void change((list) => ({ removed: ((list).removed ?? []).filter((other) => other !== id) }));
  return (
    <details class="dropped">
      <summary>{fill(t.people.dropped, { n: dropped.length })}</summary>
      <ul>
        {dropped.map((d) => (
          <li key={d.profile_id}>
            <p><strong class="label">{d.label}</strong> <span dir="auto">{d.headline}</span></p>
            <p class="soft" dir="auto">{d.note}</p>
            {d.removed && <button type="button" disabled={busy} onClick={() => restore(d.profile_id)}>{t.people.restore}</button>}
          </li>
        ))}
      </ul>
      {trouble && <p role="alert" class="form-trouble">{trouble}</p>}
    </details>
  );
}
