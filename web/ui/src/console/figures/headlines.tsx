import type { VNode } from "preact";
import { length, money, number, share } from "./format";
import { ratio, unwell } from "./series";
import { t, type Text } from "./texts";
import type { Report, Totals } from "./types";

interface Headline {
  name: Text;
  of: (totals: Totals) => number | undefined;
  format: (value: number) => string;
  /** More of it is good (1), bad (-1), or neither. */
  good?: 1 | -1;
  /** A share: its change is told in percentage points. */
  points?: boolean;
}

function headlines(currency: string): Headline[] {
  return [
    { name: "headline.sessions", of: (x) => x.sessions, format: number },
    { name: "headline.turns", of: (x) => x.turns, format: number },
    { name: "headline.cost", of: (x) => (x.calls ? (x.cost[currency] ?? 0) : undefined), format: (value) => money(value, currency) },
    { name: "headline.first", of: (x) => x.first_text.p50, format: length, good: -1 },
    { name: "headline.whole", of: (x) => x.whole.p90, format: length, good: -1 },
    { name: "headline.unwell", of: (x) => ratio(unwell(x), x.turns), format: share, good: -1, points: true },
    { name: "headline.liked", of: (x) => ratio(x.up, x.up + x.down), format: share, good: 1, points: true },
    { name: "headline.again", of: (x) => ratio(x.asked_again, x.turns), format: share, good: -1, points: true },
    { name: "headline.dropped", of: (x) => ratio(x.sentences_dropped, x.sentences_kept + x.sentences_dropped), format: share, good: -1, points: true },
    { name: "headline.published", of: (x) => ratio(x.drafts_published, x.sessions), format: (value) => value.toFixed(2), good: 1 },
    { name: "headline.ready", of: (x) => x.ready.p50, format: length, good: -1 },
    { name: "headline.fallbacks", of: (x) => ratio(x.fallbacks, x.calls), format: share, good: -1, points: true },
  ];
}

/** What a span comes to, beside what the one before did. */
export function Headlines({ report }: { report: Report }): VNode {
  return (
    <dl class="key-figures">
      {headlines(report.currency ?? "USD").map((one) => {
        const [now, before] = [one.of(report.now), one.of(report.before)];
        return (
          <div key={one.name}>
            <dt>{t(one.name)}</dt>
            <dd class={now === undefined ? "unknown" : ""}>{now === undefined ? t("unknown") : one.format(now)}
              {now !== undefined && before !== undefined && <Change now={now} before={before} {...one} />}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Change({ now, before, format, good, points }: { now: number; before: number } & Headline): VNode {
  const change = points ? now - before : before === 0 ? NaN : (now - before) / before;
  const was = t("headline.before", { value: format(before) });
  const small = Number.isNaN(change) || Math.abs(change) < 0.005;
  if (small) return <small title={was}>{Number.isNaN(change) && now !== 0 ? t("headline.new") : "="}<span class="offscreen"> {was}</span></small>;
  const n = Math.round(Math.abs(change) * 1000) / 10;
  const amount = points ? t("headline.points", { n, value: number(n) }) : share(Math.abs(change));
  const mood = good ? (Math.sign(change) === good ? "better" : "worse") : "";
  return <small class={mood} title={was}><span aria-hidden="true">{change > 0 ? "▲" : "▼"}</span><span class="offscreen">{t(change > 0 ? "headline.more" : "headline.less")}</span> {amount}<span class="offscreen"> {was}</span></small>;
}
