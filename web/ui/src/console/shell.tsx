import type { VNode } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { Icon, Mark } from "../view/icons";
import { applyTheme, nextTheme, storedTheme } from "../view/theme";
import { Menu } from "../view/menu";
import { Api, Refused } from "./api";
import { keepLanguage, language, languages, name, nameOf, speak, t } from "./i18n";
import { Moderation } from "./moderation/page";
import { fromAddress, nothing, toAddress, type Route } from "./route";
import { SignIn } from "./sign-in";
import type { Session } from "./types";

/** The console: who is signed in, for which site, and the part of it that is open. */
export function Console(): VNode {
  const api = useMemo(() => new Api(), []);
  const [session, setSession] = useState<Session | null>(null);
  const [ended, setEnded] = useState(false);
  const [known, setKnown] = useState(false);
  const [spoken, setSpoken] = useState(language);
  const [help, setHelp] = useState(false);
  const [route, go] = useRoute();
  useEffect(() => {
    api.signedOut = () => setEnded(true);
    api.session()
      .then(setSession)
      .catch((error: unknown) => { if (!(error instanceof Refused)) setEnded(true); })
      .finally(() => setKnown(true));
  }, [api]);
  useEffect(() => { document.title = t("app.title"); }, [spoken]);

  const entered = (next: Session) => {
    setSession(next);
    setEnded(false);
    if (!location.pathname.startsWith("/console/")) go(route);
  };
  const leave = () => {
    api.signOut().catch(() => undefined).finally(() => location.assign("/console"));
  };
  const change = (code: string) => {
    keepLanguage(code);
    void speak(code).then(() => setSpoken(language()));
  };
  if (!known) return <p class="offscreen" role="status">{t("app.loading")}</p>;
  if (!session) return <SignIn api={api} again={false} entered={entered} change={change} />;
  const site = session.sites.includes(route.site) ? route.site : (session.sites[0] ?? "");
  api.site = site;
  return (
    <>
      <a class="skip" href="#content" onClick={(event) => { event.preventDefault(); document.querySelector<HTMLElement>("#content")?.focus(); }}>{t("app.skip")}</a>
      <header class="header">
        <a class="brand" href="/console/moderation" onClick={(event) => { event.preventDefault(); go({ view: "queue", site: route.site, query: nothing, case: "" }); }} aria-label={t("app.name")}>
          <Mark /><span>{t("app.name")}</span>
        </a>
        <nav class="places" aria-label={t("app.navigation")}>
          <a href="/console/moderation" aria-current="page" onClick={(event) => { event.preventDefault(); go({ ...route, view: "queue", case: "" }); }}>{t("app.moderation")}</a>
        </nav>
        <span class="spring" />
        {session.sites.length > 1 && (
          <label class="site-choice"><span class="offscreen">{t("app.site")}</span>
            <select value={site} onChange={(event) => go({ view: route.view, site: event.currentTarget.value, query: nothing, case: "" })}>
              {session.sites.map((id) => <option key={id} value={id}>{id}</option>)}
            </select>
          </label>
        )}
        <button type="button" class="tool keys" aria-label={t("app.help")} title={`${t("app.help")} (?)`} onClick={() => setHelp(true)}><Icon name="keys" /></button>
        <ThemeButton key={spoken} />
        <Account session={session} leave={leave} change={change} />
      </header>
      {site ? <Moderation key={`${site} ${session.operator.id} ${session.operator.role}`} api={api} me={session.operator} route={route} go={go} help={help} setHelp={setHelp} away={ended} />
        : <main class="nobody"><p>{t("signIn.noSite")}</p></main>}
      {ended && <SignIn api={api} again entered={entered} change={change} />}
    </>
  );
}

/** The address as a route. */
function useRoute(): [Route, (next: Route) => void] {
  const [route, set] = useState(() => fromAddress(location.search));
  useEffect(() => {
    const back = () => set(fromAddress(location.search));
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, []);
  const go = useCallback((next: Route) => {
    const address = toAddress(next);
    if (address !== location.pathname + location.search) history.pushState(null, "", address);
    set(next);
  }, []);
  return [route, go];
}

function Account({ session, leave, change }: { session: Session; leave: () => void; change: (code: string) => void }): VNode {
  const { operator } = session;
  return (
    <Menu label={t("app.account")} icon="person" text={operator.name} className="account">
      {() => (
        <div class="account-panel">
          <p><strong>{operator.name}</strong><br /><span class="quiet">{[operator.email, name("role", operator.role)].filter(Boolean).join(" · ")}</span></p>
          <Languages change={change} />
          <button type="button" onClick={leave}>{t("app.signOut")}</button>
        </div>
      )}
    </Menu>
  );
}

export function Languages({ change }: { change: (code: string) => void }): VNode {
  return (
    <label class="labelled">{t("app.language")}
      <select value={language()} onChange={(event) => change(event.currentTarget.value)}>
        {languages.map((code) => <option key={code} value={code} lang={code}>{nameOf(code)}</option>)}
      </select>
    </label>
  );
}

export function ThemeButton(): VNode {
  const [theme, setTheme] = useState(storedTheme);
  const label = t(`theme.${theme}`);
  const turn = () => {
    applyTheme(nextTheme(theme));
    setTheme(nextTheme(theme));
  };
  return <button type="button" class="tool theme" aria-label={label} title={label} onClick={turn}><Icon name={theme === "system" ? "auto" : theme === "light" ? "sun" : "moon"} /></button>;
}
