import type { VNode } from "preact";
import { instant, money, number, share } from "./format";
import { named, t } from "./texts";
import type { Budget, Report, Standing } from "./types";

/** What may still be spent, and which endpoints are called. */
export function Budgets({ standing, report }: { standing: Standing; report: Report }): VNode {
  return (
    <section class="card-of" aria-labelledby="budgets-title">
      <h2 id="budgets-title">{t("budgets")}</h2>
      {standing.budgets.length === 0 && <p class="none">{t(standing.endpoints.length === 0 ? "calls.none" : "budgets.none")}</p>}
      <ul class="budgets">{standing.budgets.map((b) => <Bar key={`${b.purpose} ${b.per} ${b.shared}`} budget={b} />)}</ul>
      {report.now.calls_limited > 0 && <p class="limited">{t("budgets.limited", { n: report.now.calls_limited })}</p>}
      {standing.endpoints.length > 0 && <h3>{t("endpoints")}</h3>}
      <ul class="endpoints">{standing.endpoints.map((e) => (
        <li key={e.name} data-circuit={e.circuit}><strong>{e.name}</strong> <span class="state">{t(`circuit.${e.circuit}`)}</span><span class="quiet">{t("endpoints.busy", { calls: e.calls, most: e.most })}{e.paused ? ` · ${t("endpoints.paused", { at: instant(e.paused) })}` : ""}</span></li>
      ))}</ul>
    </section>
  );
}

function Bar({ budget: b }: { budget: Budget }): VNode {
  const used = b.spent / b.amount;
  const name = b.purpose ? named("purpose", b.purpose) : t("budgets.all");
  const text = t("budgets.of", { spent: money(b.spent, b.currency), amount: money(b.amount, b.currency) });
  const level = b.left === 0 ? "gone" : b.empty ? "short" : "fine";
  return (
    <li class={level}>
      <div class="card-head"><strong>{name}</strong><span class="quiet">{t(`budgets.${b.per}`)}{b.shared ? ` · ${t("budgets.shared")}` : ""}</span></div>
      <div class="bar" role="meter" aria-label={`${name}, ${t(`budgets.${b.per}`)}`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.min(100, Math.round(used * 100))} aria-valuetext={text}><span style={{ inlineSize: `${Math.min(100, used * 100)}%` }} /></div>
      <p>{text} ({used > 0 && used < 0.001 ? `< ${share(0.001)}` : share(used)}). {b.left === 0 ? t("budgets.gone", { at: instant(b.until) }) : b.empty ? t("budgets.empty", { at: instant(b.empty) }) : t("budgets.lasts", { at: instant(b.until) })}</p>
    </li>
  );
}

/** Why people liked answers, or did not. */
export function Reasons({ reasons }: { reasons: { rating: "up" | "down"; reason: string; count: number }[] }): VNode {
  if (reasons.length === 0) return <></>;
  return (
    <details>
      <summary>{t("reasons")}</summary>
      <ul class="reasons-of">{reasons.map((r) => <li key={`${r.rating} ${r.reason}`}><i class={`swatch ${r.rating === "up" ? "c0" : "c3"}`} /><span class="offscreen">{t(`feedback.${r.rating}`)}: </span><bdi>{r.reason}</bdi> <span class="quiet">{number(r.count)}</span></li>)}</ul>
    </details>
  );
}
