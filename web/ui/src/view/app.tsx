import type { VNode } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ChatClient } from "../client/client";
import type { Draft, Source } from "../client/protocol";
import { Sessions } from "../client/rest";
import { sseDial } from "../client/sse";
import { keys } from "../client/storage";
import { currentDrafts } from "../client/tree";
import { webSocketDial } from "../client/websocket";
import { t } from "../i18n/en";
import { Announcer } from "./announcer";
import { Chat } from "./chat";
import { composerId } from "./composer";
import { PageContext, type Page, type Pointed } from "./context";
import { Desk } from "./desk";
import { Header, Shortcuts } from "./header";
import { useStore } from "./hooks";
import { storage } from "./storage";

/** Which conversation the address names: `#s=<id>`. */
export function sessionOf(hash: string): string {
  return new URLSearchParams(hash.slice(1)).get("s") ?? "";
}

/** The page: chooses the conversation and shows it. */
export function App({ tab }: { tab: string }): VNode {
  const [client, setClient] = useState(() => connect(sessionOf(location.hash), tab));
  const api = useMemo(() => new Sessions(location.origin, () => storage.getItem(keys.token) ?? ""), []);

  const go = useCallback((session: string) => {
    history.pushState(null, "", session ? `#s=${session}` : location.pathname);
    setClient(connect(session, tab));
  }, [tab]);
  useEffect(() => {
    const moved = () => {
      if (sessionOf(location.hash) !== client.session) setClient(connect(sessionOf(location.hash), tab));
    };
    window.addEventListener("popstate", moved);
    return () => window.removeEventListener("popstate", moved);
  }, [client, tab]);
  useEffect(() => {
    const online = () => client.online();
    const offline = () => client.offline();
    const seen = () => !document.hidden && client.online();
    window.addEventListener("online", online);
    window.addEventListener("offline", offline);
    document.addEventListener("visibilitychange", seen);
    client.start();
    return () => {
      window.removeEventListener("online", online);
      window.removeEventListener("offline", offline);
      document.removeEventListener("visibilitychange", seen);
      client.stop();
    };
  }, [client]);
  return <Conversation key={client.id} client={client} api={api} go={go} />;
}

let clients = 0;

function connect(session: string, tab: string): ChatClient & { id: number } {
  const client = new ChatClient({
    dials: [webSocketDial(location.origin), sseDial(location.origin)],
    storage,
    tab,
    session,
    locale: navigator.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    named: (id) => history.replaceState(null, "", `#s=${id}`),
  });
  return Object.assign(client, { id: ++clients });
}

function Conversation({ client, api, go }: { client: ChatClient; api: Sessions; go: (session: string) => void }): VNode {
  const view = useStore(useCallback((f: () => void) => client.subscribe(f), [client]), useCallback(() => client.view, [client]));
  const drafts = useMemo(() => currentDrafts(view.state), [view.state]);
  const draft = drafts.findLast((d) => d.kind === "job_post");
  const [shown, pick] = useShown(drafts);
  const [pane, setPane] = useState<"chat" | "draft">("chat");
  const [help, setHelp] = useState(false);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const composer = useRef<((text?: string) => void) | null>(null);

  const compose = useCallback((text?: string) => {
    setPane("chat");
    composer.current?.(text);
  }, []);
  const show = useCallback((source: Source) => {
    if (source.kind === "message") {
      setPane("chat");
      setPointed({ message: source.id ?? "", start: source.start ?? 0, end: source.end ?? 0 });
      focusOn(`message-${source.id ?? ""}`);
    } else if (source.kind === "document" && source.id?.startsWith("guide:")) {
      setPane("chat");
      focusOn(`guide-${source.id.slice(6)}`);
    } else {
      setPane("draft");
      focusOn(source.kind === "figure" ? "market" : `post-${source.id ?? ""}`);
    }
  }, []);
  useShortcuts(useCallback(() => setHelp(true), []), setPane);
  useEffect(() => {
    const title = view.state.session?.title;
    document.title = title ? `${title} · ${t.name}` : t.name;
  }, [view.state.session?.title]);

  const page: Page = { client, view, draft, drafts, pointed, show, compose, composer };
  const fresh = () => go("");
  const current = view.state.session?.id ?? "";
  const started = view.state.messages.length + view.unsent.length > 0;
  return (
    <PageContext.Provider value={page}>
      <a class="skip" href={`#${composerId}`} onClick={(e) => { e.preventDefault(); compose(); }}>{t.skip.composer}</a>
      {shown && <a class="skip" href="#draft" onClick={(e) => { e.preventDefault(); setPane("draft"); focusOn("draft"); }}>{t.skip.draft}</a>}
      <Header api={api} current={current} open={go} fresh={fresh} help={() => setHelp(true)} />
      {shown && <Tabs pane={pane} set={setPane} draft={shown} />}
      <main class={shown ? "with-draft" : ""} data-pane={pane}>
        {started && <h1 class="offscreen">{view.state.session?.title || t.header.untitled}</h1>}
        <Chat hidden={false} fresh={fresh} again={() => client.start()} storageKey={keys.composer(current || client.place)} />
        {shown && <Desk drafts={drafts} shown={shown} pick={pick} />}
      </main>
      <Announcer />
      {help && <Shortcuts close={() => setHelp(false)} />}
    </PageContext.Provider>
  );
}

/**
 * Which draft is shown: the one that was changed last, until the person picks
 * another. A new change brings its draft to the front again.
 */
function useShown(drafts: readonly Draft[]): [Draft | undefined, (id: string) => void] {
  const [picked, setPicked] = useState({ id: "", at: "" });
  const last = drafts.at(-1);
  const at = last ? `${last.draft_id} ${last.version}` : "";
  const shown = (picked.at === at && drafts.find((d) => d.draft_id === picked.id)) || last;
  const pick = useCallback((id: string) => setPicked({ id, at }), [at]);
  return [shown, pick];
}

/** On a narrow screen one of the two is shown; the other says when it changed. */
function Tabs({ pane, set, draft }: { pane: "chat" | "draft"; set: (pane: "chat" | "draft") => void; draft: Draft }): VNode {
  const seen = useRef(0);
  if (pane === "draft") seen.current = draft.version;
  const changed = pane === "chat" && seen.current !== draft.version;
  return (
    <nav class="tabs" aria-label={t.name}>
      <button type="button" aria-pressed={pane === "chat"} onClick={() => set("chat")}>{t.draft.chatTab}</button>
      <button type="button" aria-pressed={pane === "draft"} onClick={() => set("draft")}>
        {t.kinds[draft.kind] ?? t.draft.tab}
        {changed && <span class="badge"><span class="offscreen">({t.draft.changedBadge})</span></span>}
      </button>
    </nav>
  );
}

/** Brings an element into view and puts the focus there, after what is under way has been drawn. */
function focusOn(id: string): void {
  setTimeout(() => {
    const element = document.getElementById(id);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    element?.closest("[data-all]")?.setAttribute("data-all", "true");
    element?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "center" });
    element?.focus({ preventScroll: true });
  }, 30);
}

function useShortcuts(help: () => void, setPane: (pane: "chat" | "draft") => void): void {
  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "/") help();
      else if (event.altKey && event.code === "KeyM") { setPane("chat"); focusOn(composerId); }
      else if (event.altKey && event.code === "KeyJ") { setPane("draft"); focusOn("draft"); }
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", keyDown);
    return () => window.removeEventListener("keydown", keyDown);
  }, [help, setPane]);
}
