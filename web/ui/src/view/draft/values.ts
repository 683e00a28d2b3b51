// Between what the document keeps and what a person types.

import type { Period } from "../../client/protocol";

export type PeriodUnit = "days" | "weeks" | "months";

const unitDays: Record<PeriodUnit, number> = { days: 1, weeks: 7, months: 30 };

export interface PeriodFields {
  min: string;
  max: string;
  unit: PeriodUnit;
  ongoing: boolean;
}

/** The largest unit in which both ends are whole. */
export function fromPeriod(value: Period | null | undefined): PeriodFields {
  const { min_days: min = 0, max_days: max = 0, ongoing = false } = value ?? {};
  const unit = (["months", "weeks"] as const).find((u) => max > 0 && min % unitDays[u] === 0 && max % unitDays[u] === 0) ?? "days";
  const show = (days: number) => (days ? String(days / unitDays[unit]) : "");
  return { min: show(min), max: show(max), unit: max ? unit : "weeks", ongoing };
}

export function toPeriod(form: PeriodFields): Period | null {
  if (form.ongoing) return { min_days: 0, max_days: 0, ongoing: true, text: "ongoing" };
  const size = unitDays[form.unit];
  const low = Math.round((Number(form.min) || 0) * size);
  const high = Math.round((Number(form.max) || 0) * size);
  if (!low && !high) return null;
  const [min_days, max_days] = [Math.min(low || high, high || low), Math.max(low, high)];
  const [from, to] = [min_days / size, max_days / size];
  const name = to === 1 ? form.unit.slice(0, -1) : form.unit;
  return { min_days, max_days, text: from === to ? `${to} ${name}` : `${from} to ${to} ${name}` };
}

export function fromMoney(minor: number, decimals: number): string {
  return minor ? String(minor / 10 ** decimals) : "";
}

/** Takes 4000, 4,000, 4 000.50, 4000,50 and 4k. */
export function toMoney(text: string, decimals: number): number {
  const bare = text.replace(/[^\d.,kK]/g, "");
  const thousand = /k$/i.test(bare) ? 1000 : 1;
  const digits = bare.replace(/k/gi, "");
  // The last separator is a decimal one when one or two digits follow it.
  const cents = /^(.*)[.,](\d{1,2})$/.exec(digits);
  const whole = (cents?.[1] ?? digits).replace(/[.,]/g, "");
  const value = Number(`${whole || "0"}.${cents?.[2] ?? "0"}`) * thousand;
  return Math.round(value * 10 ** decimals);
}

export function fromList(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join("\n") : "";
}

/** Items without blanks and doubles. */
export function toList(text: string, separator: string): string[] {
  const items = text.split(separator).map((item) => item.replace(/^\s*[-*•]\s+/, "").trim());
  return [...new Set(items.filter(Boolean))];
}
