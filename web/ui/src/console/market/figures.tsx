import type { VNode } from "preact";
import type { DaysFigure, PayFigure } from "../../client/protocol";
import { money } from "../documents/money";
import { decimal, number, percent } from "../i18n";
import { Demand } from "./demand";
import { PayOver } from "./over";
import { named, t } from "./texts";
import type { Answer, Work } from "./types";

/** All that the posts say of one piece of work. */
export function Figures({ answer, work, addSkill }: { answer: Answer; work: Work; addSkill: (skill: string) => void }): VNode {
  const { market } = answer;
  const companions = market.companions ?? [];
  return (
    <>
      <section class="card-of">
        <h2>{t("pay")}{market.demo && <span class="tag">{t("demo")}</span>}</h2>
        {(market.pay ?? []).length === 0 ? <p class="quiet">{t("few")}</p> : market.pay?.slice(0, 4).map((figure) => <Pay key={figure.id} figure={figure} />)}
        {(market.levels ?? []).length > 1 && <Levels levels={market.levels ?? []} />}
      </section>
      <PayOver pay={answer.pay} work={work} />
      <section class="card-of spans-of">
        <Days name={t("duration")} figure={market.duration} />
        <Days name={t("hire")} figure={market.time_to_hire} />
      </section>
      <Demand trend={answer.trend} what={subject(work)} />
      {companions.length > 0 && (
        <section class="card-of">
          <h2>{t("skills")}</h2>
          <ul class="with-skills">
            {companions.map((one) => (
              <li key={one.skill}>
                <button type="button" class="chip" onClick={() => addSkill(one.skill)} title={t("lift", { share: percent(one.posts / one.of), lift: decimal(one.lift) })}>{one.skill}</button>
                <Meter share={one.posts / one.of} />
                <small>{percent(one.posts / one.of)}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function subject(work: Work): string {
  return [work.skill, work.category && named("category", work.category), work.skill || work.category ? "" : work.q].filter(Boolean).join(", ");
}

function amount(value: number, figure: { currency: string; pay_type: string }): string {
  const text = money(value, figure.currency);
  return figure.pay_type === "hourly" ? t("perHour", { pay: text }) : text;
}

/** Quartiles in words, and where they lie between the least and the most. */
function Pay({ figure }: { figure: PayFigure }): VNode {
  const from = figure.from?.slice(0, 7) ?? "";
  const to = figure.to?.slice(0, 7) ?? "";
  return (
    <div class="pay-of">
      <p><strong>{amount(figure.p50, figure)}</strong> <span class="quiet">{figure.pay_type === "fixed" ? t("fixed") : ""}</span></p>
      <Box figure={figure} low={figure.min} high={figure.max} />
      <p>{t("middle")}: {money(figure.p25, figure.currency)} – {money(figure.p75, figure.currency)}</p>
      <p class="quiet">{[t("posts", { n: figure.posts }), named("scope", figure.scope), from && t("dated", { from, to }), t("interval", { low: money(figure.low ?? figure.p50, figure.currency), high: money(figure.high ?? figure.p50, figure.currency) })].filter(Boolean).join(" · ")}</p>
    </div>
  );
}

/** Few high values would press the box into a corner: then the scale is logarithmic. */
function Box({ figure, low, high }: { figure: PayFigure; low: number; high: number }): VNode {
  const bend = low > 0 && high / low > 12 ? Math.log : (value: number) => value;
  const at = (value: number) => (high > low ? (100 * (bend(value) - bend(low))) / (bend(high) - bend(low)) : 50);
  return (
    <svg class="box-of" width="100%" height="22" aria-hidden="true" focusable="false">
      <rect class="rail" y="10" width="100%" height="2" rx="1" />
      <rect class="middle" x={`${at(figure.p25).toFixed(1)}%`} width={`${Math.max(0.5, at(figure.p75) - at(figure.p25)).toFixed(1)}%`} y="4" height="14" rx="4" />
      <rect class="median" x={`${at(figure.p50).toFixed(1)}%`} width="3" y="1" height="20" rx="1.5" />
    </svg>
  );
}

function Levels({ levels }: { levels: readonly PayFigure[] }): VNode {
  const low = Math.min(...levels.map((figure) => figure.p25));
  const high = Math.max(...levels.map((figure) => figure.p75));
  return (
    <table class="levels-of">
      <tbody>
        {levels.map((figure) => (
          <tr key={figure.level}>
            <th scope="row">{figure.level === "entry" || figure.level === "intermediate" || figure.level === "expert" ? t(figure.level) : figure.level}</th>
            <td><Box figure={figure} low={low} high={high} /></td>
            <td>{money(figure.p25, figure.currency)} – {money(figure.p75, figure.currency)} <small>({number(figure.posts)})</small></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Days({ name, figure }: { name: string; figure: DaysFigure | undefined }): VNode {
  return (
    <div>
      <h2>{name}</h2>
      {figure ? <><p><strong>{t("days", { n: figure.p50 })}</strong></p><p class="quiet">{t("daysRange", { low: figure.p25, high: figure.p75 })} · {t("posts", { n: figure.posts })}</p></> : <p class="quiet">{t("few")}</p>}
    </div>
  );
}

function Meter({ share }: { share: number }): VNode {
  return <svg class="box-of" width="100%" height="8" aria-hidden="true" focusable="false"><rect class="rail" width="100%" height="8" rx="4" /><rect class="median" width={`${(100 * share).toFixed(1)}%`} height="8" rx="4" /></svg>;
}
