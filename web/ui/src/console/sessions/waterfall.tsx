import type { VNode } from "preact";
import { bars, ticks, type Bar } from "./axis";
import { took } from "./format";
import { named, t } from "./texts";
import type { Turn } from "./types";

/** Where the time of a turn went: its parts and the calls of models on one axis, in a table that can be read without it. */
export function Waterfall({ turn }: { turn: Turn }): VNode | null {
  const { list, end } = bars(turn);
  if (list.length === 0) return null;
  const place = (ms: number) => `${Math.min(100, (100 * ms) / end)}%`;
  const marks = ticks(end);
  const step = marks[1] ?? end;
  const first = turn.response.timings.first_text_ms;
  return (
    <section class="trace-part">
      <h3 id="waterfall-title">{t("waterfall")}</h3>
      <table class="waterfall" aria-labelledby="waterfall-title">
        <thead>
          <tr>
            <th scope="col">{t("waterfall.part")}</th>
            <th scope="col"><span class="offscreen">{t("waterfall.start")}</span>
              <span class="axis" aria-hidden="true">{marks.map((at) => <span key={at} style={{ insetInlineStart: place(at) }}>{took(at)}</span>)}</span>
            </th>
            <th scope="col">{t("waterfall.took")}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((bar, i) => (
            <tr key={i} class={bar.kind}>
              <th scope="row">{bar.kind === "stage" ? named("stage", bar.name) : bar.name}{bar.call && <span class="quiet"> {bar.call.model}</span>}</th>
              <td>
                <span class="offscreen">{took(bar.start)}</span>
                <span class="track" aria-hidden="true" style={{ backgroundSize: `${(100 * step) / end}% 100%` }}>
                  {first > 0 && <span class="first-text" style={{ insetInlineStart: place(first) }} />}
                  <span class={`bar ${bar.failed ? "failed" : ""}`} title={told(bar)} style={{ insetInlineStart: place(bar.start), width: place(bar.took) }}>
                    {bar.first > 0 && bar.took > 0 && <span class="until-first" style={{ width: `${Math.min(100, (100 * bar.first) / bar.took)}%` }} />}
                  </span>
                </span>
              </td>
              <td class="number">{took(bar.took)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="key-of quiet" aria-hidden="true">{(["stage", "call", "wait", ...(first > 0 ? ["first"] as const : [])] as const).map((what) => <span key={what}><i class={`swatch ${what}`} />{t(`key.${what}`)}</span>)}</p>
    </section>
  );
}

function told(bar: Bar): string {
  return t("waterfall.told", { start: took(bar.start), took: took(bar.took) });
}
