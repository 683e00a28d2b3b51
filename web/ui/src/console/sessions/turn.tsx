import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../view/icons";
import { trouble, type Api } from "../api";
import { t as common } from "../i18n";
import { Calls } from "./calls";
import { EvidenceList } from "./evidence";
import { Grounding } from "./grounding";
import { Overview } from "./overview";
import { Raw } from "./raw";
import { Screening } from "./screening";
import { t } from "./texts";
import type { Turn } from "./types";

interface Props {
  api: Api;
  id: string;
  site: string;
  changed: string;
  show: (turn: string) => void;
}

const tabs = ["overview", "evidence", "models", "grounding", "moderation", "raw"] as const;
type Tab = (typeof tabs)[number];

let lastTab: Tab = "overview";

/** How one answer came about. */
export function TurnView({ api, id, site, changed, show }: Props): VNode {
  const [turn, set] = useState<Turn | null>(null);
  const [wrong, setWrong] = useState("");
  const [tab, setTab] = useState<Tab>(lastTab);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const stop = new AbortController();
    api.get(`/v1/console/turns/${encodeURIComponent(id)}`, stop.signal).then((answer) => { set(answer as Turn); setWrong(""); }, (error: unknown) => {
      if (stop.signal.aborted) return;
      const what = trouble(error);
      if (what.kind === "refused" && what.code === "not_found") set(null);
      setWrong(what.kind === "offline" ? common("trouble.offline") : what.detail);
    });
    return () => stop.abort();
  }, [api, id, changed]);
  // Whoever opens a trace by keyboard or with a screen reader goes on in it.
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const choose = (next: Tab) => {
    lastTab = next;
    setTab(next);
  };
  return (
    <section class="case trace" aria-labelledby="trace-title">
      <div class="case-bar">
        <button type="button" class="tool back" aria-label={t("back")} onClick={() => show("")}><Icon name="left" /></button>
        <h2 id="trace-title" ref={heading} tabIndex={-1}>{t("trace")}</h2>
        <span class="spring" />
        {turn && turn.siblings.length > 1 && (
          <label><span class="offscreen">{t("siblings")}</span>
            <select value={id} onChange={(event) => show(event.currentTarget.value)}>
              {turn.siblings.map((s, i) => <option key={s.response_id} value={s.response_id}>{t("sibling", { n: i + 1, of: turn.siblings.length })}</option>)}
            </select>
          </label>
        )}
        <button type="button" class="tool close" aria-label={t("close")} onClick={() => show("")}><Icon name="close" /></button>
      </div>
      <Tabs tab={tab} choose={choose} turn={turn} />
      <div class="case-scroll" role="tabpanel" id="trace-panel" aria-labelledby={`tab-${tab}`} aria-busy={!turn && !wrong} tabIndex={0}>
        {wrong && <p class="form-trouble" role="alert">{wrong}</p>}
        {turn && <Panel tab={tab} turn={turn} site={site} />}
      </div>
    </section>
  );
}

function Panel({ tab, turn, site }: { tab: Tab; turn: Turn; site: string }): VNode {
  switch (tab) {
    case "overview": return <Overview turn={turn} />;
    case "evidence": return <EvidenceList turn={turn} />;
    case "models": return <Calls turn={turn} />;
    case "grounding": return <Grounding turn={turn} />;
    case "moderation": return <Screening turn={turn} site={site} />;
    case "raw": return <Raw turn={turn} />;
  }
}

/** The tabs, with the arrow keys as the ARIA authoring practices have them. */
function Tabs({ tab, choose, turn }: { tab: Tab; choose: (tab: Tab) => void; turn: Turn | null }): VNode {
  const bar = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const forward = document.documentElement.dir === "rtl" ? -by : by;
    const next = tabs[(tabs.indexOf(tab) + forward + tabs.length) % tabs.length] ?? "overview";
    choose(next);
    bar.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  const counts: Partial<Record<Tab, number>> = turn ? {
    evidence: turn.response.evidence?.length ?? 0,
    models: turn.calls.length,
    grounding: turn.calls.reduce((sum, c) => sum + (c.dropped?.length ?? 0), 0),
  } : {};
  return (
    <div class="trace-tabs" role="tablist" aria-label={t("trace")} ref={bar} onKeyDown={move}>
      {tabs.map((name) => (
        <button key={name} type="button" role="tab" id={`tab-${name}`} aria-selected={tab === name} aria-controls="trace-panel" tabIndex={tab === name ? 0 : -1} onClick={() => choose(name)}>
          {t(`tab.${name}`)}{counts[name] ? <span class="count">{counts[name]}</span> : null}
        </button>
      ))}
    </div>
  );
}
