import type { VNode } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Session } from "../client/protocol";
import type { Sessions } from "../client/rest";
import { t } from "../i18n";
import { ago } from "../i18n/format";
import { Icon } from "./icons";

interface Props {
  api: Sessions;
  current: string;
  open: (id: string) => void;
  fresh: () => void;
}

/** A person's conversations: open, rename, delete. */
export function SessionList({ api, current, open, fresh }: Props): VNode {
  const [list, setList] = useState<Session[] | null>(null);
  const [next, setNext] = useState("");
  const [failed, setFailed] = useState(false);
  const live = useRef(true);
  const load = useCallback((before: string) => {
    setFailed(false);
    api.list(before).then(
      (page) => {
        if (!live.current) return;
        setList((old) => joined(before ? old : null, page.sessions));
        setNext(page.next);
      },
      () => live.current && setFailed(true),
    );
  }, [api]);
  useEffect(() => {
    live.current = true;
    load("");
    return () => {
      live.current = false;
    };
  }, [load]);

  const attempt = (work: Promise<void>, then: () => void) => {
    setFailed(false);
    work.then(then, () => setFailed(true));
  };
  const rename = (id: string, title: string) =>
    attempt(api.rename(id, title), () => setList((old) => old?.map((s) => (s.id === id ? { ...s, title } : s)) ?? null));
  const remove = (id: string) =>
    attempt(api.remove(id), () => {
      setList((old) => old?.filter((s) => s.id !== id) ?? null);
      if (id === current) fresh();
    });
  return (
    <div class="sessions">
      <button type="button" class="fresh" onClick={fresh}><Icon name="plus" />{t.header.start}</button>
      {failed && <p role="alert" class="form-trouble">{t.sessions.failed}</p>}
      {!list && !failed && <p role="status" class="quiet">{t.sessions.loading}</p>}
      {list?.length === 0 && <p class="quiet">{t.sessions.none}</p>}
      <ul>
        {list?.map((session) => (
          <li key={session.id} aria-current={session.id === current ? "true" : undefined}>
            <Row session={session} open={() => open(session.id)} rename={(title) => rename(session.id, title)} remove={() => remove(session.id)} />
          </li>
        ))}
      </ul>
      {next && <button type="button" class="more" onClick={() => load(next)}>{t.sessions.more}</button>}
    </div>
  );
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
}

function Row({ session, open, rename, remove }: RowProps): VNode {
  const [mode, setMode] = useState<"shown" | "naming" | "sure">("shown");
  const title = session.title || t.header.untitled;
  if (mode === "naming") return <Naming title={session.title} save={(name) => { rename(name); setMode("shown"); }} close={() => setMode("shown")} />;
  if (mode === "sure") {
    return (
      <div class="sure" role="group" aria-label={t.sessions.sure}>
        <span>{t.sessions.sure}</span>
        <button type="button" class="danger" onClick={remove}>{t.sessions.yes}</button>
        <button type="button" autoFocus onClick={() => setMode("shown")}>{t.sessions.no}</button>
      </div>
    );
  }
  return (
    <>
      <button type="button" class="session" onClick={open}>
        <span dir="auto">{title}</span>
        <small>{ago(session.updated)}</small>
      </button>
      <button type="button" class="tool" aria-label={`${t.sessions.rename}: ${title}`} title={t.sessions.rename} onClick={() => setMode("naming")}><Icon name="edit" /></button>
      <button type="button" class="tool" aria-label={`${t.sessions.remove}: ${title}`} title={t.sessions.remove} onClick={() => setMode("sure")}><Icon name="bin" /></button>
    </>
  );
}

function Naming({ title, save, close }: { title: string; save: (title: string) => void; close: () => void }): VNode {
  const [name, setName] = useState(title);
  return (
    <form
      class="naming"
      onSubmit={(event) => { event.preventDefault(); if (name.trim()) save(name.trim()); }}
      onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } }}
    >
      <input type="text" dir="auto" maxLength={120} autoFocus value={name} aria-label={t.sessions.name} onInput={(event) => setName(event.currentTarget.value)} />
      <button type="submit" class="tool" aria-label={t.draft.save}><Icon name="check" /></button>
      <button type="button" class="tool" aria-label={t.draft.cancel} onClick={close}><Icon name="close" /></button>
    </form>
  );
}
