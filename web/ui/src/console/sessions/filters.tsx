import type { VNode } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { t as common } from "../i18n";
import { filtered, nothing, type Query } from "./address";
import { named, t } from "./texts";
import { statuses, workflows } from "./types";

/** What else chooses conversations, folded away until somebody wants it. */
export function Filters({ query, ask }: { query: Query; ask: (change: Partial<Query>) => void }): VNode {
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
  const choice = (field: "status" | "workflow" | "role", values: readonly string[]) => (
    <label class="labelled">{t(`filter.${field}`)}
      <select name={field} value={query[field]} onChange={(event) => ask({ [field]: event.currentTarget.value })}>
        <option value="">{common("queue.all")}</option>
        {values.map((value) => <option key={value} value={value}>{named(field, value)}</option>)}
      </select>
    </label>
  );
  const date = (name: "from" | "to") => <label class="labelled">{t(`filter.${name}`)}<input type="date" name={name} value={query[name]} onChange={(event) => ask({ [name]: event.currentTarget.value })} /></label>;
  const text = (name: "person" | "problem") => (
    <label class="labelled">{t(`filter.${name}`)}<input type="text" name={name} value={query[name]} maxLength={200} spellcheck={false} onChange={(event) => ask({ [name]: event.currentTarget.value.trim() })} /></label>
  );
  return (
    <div class="filter" ref={wrap} onKeyDown={(event) => { if (event.key === "Escape" && open) { event.preventDefault(); setOpen(false); } }}>
      <button type="button" aria-expanded={open} aria-controls={open ? id : undefined} class={set ? "set" : ""} onClick={() => setOpen(!open)}>{set ? common("queue.filtersSet", { n: set }) : common("queue.filters")}</button>
      {open && (
        <div class="menu-panel" id={id} role="group" aria-label={common("queue.filters")}>
          {choice("status", statuses)}
          {choice("workflow", workflows)}
          {choice("role", ["client", "freelancer"])}
          <div class="pair">{date("from")}{date("to")}</div>
          {text("person")}
          {text("problem")}
          <label class="tick"><input type="checkbox" name="rating" checked={query.rating === "down"} onChange={(event) => ask({ rating: event.currentTarget.checked ? "down" : "" })} />{t("filter.rating")}</label>
          <button type="button" disabled={!set} onClick={() => ask({ ...nothing, text: query.text })}>{common("queue.clear")}</button>
        </div>
      )}
    </div>
  );
}
