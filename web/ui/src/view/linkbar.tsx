import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { refusal, type Link } from "../client/connection";
import { explain, fill, t } from "../i18n";
import { usePage } from "./context";

/** Says plainly how the connection stands, and nothing while it is fine. */
export function LinkBar({ fresh, again }: { fresh: () => void; again: () => void }): VNode {
  const { view } = usePage();
  const words = useCalm(view.link, view.unsent.length);
  const refused = view.link.state === "refused" ? refusal(view.link.code) : view.state.deleted ? "deleted" : null;
  return (
    <div class="linkbar" role="status" data-link={view.link.state}>
      {refused && (
        <p class="notice refused">
          <span>{t.link[refused]}</span>
          {refused === "broken" ? <button type="button" onClick={again}>{t.link.again}</button> : <button type="button" onClick={fresh}>{t.link.fresh}</button>}
        </p>
      )}
      {!refused && !words && view.trouble && <p class="notice">{explain(view.trouble)}</p>}
      {!refused && words && <p class="notice"><span class="pulse" aria-hidden="true" />{words}</p>}
    </div>
  );
}

/** A reconnect that takes a blink is not worth a word. */
function useCalm(link: Link, kept: number): string {
  const [shown, setShown] = useState(false);
  const trouble = link.state === "waiting" || (link.state === "connecting" && link.attempt > 0);
  const offline = link.state === "waiting" && link.offline;
  useEffect(() => {
    if (!trouble) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), offline ? 0 : 700);
    return () => clearTimeout(timer);
  }, [trouble, offline]);
  if (!trouble || !shown) return "";
  const gone = offline || !navigator.onLine;
  if (kept > 0) return fill(gone ? t.link.offlineKept : t.link.reconnectingKept, { n: kept });
  return gone ? t.link.offline : t.link.reconnecting;
}
