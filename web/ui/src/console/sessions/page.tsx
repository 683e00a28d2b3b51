import type { VNode } from "preact";
import { t } from "./texts";

/** The conversations of a site. */
export default function SessionsArea(): VNode {
  return <main id="content" tabIndex={-1}><h1>{t("title")}</h1></main>;
}
