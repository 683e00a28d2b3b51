import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { name, t } from "../i18n";
import type { Detail, Mark } from "../types";
import { marksOf, pieces, window as part, type Piece } from "./marks";
import { Visible } from "./visible";

/** The message with what was said before it, and what marked it. */
export function Conversation({ detail }: { detail: Detail }): VNode {
  const { message, verdict } = detail.case;
  const marks = verdict.marks ?? [];
  const byRule = marks.some((mark) => mark.rule);
  const byModel = marks.some((mark) => !mark.rule);
  return (
    <section class="conversation" aria-label={t("case.message")}>
      {message.thread && message.thread.length > 0 && (
        <>
          <h3>{t("case.thread")}</h3>
          <ol class="thread">
            {message.thread.map((line, index) => (
              <li key={index} class={line.sender === message.sender ? "same" : "other"}>
                <span class="who">{name("sender", line.sender || "unknown")}</span>
                <Text text={line.text} marks={marksOf(marks, index + 1)} thread={index + 1} />
              </li>
            ))}
          </ol>
          <h3>{t("case.message")}</h3>
        </>
      )}
      <div class="judged"><Text text={message.text} marks={marksOf(marks, 0)} thread={0} /></div>
      {marks.length > 0 && (
        <p class="legend quiet">{t("case.legend")}: {byRule && <mark class="by-rule">{t("case.legend.rule")}</mark>} {byModel && <mark class="by-words">{t("case.legend.words")}</mark>}</p>
      )}
    </section>
  );
}

/** A mark elsewhere on the page asks for its place to be shown by this event. */
export const point = "parley:point";

function Text({ text, marks, thread }: { text: string; marks: Mark[]; thread: number }): VNode {
  const [whole, setWhole] = useState(false);
  const [from, to] = part(text, marks);
  const cut = from > 0 || to < text.length;
  useEffect(() => {
    if (!cut) return;
    const shown = (event: Event) => { if (event instanceof CustomEvent && (event.detail as Mark).thread === thread) setWhole(true); };
    document.addEventListener(point, shown);
    return () => document.removeEventListener(point, shown);
  }, [cut, thread]);
  const list = whole ? pieces(text, marks) : pieces(text, marks, from, to);
  return (
    <>
      <p class="said" dir="auto">
        {!whole && from > 0 && "… "}
        {list.map((piece) => <PieceView key={piece.start} piece={piece} thread={thread} />)}
        {!whole && to < text.length && " …"}
      </p>
      {cut && <button type="button" class="link" aria-expanded={whole} onClick={() => setWhole(!whole)}>{whole ? t("case.less") : t("case.whole", { n: text.length })}</button>}
    </>
  );
}

function PieceView({ piece, thread }: { piece: Piece; thread: number }): VNode {
  const [first] = piece.marks;
  if (!first) return <Visible text={piece.text} />;
  const title = [...new Set(piece.marks.map((mark) => [name("label", mark.label), mark.rule].filter(Boolean).join(" · ")))].join("\n");
  return <mark class={first.rule ? "by-rule" : "by-words"} title={title} data-place={`${thread}:${piece.start}`}><Visible text={piece.text} /></mark>;
}

/** Scrolls to where a mark stands. */
export function pointTo(mark: Mark): void {
  const thread = mark.thread ?? 0;
  document.dispatchEvent(new CustomEvent(point, { detail: { ...mark, thread } }));
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const place = document.querySelector<HTMLElement>(`[data-place="${thread}:${mark.start}"]`);
    place?.scrollIntoView({ block: "center", behavior: "smooth" });
    place?.animate?.([{ outline: "3px solid var(--gold)" }, { outline: "3px solid transparent" }], { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : 1200 });
  }));
}
