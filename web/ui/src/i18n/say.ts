// How a message becomes a sentence: its form by number, its values put in.

/** A message whose form a number decides, by the names of Intl.PluralRules. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
export type Message = string | Plural;
export type Values = Record<string, string | number>;
export type Direction = "ltr" | "rtl";

/**
 * A message in a language. `{name}` is replaced by a value; `n` decides the form.
 * `tag` is the locale of numbers, where that is another.
 */
export function say(message: Message, values: Values, locale: string, direction: Direction = "ltr", tag = locale): string {
  const text = typeof message === "string" ? message : (message[new Intl.PluralRules(locale).select(Number(values.n ?? 0))] ?? message.other);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? new Intl.NumberFormat(tag).format(value) : isolated(value, direction);
  });
}

const rightToLeftLetters = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Keeps a value of the other direction from moving the words around it. */
function isolated(value: string, direction: Direction): string {
  return direction === "rtl" || rightToLeftLetters.test(value) ? `\u2068${value}\u2069` : value;
}
