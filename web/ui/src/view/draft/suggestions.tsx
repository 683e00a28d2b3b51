import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { RequestError } from "../../client/problem";
import type { Draft, Suggestion } from "../../client/protocol";
import { explain, t } from "../../i18n";
import { usePage } from "../context";

/** What similar posts specify and this one lacks. Nothing of it is in the post until it is accepted. */
export function Suggestions({ draft }: { draft: Draft }): VNode | null {
  const dismissed = draft.document.dismissed ?? [];
  const shown = (draft.suggestions ?? []).filter((suggestion) => !dismissed.includes(suggestion.id));
  if (shown.length === 0) return null;
  return (
    <section class="suggestions" aria-labelledby="suggestions-title">
      <h3 id="suggestions-title">{t.draft.suggestions}</h3>
      <ul>{shown.map((item) => <li key={item.id}><SuggestionRow draft={draft} item={item} /></li>)}</ul>
    </section>
  );
}

function SuggestionRow({ draft, item }: { draft: Draft; item: Suggestion }): VNode {
  const { client, view } = usePage();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  /** Asks the server, once more on the current version when another change came first. */
  const ask = (request: (on: Draft) => Promise<unknown>, on: Draft, retried: boolean): void => {
    setBusy(true);
    request(on).then(
      () => setBusy(false),
      (error: unknown) => {
        setBusy(false);
        if (!(error instanceof RequestError)) return;
        const current = error.problem.code === "stale_version" ? error.problem.current : undefined;
        if (current && !retried) ask(request, current, true);
        else setProblem(explain(error.problem));
      },
    );
  };
  const accept = (): void => ask((on) => client.accept(on.draft_id, on.version, item.id), draft, false);
  const dismiss = (): void => ask((on) => client.updateDraft(on.draft_id, on.version, { dismissed: [...(on.document.dismissed ?? []), item.id] }), draft, false);
  const closed = busy || view.link.state !== "open";
  return (
    <div class="suggestion" data-suggestion={item.id}>
      <p><span dir="auto">{item.text}</span> <small dir="auto">{item.reason}</small></p>
      <button type="button" class="accept" aria-label={`${t.draft.accept}: ${item.text}`} disabled={closed} onClick={accept}>{t.draft.accept}</button>
      <button type="button" class="quiet" aria-label={`${t.draft.dismiss}: ${item.text}`} disabled={closed} onClick={dismiss}>{t.draft.dismiss}</button>
      {problem && <p role="alert" class="form-trouble">{problem}</p>}
    </div>
  );
}
