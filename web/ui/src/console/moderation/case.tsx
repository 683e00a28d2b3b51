import type { RefObject, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../view/icons";
import { ago, instant, name, t } from "../i18n";
import type { Detail, Label } from "../types";
import { DecisionBar } from "./bar";
import type { Conflict, Desk, State } from "./desk";
import { History, said } from "./history";
import { initials, Deadline } from "./list";
import { Conversation } from "./message";
import { Facts, Reasons } from "./reasons";
import { Scores } from "./scores";

interface Props {
  desk: Desk;
  state: State;
  close: () => void;
  policy: (label: Label) => void;
}

/** The case that is open, with all that a reviewer needs to decide it. */
export function CaseView({ desk, state, close, policy }: Props): VNode {
  const { detail, current } = state;
  const top = useRef<HTMLHeadingElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  // Whoever moves on by keys or by deciding hears and sees the next case from its beginning.
  useEffect(() => {
    if (!detail) return;
    scroll.current?.scrollTo({ top: 0 });
    const focused = document.activeElement;
    if (!focused || focused === document.body || focused.closest(".case, .list")) top.current?.focus({ preventScroll: true });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- with another case only
  }, [detail?.case.id]);
  if (!current) return <Invitation desk={desk} state={state} />;
  return (
    <section class="case" aria-label={t("case.region")} aria-busy={!detail && !state.caseTrouble}>
      <Bar desk={desk} state={state} close={close} heading={top} />
      {state.caseTrouble && (
        <div class="nothing" role="alert">
          <p>{state.caseTrouble.kind === "offline" ? t("trouble.offline") : state.caseTrouble.code === "not_found" ? t("case.missing") : state.caseTrouble.detail}</p>
          {state.caseTrouble.kind === "offline" && <button type="button" onClick={() => desk.again()}>{t("trouble.again")}</button>}
        </div>
      )}
      {detail && (
        <>
          <div class="case-scroll" ref={scroll}>
            {state.conflict?.case === current && <Notice conflict={state.conflict} desk={desk} />}
            <div class="case-columns">
              <div class="case-main">
                {detail.case.appeal && <Appeal detail={detail} />}
                <Conversation key={detail.case.id} detail={detail} />
                <Reasons detail={detail} policy={policy} />
              </div>
              <aside class="case-side" aria-label={t("case.details")}>
                <Scores detail={detail} />
                <History detail={detail} />
                <Facts detail={detail} />
              </aside>
            </div>
          </div>
          {desk.mayDecide ? <DecisionBar desk={desk} detail={detail} draft={desk.draft} /> : <p class="read-only">{t("case.viewer")}</p>}
        </>
      )}
    </section>
  );
}

function Bar({ desk, state, close, heading }: { desk: Desk; state: State; close: () => void; heading: RefObject<HTMLHeadingElement | null> }): VNode {
  const { detail, items } = state;
  const c = detail?.case;
  const who = c?.assignee ? (detail?.people[c.assignee] ?? c.assignee) : "";
  return (
    <header class="case-bar">
      <button type="button" class="tool back" aria-label={t("case.back")} title={t("case.back")} onClick={close}><Icon name="left" /></button>
      <h2 ref={heading} tabIndex={-1}>{c ? name("sender", c.message.sender || "unknown") : t("app.loading")}</h2>
      {c && detail && (
        <>
          <span class={`pill ${c.verdict.decision}`}>{name("action", c.verdict.decision)}</span>
          {c.status === "judging" && <span class="pill">{t("status.judging")}</span>}
          <span class="quiet bar-age">{name("channel", c.message.channel ?? "message")} · <time dateTime={c.created} title={instant(c.created)}>{ago(c.created)}</time></span>
          <Deadline item={c} />
          {who && <span class="assignee" title={t("queue.by", { who })}>{initials(who)}<span class="offscreen">{t("queue.by", { who })}</span></span>}
        </>
      )}
      <span class="spring" />
      {desk.place >= 0 && <span class="quiet position">{t("case.position", { at: desk.place + 1, of: items.length })}</span>}
      <button type="button" class="tool" aria-label={t("case.previous")} title={`${t("case.previous")} (k)`} disabled={desk.place <= 0} onClick={() => desk.step(-1)}><span class="turned"><Icon name="below" /></span></button>
      <button type="button" class="tool" aria-label={t("case.next")} title={`${t("case.next")} (j)`} disabled={desk.place >= items.length - 1 && !state.next} onClick={() => desk.step(1)}><Icon name="below" /></button>
    </header>
  );
}

function Appeal({ detail }: { detail: Detail }): VNode {
  return (
    <section class="callout appeal" aria-label={t("case.appeal")}>
      <h3>{t("case.appeal")} {detail.case.appealed && <time class="quiet" dateTime={detail.case.appealed}>{ago(detail.case.appealed)}</time>}</h3>
      <blockquote dir="auto">{said(detail.case.appeal ?? "")}</blockquote>
    </section>
  );
}

function Notice({ conflict, desk }: { conflict: Conflict; desk: Desk }): VNode {
  const { entry, people } = conflict;
  const labels = (entry?.labels ?? []).map((label) => name("label", label)).join(", ");
  const what = entry ? [entry.decision ? name("action", entry.decision) : t(`history.${entry.kind === "assigned" ? "givenBack" : entry.kind}`), labels].filter(Boolean).join(": ") : "";
  return (
    <section class="callout conflict" aria-label={t("conflict.title")}>
      <h3>{t("conflict.title")}</h3>
      {entry && <p>{t("conflict.text", { who: people[entry.actor] ?? name("actor", entry.actor), what: entry.kind === "assigned" && entry.note ? t("history.assigned", { who: people[entry.note] ?? entry.note }) : what, ago: ago(entry.at) })}</p>}
      {entry?.note && entry.kind === "reviewed" && <blockquote dir="auto">{said(entry.note)}</blockquote>}
      <p class="quiet">{t("conflict.kept")}</p>
      <button type="button" onClick={() => desk.dismissConflict()}>{t("conflict.dismiss")}</button>
    </section>
  );
}

/** What stands beside the list as long as no case is open. */
function Invitation({ desk, state }: { desk: Desk; state: State }): VNode {
  const waiting = state.counts?.status.waiting ?? 0;
  const asks = state.query.tab === "waiting" && waiting > 0;
  return (
    <section class="case invitation" aria-label={t("case.region")}>
      {state.items.length > 0 && (
        <div>
          <h2>{asks ? t("queue.startTitle", { n: waiting }) : t("queue.choose")}</h2>
          <p>{asks && state.counts?.oldest ? t("queue.startText", { ago: ago(state.counts.oldest) }) : asks ? t("queue.startPlain") : t("queue.chooseText")}</p>
          <button type="button" class="primary" onClick={() => desk.step(1)}>{t("queue.start")} <kbd>j</kbd></button>
        </div>
      )}
    </section>
  );
}
