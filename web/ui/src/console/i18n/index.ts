// Every sentence of the console is in a file of this folder, one a language.
// A file that is put here is offered after the next build: no code names it.
// {name} is replaced by a value; where a number decides between forms, the
// message is an object of them, by the names of Intl.PluralRules.

import { put } from "../../client/storage";
import { storage } from "../../view/storage";
import { speakEverywhere } from "./area";
import en from "./en.json";
import { say, type Messages, type Values } from "./say";

export { say, type Message, type Messages, type Values } from "./say";
export type Key = keyof typeof en;

const files = import.meta.glob<Messages>(["./*.json", "!./en.json"], { import: "default" });
const kept = "parley.locale";

/** The languages that there are, by code. */
export const languages = ["en", ...Object.keys(files).map((name) => name.slice(2, -5))].sort();

let messages: Messages = en;
let locale = "en";

/** The language of this person: what was chosen here, or the first that the browser asks for. */
export function preferred(chosen = storage.getItem(kept), asked: readonly string[] = navigator.languages): string {
  for (const tag of chosen ? [chosen, ...asked] : asked) {
    const found = languages.find((code) => code === tag) ?? languages.find((code) => code === tag.split("-")[0]);
    if (found) return found;
  }
  return "en";
}

/** Loads a language; where its file cannot be had, English stays. */
export async function speak(code: string): Promise<void> {
  try {
    const [other] = await Promise.all([files[`./${code}.json`]?.(), speakEverywhere(code)]);
    messages = { ...en, ...other };
    locale = code;
  } catch {
    return;
  }
  document.documentElement.lang = code;
  document.documentElement.dir = /^(ar|fa|he|ur)\b/.test(code) ? "rtl" : "ltr";
}

export function keepLanguage(code: string): void {
  put(storage, kept, code);
}

export function language(): string {
  return locale;
}

/** A language's name in itself. */
export function nameOf(code: string): string {
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

/** What the console says. */
export function t(key: Key, values: Values = {}): string {
  return say(messages[key] ?? key, values, locale);
}

/** The name of a value that the server gives, and the value itself where there is none. */
export function name(group: "label" | "action" | "stage" | "channel" | "sender" | "status" | "role" | "actor" | "strength", value: string): string {
  const message = messages[`${group}.${value}`];
  return typeof message === "string" ? message : value;
}

export function number(value: number): string {
  return new Intl.NumberFormat(locale).format(value);
}

export function percent(value: number): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(value);
}

/** A score or a coefficient with two decimals. */
export function decimal(value: number): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
}

const units: [Intl.RelativeTimeFormatUnit & ("day" | "hour" | "minute"), number][] = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

/** A length of time in its largest unit, narrow: 3h. */
export function span(seconds: number): string {
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length * 0.99) ?? (["second", 1] as const);
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "narrow" }).format(Math.round(Math.abs(seconds) / size));
}

export function since(iso: string, now = Date.now()): number {
  return (now - new Date(iso).getTime()) / 1000;
}

/** How long ago, in words. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = since(iso, now);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, size] of units) if (Math.abs(seconds) >= size) return format.format(-Math.trunc(seconds / size), unit);
  return t("time.now");
}

export function instant(iso: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
}

export function day(iso: string): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(iso));
}
