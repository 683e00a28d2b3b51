import { language, number, percent } from "../i18n";
import type { Bucket } from "./types";

export { number, percent };

/** An amount in millionths of a currency. Small sums keep two figures that count. */
export function money(millionths: number, currency: string): string {
  const amount = millionths / 1e6;
  const small = amount !== 0 && Math.abs(amount) < 0.1;
  return new Intl.NumberFormat(language(), { style: "currency", currency, ...(small ? { minimumFractionDigits: 2, maximumSignificantDigits: 2 } : {}) }).format(amount);
}

const units = [["hour", 3_600_000], ["minute", 60_000], ["second", 1_000]] as const;

/** A length of time in the unit that suits it: 0.8 s, 12 min. */
export function length(ms: number): string {
  const [unit, size] = units.find(([, least]) => ms >= least * 0.9995) ?? (["millisecond", 1] as const);
  const value = ms / size;
  return new Intl.NumberFormat(language(), { style: "unit", unit, maximumFractionDigits: value < 10 && size > 1 ? 1 : 0 }).format(value);
}

export function share(value: number): string {
  return new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: value < 0.1 ? 1 : 0 }).format(value);
}

export function compact(value: number): string {
  return new Intl.NumberFormat(language(), { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

function date(at: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language(), options).format(at);
}

/** When a period begins, said in full. */
export function period(start: string, bucket: Bucket): string {
  const clock = bucket === "day" ? {} : ({ hour: "2-digit", minute: "2-digit" } as const);
  return date(new Date(start), { weekday: "short", day: "numeric", month: "short", ...clock });
}

/** The same for an axis: the time of day for hours, else the day. */
export function tick(start: string, bucket: Bucket): string {
  return date(new Date(start), bucket === "hour" ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short" });
}

export function instant(at: string): string {
  return date(new Date(at), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}
