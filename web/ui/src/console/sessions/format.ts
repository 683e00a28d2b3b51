import { language, number } from "../i18n";

/** A length of time, with as many digits as matter. */
export function took(ms: number): string {
  const [value, unit] = ms >= 60_000 ? [ms / 60_000, "minute"] : ms >= 1_000 ? [ms / 1_000, "second"] : [ms, "millisecond"];
  return new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** A cost in millionths of a currency. */
export function cost(millionths: number, currency: string): string {
  const value = millionths / 1e6;
  const digits = value !== 0 && value < 0.01 ? 6 : 2;
  return new Intl.NumberFormat(language(), { style: "currency", currency, maximumFractionDigits: digits }).format(value);
}

/** What calls came to: by currency, and those whose price is not known left out. */
export function costs(calls: readonly { cost: number; currency?: string }[]): string {
  const sums = new Map<string, number>();
  for (const call of calls) if (call.currency) sums.set(call.currency, (sums.get(call.currency) ?? 0) + call.cost);
  return [...sums].map(([currency, sum]) => cost(sum, currency)).join(" + ");
}

export function tokens(input: number, output: number): string {
  return `${number(input)} → ${number(output)}`;
}
