import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../view/icons";
import { ago, instant, name, number, percent, since, span, t } from "../i18n";
import { filtered, nothing, tabs, toAddress, type Query, type Route, type Tab } from "../route";
import type { Counts } from "../types";
import type { Desk, State } from "./desk";
import { Filters } from "./filters";
import type { Item } from "./listing";
import { marksOf, pieces } from "./marks";
import { Visible } from "./visible";

interface Props {
  desk: Desk;
  state: State;
  route: Route;
  go: (route: Route) => void;
}

/** The list of cases, with its tabs and filters. */
export function List({ desk, state, route, go }: Props): VNode {
  const { query } = route;
  const ask = (change: Partial<Query>) => go({ ...route, query: { ...query, ...change }, case: "" });
  return (
    <section class="list" aria-label={t("queue.list")}>
      <nav class="case-tabs" aria-label={t("queue.tabs")}>
        {tabs.map((tab) => (
          <a key={tab} href={toAddress({ ...route, query: { ...query, tab }, case: "" })} aria-current={query.tab === tab ? "page" : undefined} onClick={(event) => { event.preventDefault(); ask({ tab }); }}>
            {t(`tab.${tab}`)} {state.counts && <span class="count">{number(countOf(state.counts, tab))}</span>}
          </a>
        ))}
      </nav>
      <div class="list-tools">
        <Search key={query.text} text={query.text} search={(text) => ask({ text })} />
        <Filters desk={desk} state={state} query={query} ask={ask} />
      </div>
      {state.stale && <p class="stale" role="status">{t("trouble.stale")}</p>}
      {state.fresh > 0 && (
        <p class="news" role="status">
          <span>{t("queue.new", { n: state.fresh })}</span>
          <button type="button" class="link" onClick={() => void desk.ask(query)}>{t("queue.showNew")}</button>
        </p>
      )}
      <div class="rows" id="content" tabIndex={-1} aria-busy={state.loading}>
        {state.items.length > 0 && <ul>{state.items.map((item) => <Row key={item.id} item={item} state={state} route={route} go={go} />)}</ul>}
        {state.items.length === 0 && !state.loading && <Nothing desk={desk} state={state} ask={ask} />}
        {state.items.length === 0 && state.loading && <div class="waiting" aria-hidden="true">{[0, 1, 2, 3].map((i) => <span key={i} />)}</div>}
        {state.next && <button type="button" class="more" disabled={state.loading} onClick={() => void desk.more()}>{t("queue.more")}</button>}
      </div>
    </section>
  );
}

function countOf(counts: Counts, tab: Tab): number {
  return tab === "appeals" ? counts.appeals : (counts.status[tab] ?? 0);
}

function Search({ text, search }: { text: string; search: (text: string) => void }): VNode {
  const [value, set] = useState(text);
  return (
    <form role="search" class="case-search" onSubmit={(event) => { event.preventDefault(); search(value.trim()); }}>
      <Icon name="search" />
      <input id="case-search" type="search" aria-label={t("queue.search")} placeholder={t("queue.search")} value={value} maxLength={200}
        onInput={(event) => { set(event.currentTarget.value); if (!event.currentTarget.value && text) search(""); }} />
    </form>
  );
}

function Nothing({ desk, state, ask }: { desk: Desk; state: State; ask: (change: Partial<Query>) => void }): VNode {
  if (state.trouble) {
    return (
      <div class="nothing" role="alert">
        <p>{state.trouble.kind === "offline" ? t("trouble.offline") : state.trouble.detail}</p>
        <button type="button" onClick={() => void desk.ask(state.query)}>{t("trouble.again")}</button>
      </div>
    );
  }
  if (filtered(state.query) > 0 || state.query.text) {
    const { tab, oldest } = state.query;
    return <div class="nothing"><p>{t("queue.noneFiltered")}</p><button type="button" onClick={() => ask({ ...nothing, tab, oldest })}>{t("queue.clear")}</button></div>;
  }
  if (state.query.tab !== "waiting") return <div class="nothing"><p>{t("queue.none")}</p></div>;
  return <div class="nothing"><h2>{t("queue.done.title")}</h2><p>{t("queue.done.text")}</p></div>;
}

interface RowProps { item: Item; state: State; route: Route; go: (route: Route) => void }

function Row({ item, state, route, go }: RowProps): VNode {
  const here = state.current === item.id;
  const row = useRef<HTMLAnchorElement>(null);
  useEffect(() => { if (here) row.current?.scrollIntoView({ block: "nearest" }); }, [here]);
  const to = { ...route, case: item.id };
  const { verdict, message } = item;
  const who = item.assignee ? (state.people[item.assignee] ?? item.assignee) : "";
  return (
    <li>
      <a ref={row} class={`row ${item.gone ? "gone" : ""}`} href={toAddress(to)} data-case={item.id} aria-current={here ? "true" : undefined} onClick={(event) => { if (!event.ctrlKey && !event.metaKey) { event.preventDefault(); go(to); } }}>
        <span class="row-head">
          <span class={`dot ${verdict.decision}`} title={name("action", verdict.decision)}><span class="offscreen">{name("action", verdict.decision)}</span></span>
          <strong>{name("sender", message.sender || "unknown")}</strong>
          {message.channel && message.channel !== "message" && <span class="quiet">{name("channel", message.channel)}</span>}
          <span class="spring" />
          {item.gone ? <span class="tag">{t("queue.gone")}</span> : <Deadline item={item} />}
          <time dateTime={item.created} title={instant(item.created)}>{ago(item.created)}</time>
        </span>
        <span class="row-text" dir="auto"><Excerpt item={item} /></span>
        <span class="row-foot">
          {(verdict.labels ?? []).map((label) => <span class="label" key={label}>{name("label", label)}</span>)}
          {item.appeal && item.status !== "decided" && <span class="label appeal">{t("queue.appeal")}</span>}
          <span class="spring" />
          {who && <span class="assignee" title={t("queue.by", { who })}>{initials(who)}<span class="offscreen">{t("queue.by", { who })}</span></span>}
          <span class="score" title={t("queue.score")}>{percent(verdict.score)}</span>
        </span>
      </a>
    </li>
  );
}

/** What is held is decided by itself at some time: that is told when it comes near. */
export function Deadline({ item }: { item: Item }): VNode | null {
  if (!item.deadline || item.status === "decided") return null;
  const left = -since(item.deadline);
  const text = left < 0 ? t("case.overdue") : t("case.deadline", { span: span(left) });
  return <span class={`deadline ${left < 3600 ? "near" : ""}`} title={`${text}: ${instant(item.deadline)}`}><Icon name="clock" />{left < 0 ? "!" : span(left)}<span class="offscreen">{text}</span></span>;
}

function Excerpt({ item }: { item: Item }): VNode {
  const { text } = item.message;
  const first = Math.min(...marksOf(item.verdict.marks, 0).map((mark) => mark.start), text.length);
  const from = first > 60 && first < text.length ? text.lastIndexOf(" ", first - 30) + 1 : 0;
  return (
    <>
      {from > 0 && "… "}
      {pieces(text, marksOf(item.verdict.marks, 0), from, Math.min(text.length, from + 260)).map((piece) => (piece.marks.length ? <b key={piece.start}><Visible text={piece.text} /></b> : <Visible key={piece.start} text={piece.text} />))}
    </>
  );
}

export function initials(who: string): string {
  return who.split(/\s+/).slice(0, 2).map((word) => String.fromCodePoint(word.codePointAt(0) ?? 32)).join("").trim().toLocaleUpperCase();
}
