import type { VNode } from "preact";
import { t } from "../i18n";
import { usePage } from "./context";

/** What a person sees before the first word. A site may greet in its own words. */
export function EmptyState({ greeting }: { greeting: string | undefined }): VNode {
  const { compose, role } = usePage();
  const words = role === "freelancer" ? t.apply : t.empty;
  return (
    <div class="empty">
      <h1 dir="auto">{greeting || words.title}</h1>
      {!greeting && <p>{words.text}</p>}
      <h2 id="openings">{t.empty.examples}</h2>
      <ul class="openings" aria-labelledby="openings">
        {words.openings.map((opening) => (
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
