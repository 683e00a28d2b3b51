import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ProposalDraft } from "../../client/protocol";
import { letterMarkdown } from "../../draft/markdown";
import { fill, t } from "../../i18n";
import { percent } from "../../i18n/format";
import { usePage } from "../context";
import { useChange } from "../draft/change";
import { download } from "../download";
import { Icon } from "../icons";
import { Answers } from "./answers";
import { BidView } from "./bid";
import { Fit } from "./fit";
import { Letter, LetterPane, Remarks } from "./letter";
import { Sides } from "./sides";
import { patchTo, Versions } from "./versions";

const parts = ["letter", "fit", "sides"] as const;

/** Help with applying: the letter with its sources and remarks, how the profile fits, and what both are read from. */
export function ProposalPane({ draft }: { draft: ProposalDraft }): VNode {
  const { pointed } = usePage();
  const [part, setPart] = useState<(typeof parts)[number]>(draft.document.text || draft.document.original ? "letter" : "fit");
  const [old, setOld] = useState<ProposalDraft | null>(null);
  useEffect(() => {
    if (pointed?.document) setPart("sides");
  }, [pointed]);
  const written = draft.document.text !== "";
  const had = useRef(written);
  useEffect(() => {
    if (written && !had.current) setPart("letter");
    had.current = written;
  }, [written]);
  const shown = old && old.version !== draft.version ? old : draft;
  const doc = shown.document;
  const names = { letter: t.proposal.letter, fit: t.proposal.fitTab, sides: t.proposal.sidesTab };
  const tools = (
    <>
      <Versions draft={draft} shown={shown.version} look={(version) => { setOld(version); setPart("letter"); }} />
      {doc.text && <button type="button" class="tool" aria-label={t.draft.markdown} title={t.draft.markdown} onClick={() => download(doc.job_post.title ?? t.proposal.title, "md", letterMarkdown(doc))}><Icon name="export" /></button>}
    </>
  );
  return (
    <LetterPane draft={draft} title={t.proposal.title} text={doc.text} tools={tools}>
      <h2 class="offscreen">{t.proposal.title}</h2>
      <div class="views" role="group" aria-label={t.proposal.parts}>
        {parts.map((name) => <button type="button" key={name} aria-pressed={name === part} onClick={() => setPart(name)}>{names[name]}</button>)}
      </div>
      {shown !== draft && <OldVersion draft={draft} old={shown} back={() => setOld(null)} />}
      {part === "letter" && <LetterPart draft={shown} fixed={shown !== draft} />}
      {part === "fit" && <Fit draft={shown} />}
      {part === "sides" && <Sides draft={shown} />}
    </LetterPane>
  );
}

function LetterPart({ draft, fixed }: { draft: ProposalDraft; fixed: boolean }): VNode {
  const { text, original, advice, similarity } = draft.document;
  const whole = advice.filter((a) => a.text === "");
  return (
    <>
      {!text && !original && <p class="soft">{t.proposal.nothing}</p>}
      {text && <article class="paper"><Letter draft={draft} text={text} remarks={original ? [] : advice} fixed={fixed} /></article>}
      {original && (
        <section aria-labelledby="original-title">
          <h3 id="original-title">{t.proposal.original}</h3>
          <article class="paper"><Letter draft={{ ...draft, claims: [] }} text={original} remarks={advice} fixed /></article>
        </section>
      )}
      {whole.length > 0 && <Remarks items={whole} />}
      <Answers draft={draft} fixed={fixed} />
      <BidView draft={draft} fixed={fixed} />
      {similarity && similarity.n > 0 && <p class="soft">{fill(t.proposal.similarity, { n: similarity.n, percent: percent(similarity.max) })}</p>}
      {text && <p class="person-decides">{t.proposal.note}</p>}
    </>
  );
}

/** Says that a version of before is shown, with the way back to it and away from it. */
function OldVersion({ draft, old, back }: { draft: ProposalDraft; old: ProposalDraft; back: () => void }): VNode {
  const { view } = usePage();
  const { change, trouble, busy } = useChange(draft);
  const restore = () => void change((now) => patchTo(old.document, now)).then((done) => done && back());
  return (
    <div class="notice" role="status">
      <p>{fill(t.letter.shown, { n: old.version })} {trouble}</p>
      <button type="button" disabled={busy || view.link.state !== "open"} onClick={restore}>{t.letter.restore}</button>
      <button type="button" class="link" onClick={back}>{t.letter.back}</button>
    </div>
  );
}
