import "./style.css";
import type { VNode } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { trouble, type Trouble } from "../api";
import type { AreaProps } from "../areas";
import { asked, fromPlace, toAddress, type Query, type Route } from "./address";
import { ConversationView } from "./conversation";
import { Help } from "./help";
import { useKeys } from "./keyboard";
import { List } from "./list";
import { joined, merged, plain } from "./listing";
import { listen } from "./live";
import { t } from "./texts";
import { TurnView } from "./turn";
import type { Listing, Summary } from "./types";

/** The conversations of a site: the list, one of them, and how an answer of it came about. */
export default function SessionsArea({ api, me, place, go, help, setHelp, away }: AreaProps): VNode {
  const route = useMemo(() => fromPlace(place), [place]);
  const goTo = useCallback((next: Route) => go(toAddress(next)), [go]);
  const [list, setList] = useState<Listing | null>(null);
  const [wrong, setWrong] = useState<Trouble | null>(null);
  const [loading, setLoading] = useState(false);
  const [live, setLive] = useState(false);
  const [changed, setChanged] = useState<Summary | null>(null);
  const latest = useRef(route.query);
  latest.current = route.query;
  const query = JSON.stringify(route.query);

  const load = useCallback((q: Query, after = "", signal?: AbortSignal) => {
    setLoading(true);
    return api.get(`/v1/console/sessions?${asked(q)}${after && `&after=${after}`}`, signal)
      .then((answer) => {
        setList((last) => (after && last ? joined(last, answer as Listing) : (answer as Listing)));
        setWrong(null);
        setLoading(false);
      })
      .catch((error: unknown) => {
        if (signal?.aborted) return;
        setWrong(trouble(error));
        setLoading(false);
      });
  }, [api]);
  useEffect(() => {
    if (away) return;
    const stop = new AbortController();
    setList(null);
    void load(JSON.parse(query) as Query, "", stop.signal);
    return () => stop.abort();
  }, [load, query, away]);

  useEffect(() => {
    if (away) return;
    const stop = new AbortController();
    void listen(api, {
      on: setLive,
      again: () => void load(latest.current),
      changed: (session) => {
        setChanged(session);
        // Whether something narrowed still belongs there only the server knows.
        setList((last) => (last && plain(latest.current) ? merged(last, session) : last && refreshed(last, session)));
      },
      lost: () => void api.session().then(() => location.reload(), () => api.signedOut()),
    }, stop.signal);
    return () => stop.abort();
  }, [api, load, away]);

  const open = useCallback((session: string) => goTo({ ...route, session, turn: "" }), [goTo, route]);
  const show = useCallback((turn: string) => goTo({ ...route, turn }), [goTo, route]);
  useKeys({ enabled: !away, open, back: () => (route.turn ? show("") : open("")), session: route.session, ids: list?.sessions.map((s) => s.id) ?? [], help: () => setHelp(true) });
  const opened = route.session ? (route.turn ? "turn" : "session") : "list";
  return (
    <>
      <main class="desk-of sessions-of" data-open={opened}>
        <div class="views">
          <h1>{t("title")}</h1>
          <p class="live" data-on={live}><span class="dot-live" aria-hidden="true" />{t(live ? "live.on" : "live.off")}</p>
        </div>
        <List list={list} wrong={wrong} loading={loading} route={route} go={goTo} more={() => void load(route.query, list?.next)} again={() => void load(route.query)} />
        {route.session
          ? <ConversationView key={route.session} api={api} me={me} id={route.session} turn={route.turn} changed={changed?.id === route.session ? changed.updated : ""} open={open} show={show} />
          : <div class="case invitation"><div><h2>{t("start.title")}</h2><p>{t("start.text")}</p></div></div>}
        {route.session && route.turn && <TurnView key={route.turn} api={api} id={route.turn} site={route.site} changed={changed?.id === route.session ? changed.updated : ""} show={show} />}
      </main>
      {help && <Help close={() => setHelp(false)} />}
    </>
  );
}

/** What is listed keeps its place while somebody looks for something. */
function refreshed(list: Listing, changed: Summary): Listing {
  return { ...list, sessions: list.sessions.map((s) => (s.id === changed.id ? { ...changed, excerpt: s.excerpt } : s)) };
}
