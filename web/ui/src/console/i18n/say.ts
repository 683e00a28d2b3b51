/** A text, or its forms by the names of Intl.PluralRules. */
export type Message = string | Record<string, string>;
export type Messages = Record<string, Message>;
export type Values = Record<string, string | number>;

/** Fills in the values of a message, in the form that the number n asks for. */
export function say(message: Message, values: Values, code: string): string {
  let text = typeof message === "string" ? message : "";
  if (typeof message !== "string") {
    const form = new Intl.PluralRules(code).select(Number(values.n ?? 0));
    text = message[form] ?? message.other ?? "";
  }
  return text.replace(/\{(\w+)\}/g, (whole, field: string) => {
    const value = values[field];
    if (value === undefined) return whole;
    return typeof value === "number" ? new Intl.NumberFormat(code).format(value) : value;
  });
}
