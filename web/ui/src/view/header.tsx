import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Sessions } from "../client/rest";
import { t } from "../i18n/en";
import { usePage } from "./context";
import { Icon, Mark } from "./icons";
import { Menu } from "./menu";
import { SessionList } from "./sessions";
import { applyTheme, nextTheme, storedTheme } from "./theme";

interface Props {
  api: Sessions;
  current: string;
  open: (id: string) => void;
  fresh: () => void;
  help: () => void;
}

export function Header({ api, current, open, fresh, help }: Props): VNode {
  const { view } = usePage();
  const title = view.state.session?.title || t.header.untitled;
  return (
    <header class="header">
      <a class="brand" href="#" onClick={(event) => { event.preventDefault(); fresh(); }} aria-label={`${t.name}: ${t.header.start}`}>
        <Mark /><span>{t.name}</span>
      </a>
      <Menu label={t.header.conversations} icon="menu" text={current ? title : t.header.conversations} className="conversations">
        {(close) => <SessionList api={api} current={current} open={(id) => { close(); open(id); }} fresh={() => { close(); fresh(); }} />}
      </Menu>
      <span class="spring" />
      <button type="button" class="tool new-session" aria-label={t.header.start} title={t.header.start} onClick={fresh}><Icon name="plus" /></button>
      <a class="tool" href="/search" aria-label={t.search.title} title={t.search.title}><Icon name="search" /></a>
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

export function Shortcuts({ close }: { close: () => void }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="shortcuts-title" class="shortcuts">
      <h2 id="shortcuts-title">{t.shortcuts.title}</h2>
      <dl>{t.shortcuts.list.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl>
      <div class="form-actions"><button type="button" class="primary" onClick={() => dialog.current?.close()}>{t.shortcuts.close}</button></div>
    </dialog>
  );
}
