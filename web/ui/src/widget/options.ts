import type { Settings, Theme } from "./protocol";

type Token = string | null | undefined;

/**
 * What boot and update take; null takes a value back. The loader checks what it
 * uses itself. The frame checks the rest, which may come from anywhere.
 */
export interface Options extends Partial<Pick<Settings, "identity" | "role" | "locale" | "greeting" | "context" | "theme">> {
  /** Which widget of the page is meant, when it has several. */
  instance?: string;
  tenant?: string;
  /** Parley's origin; the script's own if missing. */
  url?: string;
  getToken?: () => Token | Promise<Token>;
  /** An element, or a selector of one, that the chat fills; a launcher if missing. */
  container?: Element | string;
  /** The launcher's name for screen readers. */
  label?: string;
}

const amount = /^\d{1,10}$/;
const rules: Record<string, RegExp> = {
  url: /^https?:\/\/[^/]+$/,
  accent: /^#([\da-f]{3}){1,2}$/i,
  radius: amount,
  position: /^(left|right)$/,
  scheme: /^(light|dark|auto)$/,
  zIndex: amount,
  offset: amount,
};

/** Adds the valid ones of `given` to `old`; a wrong one is left out and told of. The groups theme and context are merged. */
export function merge<T extends object>(old: T, given: T, wrong: (name: string) => void): T {
  const result = { ...old } as Record<string, unknown>;
  for (const [name, value] of Object.entries(given) as [string, unknown][]) {
    if (value === undefined) continue;
    if (name === "theme" || name === "context") result[name] = merge((value && result[name]) ?? {}, value ?? {}, wrong);
    else if (value !== null && rules[name]?.test(value as string) === false) wrong(name);
    else result[name] = value ?? undefined;
  }
  return result as T;
}

/** The options that a script tag carries as data attributes. */
export function optionsOf(data: DOMStringMap): Options {
  const theme: Theme = {};
  const context = {};
  const options: Options = { theme, context };
  for (const name in data) {
    const group = rules[name] ? theme : name.endsWith("Id") ? context : options;
    (group as DOMStringMap)[name] = data[name];
  }
  return options;
}
