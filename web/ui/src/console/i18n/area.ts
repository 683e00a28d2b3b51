// The texts of one part of the console, which are fetched with it: English is
// in its code, another language in a file that is loaded when it is spoken.

import { say, type Messages, type Values } from "./say";

type Files = Record<string, () => Promise<Messages>>;

interface Spoken { load: (code: string) => Promise<void> }

const known: Spoken[] = [];
let pending: Promise<unknown> = Promise.resolve();
let code = "en";

/**
 * What an area says, by the keys of its English messages. Files are those of
 * its folder i18n: import.meta.glob<Messages>(["./i18n/*.json", "!./i18n/en.json"], { import: "default" }).
 */
export function texts<E extends Messages>(en: E, files: Files): (key: keyof E & string, values?: Values) => string {
  let messages: Messages = en;
  let spoken = "en";
  const area: Spoken = {
    async load(next) {
      try {
        const path = Object.keys(files).find((name) => name.endsWith(`/${next}.json`));
        const other = path ? await files[path]?.() : undefined;
        messages = { ...en, ...other };
        spoken = other ? next : "en";
      } catch {
        return; // what is spoken stays
      }
    },
  };
  known.push(area);
  pending = Promise.all([pending, area.load(code)]);
  return (key, values = {}) => say(messages[key] ?? key, values, spoken);
}

/** Has every area speak a language; areas that are opened later do it too. */
export function speakEverywhere(next: string): Promise<unknown> {
  code = next;
  pending = Promise.all([pending, ...known.map((area) => area.load(next))]);
  return pending;
}

/** When all areas that are loaded have their texts. */
export function settled(): Promise<unknown> { return pending; }
