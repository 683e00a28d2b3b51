import { texts } from "../i18n/area";
import type { Messages } from "../i18n/say";
import en from "./i18n/en.json";

/** What this area says. */
export const t = texts(en, import.meta.glob<Messages>(["./i18n/*.json", "!./i18n/en.json"], { import: "default" }));
export type Key = keyof typeof en;
