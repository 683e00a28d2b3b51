import type { ComponentType, VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { trouble, type Api } from "../api";
import { day, decimal, name, number, percent, span, t } from "../i18n";
import type { Agreement, Comparison, Period } from "../types";
import { few, of, rows, typicalSeconds, type Row, type Subject } from "./sums";

const ranges = [30, 90, 365] as const;
const buckets = ["day", "week", "month"] as const;

type ChartProps = { periods: readonly Period[]; subject: Subject; label: string };

/** How far reviewers agree with the machine, by label and over time. */
export function AgreementView({ api }: { api: Api }): VNode {
  const [range, setRange] = useState<number>(90);
  const [bucket, setBucket] = useState<string>("week");
  const [answer, setAnswer] = useState<Agreement | null>(null);
  const [wrong, setWrong] = useState("");
  const [tries, again] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    setWrong("");
    const to = new Date();
    api.agreement(new Date(to.getTime() - range * 86_400_000), to, bucket, stop.signal).then(setAnswer, (error: unknown) => {
      if (stop.signal.aborted) return;
      const what = trouble(error);
      setWrong(what.kind === "offline" ? t("trouble.offline") : what.detail);
    });
    return () => stop.abort();
  }, [api, range, bucket, tries]);
  return (
    <div class="agreement" id="content" tabIndex={-1} aria-busy={!answer && !wrong}>
      <div class="agreement-tools">
        <p>{t("agreement.lead")}</p>
        <label class="labelled">{t("agreement.range")}
          <select value={range} onChange={(event) => setRange(Number(event.currentTarget.value))}>{ranges.map((n) => <option key={n} value={n}>{t("agreement.days", { n })}</option>)}</select>
        </label>
        <label class="labelled">{t("agreement.bucket")}
          <select value={bucket} onChange={(event) => setBucket(event.currentTarget.value)}>{buckets.map((b) => <option key={b} value={b}>{t(`agreement.${b}`)}</option>)}</select>
        </label>
      </div>
      {wrong && <div class="nothing" role="alert"><p>{wrong}</p><button type="button" onClick={() => again((n) => n + 1)}>{t("trouble.again")}</button></div>}
      {answer && !wrong && (answer.reviews === 0 ? <div class="nothing"><h2>{t("agreement.none")}</h2><p>{t("agreement.noneText")}</p></div> : <Figures answer={answer} />)}
      <section class="limits" aria-labelledby="limits-title">
        <h2 id="limits-title">{t("agreement.limits")}</h2>
        <ul><li>{t("agreement.limit1")}</li><li>{t("agreement.limit2")}</li><li>{t("agreement.limit3")}</li></ul>
      </section>
    </div>
  );
}

function Figures({ answer }: { answer: Agreement }): VNode {
  const [subject, choose] = useState<Subject>("any");
  const table = useMemo(() => rows(answer.periods), [answer]);
  const shown = table.find((row) => row.subject === subject) ?? table[0];
  if (!shown) return <></>;
  const label = title(shown.subject);
  return (
    <>
      {answer.partial && <p class="form-trouble" role="alert">{t("agreement.partial")}</p>}
      <h2 class="subject">{label}</h2>
      <dl class="key-figures">
        <Figure what={t("agreement.reviewed")} value={number(shown.machine.cases)} />
        <Figure what={t("agreement.precision")} value={shown.machine.precision === undefined ? "" : percent(shown.machine.precision)} unsure={shown.machine.kept + shown.machine.removed} />
        <Figure what={t("agreement.recall")} value={shown.machine.recall === undefined ? "" : percent(shown.machine.recall)} unsure={shown.machine.kept + shown.machine.added} />
        <Figure what={t("agreement.kappa")} value={shown.machine.kappa === undefined ? "" : decimal(shown.machine.kappa)} unsure={shown.machine.cases} />
        <Figure what={t("agreement.reviewersKappa")} value={shown.reviewers.kappa === undefined ? "" : decimal(shown.reviewers.kappa)} unsure={shown.reviewers.cases} />
        <Figure what={t("agreement.median")} value={span(typicalSeconds(answer.periods))} />
      </dl>
      <div class="agreement-columns">
        <section class="card-of" aria-labelledby="chart-title">
          <h2 id="chart-title">{t("agreement.chart", { label })}</h2>
          <LazyChart periods={answer.periods} subject={shown.subject} label={label} />
          <Over periods={answer.periods} subject={shown.subject} label={label} />
        </section>
        <section class="card-of" aria-labelledby="labels-title">
          <h2 id="labels-title">{t("agreement.table")}</h2>
          <Labels table={table} shown={shown.subject} choose={choose} />
        </section>
      </div>
    </>
  );
}

function title(subject: Subject): string {
  return subject === "any" ? t("agreement.anyViolation") : name("label", subject);
}

function Figure({ what, value, unsure }: { what: string; value: string; unsure?: number }): VNode {
  return <div><dt>{what}</dt><dd class={value ? "" : "unknown"}>{value || t("agreement.unknown")}{value && unsure !== undefined && unsure > 0 && unsure < few && <small title={t("agreement.fewHint")}>{t("agreement.few")}</small>}</dd></div>;
}

function known(value: number | undefined, format: (value: number) => string): VNode {
  return value === undefined ? <><span aria-hidden="true" title={t("agreement.unknown")}>–</span><span class="offscreen">{t("agreement.unknown")}</span></> : <>{format(value)}</>;
}

function Labels({ table, shown, choose }: { table: Row[]; shown: Subject; choose: (subject: Subject) => void }): VNode {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-labelledby="labels-title">
      <table>
        <thead><tr>
          <th scope="col">{t("agreement.label")}</th><th scope="col">{t("agreement.reviewed")}</th><th scope="col">{t("agreement.kept")}</th><th scope="col">{t("agreement.removed")}</th>
          <th scope="col">{t("agreement.added")}</th><th scope="col">{t("agreement.precision")}</th><th scope="col">{t("agreement.kappa")}</th>
        </tr></thead>
        <tbody>
          {table.map(({ subject, machine }) => (
            <tr key={subject} class={subject === shown ? "shown" : ""}>
              <th scope="row"><button type="button" class="link" aria-pressed={subject === shown} onClick={() => choose(subject)}>{title(subject)}</button></th>
              <Cells c={machine} /><td>{known(machine.kappa, decimal)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cells({ c }: { c: Comparison }): VNode {
  const stands = c.kept + c.removed;
  return (
    <>
      <td>{number(c.cases)}</td><td>{number(c.kept)}</td><td>{number(c.removed)}</td><td>{number(c.added)}</td>
      <td class={stands < few ? "few" : ""} title={stands > 0 && stands < few ? t("agreement.fewHint") : undefined}>{known(c.precision, percent)}</td>
    </>
  );
}

/** The chart's figures for whoever does not see it, and for whoever wants them exactly. */
function Over({ periods, subject, label }: ChartProps): VNode {
  return (
    <details>
      <summary>{t("agreement.over", { label })}</summary>
      <div class="table-scroll" tabIndex={0} role="group" aria-label={t("agreement.over", { label })}>
        <table>
          <thead><tr>
            <th scope="col">{t("agreement.start")}</th><th scope="col">{t("agreement.reviewed")}</th><th scope="col">{t("agreement.kept")}</th><th scope="col">{t("agreement.removed")}</th>
            <th scope="col">{t("agreement.added")}</th><th scope="col">{t("agreement.precision")}</th><th scope="col">{t("agreement.judgePrecision")}</th>
          </tr></thead>
          <tbody>{periods.map((period) => {
            const found = of(period, subject);
            return found && <tr key={period.start}><th scope="row">{day(period.start)}</th><Cells c={found.machine} /><td>{known(found.judge.precision, percent)}</td></tr>;
          })}</tbody>
        </table>
      </div>
    </details>
  );
}

/** The chart comes when it is wanted: the queue goes without it. */
function LazyChart(props: ChartProps): VNode {
  const [Chart, set] = useState<ComponentType<ChartProps> | null>(null);
  useEffect(() => { import("./chart").then((module) => set(() => module.default), () => undefined); }, []);
  return Chart ? <Chart {...props} /> : <div class="chart" />;
}
