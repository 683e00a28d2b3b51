import "./style.css";
import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../view/icons";
import { trouble, Refused } from "../api";
import { t as shell } from "../i18n";
import { t } from "./texts";

/** What went wrong, in words, and the field of the form that it is about. */
export interface Wrong { text: string; field: string }

export function wrongOf(error: unknown): Wrong {
  const what = trouble(error);
  const field = error instanceof Refused && typeof error.problem.field === "string" ? error.problem.field : "";
  const text = what.kind === "offline" ? t("offline") : what.detail;
  return { text: field && text.startsWith(`${field}: `) ? text.slice(field.length + 2) : text, field };
}

/** A field with its label, a hint, and what is wrong with it. */
export function Field({ id, label, hint, wrong, children }: { id: string; label: string; hint?: string; wrong?: string; children: ComponentChildren }): VNode {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {hint && <p id={`${id}-hint`} class="quiet">{hint}</p>}
      {wrong && <p id={`${id}-wrong`} class="field-wrong" role="alert">{wrong}</p>}
    </div>
  );
}

/** What describes a field to who does not see it. */
export function described(id: string, hint: boolean, wrong?: string): string | undefined {
  return [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ") || undefined;
}

/** A text to take along. */
export function Copy({ text, label }: { text: string; label: string }): VNode {
  const [done, set] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(text).then(() => {
      set(true);
      setTimeout(() => set(false), 2000);
    }, () => undefined);
  };
  return <button type="button" class="copy" onClick={copy}><Icon name={done ? "check" : "copy"} />{done ? t("copied") : label}<span class="offscreen" role="status">{done ? t("copied") : ""}</span></button>;
}

/** A dialog over the page. Escape closes it, unless it is firm. */
export function Dialog({ title, close, firm, children }: { title: string; close: () => void; firm?: boolean; children: ComponentChildren }): VNode {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => { element.current?.showModal(); }, []);
  return (
    <dialog ref={element} class="settings-dialog" aria-labelledby="dialog-title" onClose={close} onCancel={(event) => { if (firm) event.preventDefault(); }}>
      <h2 id="dialog-title">{title}</h2>
      {children}
    </dialog>
  );
}

/** Asks before something that cuts somebody off. */
export function Confirm({ title, text, go, act, close }: { title: string; text: string; go: string; act: () => Promise<unknown>; close: () => void }): VNode {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const sure = () => {
    setBusy(true);
    act().then(close, (error: unknown) => {
      setWrong(wrongOf(error).text);
      setBusy(false);
    });
  };
  return (
    <Dialog title={title} close={close}>
      <p>{text}</p>
      {wrong && <p class="field-wrong" role="alert">{wrong}</p>}
      <div class="dialog-buttons">
        <button type="button" class="quiet" onClick={close}>{t("cancel")}</button>
        <button type="button" class="danger" disabled={busy} onClick={sure}>{go}</button>
      </div>
    </Dialog>
  );
}

/** A secret that is shown once. It is left by a button only, so that no slip loses it. */
export function Secret({ title, text, secret, close }: { title: string; text: string; secret: string; close: () => void }): VNode {
  return (
    <Dialog title={title} close={close} firm>
      <p>{text}</p>
      <p class="secret"><code translate={false}>{secret}</code></p>
      <div class="dialog-buttons"><Copy text={secret} label={t("copy")} /><button type="button" class="primary" onClick={close}>{t("kept")}</button></div>
    </Dialog>
  );
}

/** What could not be loaded, with another try. */
export function Broken({ text, again }: { text: string; again: () => void }): VNode {
  return <div class="nothing" role="alert"><p>{text}</p><button type="button" onClick={again}>{shell("trouble.again")}</button></div>;
}
