import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { keepLanguage, language, languages, nameOf, speak, t } from "../i18n";
import { visible } from "../markdown/visible";
import { usePage } from "./context";
import { Icon, Mark } from "./icons";
import { Menu } from "./menu";
import { SessionList } from "./sessions";
import { applyTheme, nextTheme, storedTheme } from "./theme";

interface Props {
  current: string;
  open: (id: string) => void;
  fresh: () => void;
  help: () => void;
}

export function Header({ current, open, fresh, help }: Props): VNode {
  const { view } = usePage();
  const title = visible(view.state.session?.title ?? "") || t.header.untitled;
  return (
    <header class="header">
      <a class="brand" href="#" onClick={(event) => { event.preventDefault(); fresh(); }} aria-label={`${t.name}: ${t.header.start}`}>
        <Mark /><span>{t.name}</span>
      </a>
      <Menu label={t.header.conversations} icon="menu" text={current ? title : t.header.conversations} className="conversations">
        {(close) => <SessionList current={current} open={(id) => { close(); open(id); }} fresh={() => { close(); fresh(); }} />}
      </Menu>
      <span class="spring" />
      <button type="button" class="tool new-session" aria-label={t.header.start} title={t.header.start} onClick={fresh}><Icon name="plus" /></button>
      <a class="tool" href="/search" aria-label={t.header.search} title={t.header.search}><Icon name="search" /></a>
      <LanguageMenu />
      <ThemeButton />
      <button type="button" class="tool help" aria-label={t.header.shortcuts} title={t.header.shortcuts} onClick={help}><Icon name="keys" /></button>
    </header>
  );
}

export function ThemeButton(): VNode {
  const [theme, setTheme] = useState(storedTheme);
  const label = t.header.theme[theme];
  const turn = () => {
    const next = nextTheme(theme);
    applyTheme(next);
    setTheme(next);
  };
  return (
    <button type="button" class="tool theme" aria-label={label} title={label} data-theme-choice={theme} onClick={turn}>
      <Icon name={theme === "system" ? "auto" : theme === "light" ? "sun" : "moon"} />
    </button>
  );
}

/** The languages that the page speaks, each by its own name. */
export function LanguageMenu(): VNode {
  const choose = (code: string) => {
    keepLanguage(code);
    // Another language draws the page anew: whoever chose it by keyboard goes on from the same place.
    speak(code).then(() => setTimeout(() => document.querySelector<HTMLElement>(".language > button")?.focus(), 80), () => undefined);
  };
  return (
    <Menu label={t.header.language} icon="globe" className="language end">
      {(close) => (
        <ul class="menu-list">
          {languages.map((code) => (
            <li key={code}><button type="button" lang={code} aria-pressed={code === language()} onClick={() => { close(); choose(code); }}>{nameOf(code)}</button></li>
          ))}
        </ul>
      )}
    </Menu>
  );
}
