import type { VNode } from "preact";
import { t } from "../i18n/en";
import { usePage } from "./context";

/** What a person sees before the first word. */
export function EmptyState(): VNode {
  const { compose } = usePage();
  return (
    <div class="empty">
      <h1>{t.empty.title}</h1>
      <p>{t.empty.text}</p>
      <h2 id="openings">{t.empty.examples}</h2>
      <ul class="openings" aria-labelledby="openings">
        {t.empty.openings.map((opening) => (
          <li key={opening.trade}>
            <button type="button" onClick={() => compose(opening.text)}>
              <strong>{opening.trade}</strong>
              <span>{opening.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
