import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";
import { undoTime, type Undo } from "./desk";

/** What was said last; `at` tells two equal sentences apart. */
export interface Said { text: string; kind: "done" | "bad"; at: number }

interface Props {
  said: Said;
  undo: Undo | null;
  take: () => void;
  /** Opens the case that somebody else was first with. */
  conflict: (() => void) | null;
}

/** Says what came of a decision, to eyes and to screen readers, and offers to undo it. */
export function Toast({ said, undo, take, conflict }: Props): VNode {
  const [shown, show] = useState(false);
  useEffect(() => {
    if (!said.at) return;
    show(true);
    const timer = setTimeout(() => show(false), undoTime);
    return () => clearTimeout(timer);
  }, [said.at]);
  return (
    <div class="toasts">
      <p class="offscreen" role={said.kind === "bad" ? "alert" : "status"} key={`${said.kind}${said.at}`}>{said.text}</p>
      {shown && said.text && (
        <div class={`toast ${said.kind}`} key={said.at}>
          <span aria-hidden="true">{said.text}</span>
          {conflict && <button type="button" class="link" onClick={conflict}>{t("conflict.open")}</button>}
          {undo && said.kind === "done" && <button type="button" class="link" onClick={take}>{t("decide.undo")} <kbd>u</kbd></button>}
          <button type="button" class="tool" aria-label={t("toast.close")} onClick={() => show(false)}>×</button>
        </div>
      )}
    </div>
  );
}
