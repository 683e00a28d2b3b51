import type { VNode } from "preact";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { branch, running } from "../client/tree";
import type { Unsent } from "../client/outbox";
import { t } from "../i18n";
import { Composer } from "./composer";
import { usePage } from "./context";
import { EmptyState } from "./empty";
import { useRows } from "./exchange";
import { Icon } from "./icons";
import { LinkBar } from "./linkbar";
import { useLive } from "./live";
import { UnsentMessage } from "./unsent";

/** The conversation: its messages and answers, and the message box. */
export function Chat({ greeting, fresh, again, storageKey }: { greeting: string | undefined; fresh: () => void; again: () => void; storageKey: string }): VNode {
  const { client } = usePage();
  const view = useLive(client);
  const exchanges = useMemo(() => branch(view.state), [view.state]);
  const edited = view.unsent.find((item) => item.source_id && exchanges.some((e) => e.message.id === item.source_id));
  const cut = edited ? exchanges.findIndex((e) => e.message.id === edited.source_id) : exchanges.length;
  const shown = exchanges.slice(0, cut);
  const unsent = view.unsent.filter((item) => !view.state.messages.some((m) => m.id === item.message_id));
  const rows = useRows(shown, unsent.length === 0);
  const blank = shown.length === 0 && unsent.length === 0;
  const loading = blank && view.state.session === null && view.link.state !== "idle" && view.link.state !== "refused";
  // Said where it is so: without a language model Parley answers in English, whatever the page speaks.
  const english = t.chat.english !== "" && view.state.responses.some((r) => r.model === "builtin");
  const active = running(view.state)?.id ?? "";
  return (
    <section class="chat" aria-label={t.chat.label} data-blank={blank}>
      <Scroller follow={blank ? "" : `${shown.length} ${unsent.length}`}>
        {blank && !loading && <EmptyState greeting={greeting} />}
        {loading && <Skeleton />}
        <ol class="exchanges">
          {rows}
          {unsent.map((item: Unsent) => <li key={item.message_id}><UnsentMessage item={item} /></li>)}
        </ol>
      </Scroller>
      <div class="foot">
        {useMemo(() => <LinkBar fresh={fresh} again={again} />, [fresh, again])}
        {english && <p class="hint english">{t.chat.english}</p>}
        {useMemo(() => <Composer storageKey={storageKey} first={blank} active={active} />, [storageKey, blank, active])}
      </div>
    </section>
  );
}

function Skeleton(): VNode {
  return (
    <div class="skeleton" role="status" aria-label={t.sessions.loading}>
      <span /><span /><span />
    </div>
  );
}

/**
 * Follows what `follow` names, nothing if that is empty.
 * Stays at the end while the person reads there, stays still once they have
 * scrolled up, and offers the way back when something new comes below.
 */
function Scroller({ follow, children }: { follow: string; children: preact.ComponentChildren }): VNode {
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const [below, setBelow] = useState(false);
  const toEnd = useCallback(() => {
    stuck.current = true;
    setBelow(false);
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, []);

  useLayoutEffect(() => {
    if (follow) toEnd();
    else stuck.current = false;
  }, [follow, toEnd]);
  useEffect(() => {
    if (!inner.current || !box.current) return;
    let height = inner.current.offsetHeight;
    const observer = new ResizeObserver(() => {
      const now = inner.current?.offsetHeight ?? 0;
      if (stuck.current) toEnd();
      else if (follow && now > height) setBelow(true);
      height = now;
    });
    observer.observe(inner.current);
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [follow, toEnd]);

  const scrolled = () => {
    const at = box.current;
    if (!at) return;
    stuck.current = follow !== "" && at.scrollHeight - at.scrollTop - at.clientHeight < 48;
    if (stuck.current) setBelow(false);
  };
  return (
    <div class="scroller">
      <div class="scroll-box" ref={box} onScroll={scrolled} tabIndex={-1}>
        <div class="column" ref={inner}>{children}</div>
      </div>
      {below && <button type="button" class="new-text" onClick={toEnd}><Icon name="below" />{t.chat.newText}</button>}
    </div>
  );
}
