import type { ComponentChildren, VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { RequestError } from "../../client/problem";
import type { Claim, InvitationDraft, Proposal, ProposalDraft } from "../../client/protocol";
import { claimsAt } from "../../draft/pointer";
import { fill, t } from "../../i18n";
import { segments } from "../../markdown/segments";
import { usePage } from "../context";
import { useChange } from "../draft/change";
import { copyText, useFlash } from "../hooks";
import { Icon } from "../icons";
import { Cited } from "../sources";
import { TextForm, words } from "../text-form";

export type Remark = Proposal["advice"][number];

interface PaneProps {
  draft: InvitationDraft | ProposalDraft;
  title: string;
  /** The text that the bar counts and copies; "" for none. */
  text: string;
  /** What else the bar offers. */
  tools?: ComponentChildren;
  children: ComponentChildren;
}

/** The frame around a text that the person sends themselves: its bar, and the desk beneath. */
export function LetterPane({ draft, title, text, tools, children }: PaneProps): VNode {
  const [copied, flash] = useFlash();
  const copy = () => void copyText(text).then((done) => done && flash());
  return (
    <section class="draft letter" id="draft" aria-label={title} tabIndex={-1} data-version={draft.version} data-draft={draft.draft_id}>
      <header class="draft-bar">
        <p class="status ready">
          <span class="dot" aria-hidden="true" />
          <strong dir="auto">{title}</strong>
          {text && <span class="version">{fill(t.letter.words, { n: words(text) })}</span>}
        </p>
        {text && <button type="button" class="tool" aria-label={copied ? t.draft.copied : t.draft.copy} title={t.draft.copy} onClick={copy}><Icon name={copied ? "check" : "copy"} /></button>}
        {tools}
      </header>
      <div class="desk">{children}</div>
    </section>
  );
}

interface TextProps {
  draft: PaneProps["draft"];
  heading?: string;
  text: string;
  remarks?: readonly Remark[];
  /** An older version is looked at and not changed. */
  fixed?: boolean;
}

/** The text with where each sentence is from and what there is to say of it, editable as a whole. */
export function Letter({ draft, heading, text, remarks = [], fixed }: TextProps): VNode {
  const [editing, setEditing] = useState(false);
  const { view } = usePage();
  const { change, trouble, busy } = useChange<Omit<typeof draft, "document"> & { document: { text: string } }>(draft);
  const button = useRef<HTMLButtonElement>(null);
  // What somebody else wrote meanwhile is not written over unseen: it is told once, and then shown beneath.
  const save = (value: string) => change((now) => {
    if (now.text !== text) throw new RequestError({ code: "stale_version", message: "", temporary: false });
    return { text: value };
  });
  const replace = (remark: Remark) => void save(text.slice(0, remark.start) + (remark.better ?? "") + text.slice(remark.end));
  if (editing) {
    const close = () => {
      setEditing(false);
      requestAnimationFrame(() => button.current?.focus());
    };
    return <TextForm value={text} label={t.letter.text} save={save} trouble={trouble} busy={busy} close={close} hint={t.letter.editing} counted />;
  }
  return (
    <>
      {heading && <h2 dir="auto">{heading}</h2>}
      <div class="letter-text"><SourcedText answered={(draft.document as Partial<Proposal>).job_post?.id} claims={draft.claims} path="/text" text={text} remarks={remarks} replace={fixed ? undefined : replace} /></div>
      {trouble && <p role="alert" class="form-trouble">{trouble}</p>}
      {!fixed && <button type="button" class="link" ref={button} disabled={view.link.state !== "open"} onClick={() => setEditing(true)}><Icon name="edit" />{t.letter.edit}</button>}
    </>
  );
}

interface SourcedProps {
  /** The id of the post that the text answers. */
  answered?: string;
  claims: readonly Claim[] | undefined;
  path: string;
  text: string;
  remarks?: readonly Remark[];
  replace?: (remark: Remark) => void;
}

/** A text of a draft whose sentences open what they rest on, with the remarks on a paragraph beside it. */
export function SourcedText({ answered, claims, path, text, remarks = [], replace }: SourcedProps): VNode {
  const blocks = [...text.matchAll(/[^\n]+(?:\n(?!\n)[^\n]*)*/g)];
  const known = { evidence: [], post: undefined, answered };
  const doubted = (start: number, end: number) => remarks.some((r) => r.text !== "" && r.start < end && r.end > start);
  return (
    <>
      {blocks.map((block) => {
        const end = block.index + block[0].length;
        const beside = remarks.filter((r) => r.text !== "" && r.start >= block.index && r.start < end);
        const paragraph = (
          <p key={block.index} dir="auto">
            {segments(block.index, end, claimsAt(claims, path)).map(({ start, end: to, span, last }) => {
              const plain = text.slice(start, to);
              const shown = plain.trim() && doubted(start, to) ? <span class="doubt">{plain}</span> : plain;
              return span ? <Cited key={`${start}`} claim={span} known={known} last={last}>{shown}</Cited> : shown;
            })}
          </p>
        );
        return beside.length === 0 ? paragraph : <div class="with-remarks" key={block.index}>{paragraph}<Remarks items={beside.map((r) => (r.better && text.includes(r.better) ? { ...r, better: "" } : r))} replace={replace} /></div>;
      })}
    </>
  );
}

/** What to change and why. */
export function Remarks({ items, replace }: { items: readonly Remark[]; replace?: (remark: Remark) => void }): VNode {
  const { view } = usePage();
  return (
    <ol class="remarks">
      {items.map((a) => (
        <li key={`${a.line} ${a.start} ${a.kind}`}>
          <p><strong>{t.proposal.kinds[a.kind] ?? a.kind}</strong></p>
          <p dir="auto">{a.reason}</p>
          {a.better && <p class="better" dir="auto">{a.better}</p>}
          {a.better && replace && a.text !== "" && <button type="button" class="link" disabled={view.link.state !== "open"} onClick={() => replace(a)}>{t.proposal.use}</button>}
        </li>
      ))}
    </ol>
  );
}
