import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t as common } from "../i18n";
import { lettersOn, setLetters } from "../letters";
import { t } from "./texts";

const keys = [["j", "help.j"], ["k", "help.k"], ["Enter", "help.enter"], ["/", "help.slash"], ["Esc", "help.escape"], ["?", "help.question"]] as const;

/** The keys, and the switch that turns them off. */
export function Help({ close }: { close: () => void }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(lettersOn);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="help-title" class="shortcuts">
      <h2 id="help-title">{common("help.title")}</h2>
      <dl>{keys.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{t(what)}</dd></div>)}</dl>
      <label class="tick"><input type="checkbox" checked={on} onChange={(event) => { setLetters(event.currentTarget.checked); setOn(event.currentTarget.checked); }} />{common("help.on")}</label>
      <div class="form-actions"><button type="button" class="primary" onClick={() => dialog.current?.close()}>{common("help.close")}</button></div>
    </dialog>
  );
}
