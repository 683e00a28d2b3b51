import type { VNode } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { ChatClient } from "../client/chat";
import type { Session } from "../client/protocol";
import { language, onLanguage, t } from "../i18n";
import { Conversation } from "./conversation";
import { Header } from "./header";
import { storage } from "./storage";

/** Which conversation the address names: `#s=<id>`. */
export function sessionOf(hash: string): string {
  return new URLSearchParams(hash.slice(1)).get("s") ?? "";
}

/** The page: chooses the conversation and shows it. */
export function App({ tab, role }: { tab: string; role?: Session["role"] }): VNode {
  const [client, setClient] = useState(() => connect(sessionOf(location.hash), tab));
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
    client.start();
    return () => client.close();
  }, [client]);
  return <Conversation key={`${client.id} ${spoken}`} client={client} keep={storage} go={go} role={role} titled={setTitle} header={(heading) => <Header {...heading} open={go} />} />;
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
    url: location.origin,
    storage,
    tab,
    session,
    locale: language(),
    named: (id) => history.replaceState(null, "", `#s=${id}`),
  });
  return Object.assign(client, { id: ++clients });
}
