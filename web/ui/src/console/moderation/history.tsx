import type { VNode } from "preact";
import { ago, instant, name, t } from "../i18n";
import type { Detail, Entry } from "../types";
import { Visible } from "./visible";

/** Who did what, when, the newest first. */
export function History({ detail }: { detail: Detail }): VNode {
  const entries = [...detail.history].reverse();
  return (
    <section class="history" aria-labelledby="history-title">
      <h3 id="history-title">{t("case.history")}</h3>
      <ol>{entries.map((entry) => <EntryView key={entry.id} entry={entry} people={detail.people} />)}</ol>
    </section>
  );
}

function EntryView({ entry, people }: { entry: Entry; people: Record<string, string> }): VNode {
  const labels = (entry.labels ?? []).map((label) => name("label", label)).join(", ");
  const outcome = entry.kind === "assigned" || entry.kind === "appealed" ? "" : [entry.decision && name("action", entry.decision), labels].filter(Boolean).join(": ");
  return (
    <li>
      <p><What entry={entry} people={people} /> <time class="quiet" dateTime={entry.at} title={instant(entry.at)}>{ago(entry.at)}</time></p>
      {outcome && <p class={`outcome ${entry.decision ?? ""}`}>{outcome}</p>}
      {entry.note && entry.kind !== "assigned" && <blockquote dir="auto">{said(entry.note)}</blockquote>}
    </li>
  );
}

/** What came of itself has no one who did it. */
function What({ entry, people }: { entry: Entry; people: Record<string, string> }): VNode {
  if (entry.kind === "opened" || entry.kind === "expired") return <><strong>{t(`history.${entry.kind}`)}</strong>{entry.kind === "opened" && entry.stage && ` · ${name("stage", entry.stage)}`}</>;
  return <><strong>{people[entry.actor] ?? name("actor", entry.actor)}</strong> {did(entry, people)}</>;
}

function did(entry: Entry, people: Record<string, string>): string {
  if (entry.kind !== "assigned") return t(`history.${entry.kind}`);
  return entry.note ? t("history.assigned", { who: people[entry.note] ?? entry.note }) : t("history.givenBack");
}

/** What somebody wrote: text, whatever it looks like. */
export function said(text: string): VNode { return <Visible text={text} />; }
