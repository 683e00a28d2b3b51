import type { VNode } from "preact";
import { fill, t } from "../i18n";
import { s } from "./i18n";
import * as format from "../i18n/format";
import type { Growth, Period, Trend } from "./api";

const height = 84;

/** Posts a month as bars, and whether the share of the market grew. */
export function TrendChart({ trend }: { trend: Trend }): VNode | null {
  const months = trend.months ?? [];
  if (months.length < 2) return null;
  const most = Math.max(1, ...months.map((month) => month.posts));
  const width = 100 / months.length;
  const what = trend.skill || (t.categories[trend.category ?? ""] ?? trend.category ?? "");
  const first = months[0];
  const last = months[months.length - 1];
  return (
    <section class="market trend" aria-labelledby="trend-title">
      <h2 id="trend-title">{s.demand}</h2>
      <p class="quiet">{fill(s.demandOf, { what })}</p>
      <svg width="100%" height={height + 20} role="img" aria-label={months.map((m) => `${format.month(`${m.month}-01`)}: ${m.posts}`).join(", ")}>
        {months.map((month, index) => (
          <g key={month.month}>
            <title>{`${format.month(`${month.month}-01`)}: ${fill(s.share, { posts: month.posts, of: month.of })}`}</title>
            <rect class="ground" x={`${(index * width).toFixed(2)}%`} width={`${width.toFixed(2)}%`} height={height} />
            <rect class="month" x={`${(index * width + width * 0.12).toFixed(2)}%`} width={`${(width * 0.76).toFixed(2)}%`} y={height - (height * month.posts) / most} height={(height * month.posts) / most} rx="2" />
          </g>
        ))}
        {first && <text x="0" y={height + 16}>{format.month(`${first.month}-01`)}</text>}
        {last && <text x="100%" y={height + 16} text-anchor="end">{format.month(`${last.month}-01`)}</text>}
      </svg>
      <p>{trend.growth ? growth(trend.growth) : s.noGrowth}</p>
    </section>
  );
}

function growth(value: Growth): string {
  return fill(s.growth, {
    change: signed(value.change), low: signed(value.low), high: signed(value.high),
    before: fill(s.share, { posts: value.before.posts, of: value.before.of }), after: fill(s.share, { posts: value.after.posts, of: value.after.of }),
    from: months(value.before), to: months(value.after),
  });
}

function months(period: Period): string {
  return `${format.month(`${period.from}-01`)} – ${format.month(`${period.to}-01`)}`;
}

function signed(change: number): string {
  return `${change < 0 ? "−" : "+"}${format.percent(Math.abs(change))}`;
}
