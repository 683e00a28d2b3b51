import type { VNode } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useStore } from "../../view/hooks";
import { AgreementView } from "../agreement/page";
import type { Api } from "../api";
import { t } from "../i18n";
import { toAddress, type Query, type Route } from "../route";
import type { Label, Operator } from "../types";
import { CaseView } from "./case";
import { Desk } from "./desk";
import { Help } from "./help";
import { useKeys } from "./keyboard";
import { List } from "./list";
import { Policies } from "./policies";
import { Toast, type Said } from "./toast";

interface Props {
  api: Api;
  me: Operator;
  route: Route;
  go: (route: Route) => void;
  help: boolean;
  setHelp: (open: boolean) => void;
  /** Nobody is signed in right now. */
  away: boolean;
}

const interval = 15_000;

/** The review queue and what is measured of it. */
export function Moderation({ api, me, route, go, help, setHelp, away }: Props): VNode {
  const [said, setSaid] = useState<Said>({ text: "", kind: "done", at: 0 });
  const [policy, setPolicy] = useState<Label | "" | null>(null);
  const here = useRef(route);
  here.current = route;
  const open = useCallback((id: string) => go({ ...here.current, view: "queue", case: id }), [go]);
  // One desk for as long as the same person works on the same site: what they wrote outlives signing in anew.
  const [desk] = useState(() => new Desk(api, me, {
    go: open,
    say: (text, kind = "done") => setSaid((last) => ({ text, kind, at: last.at + 1 })),
  }));
  const state = useStore(desk.subscribe, desk.get);
  useEffect(() => () => desk.close(), [desk]);

  const queue = route.view === "queue";
  const asked = JSON.stringify(route.query);
  useEffect(() => { if (queue) void desk.ask(JSON.parse(asked) as Query); }, [desk, asked, queue]);
  useEffect(() => { if (queue) void desk.show(route.case); }, [desk, route.case, queue]);
  usePolling(useCallback(() => { void desk.poll(); }, [desk]), queue && !away);
  const wasAway = useRef(away);
  useEffect(() => {
    if (wasAway.current && !away) void desk.ask(here.current.query).then(() => desk.state.detail || desk.again());
    wasAway.current = away;
  }, [desk, away]);
  useKeys({ desk, enabled: queue && !away, help: () => setHelp(true), policies: () => setPolicy(desk.state.detail?.case.verdict.labels?.[0] ?? "") });

  const view = (name: Route["view"], text: string) => {
    const to = { ...route, view: name };
    return <a href={toAddress(to)} aria-current={route.view === name ? "page" : undefined} onClick={(event) => { event.preventDefault(); go(to); }}>{text}</a>;
  };
  return (
    <>
      <main class={`desk-of ${queue ? "queue" : "figures-of"}`} data-open={queue && route.case ? "case" : "list"}>
        <div class="views">
          <h1>{queue ? t("queue.title") : t("agreement.title")}</h1>
          <nav aria-label={t("queue.views")}>{view("queue", t("queue.queue"))}{view("agreement", t("queue.agreement"))}</nav>
        </div>
        {queue ? (
          <>
            <List desk={desk} state={state} route={route} go={go} />
            <CaseView desk={desk} state={state} close={() => open("")} policy={setPolicy} />
          </>
        ) : <AgreementView api={api} />}
      </main>
      <Toast said={said} undo={state.undo} take={() => void desk.undo()} conflict={state.conflict && state.conflict.case !== state.current ? () => open(state.conflict?.case ?? "") : null} />
      {policy !== null && <Policies api={api} label={policy} close={() => setPolicy(null)} />}
      {help && <Help viewer={!desk.mayDecide} close={() => setHelp(false)} />}
    </>
  );
}

/** Calls while the page is seen, and at once when it is seen again. */
function usePolling(poll: () => void, on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const look = () => { if (!document.hidden) poll(); };
    const timer = setInterval(look, interval);
    document.addEventListener("visibilitychange", look);
    addEventListener("online", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      removeEventListener("online", look);
    };
  }, [poll, on]);
}
