import type { VNode } from "preact";
import { number } from "../i18n";
import { cost, took, tokens } from "./format";
import { Pair } from "./overview";
import { t } from "./texts";
import type { Call, Turn } from "./types";

/** Each call of a model that the turn made, refused ones and further tries included. */
export function Calls({ turn }: { turn: Turn }): VNode {
  if (turn.calls.length === 0) return <p class="quiet">{t("calls.none")}</p>;
  return <ol class="calls">{turn.calls.map((call, i) => <li key={call.id ?? i}><CallView call={call} /></li>)}</ol>;
}

function CallView({ call }: { call: Call }): VNode {
  const failed = call.status === "failed";
  return (
    <article class="call-card">
      <h3>
        {call.purpose && call.purpose !== call.task ? `${call.purpose} · ${call.task}` : call.task}
        <span class={`pill ${failed ? "block" : call.status === "settled" ? "deliver" : "hold"}`}>{t(`call.${status(call.status)}`)}</span>
        {call.error && <code>{call.error}</code>}
      </h3>
      <dl class="pairs">
        <Pair name={t("call.model")}>{call.model}{call.endpoint && <span class="quiet"> {t("call.at", { endpoint: call.endpoint })}</span>}</Pair>
        {call.prompt && <Pair name={t("call.prompt")}><code>{call.prompt}</code>{call.prompt_hash && <span class="quiet"> sha256 {call.prompt_hash}</span>}</Pair>}
        {call.endpoint && <Pair name={t("figure.tokens")}>{tokens(call.input_tokens, call.output_tokens)}{!call.tokens_known && <span class="quiet"> {t("call.counted")}</span>}</Pair>}
        {call.endpoint && <Pair name={t("figure.cost")}>{call.currency ? cost(call.cost, call.currency) : t("call.unpriced")}</Pair>}
        <Pair name={t("call.times")}>{t("call.timesText", { start: took(call.start_ms), first: call.first_ms ? took(call.first_ms) : "–", total: took(call.total_ms) })}</Pair>
        {call.written && <Pair name={t("call.grounded")}>{t("call.kept", { kept: number(call.kept), dropped: number(call.dropped?.length ?? 0) })}{(call.judged ?? 0) > 0 && ` · ${t("call.judged", { n: call.judged ?? 0 })}`}</Pair>}
      </dl>
    </article>
  );
}

function status(value: string): "settled" | "failed" | "cancelled" | "reserved" {
  return value === "failed" || value === "cancelled" || value === "reserved" ? value : "settled";
}
