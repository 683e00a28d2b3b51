// What the page says stands in the files beside this one, one a language. A file
// that is put here is offered after the next build: no code names it. A page
// loads the one that it speaks. A test holds all of them to what English says.

import { problemOf } from "../client/problem";
import { put } from "../client/storage";
import { storage } from "../view/storage";
import type en from "./en.json";
import { say, type Direction, type Message, type Values } from "./say";

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

/** The addresses of a folder's files, by their names in it. */
type Files = Record<string, string>;

/** Messages of a part of the product, and how it takes those of a language. */
interface Part {
  files: Files;
  take: (messages: unknown) => void;
}

const files = import.meta.glob<string>("./*.json", { query: "?url", import: "default", eager: true });
const kept = "parley.locale";

/** What the page says now. It is there once `speak` has loaded it, and changes with the language: read it where something is drawn. */
export let t = {} as Messages;

const parts: Part[] = [{ files, take: (messages) => { t = messages as Messages; } }];

/** Has the messages of another part of the product follow the language. To be called before `speak`. */
export function follow(its: Files, take: (messages: unknown) => void): void {
  parts.push({ files: its, take });
}

let locale = "";
let tag = "en";
const listeners = new Set<() => void>();

/** The languages that there are, by code. */
export const languages: readonly string[] = Object.keys(files).map((name) => name.slice(2, -5)).sort();

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
  for (const wanted of [storage.getItem(kept), asked.site, asked.address, ...browserLanguages()]) {
    const found = match(wanted ?? "");
    if (found) return found;
  }
  return "en";
}

function match(wanted: string): string | undefined {
  const low = wanted.toLowerCase();
  return languages.find((code) => code.toLowerCase() === low) ?? languages.find((code) => code === low.split(/[-_]/)[0]);
}

/** Remembers a person's choice of a language. */
export function keepLanguage(code: string): void {
  put(storage, kept, code);
}

/** Loads a language and has the page speak it. Where that fails all stays as it is, and the promise is rejected. */
export async function speak(code: string): Promise<void> {
  if (code === locale) return;
  const loaded = await Promise.all(parts.map((part) => load(part.files[`./${code}.json`] ?? part.files["./en.json"] ?? "")));
  parts.forEach((part, index) => part.take(loaded[index]));
  locale = code;
  tag = browserLanguages().find((own) => own.split("-")[0] === code) ?? code;
  document.documentElement.lang = code;
  document.documentElement.dir = t.direction;
  for (const listener of listeners) listener();
}

/** A table has its own names alone: a text that says "__proto__" or "constructor" is not looked up in what every object has. */
function bare(_name: string, value: unknown): unknown {
  return value && typeof value === "object" && !Array.isArray(value) ? Object.assign(Object.create(null) as object, value) : value;
}

async function load(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`messages: ${response.status}`);
  return JSON.parse(await response.text(), bare);
}

function browserLanguages(): readonly string[] {
  return typeof navigator === "undefined" ? [] : (navigator.languages ?? []);
}

/** By which locale numbers, dates and money are written: the browser's own of this language, as en-GB for en. */
export function numberLocale(): string {
  return tag;
}

/** A message with its values. */
export function fill(message: Message, values: Values = {}): string {
  return say(message, values, locale, t.direction as Direction, tag);
}

/** A language's name in itself. */
export function nameOf(code: string): string {
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

/** What to tell a person of whatever was thrown. */
export function trouble(error: unknown): string {
  return explain(problemOf(error));
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
