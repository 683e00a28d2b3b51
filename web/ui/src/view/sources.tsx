import type { ComponentChildren, VNode } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Claim, Evidence, JobPost, Source } from "../client/protocol";
import { uniqueSources } from "../draft/pointer";
import { fill, t } from "../i18n";
import * as format from "../i18n/format";
import { Icon } from "./icons";
import { usePage } from "./context";

/** What is known of documents and figures, to name a source by. */
export interface Known {
  evidence: readonly Evidence[];
  post: JobPost | undefined;
  /** The id of the post that a proposal answers. */
  answered?: string;
}

/** A sentence with the mark that opens what it rests on. */
export function Cited({ claim, known, last, children }: { claim: Claim; known: Known; last: boolean; children: ComponentChildren }): VNode {
  const sources = uniqueSources(claim.sources ?? []);
  const stated = sources.filter((source) => source.kind !== "wording");
  return (
    <span class="cited" data-claim={claim.id}>
      {children}
      {last && stated.length > 0 && <SourceMark sources={stated} known={known} />}
    </span>
  );
}

/** A small sign after a sentence or value; hover, focus or tap opens its sources. */
export function SourceMark({ sources, known }: { sources: readonly Source[]; known: Known }): VNode | null {
  const [open, setOpen] = useState(false);
  const id = useId();
  const wrap = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (sources.length === 0) return null;
  const later = (value: boolean, ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(value), ms);
  };
  const leave = (event: FocusEvent) => {
    if (!(event.relatedTarget instanceof Node) || !wrap.current?.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    <span
      class="source"
      ref={wrap}
      onPointerEnter={(event) => event.pointerType === "mouse" && later(true, 180)}
      onPointerLeave={(event) => event.pointerType === "mouse" && later(false, 220)}
      onFocusOut={leave}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        setOpen(false);
      }}
    >
      {/* A word joiner keeps the mark on the line of the word before it. */}
      {"\u2060"}
      <button
        type="button"
        class={`source-mark from-${dominant(sources)}`}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={fill(t.source.open, { n: sources.length })}
        onClick={() => setOpen(!open)}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && setOpen(true)}
      >
        <span aria-hidden="true">{glyph(dominant(sources))}</span>
      </button>
      {open && <Panel id={id} sources={sources} known={known} close={() => setOpen(false)} />}
    </span>
  );
}

function Panel({ id, sources, known, close }: { id: string; sources: readonly Source[]; known: Known; close: () => void }): VNode {
  const { show } = usePage();
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (ref.current) place(ref.current);
  }, []);
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !ref.current?.parentElement?.contains(event.target)) close();
    };
    // The panel does not move with the text under it, so scrolling closes it.
    const scrolled = (event: Event) => event.target !== ref.current && close();
    document.addEventListener("pointerdown", outside);
    document.addEventListener("scroll", scrolled, true);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("scroll", scrolled, true);
    };
  }, [close]);
  return (
    <span class="source-panel" id={id} ref={ref} role="group" aria-label={t.source.title}>
      {sources.map((source) => (
        <SourceLine source={source} known={known} show={() => { close(); show(source); }} />
      ))}
    </span>
  );
}

/** Keeps the panel beside its mark and inside the window. */
function place(panel: HTMLElement): void {
  const mark = panel.parentElement?.getBoundingClientRect();
  if (!mark) return;
  const box = panel.getBoundingClientRect();
  const margin = 8;
  const left = Math.max(margin, Math.min(mark.left - 24, window.innerWidth - box.width - margin));
  const below = mark.bottom + 6;
  const top = below + box.height > window.innerHeight - margin ? Math.max(margin, mark.top - box.height - 6) : below;
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
}

function SourceLine({ source, known, show }: { source: Source; known: Known; show: () => void }): VNode {
  const action = actionOf(source, known);
  return (
    <span class="source-line">
      <span class="source-kind">{kindName(source, known)}</span>
      <span class="source-text" dir="auto">{describe(source, known)}</span>
      {action && <button type="button" class="link" onClick={show}>{action}</button>}
    </span>
  );
}

function actionOf(source: Source, known: Known): string {
  if (source.kind === "message") return t.source.jump;
  if (source.kind === "document") return !source.id ? "" : source.id.startsWith("guide:") ? t.source.section : isPost(source, known) ? t.source.show : t.source.person;
  return source.kind === "figure" ? t.source.chart : "";
}

/** Documents are posts, people on a list, or sections of the handbook. */
function kindName(source: Source, known: Known): string {
  if (source.kind !== "document") return t.source[source.kind];
  if (source.id?.startsWith("guide:")) return t.source.guide;
  if (source.id && source.id === known.answered) return t.source.post;
  return isPost(source, known) ? t.source.document : t.source.profile;
}

function isPost({ id }: Source, { evidence, post, answered }: Known): boolean {
  return id === answered || [...evidence, ...(post?.similar ?? [])].find((item) => item.id === id)?.kind === "job_post";
}

function describe(source: Source, { evidence, post }: Known): string {
  if (source.kind === "document") {
    const found = [...evidence, ...(post?.similar ?? [])].find((item) => item.id === source.id);
    return [found?.title, source.quote && `“${source.quote}”`].filter(Boolean).join(": ") || (source.id ?? "");
  }
  if (source.kind === "figure") return source.quote || figure(source.id ?? "", post) || (source.id ?? "");
  return source.quote ? `“${source.quote}”` : "";
}

function figure(id: string, post: JobPost | undefined): string {
  const pay = post?.market?.pay?.find((f) => f.id === id);
  if (pay) return `${t.market.median} ${format.money(pay.p50, pay.currency)}, ${fill(t.market.posts, { n: pay.posts })}`;
  const days = [post?.market?.duration, post?.market?.time_to_hire].find((f) => f?.id === id);
  return days ? `${t.market.median} ${format.days(days.p50)}, ${fill(t.market.posts, { n: days.posts })}` : "";
}

/** The kind that a mark is drawn by: a person's own words count most. */
function dominant(sources: readonly Source[]): Source["kind"] {
  const order: Source["kind"][] = ["edit", "message", "suggestion", "figure", "document", "wording"];
  return order.find((kind) => sources.some((source) => source.kind === kind)) ?? "wording";
}

function glyph(kind: Source["kind"]): VNode {
  if (kind === "message") return <>”</>;
  if (kind === "edit") return <Icon name="edit" />;
  if (kind === "suggestion") return <Icon name="plus" />;
  if (kind === "figure") return <svg viewBox="0 0 12 12" width="10" height="10"><path d="M2 11V7M6 11V1M10 11V4" /></svg>;
  return <svg viewBox="0 0 12 12" width="10" height="10"><path d="M2.5 1h7v10h-7zM4.5 4h3M4.5 6.5h3" /></svg>;
}
