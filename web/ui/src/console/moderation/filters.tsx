import type { VNode } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { name, t } from "../i18n";
import { filtered, nothing, type Query } from "../route";
import { actions, channels, labels, stages } from "../types";
import type { Desk, State } from "./desk";

interface Props {
  desk: Desk;
  state: State;
  query: Query;
  ask: (change: Partial<Query>) => void;
}

/** What else chooses cases, folded away until somebody wants it. */
export function Filters({ desk, state, query, ask }: Props): VNode {
  const [open, setOpen] = useState(false);
  const wrap = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => { if (event.target instanceof Node && !wrap.current?.contains(event.target)) setOpen(false); };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);
  const set = filtered(query);
  const choice = (field: "label" | "channel" | "stage" | "decision", title: string, group: "label" | "channel" | "stage" | "action", values: readonly string[]) => (
    <label class="labelled">{title}
      <select name={field} value={query[field]} onChange={(event) => ask({ [field]: event.currentTarget.value })}>
        <option value="">{t("queue.all")}</option>
        {values.map((value) => <option key={value} value={value}>{name(group, value)}</option>)}
      </select>
    </label>
  );
  const people = Object.keys({ ...state.counts?.assigned, ...state.people, ...(query.assignee && { [query.assignee]: 0 }) }).filter((who) => who && who !== desk.me.id);
  return (
    <div class="filter" ref={wrap} onKeyDown={(event) => { if (event.key === "Escape" && open) { event.preventDefault(); setOpen(false); } }}>
      <button type="button" aria-expanded={open} aria-controls={open ? id : undefined} class={set ? "set" : ""} onClick={() => setOpen(!open)}>{set ? t("queue.filtersSet", { n: set }) : t("queue.filters")}</button>
      {open && (
        <div class="menu-panel" id={id} role="group" aria-label={t("queue.filters")}>
          {choice("label", t("filter.label"), "label", labels)}
          {choice("decision", t("filter.action"), "action", actions)}
          {choice("channel", t("filter.channel"), "channel", channels)}
          {choice("stage", t("filter.stage"), "stage", stages)}
          <label class="labelled">{t("filter.assignee")}
            <select name="assignee" value={query.assignee} onChange={(event) => ask({ assignee: event.currentTarget.value })}>
              <option value="">{t("filter.anyone")}</option>
              <option value={desk.me.id}>{t("queue.mine")}</option>
              {people.map((who) => <option key={who} value={who}>{state.people[who] ?? who}</option>)}
            </select>
          </label>
          <label class="tick"><input type="checkbox" name="oldest" checked={query.oldest} onChange={(event) => ask({ oldest: event.currentTarget.checked })} />{t("queue.oldest")}</label>
          <button type="button" disabled={!set && !query.oldest} onClick={() => ask({ ...nothing, tab: query.tab, text: query.text })}>{t("queue.clear")}</button>
        </div>
      )}
    </div>
  );
}
