import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { money } from "../documents/money";
import { number } from "../i18n";
import { named, t } from "./texts";
import type { PayTrend, Work } from "./types";

export interface OverProps { pay: PayTrend; label: string }

/** Quartiles of pay by period, as a picture and as a table. */
export function PayOver({ pay, work }: { pay: PayTrend; work: Work }): VNode {
  const [view, setView] = useState<{ of: ComponentType<OverProps> } | null>(null);
  const told = (pay.periods ?? []).filter((period) => period.pay);
  const drawn = told.length > 1;
  useEffect(() => {
    if (drawn) void import("./chart").then((module) => setView({ of: module.default }), () => undefined);
  }, [drawn]);
  if (!drawn || !pay.every || !pay.currency) return <section class="card-of"><h2>{t("payOver")}</h2><p class="quiet">{t("fewOver")}</p></section>;
  const by = t(`payBy.${pay.every}`);
  const currency = pay.currency;
  const kind = pay.pay_type === "hourly" ? t("hourly") : t("fixed");
  const what = [pay.skill, pay.category && named("category", pay.category), pay.level && named("level", pay.level)].filter(Boolean).join(", ") || t("allPosts");
  const widened = (work.skill && !pay.skill) || (work.category && !pay.category) || (work.level && !pay.level);
  const Chart = view?.of;
  return (
    <section class="card-of">
      <h2>{t("payOver")} <span class="quiet">{by} · {kind} · {currency} · {t("posts", { n: pay.posts })}</span></h2>
      {widened && <p class="quiet">{t("widened", { what })}</p>}
      {Chart ? <Chart pay={pay} label={t("chart", { by, what })} /> : <div class="chart" />}
      <details>
        <summary>{t("table")}</summary>
        <div class="table-scroll" tabIndex={0} role="group" aria-label={t("table")}>
          <table>
            <thead><tr><th scope="col">{t("period")}</th><th scope="col">{t("lower")}</th><th scope="col">{t("median")}</th><th scope="col">{t("upper")}</th><th scope="col">{t("postsHead")}</th></tr></thead>
            <tbody>
              {pay.periods?.map((period) => (
                <tr key={period.from}>
                  <th scope="row">{period.from}</th>
                  {(["p25", "p50", "p75"] as const).map((field) => <td key={field}>{period.pay ? money(period.pay[field], currency) : "–"}</td>)}
                  <td>{number(period.posts)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
