import type { ComponentChildren, VNode } from "preact";
import type { Draft, Warning } from "../../client/protocol";
import { changedByTurn, claimsAt, warningsAt } from "../../draft/pointer";
import { editable, replacement, type Field } from "../../draft/post";
import { fill, t } from "../../i18n";
import { segments } from "../../markdown/segments";
import { usePage } from "../context";
import { Cited, type Known } from "../sources";
import { useChange } from "./change";
import { useEditing } from "./editing";

/** A text of the draft: each sentence with its source mark, doubtful words marked. */
export function DraftText({ draft, path, text, offset = 0 }: { draft: Draft; path: string; text: string; offset?: number }): VNode {
  const known: Known = { evidence: [], post: draft.document };
  const warnings = warningsAt(draft.document.warnings, path);
  const end = offset + text.length;
  const pieces = segments(offset, end, claimsAt(draft.claims, path));
  const fresh = useFresh(draft, path);
  return (
    <>
      {pieces.map(({ start, end: to, span, last }) => {
        const plain = text.slice(start - offset, to - offset).trim();
        const marks = marked(text, offset, start, to, warnings);
        const words = plain && fresh(plain) ? <span class={`fresh-${draft.version % 2}`}>{marks}</span> : marks;
        return span ? <Cited key={`${start}`} claim={span} known={known} last={last}>{words}</Cited> : words;
      })}
    </>
  );
}

/** Tells which sentences of a changed text were not in the version before. */
function useFresh(draft: Draft, path: string): (sentence: string) => boolean {
  const { view } = usePage();
  const field = path.split("/")[1] ?? "";
  const changed = changedByTurn(draft, field);
  const before = view.state.drafts.findLast((d) => d.draft_id === draft.draft_id && d.version < draft.version);
  const old = changed && before ? JSON.stringify(before.document[field as keyof typeof before.document]) ?? "" : "";
  return (sentence) => changed && before !== undefined && !old.includes(JSON.stringify(sentence).slice(1, -1));
}

function marked(text: string, offset: number, start: number, end: number, warnings: readonly Warning[]): ComponentChildren[] {
  return segments(start, end, warnings).map(({ start: from, end: to, span }) => {
    const words = text.slice(from - offset, to - offset);
    return span ? <span class={`doubt ${span.kind}`}>{words}</span> : words;
  });
}

/** The warnings about a text, each with its better wording one tap away. */
export function Warnings({ draft, path }: { draft: Draft; path: string }): VNode | null {
  const warnings = warningsAt(draft.document.warnings, path);
  if (warnings.length === 0) return null;
  return (
    <ul class="warnings">
      {warnings.map((warning) => <li key={`${warning.start} ${warning.word}`} class={warning.kind}><WarningLine draft={draft} warning={warning} /></li>)}
    </ul>
  );
}

function fieldOf(warning: Warning): Field {
  const name = warning.path.split("/")[1];
  return editable.find((field) => field === name) ?? "description";
}

function WarningLine({ draft, warning }: { draft: Draft; warning: Warning }): VNode {
  const { view } = usePage();
  const { start } = useEditing();
  const { change, trouble } = useChange(draft);
  const replace = () => void change((post) => replacement(post, warning) ?? {});
  return (
    <>
      <p><strong>{t.draft.warning[warning.kind]}: <q dir="auto">{warning.word}</q>.</strong> <span dir="auto">{warning.reason}</span></p>
      {warning.better ? (
        <button type="button" class="fix" disabled={view.link.state !== "open"} onClick={replace}>{fill(t.draft.better, { word: warning.better })}</button>
      ) : (
        <button type="button" class="fix" onClick={() => start(fieldOf(warning))}>{t.draft.rewrite}</button>
      )}
      {trouble && <p role="alert" class="form-trouble">{trouble}</p>}
    </>
  );
}
