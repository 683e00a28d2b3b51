import type { VNode } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ChatClient } from "../client/chat";
import type { Keep } from "../client/outbox";
import type { Draft, Session, Source } from "../client/protocol";
import { keys } from "../client/storage";
import { currentDrafts } from "../client/tree";
import { t } from "../i18n";
import { Announcer } from "./announcer";
import { Chat } from "./chat";
import { composerId } from "./composer";
import { PageContext, type Page, type Pointed } from "./context";
import { Desk } from "./desk";
import { useSteady } from "./live";
import { focusOn, Shortcuts, useShortcuts, type Pane } from "./shortcuts";

/** What a header is given of the conversation below it. */
export interface Heading {
  current: string;
  fresh: () => void;
  help: () => void;
}

interface Props {
  client: ChatClient;
  keep: Keep;
  /** Goes to another conversation, to a new one with "". */
  go: (session: string) => void;
  /** The side of the market to begin with, until the conversation says it. */
  role?: Session["role"];
  /** Told the conversation's title. */
  titled?: (title: string) => void;
  header: (heading: Heading) => VNode;
  /** Said before the first message, in the place of the page's own words. */
  greeting?: string;
}

/** One conversation and what is written in it. It knows neither the address nor the window's title: who shows it does. */
export function Conversation({ client, keep, go, role = "client", titled, header, greeting }: Props): VNode {
  const view = useSteady(client);
  const drafts = useMemo(() => currentDrafts(view.state), [view.state]);
  const draft = drafts.findLast((d) => d.kind === "job_post");
  const [shown, pick] = useShown(drafts);
  const [pane, setPane] = useState<Pane>("chat");
  const [help, setHelp] = useState(false);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const composer = useRef<((text?: string) => void) | null>(null);

  const compose = useCallback((text?: string) => {
    setPane("chat");
    composer.current?.(text);
  }, []);
  const show = useCallback((source: Source) => {
    const { kind, id = "" } = source;
    const inChat = kind === "message" || (kind === "document" && id.startsWith("guide:"));
    setPane(inChat ? "chat" : "draft");
    setPointed({ message: kind === "message" ? id : "", document: kind === "document" ? id : "", start: source.start ?? 0, end: source.end ?? 0 });
    focusOn(kind === "message" ? `message-${id}` : kind === "figure" ? "market" : inChat ? `guide-${id.slice(6)}` : `post-${id}`);
  }, []);
  const fresh = () => go("");
  useShortcuts({ help: useCallback(() => setHelp(true), []), setPane, fresh });
  const session = view.state.session;
  useEffect(() => titled?.(session?.title ?? ""), [titled, session?.title]);

  const side = session?.role ?? role;
  const page: Page = useMemo(() => ({ client, view, keep, role: side, draft, drafts, pointed, show, compose, composer }), [client, view, keep, side, draft, drafts, pointed, show, compose]);
  const current = session?.id ?? "";
  const started = view.state.messages.length + view.unsent.length > 0;
  return (
    <PageContext.Provider value={page}>
      <a class="skip" href={`#${composerId}`} onClick={(e) => { e.preventDefault(); compose(); }}>{t.skip.composer}</a>
      {shown && <a class="skip" href="#draft" onClick={(e) => { e.preventDefault(); setPane("draft"); focusOn("draft"); }}>{t.skip.draft}</a>}
      {header({ current, fresh, help: () => setHelp(true) })}
      {shown && <Tabs pane={pane} set={setPane} draft={shown} />}
      <main class={shown ? "with-draft" : ""} data-pane={pane}>
        {started && <h1 class="offscreen">{session?.title || t.header.untitled}</h1>}
        <Chat greeting={greeting} fresh={fresh} again={() => client.start()} storageKey={keys.composer(current || client.place)} />
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
function Tabs({ pane, set, draft }: { pane: Pane; set: (pane: Pane) => void; draft: Draft }): VNode {
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
