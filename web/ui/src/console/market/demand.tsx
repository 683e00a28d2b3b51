import type { VNode } from "preact";
import { language, number, percent } from "../i18n";
import { t } from "./texts";
import type { Trend } from "./types";

const height = 84;

/** Posts a month as bars, and how the share of the market moved. */
export function Demand({ trend, what }: { trend: Trend | null; what: string }): VNode {
  const months = trend?.months ?? [];
  if (months.length < 2) return <section class="card-of"><h2>{t("demand")}</h2><p class="quiet">{t("demandNone")}</p></section>;
  const most = Math.max(1, ...months.map((month) => month.posts));
  const width = 100 / months.length;
  const name = (month: string) => new Intl.DateTimeFormat(language(), { month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(`${month}-01`));
  const first = months[0];
  const last = months[months.length - 1];
  return (
    <section class="card-of">
      <h2>{t("demand")}</h2>
      <svg class="box-of" width="100%" height={height + 20} role="img" aria-label={`${t("demandChart", { what })}: ${months.map((m) => `${name(m.month)} ${m.posts}`).join(", ")}`}>
        {months.map((month, index) => (
          <g key={month.month}>
            <title>{`${name(month.month)}: ${number(month.posts)}`}</title>
            <rect class="median" x={`${(index * width + width * 0.12).toFixed(2)}%`} width={`${(width * 0.76).toFixed(2)}%`} y={height - (height * month.posts) / most} height={(height * month.posts) / most} rx="2" />
          </g>
        ))}
        {first && <text x="0" y={height + 16}>{name(first.month)}</text>}
        {last && <text x="100%" y={height + 16} text-anchor="end">{name(last.month)}</text>}
      </svg>
      <p class="quiet">{trend?.growth ? t("growth", { change: `${trend.growth.change < 0 ? "−" : "+"}${percent(Math.abs(trend.growth.change))}` }) : t("noGrowth")}</p>
    </section>
  );
}
