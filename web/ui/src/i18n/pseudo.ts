// Languages that nobody speaks, for looking at the page: `?lang=en-XA` has long
// words with accents, `?lang=ar-XB` runs from right to left. They are made from
// English when asked for and offered to nobody.

export const pseudoLocales = ["en-XA", "ar-XB"];

const accents: Record<string, string> = { a: "á", e: "é", i: "í", o: "ó", u: "ü", n: "ñ", c: "ç", A: "Á", E: "É", O: "Ó", S: "Š" };

/** Every text of a tree of messages made long and strange; what stands in braces stays. */
export function pseudo<T>(messages: T, locale: string): T {
  if (typeof messages === "string") return (locale === "en-XA" ? long(messages) : turned(messages)) as T;
  if (Array.isArray(messages)) return messages.map((item: unknown) => pseudo(item, locale)) as T;
  return Object.fromEntries(Object.entries(messages as Record<string, unknown>).map(([key, value]) => [key, pseudo(value, locale)])) as T;
}

/** A third longer than English, as translations are. */
function long(text: string): string {
  if (text.trim() === "") return text;
  const strange = outside(text, (part) => part.replace(/[a-zA-Z]/g, (letter) => accents[letter] ?? letter));
  return `[${strange}${" lorem ipsum".repeat(Math.ceil(text.length / 36))}]`;
}

/** Each word from right to left, by the marks that Unicode has for it. */
function turned(text: string): string {
  return outside(text, (part) => part.replace(/[\p{L}\p{N}]+/gu, (word) => `\u200f\u202e${word}\u202c\u200f`));
}

function outside(text: string, change: (part: string) => string): string {
  return text.split(/(\{\w+\})/).map((part) => (part.startsWith("{") ? part : change(part))).join("");
}
