// Languages that nobody speaks, in the place of Spanish: one that runs from right
// to left, and one whose words are a third longer, as translations are. A word
// that stays English, or that does not fit, is seen at once.

import { readFileSync } from "node:fs";

const accents = { a: "á", e: "é", i: "í", o: "ó", u: "ü", n: "ñ", c: "ç", A: "Á", E: "É", O: "Ó", S: "Š" };
const source = { "es-": "src/i18n/en.json", search: "src/search/i18n/en.json" };

/** Has a browser get an invented language (`rtl` or `long`) where the page asks for Spanish. */
export async function pseudoRoute(context, kind) {
  await context.route(/\/assets\/es-[\w-]+\.json$/, async (route) => {
    const real = await (await route.fetch()).json();
    const file = "composer" in real ? source["es-"] : source.search;
    const english = JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), "utf8"));
    await route.fulfill({ json: { ...invented(english, kind), direction: kind === "rtl" ? "rtl" : "ltr" } });
  });
}

/** Every text of a tree of messages made strange; what stands in braces stays. */
export function invented(messages, kind) {
  if (typeof messages === "string") return kind === "long" ? long(messages) : turned(messages);
  if (Array.isArray(messages)) return messages.map((item) => invented(item, kind));
  return Object.fromEntries(Object.entries(messages).map(([key, value]) => [key, invented(value, kind)]));
}

function long(text) {
  if (text.trim() === "") return text;
  return `[${outside(text, (part) => part.replace(/[a-zA-Z]/g, (letter) => accents[letter] ?? letter))}${" lorem ipsum".repeat(Math.ceil(text.length / 36))}]`;
}

/** Each word with its letters from right to left, by the marks that Unicode has for it. */
function turned(text) {
  return outside(text, (part) => part.replace(/[\p{L}\p{N}]+/gu, (word) => `\u200f\u202e${word}\u202c\u200f`));
}

function outside(text, change) {
  return text.split(/(\{\w+\})/).map((part) => (part.startsWith("{") ? part : change(part))).join("");
}
