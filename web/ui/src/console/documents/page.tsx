import "./style.css";
import type { VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { AreaProps } from "../areas";
import { day, number } from "../i18n";
import { address } from "../place";
import { Browser } from "./browser";
import { Loads } from "./loads";
import { t } from "./texts";
import { fromAddress, type Counts, type Shown } from "./types";

/** The documents of a site: what there is, one by one, and how it came there. */
export default function DocumentsArea({ api, me, place, go }: AreaProps): VNode {
  const shown = useMemo(() => fromAddress(place.search), [place.search]);
  const site = new URLSearchParams(place.search).get("site") ?? "";
  const [counts, setCounts] = useState<Counts | null>(null);
  const [changes, changed] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    api.get("/v1/console/documents", stop.signal).then((answer) => setCounts(answer as Counts), () => undefined);
    return () => stop.abort();
  }, [api, changes]);
  const to = (next: Partial<Shown>) => {
    const all = { ...shown, ...next };
    return address("/console/documents", {
      site, view: all.view === "loads" ? "loads" : "", kind: all.kind === "job_post" ? "" : all.kind, q: all.q, category: all.category, level: all.level, id: all.id,
    });
  };
  const view = (name: Shown["view"], label: string) => (
    <a href={to({ view: name, id: "" })} aria-current={shown.view === name ? "page" : undefined} onClick={(event) => { event.preventDefault(); go(to({ view: name, id: "" })); }}>{label}</a>
  );
  return (
    <main class="desk-of documents" data-open={shown.id ? "case" : "list"}>
      <div class="views">
        <h1>{t("title")}</h1>
        <nav aria-label={t("views")}>{view("list", t("list"))}{view("loads", t("loads"))}</nav>
        {counts && <Sum counts={counts} />}
      </div>
      {shown.view === "loads" ? <Loads api={api} /> : <Browser api={api} me={me} shown={shown} to={to} go={go} counts={counts} changed={() => changed((n) => n + 1)} />}
    </main>
  );
}

function Sum({ counts }: { counts: Counts }): VNode {
  const waiting = counts.documents - counts.embedded;
  return (
    <p class="documents-sum quiet" title={counts.embedding}>
      {counts.kinds.filter((kind) => kind.documents > 0).map((kind) => (
        <span key={kind.kind} title={kind.newest ? t("newest", { day: day(kind.newest) }) : undefined}><strong>{number(kind.documents)}</strong> {t(kind.kind)}</span>
      ))}
      {counts.documents > 0 && <span class={waiting > 0 ? "few" : ""}>{waiting > 0 ? t("waiting", { n: waiting }) : t("embedded")}</span>}
    </p>
  );
}
