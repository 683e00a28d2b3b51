import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { fill, t } from "../i18n";
import { useAutoGrow } from "./hooks";

/** How many words a client reads of a proposal. */
const most = 200;

interface FormProps {
  value: string;
  label: string;
  save: (value: string) => Promise<boolean>;
  trouble: string;
  busy: boolean;
  close: () => void;
  /** Said above the box. */
  hint?: string;
  /** What the button says that sends the text, where it is not saved. */
  send?: string;
  /** Whether the words are counted. */
  counted?: boolean;
}

/** A text being rewritten. What it was stays until it is saved. */
export function TextForm({ value, label, save, trouble, busy, close, hint, send = t.draft.save, counted }: FormProps): VNode {
  const [form, setForm] = useState(value);
  const box = useRef<HTMLTextAreaElement>(null);
  useAutoGrow(box, form);
  useLayoutEffect(() => box.current?.focus(), []);
  const submit = () => void save(form.trim()).then((done) => done && close());
  return (
    <form class="edit-form" onSubmit={(event) => { event.preventDefault(); submit(); }} onKeyDown={(event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") { event.stopPropagation(); close(); }
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); submit(); }
    }}>
      {hint && <p class="hint">{hint}</p>}
      <textarea class="letter-box" ref={box} rows={3} dir="auto" value={form} aria-label={label} onInput={(e) => setForm(e.currentTarget.value)} />
      {trouble && <p role="alert" class="form-trouble">{trouble}</p>}
      <div class="form-actions">
        <button type="submit" class="primary" disabled={busy}>{send}</button>
        <button type="button" onClick={close}>{t.draft.cancel}</button>
        <span class="hint">{counted ? fill(t.letter.wordsOf, { n: words(form), most }) : t.draft.hint.block}</span>
      </div>
    </form>
  );
}

/** How many words a text has. */
export function words(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
