import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../view/icons";
import { covers } from "../areas";
import { Refused } from "../api";
import { t as say } from "../i18n";
import { Entry, told, type BrowserProps } from "./browser";
import { t } from "./texts";
import type { View } from "./types";

/** One document as it is stored, and what Parley makes of it. */
export function Document({ api, me, shown, to, go, removed }: BrowserProps & { removed: () => void }): VNode {
  const [view, setView] = useState<View | null>(null);
  const [wrong, setWrong] = useState("");
  const [asking, setAsking] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  const path = `/v1/console/documents/${shown.kind}/${encodeURIComponent(shown.id)}`;
  useEffect(() => {
    const stop = new AbortController();
    api.get(path, stop.signal).then((answer) => setView(answer as View), (error: unknown) => {
      if (!stop.signal.aborted) setWrong(error instanceof Refused && error.status === 404 ? t("gone") : told(error));
    });
    return () => stop.abort();
  }, [api, path]);
  useEffect(() => { if (view && matchMedia("(max-width: 900px)").matches) title.current?.focus(); }, [view]);
  const remove = () => {
    api.send("DELETE", path).then(removed, (error: unknown) => { setAsking(false); setWrong(told(error)); });
  };
  return (
    <section class="case" aria-label={view?.title ?? t("title")} aria-busy={!view && !wrong}>
      <div class="case-bar">
        <button type="button" class="tool back" aria-label={t("back")} onClick={() => go(to({ id: "" }))}><Icon name="left" /></button>
        <h2 ref={title} tabIndex={-1} dir="auto">{view?.title ?? ""}</h2>
        <span class="spring" />
        {view && covers(me.role, "admin") && <button type="button" class="quiet" onClick={() => setAsking(true)}>{t("remove")}</button>}
      </div>
      <div class="case-scroll">
        {wrong && <div class="nothing" role="alert"><p>{wrong}</p></div>}
        {!view && !wrong && <p class="offscreen" role="status">{say("app.loading")}</p>}
        {view && (
          <div class="case-columns">
            <div class="case-main"><Fields document={view.document} /><Raw document={view.document} /></div>
            <div class="case-side">
              <section><h3>{t("skills")}</h3>{view.skills.length > 0 ? <p class="skill-labels">{view.skills.map((skill) => <span class="label" key={skill}>{skill}</span>)}</p> : <p class="quiet">{t("noSkills")}</p>}</section>
              <section class="alike"><h3>{t("alike")}</h3>{view.alike.length > 0 ? <ul>{view.alike.map((row) => <li key={row.id}><Entry row={row} shown={shown} to={to} go={go} /></li>)}</ul> : <p class="quiet">{t("noAlike")}</p>}</section>
            </div>
          </div>
        )}
      </div>
      {asking && <Confirm close={() => setAsking(false)} yes={remove} />}
    </section>
  );
}

/** The fields that say something; long texts by themselves. */
function Fields({ document }: { document: Record<string, unknown> }): VNode {
  const known = Object.entries(document).filter(([name, value]) => name !== "kind" && name !== "demo" && !blank(value));
  const long = known.filter(([, value]) => typeof value === "string" && value.length > 120);
  const short = known.filter((entry) => !long.includes(entry));
  return (
    <section class="fields">
      <h3>{t("fields")}</h3>
      {long.map(([name, value]) => <div class="field-text" key={name}><h4>{human(name)}</h4><blockquote dir="auto">{value as string}</blockquote></div>)}
      <dl>{short.map(([name, value]) => <div key={name}><dt>{human(name)}</dt><dd dir="auto">{plain(value)}</dd></div>)}</dl>
    </section>
  );
}

function blank(value: unknown): boolean {
  return value === "" || value === 0 || value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function human(name: string): string {
  const text = name.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(" · ");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).filter(([, part]) => !blank(part)).map(([name, part]) => `${human(name)}: ${plain(part)}`).join(", ");
  }
  return String(value);
}

function Raw({ document }: { document: Record<string, unknown> }): VNode {
  const text = JSON.stringify(document, null, 2);
  const [copied, setCopied] = useState(false);
  const copy = () => { navigator.clipboard.writeText(text).then(() => setCopied(true), () => undefined); };
  return (
    <details class="raw">
      <summary>{t("raw")}</summary>
      <button type="button" onClick={copy}>{copied ? t("copied") : t("copy")}</button>
      <pre tabIndex={0}>{text}</pre>
    </details>
  );
}

function Confirm({ close, yes }: { close: () => void; yes: () => void }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="remove-title">
      <h2 id="remove-title">{t("removeTitle")}</h2>
      <p>{t("removeText")}</p>
      <div class="form-actions"><button type="button" class="danger" onClick={yes}>{t("remove")}</button><button type="button" onClick={close}>{t("cancel")}</button></div>
    </dialog>
  );
}
