// What the page says stands in the files beside this one, one a language. A file
// that is put here is offered after the next build: no code names it. English
// comes with the page, and says what another file has no words for.

import { put } from "../client/storage";
import { storage } from "../view/storage";
import en from "./en.json";
import { rightToLeft, say, type Message, type Values } from "./say";

type Table = Record<string, string>;

/** All messages. Those whose names come from the server are tables, which may lack one. */
export type Messages = typeof en & {
  kinds: Table;
  level: Table;
  place: Table;
  categories: Table;
  problems: Table;
  appeal: { policies: Table };
  people: { fluency: Table; status: Table; features: Table };
  proposal: { kinds: Table };
  draft: { sections: Table };
  market: { scope: Table };
};

type Files = Record<string, () => Promise<unknown>>;

/** Messages of a part of the product, and how it takes those of another language. */
interface Part {
  english: object;
  files: Files;
  take: (messages: object) => void;
}

const files = import.meta.glob(["./*.json", "!./en.json"], { import: "default" });
const kept = "parley.locale";

/** What the page says now. It changes with the language: read it where something is drawn. */
export let t: Messages = en;

const parts: Part[] = [{ english: en, files, take: (messages) => { t = messages as Messages; } }];

/** Has the messages of another part of the product follow the language. To be called before `speak`. */
export function follow(english: object, its: Files, take: (messages: object) => void): void {
  parts.push({ english, files: its, take });
}

let locale = "en";
const listeners = new Set<() => void>();

/** The languages that there are, by code. */
export const languages: readonly string[] = ["en", ...Object.keys(files).map((name) => name.slice(2, -5))].sort();

export function language(): string {
  return locale;
}

/** Calls back when the language has changed; the answer ends that. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The language to begin with: what the person chose here, else what the site
 * asks for, else what the address says, else the first that the browser asks for.
 */
export function preferred(asked: { site?: string; address?: string } = {}): string {
  const wanted = [storage.getItem(kept) ?? "", asked.site ?? "", asked.address ?? "", ...(navigator.languages ?? [])];
  for (const tag of wanted) {
    const found = match(tag);
    if (found) return found;
  }
  return "en";
}

function match(tag: string): string | undefined {
  if (/^\w+-X[AB]$/.test(tag)) return tag;
  return languages.find((code) => code.toLowerCase() === tag.toLowerCase()) ?? languages.find((code) => code === tag.toLowerCase().split(/[-_]/)[0]);
}

/** Remembers a person's choice of a language. */
export function keepLanguage(code: string): void {
  put(storage, kept, code);
}

/** Loads a language and has the page speak it; where its file cannot be had, all stays as it is. */
export async function speak(code: string): Promise<void> {
  if (code === locale) return;
  try {
    const loaded = await Promise.all(parts.map((part) => load(part, code)));
    parts.forEach((part, index) => part.take(loaded[index] ?? part.english));
  } catch {
    return;
  }
  locale = code;
  tag = numbersOf(code);
  document.documentElement.lang = code;
  document.documentElement.dir = rightToLeft(code) ? "rtl" : "ltr";
  for (const listener of listeners) listener();
}

async function load({ english, files: its }: Part, code: string): Promise<object> {
  if (/-X[AB]$/.test(code)) return (await import("./pseudo")).pseudo(english, code);
  const file = its[`./${code}.json`];
  return file ? completed(english, (await file()) as object) : english;
}

/** Messages with English where there are none. */
function completed(english: object, messages: object): object {
  const result: Record<string, unknown> = { ...english, ...messages };
  for (const [key, value] of Object.entries(english) as [string, unknown][]) {
    const own = result[key];
    if (isTree(value) && isTree(own)) result[key] = "other" in value ? own : completed(value, own);
  }
  return result;
}

function isTree(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

let tag = numbersOf("en");

/** The locale of numbers and dates: the browser's own of this language, as en-GB for en. */
function numbersOf(code: string): string {
  if (typeof navigator === "undefined") return code;
  return (navigator.languages ?? []).find((own) => own.split("-")[0] === code) ?? code;
}

/** By which locale numbers, dates and money are written. */
export function numberLocale(): string {
  return tag;
}

/** A message with its values. */
export function fill(message: Message, values: Values = {}): string {
  return say(message, values, locale, tag);
}

/** A language's name in itself. */
export function nameOf(code: string): string {
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

/**
 * What to tell a person of a problem: in English what the server says, which is
 * more exact, else our own words for its code.
 */
export function explain(problem: { code: string; message: string }): string {
  const own = t.problems[problem.code];
  if (locale === "en" && problem.message) return problem.message;
  return own || problem.message || t.problems.internal;
}
