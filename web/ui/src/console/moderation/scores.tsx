import type { VNode } from "preact";
import { decimal, name, percent, t } from "../i18n";
import type { Detail, Label, Thresholds } from "../types";

/** How probable each violation is, with the lines from which something is done. */
export function Scores({ detail }: { detail: Detail }): VNode | null {
  const { case: c, thresholds } = detail;
  // A judge's or a person's verdict has no scores of its own.
  const verdict = Object.keys(c.verdict.scores ?? {}).length ? c.verdict : c.first_verdict;
  const scores = Object.entries(verdict.scores ?? {}) as [Label, number][];
  if (scores.length === 0) return null;
  scores.sort((a, b) => b[1] - a[1]);
  return (
    <section class="scores" aria-labelledby="scores-title">
      <h3 id="scores-title">{t("case.scores")}</h3>
      <ul>
        <Score title={t("case.any")} score={verdict.score} thresholds={thresholds.any} given={false} whole />
        {scores.map(([label, score]) => <Score key={label} title={name("label", label)} score={score} thresholds={thresholds.labels[label] ?? {}} given={(c.verdict.labels ?? []).includes(label)} />)}
      </ul>
      <p class="hint">{t("case.scoresHint")}</p>
    </section>
  );
}

interface Props { title: string; score: number; thresholds: Thresholds; given: boolean; whole?: boolean }

function Score({ title, score, thresholds, given, whole = false }: Props): VNode {
  const line = (value: number | undefined) => (value && value <= 1 ? decimal(value) : t("case.never"));
  const text = t("case.thresholds", { review: line(thresholds.review), hold: line(thresholds.hold), block: line(thresholds.block) });
  const lines = (["review", "hold", "block"] as const).map((at) => [at, thresholds[at]] as const).filter(([, value]) => value && value <= 1);
  return (
    <li class={`${given ? "given" : ""} ${whole ? "whole" : ""}`} title={text}>
      <span class="score-name">{title}</span>
      <svg width="100%" height="14" aria-hidden="true" focusable="false">
        <rect class="rail" y="4" width="100%" height="6" rx="3" />
        <rect class="level" y="4" width={`${(Math.max(0, Math.min(1, score)) * 100).toFixed(1)}%`} height="6" rx="3" />
        {lines.map(([at, value]) => <rect key={at} class={`line ${at}`} x={`${((value ?? 0) * 100).toFixed(1)}%`} y="0" width="2" height="14" />)}
      </svg>
      <span class="score-value">{percent(score)}</span>
      <span class="offscreen">{text}</span>
    </li>
  );
}
