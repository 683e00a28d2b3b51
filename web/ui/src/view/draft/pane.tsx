import type { VNode } from "preact";
import { useCallback, useMemo, useState } from "preact/hooks";
import type { Draft } from "../../client/protocol";
import { editable, isSet, safePage, type Field } from "../../draft/post";
import { fill, t } from "../../i18n";
import * as format from "../../i18n/format";
import { usePage } from "../context";
import { Icon } from "../icons";
import { EditingContext, useEditing, type Editing } from "./editing";
import { MarketView } from "./market";
import { PostView } from "./post";
import { ExportMenu, Publish } from "./publish";
import { SimilarPosts } from "./similar";
import { Suggestions } from "./suggestions";

/** The job post beside the conversation: what it says, what is open, what it rests on. */
export function DraftPane({ draft, hidden }: { draft: Draft; hidden: boolean }): VNode {
  const [open, setOpen] = useState<ReadonlySet<Field>>(new Set());
  const start = useCallback((field: Field) => setOpen((old) => new Set(old).add(field)), []);
  const stop = useCallback((field: Field) => setOpen((old) => new Set([...old].filter((other) => other !== field))), []);
  const editing = useMemo<Editing>(() => ({ open, start, stop }), [open, start, stop]);
  return (
    <EditingContext.Provider value={editing}>
      <section class="draft" id="draft" aria-label={t.draft.label} tabIndex={-1} hidden={hidden} data-version={draft.version} data-draft={draft.draft_id}>
        <Toolbar draft={draft} />
        <div class="desk">
          <StillOpen draft={draft} />
          <article class="paper"><PostView draft={draft} /><Additions draft={draft} /></article>
          <Suggestions draft={draft} />
          <MarketView draft={draft} />
          <SimilarPosts items={draft.document.similar ?? []} />
        </div>
      </section>
    </EditingContext.Provider>
  );
}

function Toolbar({ draft }: { draft: Draft }): VNode {
  const { view } = usePage();
  const outdated = !draft.published && view.state.drafts.some((d) => d.draft_id === draft.draft_id && d.published && d.version < draft.version);
  const link = draft.published ? safePage(draft.published_url ?? "") : "";
  const status = draft.published ? "published" : draft.document.status === "ready" ? "ready" : "drafting";
  return (
    <header class="draft-bar">
      <p class={`status ${status}`}>
        <span class="dot" aria-hidden="true" />
        <strong>{draft.published ? fill(t.draft.published, { when: format.date(draft.published) }) : t.draft.status[status]}</strong>
        {link ? <a href={link} target="_blank" rel="noopener noreferrer">{t.draft.view}</a> : <span class="version">{outdated ? t.draft.since : fill(t.draft.version, { n: draft.version })}</span>}
      </p>
      <ExportMenu post={draft.document} />
      <Publish draft={draft} />
    </header>
  );
}

/** What the post needs and nobody has said yet. */
function StillOpen({ draft }: { draft: Draft }): VNode | null {
  const { start } = useEditing();
  const { compose } = usePage();
  const missing = draft.document.missing ?? [];
  if (missing.length === 0) return null;
  const go = (slot: string) => {
    const field = editable.find((name) => name === slot);
    if (field) start(field);
    else compose();
  };
  return (
    <section class="still-open" aria-labelledby="open-title">
      <h2 id="open-title">{t.draft.open}</h2>
      <ul>
        {missing.map((slot) => {
          const name = t.draft.sections[slot] ?? slot.replaceAll("_", " ");
          return <li key={slot}><button type="button" class="chip" aria-label={fill(t.draft.openHint, { slot: name })} onClick={() => go(slot)}>{name}</button></li>;
        })}
      </ul>
    </section>
  );
}

/** Parts that the post may have and that are not asked for. */
function Additions({ draft }: { draft: Draft }): VNode | null {
  const { open, start } = useEditing();
  const missing = draft.document.missing ?? [];
  const free = editable.filter((field) => !isSet(draft.document[field]) && !open.has(field) && !missing.includes(field));
  if (free.length === 0) return null;
  return (
    <ul class="additions">
      {free.map((field) => (
        <li key={field}>
          <button type="button" class="link" onClick={() => start(field)} aria-label={fill(t.draft.add, { slot: t.draft.sections[field] ?? field })}>
            <Icon name="plus" />{t.draft.sections[field]}
          </button>
        </li>
      ))}
    </ul>
  );
}
