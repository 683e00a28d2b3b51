import type { VNode } from "preact";
import { percent } from "../i18n";
import { Visible } from "../moderation/visible";
import { named, t } from "./texts";
import type { Turn } from "./types";

/** What was found for the answer, and why. */
export function EvidenceList({ turn }: { turn: Turn }): VNode {
  const list = turn.response.evidence ?? [];
  return (
    <>
      {list.length === 0 && <p class="quiet">{t("evidence.none")}</p>}
      <ol class="evidence-of">
        {list.map((e) => (
          <li key={e.id} class="call-card">
            <h3 dir="auto"><Visible text={e.title} /></h3>
            <p class="quiet">{named("kind", e.kind)} · <code>{e.id}</code>{e.similarity ? ` · ${t("evidence.near", { share: percent(e.similarity) })}` : ""}{e.demo && <span class="tag">{t("evidence.demo")}</span>}</p>
            {e.reason && <p dir="auto">{e.reason}</p>}
            {e.snippet && <blockquote class="said quiet" dir="auto"><Visible text={e.snippet} /></blockquote>}
          </li>
        ))}
      </ol>
      {(turn.annotations?.unread?.length ?? 0) > 0 && <section class="trace-part"><h3>{t("unread")}</h3><p>{t("unread.text", { n: turn.annotations?.unread?.length ?? 0 })}</p></section>}
    </>
  );
}
