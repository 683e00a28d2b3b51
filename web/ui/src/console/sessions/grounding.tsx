import type { VNode } from "preact";
import { Visible } from "../moderation/visible";
import { named, t } from "./texts";
import type { Claim, Source, Turn } from "./types";

/** What was said with its sources, and what was not let through. */
export function Grounding({ turn }: { turn: Turn }): VNode {
  const dropped = turn.calls.flatMap((call) => (call.dropped ?? []).map((d) => ({ ...d, model: call.model })));
  const claims = turn.response.citations ?? [];
  return (
    <>
      {dropped.length > 0 && (
        <section class="trace-part">
          <h3>{t("dropped", { n: dropped.length })}</h3>
          <ul class="dropped">{dropped.map((d, i) => (
            <li key={i}>
              <p dir="auto"><s><Visible text={d.text} /></s></p>
              <p class="quiet">{d.missing?.length ? t("dropped.missing", { what: d.missing.map((m) => `“${m}”`).join(", ") }) : t("dropped.plain")} · {d.model}</p>
            </li>
          ))}</ul>
        </section>
      )}
      <section class="trace-part">
        <h3>{t("claims")}</h3>
        {claims.length === 0 ? <p class="quiet">{t("claims.none")}</p> : <Claims claims={claims} />}
      </section>
      {turn.drafts.filter((d) => (d.claims?.length ?? 0) > 0).map((d) => (
        <details class="trace-part" key={`${d.draft_id} ${d.version}`}>
          <summary>{t("draftClaims", { kind: named("draft", d.kind), version: d.version, n: d.claims?.length ?? 0 })}</summary>
          <Claims claims={d.claims ?? []} />
        </details>
      ))}
    </>
  );
}

function Claims({ claims }: { claims: Claim[] }): VNode {
  return (
    <ol class="claims">{claims.map((c) => (
      <li key={c.id || `${c.path} ${c.text}`}>
        <p dir="auto"><Visible text={c.text} /></p>
        <p class="quiet">{c.path && <code>{c.path} </code>}{c.kind}{(c.sources ?? []).map((s, i) => <SourceView key={i} s={s} />)}</p>
      </li>
    ))}</ol>
  );
}

function SourceView({ s }: { s: Source }): VNode {
  return <span class="source-of"> ← {named("source", s.kind)}{s.quote ? <q dir="auto"><Visible text={s.quote} /></q> : s.id && <code> {s.id}</code>}</span>;
}
