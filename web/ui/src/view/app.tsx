import type { VNode } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { ChatClient } from "../client/client";
import type { Session } from "../client/protocol";
import { Sessions } from "../client/rest";
import { sseDial } from "../client/sse";
import { keys } from "../client/storage";
import { webSocketDial } from "../client/websocket";
import { language, onLanguage, t } from "../i18n";
import { Conversation } from "./conversation";
import { storage } from "./storage";

/** Which conversation the address names: `#s=<id>`. */
export function sessionOf(hash: string): string {
  return new URLSearchParams(hash.slice(1)).get("s") ?? "";
}

/** The page: chooses the conversation and shows it. */
export function App({ tab, role }: { tab: string; role?: Session["role"] }): VNode {
  const [client, setClient] = useState(() => connect(sessionOf(location.hash), tab));
  const api = useMemo(() => new Sessions(location.origin, () => storage.getItem(keys.token) ?? ""), []);
  const spoken = useLanguage();

  const go = useCallback((session: string) => {
    history.pushState(null, "", session ? `#s=${session}` : location.pathname + location.search);
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
  return <Conversation key={`${client.id} ${spoken}`} client={client} api={api} keep={storage} go={go} role={role} titled={setTitle} />;
}

/** The language of the page; another one draws all of it anew. */
function useLanguage(): string {
  const [spoken, set] = useState(language);
  useEffect(() => onLanguage(() => set(language())), []);
  return spoken;
}

function setTitle(title: string): void {
  document.title = title ? `${title} · ${t.name}` : t.name;
}

let clients = 0;

function connect(session: string, tab: string): ChatClient & { id: number } {
  const client = new ChatClient({
    dials: [webSocketDial(location.origin), sseDial(location.origin)],
    storage,
    tab,
    session,
    locale: language(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    named: (id) => history.replaceState(null, "", `#s=${id}`),
  });
  return Object.assign(client, { id: ++clients });
}
