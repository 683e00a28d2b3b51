import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { number, period, tick } from "./format";
import type { Chart } from "./series";
import type { Bucket } from "./types";

const height = 220;
/** How many periods may lie between two words of the axis: days, and parts of them that one counts in. */
const every: Record<Bucket, number[]> = { hour: [1, 2, 3, 4, 6, 8, 12, 24, 48], quarter_day: [4, 8, 12, 28], day: [1, 2, 3, 4, 7, 14, 28] };
/** There is no half of an answer. */
const counts = Array.from({ length: 8 }, (_, n) => [1, 2, 5].map((k) => k * 10 ** n)).flat();
const dashes = [[], [7, 4], [2, 3]]; // as the style sheet has them for the key

export interface PlotProps { chart: Chart; starts: readonly string[]; bucket: Bucket; label: string }

/** A chart. What a period comes to is told where the pointer is, or the arrow keys have led. */
export default function Plot({ chart, starts, bucket, label }: PlotProps): VNode {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [at, point] = useState<number | null>(null);
  useEffect(() => {
    const root = box.current;
    if (!root) return;
    const draw = () => {
      plot.current?.destroy();
      plot.current = new uPlot(options(root, chart, starts, bucket, point), data(chart), root);
    };
    draw();
    const resized = new ResizeObserver(() => { if (root.clientWidth) plot.current?.setSize({ width: root.clientWidth, height }); });
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
      plot.current?.destroy();
      plot.current = null;
    };
  }, [chart, starts, bucket]);
  const move = (event: KeyboardEvent) => {
    const last = starts.length - 1;
    const show = (to: number | null) => {
      point(to);
      plot.current?.setCursor({ left: to === null ? -10 : plot.current.valToPos(to, "x"), top: 0 });
    };
    const to = { ArrowLeft: (at ?? last + 1) - 1, ArrowRight: (at ?? -1) + 1, Home: 0, End: last }[event.key];
    if (event.key === "Escape") show(null);
    if (to === undefined) return;
    event.preventDefault();
    show(Math.max(0, Math.min(last, to)));
  };
  return (
    <div class="plot" tabIndex={0} role="group" aria-label={label} onKeyDown={move} onBlur={() => point(null)}>
      <div ref={box} aria-hidden="true" />
      <Tip chart={chart} at={at} plot={plot.current} start={at === null ? "" : period(starts[at] ?? "", bucket)} />
    </div>
  );
}

function Tip({ chart, at, plot, start }: { chart: Chart; at: number | null; plot: uPlot | null; start: string }): VNode {
  if (at === null || !plot) return <div class="tip" role="status" hidden />;
  const left = plot.valToPos(at, "x") + plot.bbox.left / devicePixelRatio;
  const side = left > plot.width / 2 ? { insetInlineEnd: `${plot.width - left + 12}px` } : { insetInlineStart: `${left + 12}px` };
  return (
    <div class="tip" role="status" style={document.dir === "rtl" ? { insetBlockStart: "0" } : side}>
      <strong>{start}</strong>
      <dl>
        {[...chart.series].reverse().map(({ label, values, colour }) => {
          const value = values[at];
          return <div key={label}><dt><i class={`swatch c${colour}`} />{label}</dt><dd>{value === null || value === undefined ? "–" : chart.format(value)}</dd></div>;
        })}
      </dl>
    </div>
  );
}

/** Bars are drawn from the top of what they stand on: the highest first, the others over it. */
function data({ kind, series }: Chart): uPlot.AlignedData {
  const x = (series[0]?.values ?? []).map((_, n) => n);
  if (kind === "lines") return [x, ...series.map(({ values }) => values)];
  const sums: number[][] = [];
  for (const { values } of series) sums.push(values.map((value, n) => (value ?? 0) + (sums.at(-1)?.[n] ?? 0)));
  return [x, ...sums.reverse().map((sum) => sum.map((value) => value || null))]; // nothing is no bar
}

function options(root: HTMLElement, { kind, series, format }: Chart, starts: readonly string[], bucket: Bucket, point: (at: number | null) => void): uPlot.Options {
  // A new element has its colour at once; one that is there may still be on its way to it.
  const probe = (name: string) => {
    const sample = document.createElement("span");
    sample.style.color = `var(${name})`;
    root.append(sample);
    const colour = getComputedStyle(sample).color;
    sample.remove();
    return colour;
  };
  const [ink, line, paper] = [probe("--soft"), probe("--line"), probe("--paper")];
  const font = `12px ${getComputedStyle(root).fontFamily}`;
  const axis = { stroke: ink, font, ticks: { show: false } };
  const bars = kind === "bars";
  const drawn = bars ? [...series].reverse() : series;
  return {
    width: root.clientWidth, height, padding: [12, 8, 0, 0],
    legend: { show: false },
    cursor: { drag: { setScale: false }, y: false, points: { show: !bars, size: 8 } },
    hooks: { setCursor: [(u) => { if (u.root.matches(":hover")) point(u.cursor.idx ?? null); }] },
    scales: { x: { time: false, range: [-0.6, starts.length - 0.4] }, y: { range: (_, __, most) => [0, (most || 1) * 1.06] } },
    axes: [
      { ...axis, size: 30, grid: { show: false }, space: 64, incrs: every[bucket], values: (_, ticks) => ticks.map((n) => (starts[n] ? tick(starts[n], bucket) : "")) },
      { ...axis, size: 64, grid: { stroke: line, width: 1 }, space: 44, ...(format === number ? { incrs: counts } : {}), values: (_, ticks) => ticks.map(format) },
    ],
    series: [
      {},
      ...drawn.map(({ label, colour }, n): uPlot.Series => {
        const paint = probe(`--c${colour}`);
        if (bars) return { label, fill: paint, stroke: paper, width: 1, points: { show: false }, paths: uPlot.paths.bars?.({ size: [0.72, 56], radius: 0 }) };
        return { label, stroke: paint, width: 2.25, dash: dashes[n], spanGaps: false, points: { show: starts.length < 40, size: 5, fill: paint } };
      }),
    ],
  };
}
