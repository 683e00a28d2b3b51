import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { composerId } from "./composer";

/** Which side of the page a narrow screen shows. */
export type Pane = "chat" | "draft";

interface Actions {
  help: () => void;
  setPane: (pane: Pane) => void;
  fresh: () => void;
}

/** What keys do everywhere on the page; the dialog lists them. */
export function useShortcuts({ help, setPane, fresh }: Actions): void {
  const start = useRef(fresh);
  start.current = fresh;
  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      if (((event.ctrlKey || event.metaKey) && event.key === "/") || (event.key === "?" && !inText(event.target))) help();
      else if (!event.altKey || event.ctrlKey || event.metaKey) return;
      else if (event.code === "KeyM") { setPane("chat"); focusOn(composerId); }
      else if (event.code === "KeyJ") { setPane("draft"); focusOn("draft"); }
      else if (event.code === "KeyK") document.querySelector<HTMLElement>(".conversations > button")?.click();
      else if (event.code === "KeyN") start.current();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", keyDown);
    return () => window.removeEventListener("keydown", keyDown);
  }, [help, setPane]);
}

/** Whether a key there writes a letter. */
function inText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

export function Shortcuts({ close }: { close: () => void }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => before instanceof HTMLElement && before.isConnected && before.focus();
  }, []);
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="shortcuts-title" class="shortcuts">
      <h2 id="shortcuts-title">{t.shortcuts.title}</h2>
      <dl>{t.shortcuts.list.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl>
      <div class="form-actions"><button type="button" class="primary" onClick={() => dialog.current?.close()}>{t.shortcuts.close}</button></div>
    </dialog>
  );
}

/** Brings an element into view and puts the focus there, after what is under way has been drawn. */
export function focusOn(id: string): void {
  setTimeout(() => {
    const element = document.getElementById(id);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    element?.closest("[data-all]")?.setAttribute("data-all", "true");
    element?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "center" });
    element?.focus({ preventScroll: true });
  }, 30);
}
