import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { dayOf, filters, spans, type Query } from "./query";
import { named, t } from "./texts";
import type { Report } from "./types";

/** What is looked at: the span, and what of it. */
export function Tools({ query, report, change }: { query: Query; report: Report | null; change: (next: Partial<Query>) => void }): VNode {
  const [seen, see] = useState<Record<(typeof filters)[number], string[]>>({ purpose: [], model: [], workflow: [] });
  // A report that is narrowed names only what is left: what was there before can be chosen still.
  useEffect(() => {
    const names = (name: (typeof filters)[number], before: string[]) => [...new Set([...before, ...(report?.[`by_${name}`].map((group) => group.name) ?? []), query[name]])].filter(Boolean).sort();
    see((before) => ({ purpose: names("purpose", before.purpose), model: names("model", before.model), workflow: names("workflow", before.workflow) }));
  }, [report, query]);
  const today = new Date();
  const custom = () => change({ span: "", from: dayOf(new Date(today.getTime() - 13 * 86_400_000)), to: dayOf(today) });
  const date = (name: "from" | "to", min?: string, max?: string) => (
    <label class="labelled">{t(`tools.${name}`)}
      <input type="date" value={query[name]} min={min} max={max} onChange={(event) => { if (event.currentTarget.value) change({ [name]: event.currentTarget.value }); }} />
    </label>
  );
  return (
    <div class="figure-tools">
      <div class="spans" role="group" aria-label={t("tools.span")}>
        {spans.map((name) => <button key={name} type="button" aria-pressed={query.span === name} onClick={() => change({ span: name, from: "", to: "" })}>{t(`span.${name}`)}</button>)}
        <button type="button" aria-pressed={query.span === ""} onClick={custom}>{t("span.custom")}</button>
      </div>
      {query.span === "" && <>{date("from", undefined, query.to)}{date("to", query.from, dayOf(today))}</>}
      {filters.map((name) => (
        <label key={name} class="labelled">{t(`name.${name}`)}
          <select value={query[name]} onChange={(event) => change({ [name]: event.currentTarget.value })}>
            <option value="">{t("tools.all")}</option>
            {seen[name].map((value) => <option key={value} value={value}>{name === "model" ? value : named(name, value)}</option>)}
          </select>
        </label>
      ))}
    </div>
  );
}
