import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";
import type { Claim, InvitationDraft, ProposalDraft } from "../../client/protocol";
import { claimsAt } from "../../draft/pointer";
import { fill, t } from "../../i18n";
import { segments } from "../../markdown/segments";
import { usePage } from "../context";
import { useChange } from "../draft/change";
import { copyText, useFlash } from "../hooks";
import { Icon } from "../icons";
import { Cited } from "../sources";

interface Props {
  draft: InvitationDraft | ProposalDraft;
  title: string;
  heading?: string;
  text: string;
  note?: string;
  children?: ComponentChildren;
}

/** A text to be sent by the person: each sentence with its source, editable as a whole. */
export function LetterPane({ draft, title, heading, text, note, children }: Props): VNode {
  const [copied, flash] = useFlash();
  const copy = () => void copyText(text).then((done) => done && flash());
  const words = text.split(/\s+/).filter(Boolean).length;
  return (
    <section class="draft letter" id="draft" aria-label={title} tabIndex={-1} data-version={draft.version} data-draft={draft.draft_id}>
      <header class="draft-bar">
        <p class="status ready">
          <span class="dot" aria-hidden="true" />
          <strong dir="auto">{title}</strong>
          {text && <span class="version">{fill(t.letter.words, { n: words })}</span>}
        </p>
        {text && <button type="button" class="tool" aria-label={copied ? t.draft.copied : t.draft.copy} title={t.draft.copy} onClick={copy}><Icon name={copied ? "check" : "copy"} /></button>}
      </header>
      <div class="desk">
        {text && <article class="paper"><Editable draft={draft} heading={heading} text={text} /></article>}
        {note && <p class="person-decides">{note}</p>}
        {children}
      </div>
    </section>
  );
}

function Editable({ draft, heading, text }: { draft: Props["draft"]; heading: string | undefined; text: string }): VNode {
  const [form, setForm] = useState<string | null>(null);
  const { view } = usePage();
  const { change, trouble, busy } = useChange<{ draft_id: string; version: number; document: unknown }>(draft);
  if (form === null) {
    return (
      <>
        {heading && <h2 dir="auto">{heading}</h2>}
        <div class="letter-text"><SourcedText claims={draft.claims} path="/text" text={text} /></div>
        <button type="button" class="link" disabled={view.link.state !== "open"} onClick={() => setForm(text)}><Icon name="edit" />{t.letter.edit}</button>
      </>
    );
  }
  const save = () => void change(() => ({ text: form.trim() })).then((done) => done && setForm(null));
  return (
    <form class="edit-form" onSubmit={(event) => { event.preventDefault(); save(); }} onKeyDown={(event) => {
      if (event.key === "Escape") setForm(null);
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); save(); }
    }}>
      <textarea class="letter-box" rows={14} dir="auto" value={form} aria-label={t.letter.text} onInput={(e) => setForm(e.currentTarget.value)} />
      {trouble && <p role="alert" class="form-trouble">{trouble}</p>}
      <div class="form-actions">
        <button type="submit" class="primary" disabled={busy}>{busy ? t.draft.saving : t.draft.save}</button>
        <button type="button" onClick={() => setForm(null)}>{t.draft.cancel}</button>
        <span class="hint">{t.draft.hint.block}</span>
      </div>
    </form>
  );
}

/** A text of a draft whose sentences open what they rest on. */
export function SourcedText({ claims, path, text }: { claims: readonly Claim[] | undefined; path: string; text: string }): VNode {
  const blocks = [...text.matchAll(/[^\n]+(?:\n(?!\n)[^\n]*)*/g)];
  const known = { evidence: [], post: undefined };
  return (
    <>
      {blocks.map((block) => {
        const end = block.index + block[0].length;
        return (
          <p key={block.index} dir="auto">
            {segments(block.index, end, claimsAt(claims, path)).map(({ start, end: to, span, last }) => {
              const words = text.slice(start, to);
              return span ? <Cited key={`${start}`} claim={span} known={known} last={last}>{words}</Cited> : words;
            })}
          </p>
        );
      })}
    </>
  );
}
