import { language } from "../i18n";
import { t } from "./texts";

/** An amount of minor units in its currency, whole where it is large. */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(language(), { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const value = minor / 10 ** digits;
  return new Intl.NumberFormat(language(), { style: "currency", currency, maximumFractionDigits: value >= 100 || Number.isInteger(value) ? 0 : digits }).format(value);
}

/** What a document pays or asks for, or nothing. */
export function pay(data: { pay_type: string; pay_min: number; pay_max: number; currency: string }): string {
  if (!/^[A-Z]{3}$/.test(data.currency)) return "";
  const [low, high] = [data.pay_min || data.pay_max, data.pay_max || data.pay_min];
  if (!low) return "";
  const text = low === high ? money(low, data.currency) : `${money(low, data.currency)}–${money(high, data.currency)}`;
  return data.pay_type === "hourly" ? t("hourly", { pay: text }) : text;
}
