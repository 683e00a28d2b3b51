import type { ComponentChildren, VNode } from "preact";
import { Icon } from "../../view/icons";
import { copyText, useFlash } from "../../view/hooks";
import { instant, number, percent } from "../i18n";
import { costs, took, tokens } from "./format";
import { tone } from "./list";
import { named, t } from "./texts";
import type { Turn } from "./types";
import { Waterfall } from "./waterfall";

/** The turn at a glance: figures, where the time went, and what was decided. */
export function Overview({ turn }: { turn: Turn }): VNode {
  const { response: r, calls } = turn;
  const routing = turn.annotations?.routing;
  const input = calls.reduce((sum, c) => sum + c.input_tokens, 0);
  const output = calls.reduce((sum, c) => sum + c.output_tokens, 0);
  return (
    <>
      <dl class="figures-line">
        <Figure name={t("figure.workflow")}>{r.route ? named("workflow", r.route) : "–"}</Figure>
        <Figure name={t("figure.status")}><span class={`pill ${tone(r.status)}`}>{named("status", r.status)}</span></Figure>
        <Figure name={t("figure.total")}>{r.timings.total_ms ? took(r.timings.total_ms) : "–"}</Figure>
        <Figure name={t("figure.first")}>{r.timings.first_text_ms ? took(r.timings.first_text_ms) : "–"}</Figure>
        <Figure name={t("figure.tokens")}>{input + output > 0 ? tokens(input, output) : "–"}</Figure>
        <Figure name={t("figure.cost")}>{costs(calls) || "–"}</Figure>
      </dl>
      {r.error && <p class="form-trouble">{r.error.message} <code>{r.error.code}</code></p>}
      {turn.annotations?.retrieval_problem && <p class="form-trouble">{turn.annotations.retrieval_problem}</p>}
      <Waterfall turn={turn} />
      {routing && (
        <section class="trace-part">
          <h3>{t("routing")}</h3>
          <dl class="pairs">
            <Pair name={t("routing.route")}>{named("workflow", routing.route ?? "")}{routing.confidence !== undefined && <span class="quiet"> {t("routing.sure", { share: percent(routing.confidence) })}</span>}</Pair>
            <Pair name={t("routing.by")}>{named("by", routing.by ?? "")}{routing.rule && <> · <code>{routing.rule}</code></>}</Pair>
            {routing.reason && <Pair name={t("routing.reason")}>{routing.reason}</Pair>}
            {routing.runner_up && <Pair name={t("routing.next")}>{named("workflow", routing.runner_up)}</Pair>}
            {routing.asks && <Pair name={t("routing.asks")}>{t("routing.asksText")}</Pair>}
          </dl>
        </section>
      )}
      {turn.decision && (
        <section class="trace-part">
          <h3>{t("decision")}</h3>
          <p>{t("decision.text", { considered: number(turn.decision.considered), passed: number(turn.decision.passed) })}</p>
          <dl class="pairs">
            <Pair name={t("decision.hash")}><code>{turn.decision.hash}</code></Pair>
            <Pair name={t("decision.replay")}><Copied text={turn.decision.replay} /></Pair>
          </dl>
        </section>
      )}
      <dl class="pairs">
        <Pair name={t("at")}>{instant(r.created)}</Pair>
        <Pair name={t("responseId")}><Copied text={r.id} /></Pair>
      </dl>
    </>
  );
}

function Figure({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}

export function Pair({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}

/** Something to be copied with one press. */
export function Copied({ text }: { text: string }): VNode {
  const [done, flash] = useFlash();
  return (
    <span class="copied"><code>{text}</code>
      <button type="button" class="tool" aria-label={t(done ? "copied" : "copy")} title={t(done ? "copied" : "copy")} onClick={() => void copyText(text).then((ok) => { if (ok) flash(); })}><Icon name={done ? "check" : "copy"} /></button>
    </span>
  );
}
