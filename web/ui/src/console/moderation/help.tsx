import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t, type Key } from "../i18n";
import { lettersOn, setLetters } from "../letters";

const reading: [string, Key][] = [["j", "help.j"], ["k", "help.k"], ["/", "help.slash"], ["p", "help.p"], ["Esc", "help.escape"], ["?", "help.question"]];
const deciding: [string, Key][] = [["d", "help.d"], ["b", "help.b"], ["h", "help.h"], ["1 – 9", "help.digits"], ["n", "help.n"], ["a", "help.a"], ["u", "help.u"]];

/** The keys, and the switch that turns them off. */
export function Help({ viewer, close }: { viewer: boolean; close: () => void }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(lettersOn);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="help-title" class="shortcuts">
      <h2 id="help-title">{t("help.title")}</h2>
      <dl>{[...(viewer ? [] : deciding), ...reading].map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{t(what)}</dd></div>)}</dl>
      <label class="tick"><input type="checkbox" checked={on} onChange={(event) => { setLetters(event.currentTarget.checked); setOn(event.currentTarget.checked); }} />{t("help.on")}</label>
      <div class="form-actions"><button type="button" class="primary" onClick={() => dialog.current?.close()}>{t("help.close")}</button></div>
    </dialog>
  );
}
