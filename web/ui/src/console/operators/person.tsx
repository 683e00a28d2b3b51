import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { name as named } from "../i18n";
import { Dialog, Field, wrongOf } from "../settings/parts";
import type { Role } from "../types";
import type { Staff } from "./page";
import { t } from "./texts";

interface Said { name: string; email: string; role: Role; sites: string[] }

interface Props {
  /** Who is changed; nobody: somebody is added. */
  who?: Staff;
  /** Those that can be given. */
  sites: string[];
  /** Whoever gives sees all sites, and may give all. */
  everywhere: boolean;
  /** It is one's own access. */
  self?: boolean;
  send: (said: Said) => Promise<unknown>;
  close: () => void;
}

/** Adds somebody, or changes what they may do. */
export function Person({ who, sites, everywhere, self, send, close }: Props): VNode {
  const [name, setName] = useState(who?.name ?? "");
  const [email, setEmail] = useState(who?.email ?? "");
  const [role, setRole] = useState<Role>(who?.role ?? "viewer");
  const [all, setAll] = useState(everywhere && (who?.sites.length ?? 0) === 0);
  const [some, setSome] = useState<string[]>(who?.sites ?? []);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    if (!name.trim()) { setWrong(t("name.missing")); return; }
    if (!all && some.length === 0) { setWrong(t("sites.missing")); return; }
    setBusy(true);
    send({ name, email, role, sites: all ? [] : some }).catch((error: unknown) => {
      setWrong(wrongOf(error).text);
      setBusy(false);
    });
  };
  return (
    <Dialog title={who ? t("change.title", { name: who.name }) : t("add")} close={close}>
      <form class="form" onSubmit={submit} noValidate>
        {!who && (
          <>
            <Field id="op-name" label={t("name")}><input type="text" id="op-name" value={name} maxLength={200} autocomplete="off" onInput={(event) => setName(event.currentTarget.value)} /></Field>
            <Field id="op-email" label={t("email")} hint={t("email.hint")}><input type="text" inputMode="email" id="op-email" value={email} maxLength={200} autocomplete="off" aria-describedby="op-email-hint" onInput={(event) => setEmail(event.currentTarget.value)} /></Field>
          </>
        )}
        <Field id="op-role" label={t("role")} hint={t(`role.${role}`)}>
          <select id="op-role" value={role} aria-describedby="op-role-hint" onChange={(event) => setRole(event.currentTarget.value as Role)}>
            {(["viewer", "reviewer", "admin"] as const).map((each) => <option key={each} value={each}>{named("role", each)}</option>)}
          </select>
        </Field>
        {who?.provider && <p class="quiet">{t("provider.hint")}</p>}
        <fieldset class="ticks"><legend>{t("sites")}</legend>
          {everywhere && <label class="tick"><input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} /> {t("allSites")}</label>}
          {!all && sites.map((site) => (
            <label key={site} class="tick"><input type="checkbox" checked={some.includes(site)} onChange={(event) => setSome(event.currentTarget.checked ? [...some, site] : some.filter((s) => s !== site))} /> {site}</label>
          ))}
        </fieldset>
        {self && <p class="few">{t("self")}</p>}
        {wrong && <p class="field-wrong" role="alert">{wrong}</p>}
        <div class="dialog-buttons"><button type="button" class="quiet" onClick={close}>{t("cancel")}</button><button type="submit" class="primary" disabled={busy}>{who ? t("save") : t("add.go")}</button></div>
      </form>
    </Dialog>
  );
}
