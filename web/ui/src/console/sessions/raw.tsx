import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { copyText, useFlash } from "../../view/hooks";
import { t } from "./texts";
import type { Turn } from "./types";

/** All that the server keeps of the turn, to be copied. */
export function Raw({ turn }: { turn: Turn }): VNode {
  const text = useMemo(() => JSON.stringify(turn, null, 2), [turn]);
  const [done, flash] = useFlash();
  return (
    <>
      <p><button type="button" onClick={() => void copyText(text).then((ok) => { if (ok) flash(); })}>{t(done ? "copied" : "copyAll")}</button></p>
      <pre class="raw" dir="ltr">{text}</pre>
    </>
  );
}
