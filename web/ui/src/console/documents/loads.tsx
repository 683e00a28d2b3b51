import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Api } from "../api";
import { ago, instant, number, span, t as say } from "../i18n";
import { told } from "./browser";
import { t } from "./texts";
import type { Load } from "./types";

const every = 3000; // ms between looks while one runs

/** What was loaded, when, by whom, and what was refused. */
export function Loads({ api }: { api: Api }): VNode {
  const [loads, setLoads] = useState<Load[] | null>(null);
  const [wrong, setWrong] = useState("");
  const [looks, look] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    api.get("/v1/console/loads", stop.signal).then((answer) => {
      const list = (answer as { loads: Load[] }).loads;
      setLoads(list);
      setWrong("");
      if (list.some((load) => load.state === "running")) timer = setTimeout(() => look((n) => n + 1), every);
    }, (error: unknown) => { if (!stop.signal.aborted) setWrong(told(error)); });
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [api, looks]);
  return (
    <div class="agreement loads" id="content" tabIndex={-1} aria-busy={!loads && !wrong}>
      {wrong && <div class="nothing" role="alert"><p>{wrong}</p><button type="button" onClick={() => look((n) => n + 1)}>{say("trouble.again")}</button></div>}
      {loads && loads.length === 0 && <div class="nothing"><h2>{t("noLoads")}</h2><p>{t("noLoadsText")}</p></div>}
      {loads?.map((load) => <Record key={load.id} load={load} />)}
    </div>
  );
}

const looks = { running: "hold", done: "deliver", failed: "block", interrupted: "block" } as const;

function Record({ load }: { load: Load }): VNode {
  const ended = new Date(load.ended ?? load.touched).getTime();
  const seconds = (ended - new Date(load.started).getTime()) / 1000;
  const figures: [string, number][] = [[t("rows"), load.rows], [t("changed"), load.changed], [t("deleted"), load.deleted], [t("masked"), load.masked], [t("refused"), load.refused]];
  return (
    <article class="card-of load">
      <header>
        <h2 dir="auto">{load.source || t(load.by)}</h2>
        <span class={`pill ${looks[load.state]}`}>{t(load.state)}</span>
        <span class="spring" />
        <span class="quiet">{t(load.by)} · <time dateTime={load.started} title={instant(load.started)}>{ago(load.started)}</time>{seconds >= 1 && ` · ${span(seconds)}`}</span>
      </header>
      <dl>{figures.filter(([, n], i) => n > 0 || i < 2).map(([what, n]) => <div key={what}><dt>{what}</dt><dd>{number(n)}</dd></div>)}</dl>
      {load.error && <p class="form-trouble">{load.error}</p>}
      {load.waiting && <p class="quiet">{t("waitingLoad")}</p>}
      {load.refusals && load.refusals.length > 0 && (
        <details>
          <summary>{t("refusals", { n: load.refused })}</summary>
          {load.refusals.length < load.refused && <p class="quiet">{t("refusalsFirst", { n: load.refusals.length })}</p>}
          <ol>{load.refusals.map((r) => <li key={`${r.file}:${r.line}`}><span class="quiet">{r.file && r.file !== "-" ? `${r.file}, ` : ""}{t("line", { line: r.line })}</span> <bdi>{r.reason}</bdi></li>)}</ol>
        </details>
      )}
    </article>
  );
}
