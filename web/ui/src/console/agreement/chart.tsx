import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { day, number, percent, t } from "../i18n";
import type { Period } from "../types";
import { of, type Subject } from "./sums";

const height = 230;

/** Precision by period as a line, on bars of how many cases it stands on. Its figures are in a table beside it. */
export default function Chart({ periods, subject, label }: { periods: readonly Period[]; subject: Subject; label: string }): VNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = box.current;
    if (!root) return;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      plot = new uPlot(options(root, periods, subject), data(periods, subject), root);
    };
    draw();
    const resized = new ResizeObserver(() => { if (root.clientWidth) plot?.setSize({ width: root.clientWidth, height }); });
    resized.observe(root);
    // Colours are painted, not inherited: another theme is another picture.
    const themed = new MutationObserver(draw);
    themed.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", draw);
    return () => {
      resized.disconnect();
      themed.disconnect();
      dark.removeEventListener("change", draw);
      plot?.destroy();
    };
  }, [periods, subject]);
  return <div class="chart" ref={box} role="img" aria-label={t("agreement.chart", { label })} />;
}

function data(periods: readonly Period[], subject: Subject): uPlot.AlignedData {
  return [
    seconds(periods),
    periods.map((p) => of(p, subject)?.machine.cases ?? 0),
    periods.map((p) => of(p, subject)?.machine.precision ?? null),
    ...(judged(periods, subject) ? [periods.map((p) => of(p, subject)?.judge.precision ?? null)] : []),
  ];
}

/** Whether a judge said anything of it: without one there is nothing to draw. */
function judged(periods: readonly Period[], subject: Subject): boolean {
  return periods.some((p) => of(p, subject)?.judge.precision !== undefined);
}

function seconds(periods: readonly Period[]): number[] {
  return periods.map((p) => new Date(p.start).getTime() / 1000);
}

function options(root: HTMLElement, periods: readonly Period[], subject: Subject): uPlot.Options {
  const [first = 0] = seconds(periods);
  const last = seconds(periods).at(-1) ?? first;
  const margin = Math.max(3 * 86_400, (last - first) * 0.06);
  const look = getComputedStyle(root);
  const probe = (name: string) => {
    // A new element has its colour at once; one that is there may still be on its way to it.
    const sample = document.createElement("span");
    sample.style.color = `var(${name})`;
    root.append(sample);
    const colour = getComputedStyle(sample).color;
    sample.remove();
    return colour;
  };
  const [ink, line, pine, gold, wash] = [probe("--soft"), probe("--line"), probe("--pine"), probe("--gold-ink"), probe("--bars")];
  const font = `12px ${look.fontFamily}`;
  const share: uPlot.Series = { spanGaps: true, value: (_, v) => ((v as number | null) === null ? "–" : percent(v)) };
  const axis = { stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  return {
    width: root.clientWidth, height, padding: [12, 8, 0, 0],
    cursor: { drag: { setScale: false }, points: { size: 8 } },
    scales: { x: { time: true, range: [first - margin, last + margin] }, y: { range: [0, 1] }, cases: { range: (_, __, most) => [0, Math.max(1, most) * 2.5] } },
    axes: [
      { ...axis, size: 34, grid: { show: false }, values: (_, ticks) => ticks.map((at) => day(new Date(at * 1000).toISOString())), space: 70 },
      { ...axis, values: (_, ticks) => ticks.map(percent), size: 52, incrs: [0.25, 0.5] },
    ],
    series: [
      { label: t("agreement.start"), value: (_, at) => ((at as number | null) === null ? "–" : day(new Date(at * 1000).toISOString())) },
      { label: t("agreement.reviewed"), scale: "cases", fill: wash, stroke: wash, paths: uPlot.paths.bars?.({ size: [0.55, 44] }), points: { show: false }, value: (_, n) => ((n as number | null) === null ? "–" : number(n)) },
      { ...share, label: t("agreement.precision"), stroke: pine, width: 2.5, points: { size: 7, fill: pine } },
      ...(judged(periods, subject) ? [{ ...share, label: t("agreement.judgePrecision"), stroke: gold, width: 2, dash: [6, 4], points: { size: 6, fill: gold } }] : []),
    ],
  };
}
