import type { ComponentChildren, VNode } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Api } from "../api";
import { ago, instant } from "../i18n";
import { Broken, Confirm, described, Dialog, Field, Secret, wrongOf, type Wrong } from "./parts";
import { t } from "./texts";
import type { SiteKey } from "./types";

type Open = { what: "make" } | { what: "replace" | "revoke"; key: SiteKey } | { what: "made"; secret: string };

interface Props {
  api: Api;
  kind: SiteKey["kind"];
  /** How many the configuration has. */
  fixed: number;
  may: boolean;
  children?: ComponentChildren;
}

/** The keys of a kind: those that count, and those that ended lately. */
export function Keys({ api, kind, fixed, may, children }: Props): VNode {
  const [keys, setKeys] = useState<SiteKey[] | null>(null);
  const [wrong, setWrong] = useState("");
  const [open, set] = useState<Open | null>(null);
  const load = useCallback(() => {
    setWrong("");
    api.get("/v1/console/keys").then((answer) => setKeys((answer as { keys: SiteKey[] }).keys.filter((key) => key.kind === kind)), (error: unknown) => setWrong(wrongOf(error).text));
  }, [api, kind]);
  useEffect(load, [load]);
  const close = () => set(null);
  const made = (secret: string) => {
    set({ what: "made", secret });
    load();
  };
  return (
    <section class="card-of keys-of" aria-labelledby={`${kind}-title`}>
      <div class="section-head"><h2 id={`${kind}-title`}>{t(kind)}</h2>{may && <button type="button" onClick={() => set({ what: "make" })}>{t(`${kind}.make`)}</button>}</div>
      <p class="quiet">{t(`${kind}.hint`)}</p>
      {wrong && <Broken text={wrong} again={load} />}
      <ul class="keys-list">
        {fixed > 0 && <li><strong>{t(`${kind}.configured`, { n: fixed })}</strong><span class="quiet">{t("key.fixed")}</span></li>}
        {keys?.map((key) => (
          <li key={key.id} class={key.counts ? "" : "gone"}>
            <strong>{key.name}</strong><code class="quiet">…{key.hint}</code>
            <span class="quiet">{t("key.made", { when: ago(key.created), who: key.maker ?? t("key.somebody") })}</span>
            <span class="quiet">{key.used ? t("key.used", { when: ago(key.used) }) : t("key.unused")}</span>
            {key.lost && <span class="few">{t("key.lost")}</span>}
            {key.until && <span class="few" title={instant(key.until)}>{t(key.counts ? "key.until" : "key.ended", { when: ago(key.until) })}</span>}
            {may && key.counts && (
              <span class="key-tools">
                {!key.until && <button type="button" class="link" onClick={() => set({ what: "replace", key })}>{t("key.replace")}<span class="offscreen"> {key.name}</span></button>}
                <button type="button" class="link danger-link" onClick={() => set({ what: "revoke", key })}>{t("key.revoke")}<span class="offscreen"> {key.name}</span></button>
              </span>
            )}
          </li>
        ))}
        {keys?.length === 0 && fixed === 0 && <li class="quiet">{t(`${kind}.empty`)}</li>}
      </ul>
      {children}
      {open?.what === "make" && <Make api={api} kind={kind} made={made} close={close} />}
      {open?.what === "replace" && <Make api={api} kind={kind} old={open.key} made={made} close={close} />}
      {open?.what === "revoke" && (
        <Confirm title={t("revoke.title", { name: open.key.name })} text={t(`${kind}.revoke`)} go={t("key.revoke")} close={close}
          act={() => api.send("DELETE", `/v1/console/keys/${encodeURIComponent(open.key.id)}`).then(load)} />
      )}
      {open?.what === "made" && <Secret title={t(`${kind}.made`)} text={t("once")} secret={open.secret} close={close} />}
    </section>
  );
}

const overlaps = [1, 24, 168, 720] as const;

/** Makes a key, in the place of another one if there is one. */
function Make({ api, kind, old, made, close }: { api: Api; kind: string; old?: SiteKey; made: (secret: string) => void; close: () => void }): VNode {
  const [name, setName] = useState(old?.name ?? "");
  const [hours, setHours] = useState(24);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    setBusy(true);
    api.send("POST", "/v1/console/keys", { kind, name, ...(old ? { replaces: old.id, overlap_hours: hours } : {}) })
      .then((answer) => made((answer as { secret: string }).secret), (error: unknown) => {
        setWrong(wrongOf(error));
        setBusy(false);
      });
  };
  return (
    <Dialog title={old ? t("replace.title", { name: old.name }) : t(`${kind as "api" | "jwt"}.make`)} close={close}>
      <form class="form" onSubmit={submit} noValidate>
        <Field id="key-name" label={t("key.name")} hint={t("key.name.hint")} wrong={wrong?.text}>
          <input type="text" id="key-name" value={name} maxLength={100} autocomplete="off" aria-invalid={!!wrong} aria-describedby={described("key-name", true, wrong?.text)} onInput={(event) => setName(event.currentTarget.value)} />
        </Field>
        {old && (
          <Field id="overlap" label={t("overlap")} hint={t("overlap.hint")}>
            <select id="overlap" value={hours} aria-describedby="overlap-hint" onChange={(event) => setHours(Number(event.currentTarget.value))}>
              {overlaps.map((n) => <option key={n} value={n}>{t(`overlap.${n}`)}</option>)}
            </select>
          </Field>
        )}
        <div class="dialog-buttons"><button type="button" class="quiet" onClick={close}>{t("cancel")}</button><button type="submit" class="primary" disabled={busy}>{t("make")}</button></div>
      </form>
    </Dialog>
  );
}
