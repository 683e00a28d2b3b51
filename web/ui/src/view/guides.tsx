import type { VNode } from "preact";
import type { Evidence, GuideData } from "../client/protocol";
import { Markdown } from "../markdown/markdown";
import { t } from "../i18n";

/** The sections of the handbook that an answer is from, to be read as a whole. */
export function Guides({ items }: { items: readonly Evidence[] | undefined }): VNode | null {
  const guides = (items ?? []).filter((item) => item.kind === "guide");
  if (guides.length === 0) return null;
  return (
    <div class="guides">
      {guides.map((guide) => (
        <details key={guide.id} id={guide.id.replace(":", "-")} tabIndex={-1}>
          <summary><span class="soft">{t.source.guide}</span> <bdi>{guide.title}</bdi></summary>
          <Markdown text={(guide.data as GuideData | undefined)?.text ?? guide.snippet ?? ""} />
        </details>
      ))}
    </div>
  );
}
