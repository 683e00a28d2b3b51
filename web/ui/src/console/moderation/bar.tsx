import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { useAutoGrow } from "../../view/hooks";
import { name, t } from "../i18n";
import { labelsOf, type Detail } from "../types";
import type { Desk } from "./desk";
import type { Draft } from "./drafts";

/** What a reviewer decides, with the keys that do the same. */
export function DecisionBar({ desk, detail, draft }: { desk: Desk; detail: Detail; draft: Draft | null }): VNode {
  const c = detail.case;
  const note = useRef<HTMLTextAreaElement>(null);
  useAutoGrow(note, draft?.note ?? "");
  const mine = c.assignee === desk.me.id;
  const block = () => { if (!desk.decide("block")) document.querySelector<HTMLElement>(".label-choice button")?.focus(); };
  return (
    <section class="decision" aria-label={t("decide.region")}>
      <div class="label-choice" role="group" aria-label={t("decide.labels")}>
        {labelsOf(c).map((label, index) => (
          <button key={label} type="button" class="chip" aria-pressed={draft?.labels.includes(label) ?? false} aria-keyshortcuts={`${index + 1}`} onClick={() => desk.toggle(label)}>
            <kbd aria-hidden="true">{index + 1}</kbd>{name("label", label)}
          </button>
        ))}
      </div>
      <div class="decision-line">
        <textarea id="case-note" ref={note} rows={1} aria-label={t("decide.note")} aria-keyshortcuts="n" placeholder={`${t("decide.note")} (n)`} value={draft?.note ?? ""} maxLength={2000} onInput={(event) => desk.write(event.currentTarget.value)} />
        <div class="decision-buttons">
          {c.status === "decided"
            ? <button type="button" aria-keyshortcuts="u" onClick={() => void desk.undo()} disabled={c.verdict.stage !== "reviewer"}>{t("decide.undo")} <kbd aria-hidden="true">u</kbd></button>
            : <button type="button" class="quiet-key" aria-keyshortcuts="a" onClick={() => void desk.assign()}>{mine ? t("decide.unassign") : t("decide.assign")} <kbd aria-hidden="true">a</kbd></button>}
          <button type="button" class="quiet-key" title={t("decide.holdHint")} aria-keyshortcuts="h" disabled={desk.place >= desk.state.items.length - 1 && !desk.state.next} onClick={() => desk.step(1)}>{t("decide.hold")} <kbd aria-hidden="true">h</kbd></button>
          <button type="button" class="danger" aria-keyshortcuts="b" onClick={block}>{t("decide.block")} <kbd aria-hidden="true">b</kbd></button>
          <button type="button" class="primary" title={t("decide.deliverHint")} aria-keyshortcuts="d" onClick={() => desk.decide("deliver")}>{t("decide.deliver")} <kbd aria-hidden="true">d</kbd></button>
        </div>
      </div>
      {c.status === "judging" && <p class="hint">{t("decide.judging")}</p>}
    </section>
  );
}
