import type { VNode } from "preact";
import { copyText, useFlash } from "../../view/hooks";
import { name, t } from "../i18n";
import type { Detail, Label, Mark, Rule } from "../types";
import { said } from "./history";
import { whole } from "./marks";
import { pointTo } from "./message";
import { plain } from "./visible";

/** Why the case is here: the rules that were hit, what the judge said, what the sender is told. */
export function Reasons({ detail, policy }: { detail: Detail; policy: (label: Label) => void }): VNode {
  const { verdict, first_verdict } = detail.case;
  const hits = byRule(verdict.marks ?? []);
  const labels = [...new Set([...(verdict.labels ?? []), ...(first_verdict.labels ?? [])])];
  const judged = detail.history.findLast((entry) => entry.kind === "judged");
  const quotes = (verdict.marks ?? []).filter((mark) => !mark.rule);
  return (
    <section class="reasons" aria-labelledby="reasons-title">
      <h3 id="reasons-title">{t("case.why")}</h3>
      <p class="chips">{labels.map((label) => <button key={label} type="button" class="label" title={t("case.policy")} onClick={() => policy(label)}>{name("label", label)}</button>)}</p>
      {hits.length > 0 ? (
        <ul class="hits-of">{hits.map(([id, marks]) => <RuleHit key={id} id={id} marks={marks} rule={detail.rules.find((rule) => rule.id === id.split("@")[0])} />)}</ul>
      ) : <p class="quiet">{t("case.noRule")}</p>}
      {quotes.length > 0 && <p class="quotes">{quotes.map((mark) => <Quote key={`${mark.thread}:${mark.start}`} mark={mark} />)}</p>}
      {judged && (
        <div class="judge">
          <h4>{t("case.judge")} <span class="quiet">{[judged.decision && name("action", judged.decision), (judged.labels ?? []).map((l) => name("label", l)).join(", ")].filter(Boolean).join(" · ")}</span></h4>
          {judged.note && <blockquote dir="auto">{said(judged.note)}</blockquote>}
        </div>
      )}
      {detail.notice && <details class="notice"><summary>{t("case.notice")}</summary><blockquote dir="auto">{detail.notice}</blockquote></details>}
    </section>
  );
}

function byRule(marks: readonly Mark[]): [string, Mark[]][] {
  const found = new Map<string, Mark[]>();
  for (const mark of marks) if (mark.rule) found.set(mark.rule, [...(found.get(mark.rule) ?? []), mark]);
  return [...found];
}

function RuleHit({ id, marks, rule }: { id: string; marks: Mark[]; rule: Rule | undefined }): VNode {
  return (
    <li>
      <p><code>{id}</code> {rule && <span class="tag">{name("strength", rule.strength)}</span>}</p>
      {rule && <p class="quiet">{rule.description}</p>}
      <p class="quotes">{marks.map((mark) => <Quote key={`${mark.thread}:${mark.start}`} mark={mark} />)}</p>
    </li>
  );
}

function Quote({ mark }: { mark: Mark }): VNode {
  const short = plain(mark.quote.length > 60 ? `${mark.quote.slice(0, whole(mark.quote, 59))}…` : mark.quote).replace(/\s+/g, " ");
  return <button type="button" class="quote" aria-label={t("case.show", { quote: short })} onClick={() => pointTo(mark)}><bdi>{short}</bdi>{mark.thread ? <small> {t("case.inThread", { n: mark.thread })}</small> : null}</button>;
}

/** What the site calls things: to look them up elsewhere. */
export function Facts({ detail }: { detail: Detail }): VNode {
  const { case: c } = detail;
  const facts: [string, string | undefined][] = [
    [t("case.messageId"), c.message.id], [t("case.subject"), c.subject], [t("case.session"), c.session], [t("case.answer"), c.response],
  ];
  return (
    <section class="facts-of" aria-labelledby="facts-title">
      <h3 id="facts-title">{t("case.details")}</h3>
      <dl>{facts.map(([what, value]) => value && <div key={what}><dt>{what}</dt><dd><code>{plain(value)}</code><CopyButton text={value} what={what} /></dd></div>)}</dl>
    </section>
  );
}

function CopyButton({ text, what }: { text: string; what: string }): VNode {
  const [copied, flash] = useFlash();
  return <button type="button" class="link" aria-label={`${copied ? t("case.copied") : t("case.copy")}: ${what}`} onClick={() => void copyText(text).then((done) => done && flash())}>{copied ? t("case.copied") : t("case.copy")}</button>;
}
