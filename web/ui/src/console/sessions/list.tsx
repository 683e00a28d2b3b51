import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../view/icons";
import type { Trouble } from "../api";
import { ago, instant, number, t as common } from "../i18n";
import { Visible } from "../moderation/visible";
import { nothing, toAddress, type Query, type Route } from "./address";
import { Filters } from "./filters";
import { pieces, plain } from "./listing";
import { named, t } from "./texts";
import type { Listing, Summary } from "./types";

interface Props {
  list: Listing | null;
  wrong: Trouble | null;
  loading: boolean;
  route: Route;
  go: (route: Route) => void;
  more: () => void;
  again: () => void;
}

/** The conversations that pass the filters, newest activity first. */
export function List({ list, wrong, loading, route, go, more, again }: Props): VNode {
  const ask = (change: Partial<Query>) => go({ ...route, query: { ...route.query, ...change }, session: "", turn: "" });
  return (
    <section class="list" aria-label={t("list")}>
      <div class="list-tools">
        <Search key={route.query.text} text={route.query.text} search={(text) => ask({ text })} />
        <Filters query={route.query} ask={ask} />
      </div>
      {wrong && list && <p class="stale" role="status">{common("trouble.stale")} <button type="button" class="link" onClick={again}>{common("trouble.again")}</button></p>}
      <div class="rows" id="content" tabIndex={-1} aria-busy={loading || (!list && !wrong)}>
        {list && list.sessions.length > 0 && <ul>{list.sessions.map((s) => <Row key={s.id} session={s} route={route} go={go} />)}</ul>}
        {list?.sessions.length === 0 && (plain(route.query)
          ? <div class="nothing"><h2>{t("none.title")}</h2><p>{t("none.text")}</p></div>
          : <div class="nothing"><p>{t("none.filtered")}</p><button type="button" onClick={() => ask(nothing)}>{common("queue.clear")}</button></div>)}
        {!list && wrong && <div class="nothing" role="alert"><p>{wrong.kind === "offline" ? common("trouble.offline") : wrong.detail}</p><button type="button" onClick={again}>{common("trouble.again")}</button></div>}
        {!list && !wrong && <div class="waiting" aria-hidden="true">{[0, 1, 2, 3].map((i) => <span key={i} />)}</div>}
        {list?.next && <button type="button" class="more" disabled={loading} onClick={more}>{common("queue.more")}</button>}
      </div>
    </section>
  );
}

function Search({ text, search }: { text: string; search: (text: string) => void }): VNode {
  const [value, set] = useState(text);
  return (
    <form role="search" class="case-search" onSubmit={(event) => { event.preventDefault(); search(value.trim()); }}>
      <Icon name="search" />
      <input id="session-search" type="search" aria-label={t("search")} placeholder={t("search")} value={value} maxLength={200}
        onInput={(event) => { set(event.currentTarget.value); if (!event.currentTarget.value && text) search(""); }} />
    </form>
  );
}

function Row({ session: s, route, go }: { session: Summary; route: Route; go: (route: Route) => void }): VNode {
  const here = route.session === s.id;
  const row = useRef<HTMLAnchorElement>(null);
  useEffect(() => { if (here) row.current?.scrollIntoView({ block: "nearest" }); }, [here]);
  const to = { ...route, session: s.id, turn: s.excerpt?.response_id ?? "" };
  const noteworthy = s.status && s.status !== "completed" ? s.status : "";
  return (
    <li>
      <a ref={row} class="row" href={toAddress(to)} data-session={s.id} aria-current={here ? "true" : undefined} onClick={(event) => { if (!event.ctrlKey && !event.metaKey) { event.preventDefault(); go(to); } }}>
        <span class="row-head">
          {s.status === "running" && <span class="dot-live" aria-hidden="true" />}
          <strong class="row-title" dir="auto"><Visible text={s.title || s.first || t("untitled")} /></strong>
          <span class="spring" />
          {noteworthy && <span class={`pill ${tone(noteworthy)}`}>{named("status", noteworthy)}</span>}
          {(s.down ?? 0) > 0 && <span class="pill block" title={t("down", { n: s.down ?? 0 })}><Icon name="down" /><span class="offscreen">{t("down", { n: s.down ?? 0 })}</span><span aria-hidden="true">{number(s.down ?? 0)}</span></span>}
          <time dateTime={s.updated} title={instant(s.updated)}>{ago(s.updated)}</time>
        </span>
        {s.excerpt?.text && <span class="row-text" dir="auto">{pieces(s.excerpt.text, s.excerpt.marks).map((p, i) => (p.marked ? <b key={i}><Visible text={p.text} /></b> : <Visible key={i} text={p.text} />))}</span>}
        <span class="row-foot">
          <span>{named("role", s.role)}</span>
          <span>{t("messages", { n: s.messages })}</span>
          {s.workflows.map((w) => <span class="label" key={w}>{named("workflow", w)}</span>)}
        </span>
      </a>
    </li>
  );
}

/** How a status stands out. */
export function tone(status: string): string {
  return { running: "deliver", held: "hold", incomplete: "hold", failed: "block" }[status] ?? "";
}
