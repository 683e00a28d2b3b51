import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { named, t } from "./texts";
import { categories, levels, payTypes, type Work } from "./types";

const currencies = ["USD", "EUR", "GBP", "CAD", "AUD", "INR", "CHF", "PLN", "BRL", "MXN"];

/** What work is asked about. Choices count at once, what is typed when it is done. */
export function Form({ legend, work, choose }: { legend: string; work: Work; choose: (work: Work) => void }): VNode {
  const [text, setText] = useState({ q: work.q, skill: work.skill });
  useEffect(() => setText({ q: work.q, skill: work.skill }), [work.q, work.skill]);
  const done = () => {
    const typed = { q: text.q.trim(), skill: text.skill.trim() };
    if (typed.q !== work.q || typed.skill !== work.skill) choose({ ...work, ...typed });
  };
  const select = (field: "category" | "level" | "pay_type" | "currency", label: string, options: readonly (readonly [string, string])[]) => (
    <label class="labelled">{label}
      <select value={work[field]} onChange={(event) => choose({ ...work, ...text, [field]: event.currentTarget.value })}>
        <option value="">{t("any")}</option>
        {options.map(([value, name]) => <option key={value} value={value}>{name}</option>)}
      </select>
    </label>
  );
  return (
    <form class="work-form card-of" onSubmit={(event) => { event.preventDefault(); done(); }}>
      {legend && <h2>{legend}</h2>}
      <label class="labelled wide">{t("words")}
        <input type="text" value={text.q} maxLength={400} placeholder={t("wordsHint")} onInput={(event) => setText({ ...text, q: event.currentTarget.value })} onBlur={done} />
      </label>
      <label class="labelled">{t("skill")}
        <input type="text" value={text.skill} maxLength={100} placeholder="React" onInput={(event) => setText({ ...text, skill: event.currentTarget.value })} onBlur={done} />
      </label>
      {select("category", t("category"), categories.map((code) => [code, named("category", code)]))}
      {select("level", t("level"), levels.map((code) => [code, t(code)]))}
      {select("pay_type", t("payType"), payTypes.map((code) => [code, t(code)]))}
      {select("currency", t("currency"), currencies.map((code) => [code, code]))}
      <button type="submit" class="offscreen" tabIndex={-1}>{t("title")}</button>
    </form>
  );
}
