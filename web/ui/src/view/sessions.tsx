import type { VNode } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Session } from "../client/protocol";
import { fill, t } from "../i18n";
import { ago } from "../i18n/format";
import { visible } from "../markdown/visible";
import { usePage } from "./context";
import { download } from "./download";
import { focused } from "./hooks";
import { Icon } from "./icons";

interface Props {
  current: string;
  open: (id: string) => void;
  fresh: () => void;
}

/** From how many on there is a search. */
const many = 8;

/** A person's conversations: find, open, rename, export, delete. */
export function SessionList({ current, open, fresh }: Props): VNode {
  const { client: { sessions } } = usePage();
  const [list, setList] = useState<Session[] | null>(null);
  const [next, setNext] = useState("");
  const [failed, setFailed] = useState(false);
  const [said, say] = useState("");
  const [wanted, setWanted] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const live = useRef(true);
  const load = useCallback((before: string) => {
    setFailed(false);
    sessions.list(before).then(
      (page) => {
        if (!live.current) return;
        setList((old) => joined(before ? old : null, page.sessions));
        setNext(page.next);
      },
      () => live.current && setFailed(true),
    );
  }, [sessions]);
  useEffect(() => {
    live.current = true;
    load("");
    return () => {
      live.current = false;
    };
  }, [load]);
  // Who looks for a title looks among all of them.
  useEffect(() => {
    if (wanted && next && !failed) load(next);
  }, [wanted, next, failed, load]);

  const attempt = (work: Promise<unknown>, then: () => void) => {
    setFailed(false);
    say("");
    work.then(then, () => setFailed(true));
  };
  const rename = (id: string, title: string) => attempt(sessions.rename(id, title), () => {
    setList((old) => old?.map((s) => (s.id === id ? { ...s, title } : s)) ?? null);
    say(t.sessions.renamed);
  });
  const remove = (id: string) => attempt(sessions.remove(id), () => {
    setList((old) => old?.filter((s) => s.id !== id) ?? null);
    say(t.sessions.deleted);
    box.current?.querySelector<HTMLElement>(".fresh")?.focus();
    if (id === current) fresh();
  });
  const save = (session: Session, format: "md" | "json") =>
    attempt(sessions.export(session.id, format).then((content) => download(session.title || t.header.untitled, format, content)), () => undefined);

  const shown = list?.filter((s) => plain(s.title || t.header.untitled).includes(plain(wanted)));
  return (
    <div class="sessions" ref={box}>
      <button type="button" class="fresh" onClick={fresh}><Icon name="plus" />{t.header.start}</button>
      {list && (next || list.length >= many) && (
        <input type="search" dir="auto" value={wanted} aria-label={t.sessions.find} placeholder={t.sessions.find} onInput={(event) => setWanted(event.currentTarget.value)} />
      )}
      {failed && <p role="alert" class="form-trouble">{t.sessions.failed} <button type="button" class="link" onClick={() => load(list ? next : "")}>{t.sessions.again}</button></p>}
      {!list && !failed && <p role="status" class="quiet">{t.sessions.loading}</p>}
      {list?.length === 0 && <p class="quiet">{t.sessions.none}</p>}
      <p class="offscreen" role="status">{said || (wanted && !next && shown ? fill(t.sessions.found, { n: shown.length }) : "")}</p>
      {wanted && !next && shown?.length === 0 && <p class="quiet">{t.sessions.noMatch}</p>}
      <ul>
        {shown?.map((session) => (
          <li key={session.id} aria-current={session.id === current ? "true" : undefined}>
            <Row session={session} open={() => open(session.id)} rename={(title) => rename(session.id, title)} remove={() => remove(session.id)} save={(format) => save(session, format)} />
          </li>
        ))}
      </ul>
      {next && !wanted && <button type="button" class="more" onClick={() => load(next)}>{t.sessions.more}</button>}
    </div>
  );
}

/** Letters by which titles are compared: "café" is found by "cafe". */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** A conversation that was used between two pages moves up and is not shown twice. */
function joined(shown: Session[] | null, page: readonly Session[]): Session[] {
  const known = new Set(shown?.map((s) => s.id));
  return [...(shown ?? []), ...page.filter((s) => !known.has(s.id))];
}

interface RowProps {
  session: Session;
  open: () => void;
  rename: (title: string) => void;
  remove: () => void;
  save: (format: "md" | "json") => void;
}

type Mode = "shown" | "rename" | "export" | "remove";

function Row({ session, open, rename, remove, save }: RowProps): VNode {
  const [mode, setMode] = useState<Mode>("shown");
  const left = useRef<Mode>("shown");
  const title = visible(session.title) || t.header.untitled;
  const close = () => {
    left.current = mode;
    setMode("shown");
  };
  const then = (work: () => void) => () => { close(); work(); };
  const tool = (to: Exclude<Mode, "shown">, icon: "edit" | "export" | "bin") => (
    <button type="button" class="tool" ref={left.current === to ? focused : undefined} aria-label={`${t.sessions[to]}: ${title}`} title={t.sessions[to]} onClick={() => setMode(to)}><Icon name={icon} /></button>
  );
  if (mode === "shown") {
    return (
      <>
        <button type="button" class="session" onClick={open}>
          <span dir="auto">{title}</span>
          <small>{ago(session.updated)}</small>
        </button>
        {tool("rename", "edit")}
        {tool("export", "export")}
        {tool("remove", "bin")}
      </>
    );
  }
  const escape = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  if (mode === "rename") return <Naming title={session.title} save={(name) => then(() => rename(name))()} close={close} escape={escape} />;
  return (
    <div class="sure" role="group" aria-label={fill(t.sessions.actions, { title })} onKeyDown={escape}>
      {mode === "remove" ? (
        <>
          <span>{t.sessions.sure}</span>
          <button type="button" class="danger" onClick={then(remove)}>{t.sessions.yes}</button>
          <button type="button" ref={focused} onClick={close}>{t.sessions.no}</button>
        </>
      ) : (
        <>
          <button type="button" ref={focused} onClick={then(() => save("md"))}>{t.sessions.markdown}</button>
          <button type="button" onClick={then(() => save("json"))}>{t.sessions.json}</button>
          <button type="button" class="tool" aria-label={t.draft.cancel} onClick={close}><Icon name="close" /></button>
        </>
      )}
    </div>
  );
}

function Naming({ title, save, close, escape }: { title: string; save: (title: string) => void; close: () => void; escape: (event: KeyboardEvent) => void }): VNode {
  const [name, setName] = useState(title);
  return (
    <form class="naming" onSubmit={(event) => { event.preventDefault(); if (name.trim()) save(name.trim()); }} onKeyDown={escape}>
      <input type="text" dir="auto" maxLength={120} ref={focused} value={name} aria-label={t.sessions.name} onInput={(event) => setName(event.currentTarget.value)} />
      <button type="submit" class="tool" aria-label={t.draft.save}><Icon name="check" /></button>
      <button type="button" class="tool" aria-label={t.draft.cancel} onClick={close}><Icon name="close" /></button>
    </form>
  );
}
