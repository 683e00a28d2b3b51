import { createContext, type ComponentChildren, type VNode } from "preact";
import { useContext, useLayoutEffect, useRef, useState } from "preact/hooks";
import { RequestError } from "../../client/problem";
import type { Draft } from "../../client/protocol";
import { patchFor, type Field } from "../../draft/post";
import { same } from "../../draft/patch";
import { explain, fill, t } from "../../i18n";
import { usePage } from "../context";

/** Which fields are open for editing. Several may be, so that opening one loses nothing of another. */
export interface Editing {
  open: ReadonlySet<Field>;
  start: (field: Field) => void;
  stop: (field: Field) => void;
}

export const EditingContext = createContext<Editing | null>(null);

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error("useEditing outside of a draft");
  return editing;
}

type Trouble = { kind: "stale" } | { kind: "offline" } | { kind: "failed"; why: string };

interface Props<T> {
  draft: Draft;
  field: Field;
  /** The field as the form shows it, made from the document. */
  read: (value: unknown) => T;
  /** The field as the document keeps it. */
  write: (form: T) => unknown;
  /** A field in words, to show what it says now when somebody else changed it. */
  words: (value: unknown) => string;
  /** Enter saves; in a block it starts a new line and Ctrl + Enter saves. */
  block?: boolean;
  children: (form: T, set: (form: T) => void) => ComponentChildren;
}

/** The form that stands in a field's place while it is edited. */
export function EditForm<T>({ draft, field, read, write, words, block, children }: Props<T>): VNode {
  const { client } = usePage();
  const { stop } = useEditing();
  const base = useRef<unknown>(draft.document[field]);
  const [form, set] = useState<T>(() => read(draft.document[field]));
  const [saving, setSaving] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [shown, setShown] = useState<unknown>(null);
  const ref = useRef<HTMLFormElement>(null);

  useLayoutEffect(() => {
    const input = ref.current?.querySelector<HTMLElement>("input, textarea, select");
    input?.focus();
    if (input instanceof HTMLInputElement && input.type === "text") input.select();
  }, []);

  const stale = (now: unknown) => {
    base.current = now;
    setShown(now);
    setTrouble({ kind: "stale" });
  };

  // What is saved is compared with what the person began from, so that a change
  // made elsewhere in between is shown to them and not written over.
  const save = async (current: Draft, retried = false): Promise<void> => {
    const value = write(form);
    const now = current.document[field];
    if (!same(now ?? null, base.current ?? null)) {
      stale(now);
      return;
    }
    const patch = patchFor(current.document, field, value);
    if (patch === undefined) {
      stop(field);
      return;
    }
    setSaving(true);
    setTrouble(null);
    try {
      await client.updateDraft(current.draft_id, current.version, patch);
      stop(field);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      const { problem } = error;
      if (problem.code === "stale_version" && problem.current && !retried) await save(problem.current, true);
      else if (problem.code === "stale_version" && problem.current) stale(problem.current.document[field]);
      else setTrouble(problem.code === "offline" ? { kind: "offline" } : { kind: "failed", why: explain(problem) });
    } finally {
      setSaving(false);
    }
  };

  const close = () => {
    stop(field);
    requestAnimationFrame(() => document.getElementById(`edit-${field}`)?.focus());
  };
  return (
    <form
      class="edit-form"
      ref={ref}
      aria-label={fill(t.draft.edit, { slot: t.draft.sections[field] ?? field })}
      onSubmit={(event) => { event.preventDefault(); void save(draft); }}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === "Escape") { event.stopPropagation(); close(); }
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); void save(draft); }
      }}
    >
      {trouble && <TroubleNote trouble={trouble} now={words(shown)} />}
      {children(form, set)}
      <div class="form-actions">
        <button type="submit" class="primary" disabled={saving}>{saving ? t.draft.saving : t.draft.save}</button>
        <button type="button" onClick={close}>{t.draft.cancel}</button>
        <span class="hint">{block ? t.draft.hint.block : t.draft.hint.line}</span>
      </div>
    </form>
  );
}

function TroubleNote({ trouble, now }: { trouble: Trouble; now: string }): VNode {
  return (
    <div class="form-trouble" role="alert">
      {trouble.kind === "stale" && (
        <>
          <p>{t.draft.stale}</p>
          <blockquote dir="auto">{now || t.draft.nothing}</blockquote>
          <p>{t.draft.staleAgain}</p>
        </>
      )}
      {trouble.kind === "offline" && <p>{t.draft.notSaved}</p>}
      {trouble.kind === "failed" && <p>{fill(t.draft.failed, { why: trouble.why })}</p>}
    </div>
  );
}
