import type { ComponentType, VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Icon, Mark } from "../view/icons";
import { applyTheme, nextTheme, storedTheme } from "../view/theme";
import { Menu } from "../view/menu";
import { Api, Refused } from "./api";
import { areaOf, areas, covers, open, type Area, type AreaProps } from "./areas";
import { keepLanguage, language, languages, name, nameOf, speak, t } from "./i18n";
import { address, usePlace } from "./place";
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
  const [place, go] = usePlace();
  useEffect(() => {
    api.signedOut = () => setEnded(true);
    api.session()
      .then(setSession)
      .catch((error: unknown) => { if (!(error instanceof Refused)) setEnded(true); })
      .finally(() => setKnown(true));
  }, [api]);
  const role = session?.operator.role ?? "viewer";
  const area = useMemo(() => areaOf(place.path, role), [place.path, role]);
  useEffect(() => { document.title = t("app.title", { area: area && session ? t(area.label) : t("signIn.title") }); }, [spoken, area, session]);

  const asked = new URLSearchParams(place.search).get("site") ?? "";
  const entered = (next: Session) => {
    setSession(next);
    setEnded(false);
    const first = areaOf(place.path, next.operator.role);
    if (first && !place.path.startsWith("/console/")) go(address(first.path), true);
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
  const site = session.sites.includes(asked) ? asked : (session.sites[0] ?? "");
  api.site = site;
  const to = (path: string) => address(path, { site: asked });
  return (
    <>
      <a class="skip" href="#content" onClick={(event) => { event.preventDefault(); document.querySelector<HTMLElement>("#content")?.focus(); }}>{t("app.skip")}</a>
      <header class="header">
        <a class="brand" href={to("/console/moderation")} onClick={(event) => { event.preventDefault(); go(to("/console/moderation")); }} aria-label={t("app.name")}>
          <Mark /><span>{t("app.name")}</span>
        </a>
        <Places session={session} area={area} to={to} go={go} />
        <span class="spring" />
        {session.sites.length > 1 && (
          <label class="site-choice"><span class="offscreen">{t("app.site")}</span>
            <select value={site} onChange={(event) => go(address(area?.path ?? "/console/moderation", { site: event.currentTarget.value }))}>
              {session.sites.map((id) => <option key={id} value={id}>{id}</option>)}
            </select>
          </label>
        )}
        {area?.keys && <button type="button" class="tool keys" aria-label={t("app.help")} title={`${t("app.help")} (?)`} onClick={() => setHelp(true)}><Icon name="keys" /></button>}
        <ThemeButton key={spoken} />
        <Account session={session} leave={leave} change={change} />
      </header>
      {site && area ? <Opened key={`${area.path} ${site} ${session.operator.id} ${role}`} area={area} api={api} me={session.operator} place={place} go={go} help={help} setHelp={setHelp} away={ended} />
        : <main class="nobody"><p>{t("signIn.noSite")}</p></main>}
      {ended && <SignIn api={api} again entered={entered} change={change} />}
    </>
  );
}

interface PlacesProps { session: Session; area: Area | undefined; to: (path: string) => string; go: (address: string) => void }

/** The way from one area to the others: side by side where there is room, and in a menu where there is not. */
function Places({ session, area, to, go }: PlacesProps): VNode {
  const offered = areas.filter((one) => covers(session.operator.role, one.role ?? "viewer"));
  const links = (after?: () => void) => offered.map((one) => (
    <a key={one.path} href={to(one.path)} aria-current={one === area ? "page" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go(to(one.path));
        after?.();
      }}
    >{t(one.label)}</a>
  ));
  return (
    <>
      <nav class="places" aria-label={t("app.navigation")}>{links()}</nav>
      <Menu className="places-menu" label={t("app.places")} icon="menu" text={area ? t(area.label) : t("app.places")}>
        {(close) => <nav aria-label={t("app.navigation")}>{links(close)}</nav>}
      </Menu>
    </>
  );
}

/** An area, once its code is here. */
function Opened({ area, ...props }: AreaProps & { area: Area }): VNode {
  const [view, setView] = useState<{ of: ComponentType<AreaProps> } | null>(null);
  const [broken, setBroken] = useState(false);
  const [tries, again] = useState(0);
  useEffect(() => {
    let gone = false;
    open(area).then((of) => { if (!gone) setView({ of }); }, () => { if (!gone) setBroken(true); });
    return () => { gone = true; };
  }, [area, tries]);
  if (view) return <view.of {...props} />;
  if (!broken) return <main id="content" tabIndex={-1} aria-busy="true"><p class="offscreen" role="status">{t("app.loading")}</p></main>;
  return (
    <main class="nobody" id="content" tabIndex={-1}>
      <p role="alert">{t("app.broken")}</p>
      <p><button type="button" onClick={() => { if (tries > 0) location.reload(); else { setBroken(false); again(tries + 1); } }}>{t("app.reload")}</button></p>
    </main>
  );
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
