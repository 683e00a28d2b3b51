// How a message becomes a sentence: its form by number, its values put in.

/** A message whose form a number decides, by the names of Intl.PluralRules. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
export type Message = string | Plural;
export type Values = Record<string, string | number>;

/** A message in a language. `{name}` is replaced by a value; `n` decides the form. */
export function say(message: Message, values: Values, locale: string, tag = locale): string {
  const text = typeof message === "string" ? message : (message[new Intl.PluralRules(locale).select(Number(values.n ?? 0))] ?? message.other);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? new Intl.NumberFormat(tag).format(value) : isolated(value, rightToLeft(locale));
  });
}

const rightToLeftLetters = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** Keeps a value of the other direction from moving the words around it. */
function isolated(value: string, inRightToLeft: boolean): string {
  return inRightToLeft || rightToLeftLetters.test(value) ? `\u2068${value}\u2069` : value;
}

/** Whether a language is written from right to left. */
export function rightToLeft(locale: string): boolean {
  return /^(ar|arc|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/.test(locale);
}
