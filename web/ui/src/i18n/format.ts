// Money, dates and lengths of time as a person reads them. Money is in minor
// units of its currency, so how many decimals it has comes from the currency.

import type { Day, Pay, Period, Place } from "../client/protocol";
import { fill, numberLocale, t } from "./index";

const digitsCache = new Map<string, number>();

/** Decimals of a currency: 2 for USD, 0 for JPY. An unknown code counts as 2. */
export function digits(currency: string): number {
  let known = digitsCache.get(currency);
  if (known === undefined) {
    known = formatter(currency)?.resolvedOptions().maximumFractionDigits ?? 2;
    digitsCache.set(currency, known);
  }
  return known;
}

function formatter(currency: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat | null {
  try {
    return new Intl.NumberFormat(numberLocale(), { style: "currency", currency, currencyDisplay: "narrowSymbol", ...options });
  } catch {
    return null; // not a currency code
  }
}

/** Minor units as money, without decimals where they are zero. */
export function money(minor: number, currency: string): string {
  const value = minor / 10 ** digits(currency);
  const whole = Number.isInteger(value);
  const format = formatter(currency, whole ? { maximumFractionDigits: 0, minimumFractionDigits: 0 } : {});
  return format ? format.format(value) : `${number(value)} ${currency}`.trim();
}

/** Hours a week; "" where none are said. */
export function hours(min = 0, max = 0): string {
  const [low, high] = [min || max, max || min];
  if (!high) return "";
  return low === high ? fill(t.hours, { n: high }) : fill(t.hoursRange, { a: low, b: high });
}

/** A part of 1 in percent, and points of a score with one decimal. */
export function percent(part: number): string {
  return new Intl.NumberFormat(numberLocale(), { style: "percent", maximumFractionDigits: 0 }).format(part);
}

export function decimal(value: number, places = 1): string {
  return new Intl.NumberFormat(numberLocale(), { minimumFractionDigits: places, maximumFractionDigits: places }).format(value);
}

/** Words one after the other. */
export function list(items: readonly string[]): string {
  return new Intl.ListFormat(numberLocale(), { style: "narrow", type: "unit" }).format(items);
}

export function number(value: number): string {
  return new Intl.NumberFormat(numberLocale()).format(value);
}

export function pay(value: Pay | null | undefined): string {
  if (!value || (!value.min && !value.max)) return "";
  const currency = value.currency ?? "";
  const unit = value.type === "hourly" ? ` ${t.pay.hour}` : "";
  return `${value.around ? `${t.pay.around} ` : ""}${range(value.min, value.max, currency)}${unit}`;
}

export function range(min: number, max: number, currency: string): string {
  if (min && max && min !== max) return fill(t.pay.range, { a: money(min, currency), b: money(max, currency) });
  if (!min) return fill(t.pay.upTo, { v: money(max, currency) });
  if (!max) return fill(t.pay.from, { v: money(min, currency) });
  return money(min, currency);
}

/** A date such as 2026-12-24, or an instant. */
export function date(iso: string): string {
  const value = new Date(iso.length === 10 ? `${iso}T12:00:00Z` : iso);
  if (Number.isNaN(value.getTime())) return iso;
  const timeZone = iso.length === 10 ? "UTC" : undefined;
  return new Intl.DateTimeFormat(numberLocale(), { day: "numeric", month: "short", year: "numeric", timeZone }).format(value);
}

export function month(iso: string): string {
  const value = new Date(`${iso.slice(0, 10)}T12:00:00Z`);
  if (Number.isNaN(value.getTime())) return iso;
  return new Intl.DateTimeFormat(numberLocale(), { month: "short", year: "numeric", timeZone: "UTC" }).format(value);
}

/** How long ago, in the largest unit that fits. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000);
  if (Number.isNaN(seconds)) return "";
  const format = new Intl.RelativeTimeFormat(numberLocale(), { numeric: "auto", style: "long" });
  const units: [Intl.RelativeTimeFormatUnit, number][] = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, "minute");
}

/** Days in the unit that a person would use for them. */
export function days(count: number): string {
  if (count >= 60) return unit(Math.round(count / 30), "month");
  if (count >= 14) return unit(Math.round(count / 7), "week");
  return unit(count, "day");
}

function unit(count: number, name: "day" | "week" | "month"): string {
  return new Intl.NumberFormat(numberLocale(), { style: "unit", unit: name, unitDisplay: "long" }).format(count);
}

export function period(value: Period | null | undefined): string {
  if (!value) return "";
  if (value.text) return value.text;
  if (value.ongoing) return t.duration.ongoing ?? "";
  if (!value.min_days && !value.max_days) return "";
  const low = days(value.min_days || value.max_days);
  const high = days(value.max_days || value.min_days);
  return low === high ? low : fill(t.pay.range, { a: low, b: high });
}

export function day(value: Day | null | undefined): string {
  if (!value) return "";
  if (value.date) return value.text ? `${date(value.date)} (${value.text})` : date(value.date);
  if (value.text) return value.text;
  return value.asap ? t.day.asap : "";
}

export function place(value: Place | null | undefined): string {
  if (!value) return "";
  const mode = value.mode ? (t.place[value.mode] ?? value.mode) : "";
  return [mode, value.place, country(value.country)].filter(Boolean).join(", ");
}

/** A language by its code, in the page's own. */
export function language(code: string): string {
  try {
    return new Intl.DisplayNames([numberLocale()], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

export function country(code: string | undefined): string {
  if (!code) return "";
  if (!/^[A-Z]{2}$/.test(code)) return code;
  try {
    return new Intl.DisplayNames([numberLocale()], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}
