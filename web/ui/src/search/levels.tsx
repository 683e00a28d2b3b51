import type { VNode } from "preact";
import type { PayFigure } from "../client/protocol";
import { fill, t } from "../i18n";
import { s } from "./i18n";
import * as format from "../i18n/format";

/** The middle half of the pay of each level, on one scale. */
export function LevelChart({ levels }: { levels: readonly PayFigure[] }): VNode {
  const low = Math.min(...levels.map((f) => f.p25));
  const high = Math.max(...levels.map((f) => f.p75));
  const at = (value: number) => (high > low ? (100 * (value - low)) / (high - low) : 50);
  return (
    <table class="levels">
      <caption>{s.byLevel}</caption>
      <tbody>
        {levels.map((figure) => (
          <tr key={figure.level}>
            <th scope="row">{t.level[figure.level ?? ""] ?? figure.level}</th>
            <td class="levels-bar">
              <svg width="100%" height="18" aria-hidden="true" focusable="false">
                <rect class="rail" y="8" width="100%" height="2" />
                <rect class="box" x={`${at(figure.p25).toFixed(1)}%`} width={`${Math.max(1, at(figure.p75) - at(figure.p25)).toFixed(1)}%`} y="3" height="12" rx="3" />
                <line class="median" x1={`${at(figure.p50).toFixed(1)}%`} x2={`${at(figure.p50).toFixed(1)}%`} y1="1" y2="17" />
              </svg>
            </td>
            <td>{format.range(figure.p25, figure.p75, figure.currency)} <small>({fill(t.market.posts, { n: figure.posts })})</small></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
