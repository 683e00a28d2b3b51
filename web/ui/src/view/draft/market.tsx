import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { DaysFigure, Draft, Pay, PayFigure } from "../../client/protocol";
import { bestFigure, comparable, scale, type Scale } from "../../draft/chart";
import { fill, t } from "../../i18n";
import * as format from "../../i18n/format";

/** What similar posts paid and took, computed from them, with how many there were. */
export function MarketView({ draft }: { draft: Draft }): VNode | null {
  const { market, pay } = draft.document;
  const [picked, setPicked] = useState("");
  if (!market) return null;
  const figures = market.pay ?? [];
  const figure = figures.find((f) => f.id === picked) ?? bestFigure(figures, pay);
  if (!figure && !market.duration && !market.time_to_hire) return null;
  return (
    <section class="market" id="market" tabIndex={-1} aria-labelledby="market-title">
      <h3 id="market-title">{t.market.title}{market.demo && <DemoTag />}</h3>
      {figures.length > 1 && figure && (
        <div class="figure-choice" role="group" aria-labelledby="market-title">
          {figures.map((f) => (
            <button key={f.id} type="button" aria-pressed={f.id === figure.id} onClick={() => setPicked(f.id)}>
              {f.currency} {f.pay_type === "hourly" ? t.market.hourly : t.market.fixed}
            </button>
          ))}
        </div>
      )}
      {figure ? <PayChart figure={figure} budget={pay} /> : <p class="quiet">{t.market.none}</p>}
      <dl class="spans">
        <Span name={t.market.duration} figure={market.duration} />
        <Span name={t.market.hire} figure={market.time_to_hire} />
      </dl>
    </section>
  );
}

export function DemoTag(): VNode {
  return <span class="tag" title={t.draft.demoHint}>{t.draft.demo}</span>;
}

/** What a sum of one's own is called beside a figure: a budget, or the price that a freelancer names. */
type OwnWords = Pick<typeof t.market, "you" | "below" | "within" | "above">;

/** The range bar. What it draws stands beneath it in words. */
export function PayChart({ figure, budget, words = t.market }: { figure: PayFigure; budget: Pay | null | undefined; words?: OwnWords }): VNode {
  const at = scale(figure, budget);
  return (
    <figure class="pay-figure">
      <Bar at={at} figure={figure} budget={budget} name={words.you} />
      <figcaption>
        <p>{sentence(figure)} {at.verdict && <strong>{words[at.verdict]}</strong>}</p>
        <p class="quiet">{[fill(t.market.full, { min: format.money(figure.min, figure.currency), max: format.money(figure.max, figure.currency) }), likely(figure), converted(figure), t.market.scope[figure.scope], mismatch(figure, budget)].filter(Boolean).join(" ")}</p>
      </figcaption>
    </figure>
  );
}

function sentence(figure: PayFigure): string {
  const money = (minor: number) => format.money(minor, figure.currency);
  const dates = figure.from && figure.to ? fill(t.market.dates, { from: format.month(figure.from), to: format.month(figure.to) }) : "";
  const unit = figure.pay_type === "hourly" ? ` ${t.market.hourly}` : "";
  return fill(t.market.sentence, { low: money(figure.p25), high: money(figure.p75), median: money(figure.p50), posts: figure.posts, unit, dates });
}

/** How sure the median is: it was computed from these posts, and others would give another. */
function likely(figure: PayFigure): string {
  if (!figure.low || !figure.high) return "";
  return fill(t.market.likely, { low: format.money(figure.low, figure.currency), high: format.money(figure.high, figure.currency) });
}

function converted(figure: PayFigure): string {
  const parts = Object.entries(figure.converted ?? {});
  if (parts.length === 0) return "";
  const list = format.list(parts.map(([currency, posts]) => `${format.number(posts)} ${currency}`));
  return figure.rates_on ? fill(t.market.convertedOn, { list, on: format.date(figure.rates_on) }) : fill(t.market.converted, { list });
}

function mismatch(figure: PayFigure, budget: Pay | null | undefined): string {
  if (budget && !budget.currency) return t.market.noCurrency;
  if (!budget?.currency || comparable(figure, budget) || budget.currency === figure.currency) return "";
  return fill(t.market.otherCurrency, { a: budget.currency, b: figure.currency });
}

const percent = (value: number) => `${(value * 100).toFixed(2)}%`;

function Bar({ at, figure, budget, name }: { at: Scale; figure: PayFigure; budget: Pay | null | undefined; name: string }): VNode {
  const money = (minor: number) => format.money(minor, figure.currency);
  const own = at.budget;
  const label = own && budget ? format.range(budget.min, budget.max, figure.currency) : "";
  const middle = own ? (own.from + own.to) / 2 : 0;
  return (
    <svg class="bar" width="100%" height="96" aria-hidden="true" focusable="false">
      <line class="whisker" x1={percent(at.min)} x2={percent(at.max)} y1="52" y2="52" />
      <line class="whisker" x1={percent(at.min)} x2={percent(at.min)} y1="46" y2="58" />
      <line class="whisker" x1={percent(at.max)} x2={percent(at.max)} y1="46" y2="58" />
      {at.low !== undefined && at.high !== undefined && <rect class="likely" x={percent(at.low)} width={percent(Math.max(0.004, at.high - at.low))} y="34" height="36" rx="4" />}
      <rect class="box" x={percent(at.p25)} width={percent(Math.max(0.004, at.p75 - at.p25))} y="40" height="24" rx="4" />
      <line class="median" x1={percent(at.p50)} x2={percent(at.p50)} y1="36" y2="68" />
      {own && own.to > own.from && <line class="own-range" x1={percent(own.from)} x2={percent(own.to)} y1="26" y2="26" />}
      {own && <line class="own" x1={percent(middle)} x2={percent(middle)} y1="24" y2="68" />}
      {own && <circle class="own-dot" cx={percent(middle)} cy="26" r="5" />}
      {own && <text class="own-label" x={percent(middle)} y="14" text-anchor={anchor(middle)}>{name} {label}</text>}
      <text x={percent(at.p50)} y="86" text-anchor={anchor(at.p50)}>{t.market.median} {money(figure.p50)}</text>
      {at.p50 - at.min > 0.3 && <text class="end" x={percent(at.min)} y="86" text-anchor="start">{money(figure.min)}</text>}
      {at.max - at.p50 > 0.3 && <text class="end" x={percent(at.max)} y="86" text-anchor="end">{money(figure.max)}</text>}
    </svg>
  );
}

/** Labels near an edge turn inwards. */
function anchor(at: number): "start" | "middle" | "end" {
  if (at < 0.22) return "start";
  return at > 0.78 ? "end" : "middle";
}

export function Span({ name, figure }: { name: string; figure: DaysFigure | undefined }): VNode | null {
  if (!figure) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{fill(t.market.days, { low: format.days(figure.p25), high: format.days(figure.p75), mid: format.days(figure.p50) })} <small>({fill(t.market.posts, { n: figure.posts })})</small></dd>
    </div>
  );
}
