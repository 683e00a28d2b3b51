import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { bestFigure } from "../draft/chart";
import { fill, t } from "../i18n";
import { s } from "./i18n";
import * as format from "../i18n/format";
import { DemoTag, PayChart, Span } from "../view/draft/market";
import type { Market } from "./api";
import { LevelChart } from "./levels";
import type { Search } from "./query";
import { TrendChart } from "./trend";
import type { Answers } from "./use-answers";

interface Props {
  search: Search;
  answers: Answers;
  add: (skill: string) => void;
}

/** What such work pays, takes and goes with, and how it is asked for over time. */
export function Figures({ search, answers, add }: Props): VNode | null {
  const { market, trend } = answers;
  const [open, setOpen] = useState(() => matchMedia("(min-width: 901px)").matches);
  if (search.kind !== "job_post" || (!market && !trend)) return null;
  return (
    <details class="figures" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{s.figures}</summary>
      <div>
        {market && <Pay market={market} />}
        {market?.companions && market.companions.length > 0 && <Companions market={market} add={add} />}
        {trend && <TrendChart trend={trend} />}
      </div>
    </details>
  );
}

function Pay({ market }: { market: Market }): VNode {
  const [picked, setPicked] = useState("");
  const figures = market.pay ?? [];
  const figure = figures.find((f) => f.id === picked) ?? bestFigure(figures, null);
  const levels = (market.levels ?? []).filter((f) => f.pay_type === figure?.pay_type && f.currency === figure?.currency);
  return (
    <section class="market" aria-labelledby="market-title">
      <h2 id="market-title">{s.market}{market.demo && <DemoTag />}</h2>
      {figures.length > 1 && figure && (
        <div class="figure-choice" role="group" aria-labelledby="market-title">
          {figures.map((f) => (
            <button key={f.id} type="button" aria-pressed={f.id === figure.id} onClick={() => setPicked(f.id)}>{f.currency} {f.pay_type === "hourly" ? t.market.hourly : t.market.fixed}</button>
          ))}
        </div>
      )}
      {figure ? <PayChart figure={figure} budget={null} /> : <p class="quiet">{s.few}</p>}
      {levels.length > 1 && <LevelChart levels={levels} />}
      <dl class="spans">
        <Span name={t.market.duration} figure={market.duration} />
        <Span name={t.market.hire} figure={market.time_to_hire} />
      </dl>
    </section>
  );
}

function Companions({ market, add }: { market: Market; add: (skill: string) => void }): VNode {
  return (
    <section class="market companions" aria-labelledby="companions-title">
      <h2 id="companions-title">{s.companions}</h2>
      <ul>
        {market.companions?.map((companion) => {
          const share = companion.of > 0 ? companion.posts / companion.of : 0;
          const words = fill(s.companion, { share: format.percent(share), lift: format.number(Math.round(companion.lift * 10) / 10) });
          return (
            <li key={companion.skill}>
              <button type="button" class="chip" title={words} aria-label={`${fill(s.addSkill, { skill: companion.skill })}. ${words}`} onClick={() => add(companion.skill)}>{companion.skill}</button>
              <svg class="meter" width="100%" height="8" aria-hidden="true" focusable="false"><rect class="rail" width="100%" height="8" rx="4" /><rect class="level" width={`${(share * 100).toFixed(1)}%`} height="8" rx="4" /></svg>
              <small>{format.percent(share)}</small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
