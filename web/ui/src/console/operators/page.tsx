import type { VNode } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { AreaProps } from "../areas";
import { ago, instant, name, t as shell } from "../i18n";
import { Broken, Confirm, Secret, wrongOf } from "../settings/parts";
import type { Operator } from "../types";
import { Person } from "./person";
import { t } from "./texts";

export interface Staff extends Operator {
  created: string;
  seen?: string;
  revoked?: string;
  provider: boolean;
  yours: boolean;
}

type Open = { what: "add" } | { what: "change" | "revoke" | "token"; who: Staff } | { what: "secret"; secret: string; who: string };

/** Who may use the console. */
export default function OperatorsArea({ api, me }: AreaProps): VNode {
  const [list, setList] = useState<Staff[] | null>(null);
  const [sites, setSites] = useState<string[]>([]);
  const [wrong, setWrong] = useState("");
  const [past, setPast] = useState(false);
  const [open, set] = useState<Open | null>(null);
  const load = useCallback(() => {
    setWrong("");
    api.get("/v1/console/operators").then((answer) => setList((answer as { operators: Staff[] }).operators), (error: unknown) => setWrong(wrongOf(error).text));
  }, [api]);
  useEffect(load, [load]);
  useEffect(() => { api.session().then((session) => setSites(session.sites), () => undefined); }, [api]);
  const close = () => set(null);
  const at = (who: Staff) => `/v1/console/operators/${encodeURIComponent(who.id)}`;
  const token = (answer: unknown) => {
    const { operator, token: secret } = answer as { operator: Staff; token: string };
    set({ what: "secret", secret, who: operator.name });
    load();
  };
  const living = list?.filter((o) => !o.revoked) ?? [];
  const gone = list?.filter((o) => o.revoked) ?? [];
  return (
    <main class="desk-of figures-of settings-of">
      <div class="views"><h1>{t("title")}</h1><span class="spring" /><button type="button" class="primary" onClick={() => set({ what: "add" })}>{t("add")}</button></div>
      <div class="agreement settings" id="content" tabIndex={-1} aria-busy={!list && !wrong}>
        {wrong && <Broken text={wrong} again={load} />}
        {list && (
          <ul class="staff card-of" aria-label={t("title")}>
            {living.map((o) => (
              <li key={o.id}>
                <span class="staff-name"><strong>{o.name}</strong>{o.id === me.id && <span class="mark-new">{t("you")}</span>}<span class="quiet">{o.email}</span></span>
                <span class={`role role-${o.role}`}>{name("role", o.role)}</span>
                <span class="quiet">{o.sites.length > 0 ? o.sites.join(", ") : t("allSites")}{o.provider && <> · {t("provider")}</>}</span>
                <span class="quiet" title={o.seen && instant(o.seen)}>{o.seen ? t("seen", { when: ago(o.seen) }) : t("unseen")}</span>
                {o.yours && (
                  <span class="key-tools">
                    <button type="button" class="link" onClick={() => set({ what: "change", who: o })}>{t("change")}<span class="offscreen"> {o.name}</span></button>
                    <button type="button" class="link" onClick={() => set({ what: "token", who: o })}>{t("token")}<span class="offscreen"> {o.name}</span></button>
                    <button type="button" class="link danger-link" onClick={() => set({ what: "revoke", who: o })}>{t("revoke")}<span class="offscreen"> {o.name}</span></button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
        {gone.length > 0 && (
          <details class="card-of" open={past} onToggle={(event) => setPast(event.currentTarget.open)}>
            <summary>{t("past", { n: gone.length })}</summary>
            <ul class="staff">{gone.map((o) => <li key={o.id} class="gone"><strong>{o.name}</strong><span class="quiet">{o.email}</span><span class="quiet">{t("revokedOn", { when: instant(o.revoked ?? "") })}</span></li>)}</ul>
          </details>
        )}
        <section class="limits" aria-labelledby="roles-title"><h2 id="roles-title">{t("roles")}</h2>
          <ul>{(["viewer", "reviewer", "admin"] as const).map((role) => <li key={role}><strong>{name("role", role)}</strong>: {t(`role.${role}`)}</li>)}</ul></section>
      </div>
      {open?.what === "add" && <Person sites={sites} everywhere={me.sites.length === 0} send={(body) => api.send("POST", "/v1/console/operators", body).then(token)} close={close} />}
      {open?.what === "change" && (
        <Person who={open.who} sites={sites} everywhere={me.sites.length === 0} self={open.who.id === me.id} close={close}
          send={({ role, sites: where }) => api.send("PATCH", at(open.who), { role, sites: where }).then(() => { close(); load(); })} />
      )}
      {open?.what === "token" && <Confirm title={t("token.title", { name: open.who.name })} text={t("token.text")} go={t("token")} close={() => set((now) => (now?.what === "token" ? null : now))} act={() => api.send("POST", `${at(open.who)}/token`).then(token)} />}
      {open?.what === "revoke" && (
        <Confirm title={t("revoke.title", { name: open.who.name })} text={t(open.who.id === me.id ? "revoke.self" : "revoke.text")} go={t("revoke")} close={close} act={() => api.send("DELETE", at(open.who)).then(load)} />
      )}
      {open?.what === "secret" && <Secret title={t("secret.title", { name: open.who })} text={t("secret.text", { address: `${location.origin}/console` })} secret={open.secret} close={close} />}
      <p class="offscreen" role="status">{list ? "" : shell("app.loading")}</p>
    </main>
  );
}
