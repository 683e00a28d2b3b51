import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "../../view/icons";
import { trouble, type Api } from "../api";
import { language, t as say } from "../i18n";
import { address } from "../place";
import type { Operator } from "../types";
import { Document } from "./document";
import { pay } from "./money";
import { t } from "./texts";
import { kinds, type Counts, type Page, type Row, type Shown } from "./types";

export interface BrowserProps {
  api: Api;
  me: Operator;
  shown: Shown;
  to: (next: Partial<Shown>) => string;
  go: (address: string, replace?: boolean) => void;
  counts: Counts | null;
  changed: () => void;
}

const levels = ["entry", "intermediate", "expert"] as const;
const typed = 250; // ms without a key before the search is asked for

/** The list of documents beside the one that is open. */
export function Browser(props: BrowserProps): VNode {
  const { api, shown, to, go, changed } = props;
  const [page, setPage] = useState<Page | null>(null);
  const [wrong, setWrong] = useState("");
  const [tries, again] = useState(0);
  const { kind, q, category, level } = shown;
  const path = useMemo(() => address(`/v1/console/documents/${kind}`, { q, category, level }), [kind, q, category, level]);
  useEffect(() => {
    const stop = new AbortController();
    setPage(null);
    setWrong("");
    api.get(path, stop.signal).then((answer) => setPage(answer as Page), (error: unknown) => {
      if (!stop.signal.aborted) setWrong(told(error));
    });
    return () => stop.abort();
  }, [api, path, tries]);
  const more = () => {
    if (!page?.next) return;
    api.get(`${path}${path.includes("?") ? "&" : "?"}offset=${page.next}`).then((answer) => {
      const next = answer as Page;
      setPage({ ...next, documents: [...page.documents, ...next.documents] });
    }, (error: unknown) => setWrong(told(error)));
  };
  return (
    <>
      <section class="list" aria-label={t("list")}>
        <Tools {...props} />
        <div class="rows" id="content" tabIndex={-1} aria-busy={!page && !wrong}>
          {wrong && <div class="nothing" role="alert"><p>{wrong}</p><button type="button" onClick={() => again((n) => n + 1)}>{say("trouble.again")}</button></div>}
          {!page && !wrong && <div class="waiting" role="status" aria-label={say("app.loading")}><span /><span /><span /></div>}
          {page?.partial && <p class="stale">{t("partial")}</p>}
          {page && page.documents.length === 0 && <Nothing asked={Boolean(q || category || level)} />}
          {page && <ul>{page.documents.map((row) => <li key={row.id}><Entry row={row} shown={shown} to={to} go={go} /></li>)}</ul>}
          {page?.next && <button type="button" class="more" onClick={more}>{t("more")}</button>}
          {page && !page.next && page.documents.length >= 1000 && <p class="quiet">{t("thousand")}</p>}
        </div>
      </section>
      {shown.id ? <Document key={`${kind} ${shown.id}`} {...props} removed={() => { changed(); again((n) => n + 1); go(to({ id: "" })); }} />
        : <section class="case invitation"><div><h2>{t("choose")}</h2><p>{t("chooseText")}</p></div></section>}
    </>
  );
}

function date(day: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day));
}

export function told(error: unknown): string {
  const what = trouble(error);
  return what.kind === "offline" ? say("trouble.offline") : what.detail;
}

function Nothing({ asked }: { asked: boolean }): VNode {
  return asked ? <div class="nothing"><h2>{t("noneFound")}</h2><p>{t("noneFoundText")}</p></div> : <div class="nothing"><h2>{t("none")}</h2><p>{t("noneText")}</p></div>;
}

function Tools({ shown, to, go }: BrowserProps): VNode {
  const [text, setText] = useState(shown.q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => setText(shown.q), [shown.q]);
  const type = (value: string) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go(to({ q: value.trim(), id: "" }), true), typed);
  };
  return (
    <>
      <nav class="case-tabs" aria-label={t("kinds")}>
        {kinds.map((kind) => (
          <a key={kind} href={to({ kind, id: "" })} aria-current={kind === shown.kind ? "true" : undefined} onClick={(event) => { event.preventDefault(); go(to({ kind, id: "" })); }}>{t(kind)}</a>
        ))}
      </nav>
      <div class="list-tools">
        <div class="case-search"><Icon name="search" /><input type="search" value={text} aria-label={t("search")} placeholder={t("search")} onInput={(event) => type(event.currentTarget.value)} /></div>
        {shown.kind !== "proposal" && (
          <select aria-label={t("level")} value={shown.level} onChange={(event) => go(to({ level: event.currentTarget.value, id: "" }))}>
            <option value="">{t("level")}: {t("any")}</option>
            {levels.map((level) => <option key={level} value={level}>{t(level)}</option>)}
          </select>
        )}
      </div>
    </>
  );
}

export function Entry({ row, shown, to, go }: Pick<BrowserProps, "shown" | "to" | "go"> & { row: Row }): VNode {
  const there = to({ kind: row.kind, id: row.id });
  const { data } = row;
  return (
    <a class="row" href={there} aria-current={row.id === shown.id ? "true" : undefined} onClick={(event) => { event.preventDefault(); go(there); }}>
      <span class="row-head"><strong><bdi>{row.title || row.id}</bdi></strong>{row.demo && <span class="label">{t("demo")}</span>}</span>
      {row.snippet && <span class="row-text">{row.snippet}</span>}
      <span class="row-foot"><bdi>{row.id}</bdi>{data.posted_on && <time dateTime={data.posted_on}>{date(data.posted_on)}</time>}{pay(data) && <span>{pay(data)}</span>}</span>
    </a>
  );
}
