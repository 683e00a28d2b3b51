import { texts } from "../i18n/area";
import type { Messages } from "../i18n/say";
import en from "./i18n/en.json";

/** What this area says. */
export const t = texts(en, import.meta.glob<Messages>(["./i18n/*.json", "!./i18n/en.json"], { import: "default" }));

type Group = "role" | "workflow" | "status" | "stage" | "kind" | "source" | "by" | "decision" | "draft";

/** The name of a value that the server gives, and the value itself where there is none. */
export function named(group: Group, value: string): string {
  const key = `${group}.${value}`;
  return key in en ? t(key as keyof typeof en) : value;
}
