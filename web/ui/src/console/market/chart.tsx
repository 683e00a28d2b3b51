import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { money } from "../documents/money";
import { language, number } from "../i18n";
import type { OverProps } from "./over";
import { t } from "./texts";
import type { PayTrend } from "./types";

const height = 230;

/** The middle half of pay as a band with its median; what it stands on is in the legend. */
export default function Chart({ pay, label }: OverProps): VNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = box.current;
    if (!root) return undefined;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      plot = new uPlot(options(root, pay), data(pay), root);
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
  }, [pay]);
  return <div class="chart" ref={box} role="img" aria-label={label} />;
}

function data(pay: PayTrend): uPlot.AlignedData {
  const periods = pay.periods ?? [];
  const line = (field: "p25" | "p50" | "p75") => periods.map((period) => period.pay?.[field] ?? null);
  return [periods.map((period) => Date.parse(`${period.from}-01`) / 1000), line("p25"), line("p75"), line("p50"), periods.map((period) => period.posts)];
}

function options(root: HTMLElement, pay: PayTrend): uPlot.Options {
  const look = getComputedStyle(root);
  const colour = (name: string) => {
    const sample = document.createElement("span");
    sample.style.color = `var(${name})`;
    root.append(sample);
    const found = getComputedStyle(sample).color;
    sample.remove();
    return found;
  };
  const [ink, line, pine, wash] = [colour("--soft"), colour("--line"), colour("--pine"), colour("--pine-wash")];
  const axis = { stroke: ink, font: `12px ${look.fontFamily}`, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  const amount = (value: number | null) => (value === null ? "–" : money(Math.round(value), pay.currency ?? "USD"));
  const date = (at: number) => new Intl.DateTimeFormat(language(), { month: "short", year: "numeric", timeZone: "UTC" }).format(at * 1000);
  const edge: uPlot.Series = { stroke: wash, width: 1, spanGaps: true, points: { show: false }, value: (_, v) => amount(v) };
  return {
    width: root.clientWidth, height, padding: [12, 8, 0, 0], tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "UTC"),
    cursor: { drag: { setScale: false }, points: { size: 8 } },
    scales: { x: { time: true }, y: { range: (_, low, high) => [0, Math.max(1, high) * 1.1 + 0 * low] }, posts: {} },
    axes: [
      { ...axis, size: 34, grid: { show: false }, values: (_, ticks) => ticks.map(date), space: 90 },
      { ...axis, values: (_, ticks) => ticks.map((value) => amount(value)), size: 72 },
    ],
    bands: [{ series: [2, 1], fill: wash }],
    series: [
      { label: t("period"), value: (_, at) => ((at as number | null) === null ? "–" : date(at)) },
      { ...edge, label: t("lower") },
      { ...edge, label: t("upper") },
      { ...edge, label: t("median"), stroke: pine, width: 2.5, points: { show: true, size: 6, fill: pine } },
      { label: t("postsHead"), scale: "posts", stroke: "transparent", points: { show: false }, value: (_, n) => ((n as number | null) === null ? "–" : number(n)) },
    ],
  };
}
