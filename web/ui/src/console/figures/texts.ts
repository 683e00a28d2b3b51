import { texts } from "../i18n/area";
import type { Messages } from "../i18n/say";
import en from "./i18n/en.json";

/** What this area says. */
export const t = texts(en, import.meta.glob<Messages>(["./i18n/*.json", "!./i18n/en.json"], { import: "default" }));

export type Text = keyof typeof en;

/** The name of a value that the server gives; the value itself where there is none. */
export function named(group: "outcome" | "workflow" | "purpose" | "error", value: string): string {
  for (const key of [`${group}.${value || "none"}`, `workflow.${value}`]) { // workflows are purposes too
    const text = t(key as Text);
    if (text !== key) return text;
  }
  return value;
}
