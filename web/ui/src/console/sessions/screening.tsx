import type { VNode } from "preact";
import { name, percent } from "../i18n";
import { address } from "../place";
import { Pair } from "./overview";
import { t } from "./texts";
import type { Turn } from "./types";

/** What moderation found in the message before anything else read it. */
export function Screening({ turn, site }: { turn: Turn; site: string }): VNode {
  const m = turn.annotations?.moderation;
  if (!m) return <p class="quiet">{t("screen.none")}</p>;
  const versions = [m.rules_version, m.model_version, m.policy_version].filter(Boolean);
  return (
    <dl class="pairs">
      <Pair name={t("screen.decision")}><span class={`pill ${m.decision}`}>{name("action", m.decision)}</span></Pair>
      <Pair name={t("screen.labels")}>{(m.labels ?? []).map((label) => name("label", label)).join(", ") || t("screen.clean")}</Pair>
      <Pair name={t("screen.score")}>{percent(m.score)}</Pair>
      <Pair name={t("screen.stage")}>{name("stage", m.stage)}{m.rule && <> · <code>{m.rule}</code></>}</Pair>
      {turn.case?.verdict.reason && <Pair name={t("routing.reason")}>{turn.case.verdict.reason}</Pair>}
      {turn.case && <Pair name={t("screen.case")}><a href={address("/console/moderation", { site, status: turn.case.status === "waiting" ? "" : turn.case.status, case: turn.case.id })}>{t("screen.open")}</a></Pair>}
      {versions.length > 0 && <Pair name={t("screen.versions")}>{versions.map((v) => <code key={v}>{v} </code>)}</Pair>}
    </dl>
  );
}
