import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { s } from "./i18n";
import { ThemeButton } from "../view/header";
import { Icon, Mark } from "../view/icons";
import { Operator, operatorKey } from "./operator";
import { Filters } from "./filters";
import { Figures } from "./figures";
import { Hits } from "./hits";
import { empty, fromAddress, kinds, toAddress, withItem, type Kind, type Search } from "./query";
import { useAnswers } from "./use-answers";

/** The search page: what is asked stands in the address, so that going back and sharing work. */
export function SearchPage(): VNode {
  const [search, setSearch] = useState(() => fromAddress(location.search));
  const [key, setKey] = useState(operatorKey);
  const answers = useAnswers(search, key);
  useEffect(() => {
    const back = () => setSearch(fromAddress(location.search));
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, []);
  const ask = (next: Search) => {
    if (toAddress(next) !== toAddress(search)) history.pushState(null, "", location.pathname + toAddress(next));
    setSearch(next);
    scrollTo({ top: 0 });
  };
  return (
    <>
      <header class="header">
        <a class="brand" href="/" aria-label={t.name}><Mark /><span>{t.name}</span></a>
        <nav class="places" aria-label={t.name}>
          <a href="/">{s.chat}</a>
          <a href="/search" aria-current="page">{s.name}</a>
        </nav>
        <span class="spring" />
        <Operator value={key} change={(next) => { setKey(next); if (!next) ask({ ...search, kind: "job_post" }); }} />
        <ThemeButton />
      </header>
      <main class="search-page">
        <h1 class="offscreen">{s.title}</h1>
        <SearchBox search={search} ask={ask} operator={key !== ""} />
        <div class="search-columns">
          <Filters search={search} ask={ask} />
          <Hits search={search} answers={answers} ask={ask} />
          <Figures search={search} answers={answers} add={(skill) => ask({ ...search, skills: withItem(search.skills, skill) })} />
        </div>
      </main>
    </>
  );
}

interface BoxProps {
  search: Search;
  ask: (next: Search) => void;
  operator: boolean;
}

function SearchBox({ search, ask, operator }: BoxProps): VNode {
  const [text, setText] = useState(search.q);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => setText(search.q), [search.q]);
  return (
    <form class="search-box" role="search" onSubmit={(event) => { event.preventDefault(); ask({ ...search, q: text.trim() }); }}>
      <label class="offscreen" for="q">{s.box}</label>
      <div class="search-line">
        <input ref={box} id="q" type="search" enterkeyhint="search" autocomplete="off" maxLength={4000} value={text} placeholder={s.placeholder} onInput={(event) => setText(event.currentTarget.value)} />
        <button type="submit" class="primary">{s.go}</button>
      </div>
      {operator && <KindChoice kind={search.kind} choose={(kind) => ask({ ...search, kind, q: text.trim() })} />}
      {toAddress(search) === "" && (
        <p class="search-examples"><span>{s.examples}</span>
          {s.example.map((example) => <button key={example} type="button" class="chip" onClick={() => ask({ ...empty, q: example })}>{example}</button>)}
        </p>
      )}
    </form>
  );
}

function KindChoice({ kind, choose }: { kind: Kind; choose: (kind: Kind) => void }): VNode {
  return (
    <div class="kind-choice" role="group" aria-label={s.box}>
      {kinds.map((name) => (
        <button key={name} type="button" class="chip" aria-pressed={name === kind} onClick={() => choose(name)}>{name === kind && <Icon name="check" />}{s.kinds[name]}</button>
      ))}
    </div>
  );
}
