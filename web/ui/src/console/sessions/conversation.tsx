import type { VNode } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../view/icons";
import { trouble, type Api } from "../api";
import { instant, t as common } from "../i18n";
import { Visible } from "../moderation/visible";
import type { Operator } from "../types";
import { took } from "./format";
import { tone } from "./list";
import { named, t } from "./texts";
import type { Answer, Conversation, Exchange, View } from "./types";

interface Props {
  api: Api;
  me: Operator;
  id: string;
  turn: string;
  /** When it has last changed, as the live list says; empty when it has not. */
  changed: string;
  open: (id: string) => void;
  show: (turn: string) => void;
}

/** A conversation as it was held, to be read only. */
export function ConversationView({ api, me, id, turn, changed, open, show }: Props): VNode {
  const [c, set] = useState<Conversation | null>(null);
  const [wrong, setWrong] = useState("");
  const [branches, setBranches] = useState(false);
  const scroll = useRef<HTMLDivElement>(null);
  const load = useCallback((before = 0, signal?: AbortSignal) => api.get(`/v1/console/sessions/${encodeURIComponent(id)}?limit=50${before ? `&before=${before}` : ""}`, signal).then((answer) => {
    set((last) => (last && before ? earlier(last, answer as Conversation) : last ? newer(last, answer as Conversation) : (answer as Conversation)));
    setWrong("");
  }).catch((error: unknown) => {
    if (signal?.aborted) return;
    const what = trouble(error);
    if (what.kind === "refused" && what.code === "not_found") set(null);
    setWrong(what.kind === "offline" ? common("trouble.offline") : what.detail);
  }), [api, id]);
  useEffect(() => {
    const stop = new AbortController();
    void load(0, stop.signal);
    return () => stop.abort();
  }, [load, changed]);

  const first = c !== null;
  useLayoutEffect(() => {
    const box = scroll.current;
    const at = box?.querySelector("[aria-pressed=true]");
    if (at) at.scrollIntoView({ block: "center" });
    else if (box) box.scrollTop = box.scrollHeight;
  }, [first]);

  const hidden = c?.exchanges.some((x) => !x.selected) ?? false;
  return (
    <section class="case talk" aria-label={t("conversation")}>
      <div class="case-bar">
        <button type="button" class="tool back" aria-label={t("back")} onClick={() => open("")}><Icon name="left" /></button>
        <h2 dir="auto">{c ? <Visible text={c.session.title || c.session.first || t("untitled")} /> : t("conversation")}</h2>
        <span class="spring" />
        {hidden && <label class="tick"><input type="checkbox" checked={branches} onChange={(event) => setBranches(event.currentTarget.checked)} />{t("branches")}</label>}
      </div>
      <div class="case-scroll" ref={scroll} aria-busy={!c && !wrong} tabIndex={0} role="group" aria-label={t("messagesOf")}>
        {wrong && <p class="form-trouble" role="alert">{wrong}</p>}
        {c && <Facts api={api} me={me} c={c} />}
        {c?.masked && <p class="callout">{t("masked")}</p>}
        {c?.before && <p class="earlier"><button type="button" onClick={() => void load(c.before)}>{t("earlier")}</button></p>}
        {c && <ol class="turns">{c.exchanges.filter((x) => x.selected || branches).map((x) => <ExchangeView key={x.message.id} x={x} turn={turn} show={show} />)}</ol>}
      </div>
    </section>
  );
}

function earlier(last: Conversation, more: Conversation): Conversation {
  return { ...last, exchanges: [...more.exchanges, ...last.exchanges], before: more.before };
}

/** The newest page again: what was read before it stays. */
function newer(last: Conversation, now: Conversation): Conversation {
  const first = now.exchanges[0]?.message.id;
  const at = last.exchanges.findIndex((x) => x.message.id === first);
  return at > 0 ? { ...now, exchanges: [...last.exchanges.slice(0, at), ...now.exchanges], before: last.before } : now;
}

function Facts({ api, me, c: { session: s } }: { api: Api; me: Operator; c: Conversation }): VNode {
  return (
    <div class="facts-line">
      <span>{named("role", s.role)}</span>
      <span title={s.person}>{t("person", { id: short(s.person) })}</span>
      {s.locale && <span>{s.locale}</span>}
      <span>{t("begun", { at: instant(s.created) })}</span>
      <span>{t("messages", { n: s.messages })}</span>
      {me.role === "admin" && <Views api={api} id={s.id} />}
    </div>
  );
}

/** Who looked at the conversation, for admins. */
function Views({ api, id }: { api: Api; id: string }): VNode {
  const [views, set] = useState<View[] | null>(null);
  const look = () => void api.get(`/v1/console/views?limit=20&session=${encodeURIComponent(id)}`).then((answer) => set((answer as { views: View[] }).views), () => set([]));
  return (
    <details class="looked" onToggle={(event) => { if (event.currentTarget.open) look(); }}>
      <summary>{t("looked")}</summary>
      <ul>{views?.map((v) => <li key={v.at + v.operator}>{v.name} <time dateTime={v.at} class="quiet">{instant(v.at)}</time></li>)}</ul>
    </details>
  );
}

function ExchangeView({ x, turn, show }: { x: Exchange; turn: string; show: (turn: string) => void }): VNode {
  return (
    <li class={x.selected ? "" : "aside-branch"}>
      <div class="asked">
        <p class="said" dir="auto"><Visible text={x.message.text} /></p>
        {x.message.attachments?.map((a) => <span class="label" key={a.file_id}><Icon name="clip" />{a.name}</span>)}
        <time class="quiet" dateTime={x.message.created}>{instant(x.message.created)}</time>
      </div>
      {x.responses.map((r) => <AnswerView key={r.response_id} r={r} pressed={turn === r.response_id} show={show} />)}
      {x.drafts.length > 0 && <p class="drafts">{x.drafts.map((d) => <span class="label" key={`${d.draft_id} ${d.version}`}>{t("draftVersion", { kind: named("draft", d.kind), version: d.version, who: named("by", d.author) })}</span>)}</p>}
    </li>
  );
}

function AnswerView({ r, pressed, show }: { r: Answer; pressed: boolean; show: (turn: string) => void }): VNode {
  const old = r.status === "replaced" || r.status === "released";
  return (
    <div class={`answer ${old ? "old" : ""}`} data-response={r.response_id}>
      {r.text && <p class="said" dir="auto"><Visible text={r.text} /></p>}
      {r.status === "running" && <p class="quiet"><span class="dot-live" aria-hidden="true" /> {t("writing")}</p>}
      {r.error && <p class="problem">{r.error.message} <code>{r.error.code}</code></p>}
      <div class="answer-foot">
        {r.status !== "completed" && <span class={`pill ${tone(r.status)}`}>{named("status", r.status)}</span>}
        {r.route && <span>{named("workflow", r.route)}</span>}
        {r.model && <span>{r.model}</span>}
        {r.total_ms > 0 && <span>{took(r.total_ms)}</span>}
        {r.evidence > 0 && <span>{t("evidenceCount", { n: r.evidence })}</span>}
        {r.feedback && r.feedback.rating !== "none" && <span class={`rated ${r.feedback.rating}`} title={r.feedback.comment ?? r.feedback.reason}><Icon name={r.feedback.rating === "up" ? "up" : "down"} /><span class="offscreen">{t(r.feedback.rating === "up" ? "ratedUp" : "ratedDown")}</span></span>}
        <span class="spring" />
        <button type="button" class="trace-button" aria-pressed={pressed} onClick={() => show(pressed ? "" : r.response_id)}>{t("trace")}<Icon name="right" /></button>
      </div>
      {r.feedback?.comment && <p class="quiet" dir="auto">{t("comment")} <q><Visible text={r.feedback.comment} /></q></p>}
    </div>
  );
}

/** An id that nobody reads to its end. */
export function short(id: string): string {
  return id.length > 14 ? `${id.slice(0, 10)}…` : id;
}
