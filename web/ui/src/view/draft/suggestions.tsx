import type { VNode } from "preact";
import type { Draft, Suggestion } from "../../client/protocol";
import { t } from "../../i18n";
import { usePage } from "../context";
import { useChange } from "./change";

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
  const { change, attempt, trouble, busy } = useChange(draft);
  const accept = (): void => void attempt((on) => client.accept(on.draft_id, on.version, item.id));
  const dismiss = (): void => void change((post) => ({ dismissed: [...(post.dismissed ?? []), item.id] }));
  const closed = busy || view.link.state !== "open";
  return (
    <div class="suggestion" data-suggestion={item.id}>
      <p><span dir="auto">{item.text}</span> <small dir="auto">{item.reason}</small></p>
      <button type="button" class="accept" aria-label={`${t.draft.accept}: ${item.text}`} disabled={closed} onClick={accept}>{t.draft.accept}</button>
      <button type="button" class="quiet" aria-label={`${t.draft.dismiss}: ${item.text}`} disabled={closed} onClick={dismiss}>{t.draft.dismiss}</button>
      {trouble && <p role="alert" class="form-trouble">{trouble}</p>}
    </div>
  );
}
