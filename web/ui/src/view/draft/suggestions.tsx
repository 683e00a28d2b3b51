import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { RequestError } from "../../client/connection";
import type { Draft, Suggestion } from "../../client/protocol";
import { put } from "../../client/storage";
import { explain, t } from "../../i18n/en";
import { usePage } from "../context";
import { storage } from "../storage";

/** What similar posts specify and this one lacks. Nothing of it is in the post until it is accepted. */
export function Suggestions({ draft }: { draft: Draft }): VNode | null {
  const key = `parley.dismissed.${draft.draft_id}`;
  const [gone, setGone] = useState<string[]>(() => (storage.getItem(key) ?? "").split("\n"));
  const shown = (draft.suggestions ?? []).filter((suggestion) => !gone.includes(suggestion.id));
  if (shown.length === 0) return null;
  const dismiss = (id: string) => {
    const next = [...gone, id];
    setGone(next);
    put(storage, key, next.filter(Boolean).join("\n"));
  };
  return (
    <section class="suggestions" aria-labelledby="suggestions-title">
      <h3 id="suggestions-title">{t.draft.suggestions}</h3>
      <ul>{shown.map((item) => <li key={item.id}><SuggestionRow draft={draft} item={item} dismiss={() => dismiss(item.id)} /></li>)}</ul>
    </section>
  );
}

function SuggestionRow({ draft, item, dismiss }: { draft: Draft; item: Suggestion; dismiss: () => void }): VNode {
  const { client, view } = usePage();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const accept = (version: number, retried: boolean): void => {
    setBusy(true);
    client.accept(draft.draft_id, version, item.id).then(
      () => setBusy(false),
      (error: unknown) => {
        setBusy(false);
        if (!(error instanceof RequestError)) return;
        const current = error.problem.code === "stale_version" ? error.problem.current : undefined;
        if (current && !retried) accept(current.version, true);
        else setProblem(explain(error.problem));
      },
    );
  };
  const closed = busy || view.link.state !== "open";
  return (
    <div class="suggestion" data-suggestion={item.id}>
      <p><span dir="auto">{item.text}</span> <small>{item.reason}</small></p>
      <button type="button" class="accept" aria-label={`${t.draft.accept}: ${item.text}`} disabled={closed} onClick={() => accept(draft.version, false)}>{t.draft.accept}</button>
      <button type="button" class="quiet" aria-label={`${t.draft.dismiss}: ${item.text}`} onClick={dismiss}>{t.draft.dismiss}</button>
      {problem && <p role="alert" class="form-trouble">{problem}</p>}
    </div>
  );
}
