// What charts and their tables show of a report.

import { length, money, number, share } from "./format";
import { named, t } from "./texts";
import type { Latency, Period, Report, Totals } from "./types";

/** A figure over time. Without a value there is nothing to be told of a period. */
export interface Series { label: string; values: (number | null)[]; colour: number }

/** Bars stand on each other, lines stand for themselves. */
export interface Chart { kind: "bars" | "lines"; series: Series[]; format: (value: number) => string; most?: number }

export const outcomes = ["completed", "incomplete", "failed", "held", "cancelled", "replaced"] as const;
const outcomeColours: Record<string, number> = { completed: 0, incomplete: 1, failed: 3, held: 4, cancelled: 5, replaced: 6 };

function over(report: Report, of: (p: Period) => number | null | undefined): (number | null)[] {
  return report.periods.map((p) => of(p) ?? null);
}

/** The parts of a count by name, the largest first; after six the rest is one. */
function parts(report: Report, of: (t: Totals) => Partial<Record<string, number>>, name: (key: string) => string): Series[] {
  const all = Object.entries(of(report.now)).filter(([, n]) => n).sort(([a, n = 0], [b, m = 0]) => m - n || a.localeCompare(b));
  const [shown, rest] = all.length > 7 ? [all.slice(0, 6), all.slice(6)] : [all, []];
  const series = shown.map(([key], colour) => ({ label: name(key), colour, values: over(report, (p) => of(p)[key] ?? 0) }));
  if (rest.length === 0) return series;
  return [...series, { label: t("others"), colour: 6, values: over(report, (p) => rest.reduce((sum, [key]) => sum + (of(p)[key] ?? 0), 0)) }];
}

export function cost(report: Report): Chart {
  const currency = report.currency ?? "USD";
  return { kind: "bars", series: parts(report, (p) => p.cost_by_purpose, (key) => named("purpose", key)), format: (value) => money(value, currency) };
}

export function tokens(report: Report): Chart {
  return { kind: "bars", format: number, series: [
    { label: t("tokens.input"), colour: 0, values: over(report, (p) => p.input_tokens) },
    { label: t("tokens.output"), colour: 1, values: over(report, (p) => p.output_tokens) },
  ] };
}

export function calls(report: Report): Chart {
  return { kind: "bars", format: number, series: [
    { label: t("calls.answered"), colour: 0, values: over(report, (p) => p.calls - p.calls_failed) },
    { label: t("calls.failed"), colour: 3, values: over(report, (p) => p.calls_failed - p.calls_limited) },
    { label: t("calls.limited"), colour: 1, values: over(report, (p) => p.calls_limited) },
  ] };
}

export function latency(report: Report, of: (t: Totals) => Latency): Chart {
  return { kind: "lines", format: length, series: [
    { label: t("latency.p50"), colour: 0, values: over(report, (p) => of(p).p50) },
    { label: t("latency.p90"), colour: 1, values: over(report, (p) => of(p).p90) },
    { label: t("latency.p99"), colour: 3, values: over(report, (p) => of(p).p99) },
  ] };
}

export function ended(report: Report): Chart {
  const there = outcomes.filter((o) => report.now.outcomes[o]);
  return { kind: "bars", format: number, series: there.map((o) => ({ label: named("outcome", o), colour: outcomeColours[o] ?? 6, values: over(report, (p) => p.outcomes[o] ?? 0) })) };
}

export function answered(report: Report): Chart {
  return { kind: "bars", format: number, series: parts(report, (p) => p.workflows, (key) => named("workflow", key)) };
}

export function feedback(report: Report): Chart {
  return { kind: "bars", format: number, series: [
    { label: t("feedback.up"), colour: 0, values: over(report, (p) => p.up) },
    { label: t("feedback.down"), colour: 3, values: over(report, (p) => p.down) },
  ] };
}

export function quality(report: Report): Chart {
  return { kind: "lines", format: share, series: [
    { label: t("quality.dropped"), colour: 3, values: over(report, (p) => ratio(p.sentences_dropped, p.sentences_kept + p.sentences_dropped)) },
    { label: t("quality.again"), colour: 1, values: over(report, (p) => ratio(p.asked_again, p.turns)) },
    { label: t("quality.failed"), colour: 0, values: over(report, (p) => ratio(unwell(p), p.turns)) },
  ] };
}

/** Turns that did not end well. */
export function unwell(totals: Totals): number {
  return (totals.outcomes.failed ?? 0) + (totals.outcomes.incomplete ?? 0);
}

export function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** Whether anything is to be seen. */
export function empty({ series }: Chart): boolean {
  return !series.some(({ values }) => values.some((value) => value));
}
