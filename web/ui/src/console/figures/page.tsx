import "./style.css";
import type { VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { trouble, type Api } from "../api";
import type { AreaProps } from "../areas";
import { t as common } from "../i18n";
import { Budgets, Reasons } from "./budgets";
import { Card } from "./card";
import { Errors } from "./errors";
import { instant } from "./format";
import { Groups } from "./groups";
import { Headlines } from "./headlines";
import { ask, concerns, read, write, type Query } from "./query";
import * as series from "./series";
import { t } from "./texts";
import { Tools } from "./tools";
import type { Details, Report, Standing } from "./types";

interface Told { report: Report; details: Details; standing: Standing }

/** How the site does over time. */
export default function Figures({ api, place, go, away }: AreaProps): VNode {
  const query = useMemo(() => read(place), [place]);
  const [told, setTold] = useState<Told | null>(null);
  const [busy, setBusy] = useState(true);
  const [wrong, setWrong] = useState("");
  const [tries, again] = useState(0);
  useEffect(() => {
    if (away) return;
    const stop = new AbortController();
    setBusy(true);
    look(api, query, stop.signal).then((found) => { setTold(found); setWrong(""); }, (error: unknown) => {
      if (stop.signal.aborted) return;
      const what = trouble(error);
      setWrong(what.kind === "offline" ? common("trouble.offline") : what.detail);
    }).finally(() => { if (!stop.signal.aborted) setBusy(false); });
    return () => stop.abort();
  }, [api, query, tries, away]);
  const change = (next: Partial<Query>) => go(write(place, { ...query, ...next }));
  return (
    <main class="agreement figures" id="content" tabIndex={-1} aria-busy={busy}>
      <h1>{t("title")}</h1>
      <Tools query={query} report={told?.report ?? null} change={change} />
      {wrong && <div class="nothing" role="alert"><p>{wrong}</p><button type="button" onClick={() => again((n) => n + 1)}>{common("trouble.again")}</button></div>}
      {told && !wrong && <Everything {...told} query={query} go={go} site={api.site} narrow={(kind, name) => change({ [kind]: name })} />}
    </main>
  );
}

async function look(api: Api, query: Query, signal: AbortSignal): Promise<Told> {
  const get = (path: string) => api.get(ask(`/v1/console/figures${path}`, query), signal);
  const [report, details, standing] = await Promise.all([get(""), get("/details"), get("/budgets")]);
  return { report: report as Report, details: details as Details, standing: standing as Standing };
}

interface Props extends Told { query: Query; site: string; go: (to: string) => void; narrow: (kind: "purpose" | "model" | "workflow", name: string) => void }

function Everything({ report, details, standing, query, site, go, narrow }: Props): VNode {
  const charts = useMemo(() => ({
    cost: [{ name: t("cost.view"), chart: series.cost(report) }, { name: t("tokens.view"), chart: series.tokens(report) }, { name: t("calls.view"), chart: series.calls(report) }],
    latency: [
      { name: t("latency.whole"), chart: series.latency(report, (p) => p.whole) },
      { name: t("latency.first"), chart: series.latency(report, (p) => p.first_text) },
      { name: t("latency.calls"), chart: series.latency(report, (p) => p.call_whole) },
      { name: t("latency.token"), chart: series.latency(report, (p) => p.call_first_token) },
    ],
    turns: [{ name: t("turns.outcomes"), chart: series.ended(report) }, { name: t("turns.workflows"), chart: series.answered(report) }],
    feedback: [{ name: "", chart: series.feedback(report) }],
    quality: [{ name: "", chart: series.quality(report) }],
  }), [report]);
  const { now } = report;
  const nothing = now.turns + now.calls === 0;
  const free = now.calls === 0 ? t(standing.endpoints.length > 0 ? "cost.idle" : "calls.none") : now.calls_unpriced > 0 ? t("cost.unpriced", { n: now.calls_unpriced }) : t("cost.none");
  return (
    <>
      {report.behind && <p class="form-trouble" role="status">{t("behind", { at: instant(report.behind) })}</p>}
      {nothing ? <div class="nothing"><h2>{t("nothing")}</h2><p>{t("nothing.text")}</p></div> : <Headlines report={report} />}
      {!nothing && (
        <div class="agreement-columns">
          <Card id="turns-title" title={t("turns")} views={charts.turns} report={report} none={t("turns.none")} />
          <Card id="latency-title" title={t("latency")} views={charts.latency} report={report} none={t("latency.none")} />
          <Card id="cost-title" title={t("cost")} views={charts.cost} report={report} none={free}>
            {now.calls_unpriced > 0 && Object.keys(now.cost).length > 0 && <p class="quiet">{t("cost.unpriced", { n: now.calls_unpriced })}</p>}
          </Card>
          <Card id="feedback-title" title={t("feedback")} views={charts.feedback} report={report} none={t("feedback.none")}><Reasons reasons={details.reasons} /></Card>
          <Card id="quality-title" title={t("quality")} views={charts.quality} report={report} none={t("quality.none")} />
          <Budgets standing={standing} report={report} />
        </div>
      )}
      {!nothing && <Groups report={report} narrow={narrow} />}
      {!nothing && <Errors report={report} failures={details.failures.filter((f) => concerns(query, f))} site={site} go={go} />}
      {nothing && <Budgets standing={standing} report={report} />}
      <p class="limits">{t("foot", { zone: report.time_zone })}</p>
    </>
  );
}
