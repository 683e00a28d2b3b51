import type { ComponentChildren, ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { csv, download } from "./csv";
import { period } from "./format";
import type { PlotProps } from "./plot";
import { empty, type Chart } from "./series";
import { t } from "./texts";
import type { Report } from "./types";

interface Shown { title: string; chart: Chart; report: Report }

interface CardProps {
  id: string;
  /** What may be looked at here; the first is shown. */
  views: { name: string; chart: Chart }[];
  title: string;
  report: Report;
  /** What to say when there is nothing to draw. */
  none: ComponentChildren;
  children?: ComponentChildren;
}

/** A chart with its figures as a table. */
export function Card({ id, title, views, report, none, children }: CardProps): VNode {
  const [chosen, choose] = useState(0);
  const view = views[chosen] ?? views[0];
  if (!view) return <></>;
  return (
    <section class="card-of" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        {views.length > 1 && <select aria-label={t("card.show", { title })} value={chosen} onChange={(event) => choose(Number(event.currentTarget.value))}>{views.map(({ name }, n) => <option key={name} value={n}>{name}</option>)}</select>}
      </div>
      {empty(view.chart) ? <p class="none">{none}</p> : <Drawn title={views.length > 1 ? `${title}: ${view.name}` : title} chart={view.chart} report={report} />}
      {children}
    </section>
  );
}

function Drawn({ title, chart, report }: Shown): VNode {
  const [starts, setStarts] = useState(() => report.periods.map((p) => p.start));
  useEffect(() => setStarts(report.periods.map((p) => p.start)), [report]);
  return (
    <>
      <ul class="key" aria-hidden="true">{chart.series.map(({ label, colour }, n) => <li key={label}><i class={`swatch c${colour} ${chart.kind} d${n}`} />{label}</li>)}</ul>
      <LazyPlot chart={chart} starts={starts} bucket={report.bucket} label={t("card.chart", { title })} />
      <Over title={title} chart={chart} report={report} />
    </>
  );
}

/** The chart's figures for whoever does not see it, and for whoever wants them exactly. */
function Over({ title, chart, report }: Shown): VNode {
  const save = () => {
    const rows = report.periods.map((p, n) => [p.start, ...chart.series.map(({ values }) => values[n] ?? null)]);
    download(`${title}.csv`, csv([[t("period"), ...chart.series.map(({ label }) => label)], ...rows]));
  };
  return (
    <details>
      <summary>{t("card.table")}<span class="offscreen">: {title}</span></summary>
      <div class="table-scroll tall" tabIndex={0} role="group" aria-label={title}>
        <table>
          <thead><tr><th scope="col">{t("period")}</th>{chart.series.map(({ label }) => <th key={label} scope="col">{label}</th>)}</tr></thead>
          <tbody>{report.periods.map((p, n) => (
            <tr key={p.start}><th scope="row">{period(p.start, report.bucket)}</th>{chart.series.map(({ label, values }) => <td key={label}>{shown(values[n], chart.format)}</td>)}</tr>
          ))}</tbody>
        </table>
      </div>
      <button type="button" class="link" onClick={save}>{t("csv")}</button>
    </details>
  );
}

function shown(value: number | null | undefined, format: (value: number) => string): VNode | string {
  return value === null || value === undefined ? <><span aria-hidden="true">–</span><span class="offscreen">{t("unknown")}</span></> : format(value);
}

/** The code of charts comes when one is drawn. */
function LazyPlot(props: PlotProps): VNode {
  const [Plot, set] = useState<ComponentType<PlotProps> | null>(null);
  useEffect(() => { import("./plot").then((module) => set(() => module.default), () => undefined); }, []);
  return Plot ? <Plot {...props} /> : <div class="plot" />;
}
