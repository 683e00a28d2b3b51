import type { VNode } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Api } from "../api";
import { instant } from "../i18n";
import { tidy, type Form } from "./form";
import { Broken, wrongOf } from "./parts";
import { t, type Key } from "./texts";
import type { Change, Chosen } from "./types";

/** Every change, with who made it. Earlier settings can be taken up again. */
export function History({ api, form, may, show }: { api: Api; form: Form; may: boolean; show: () => void }): VNode {
  const [list, setList] = useState<Change[]>([]);
  const [more, setMore] = useState(true);
  const [wrong, setWrong] = useState("");
  const load = useCallback((before: number) => {
    setWrong("");
    api.get(`/v1/console/history${before ? `?before=${before}` : ""}`).then((answer) => {
      const page = answer as { changes: Change[]; more: boolean };
      setList((known) => [...(before ? known : []), ...page.changes]);
      setMore(page.more);
    }, (error: unknown) => setWrong(wrongOf(error).text));
  }, [api]);
  useEffect(() => load(0), [load]);
  const back = (detail: Change["detail"]) => {
    form.change(tidy(detail as Chosen));
    show();
  };
  return (
    <section class="card-of" aria-labelledby="history-title">
      <h2 id="history-title">{t("view.history")}</h2>
      <p class="quiet">{t("history.hint")}</p>
      {wrong && <Broken text={wrong} again={() => load(0)} />}
      <ol class="history-list">
        {list.map((change, at) => (
          <li key={change.seq}>
            <time dateTime={change.at}>{instant(change.at)}</time>
            <span><strong>{change.name}</strong> {t(`what.${change.what}` as Key, { name: change.detail.name ?? "" })}</span>
            {change.what === "settings.saved" && <Differences now={change.detail as Chosen} before={list.slice(at + 1).find((c) => c.what === "settings.saved")?.detail as Chosen | undefined} last={!more} />}
            {may && change.what === "settings.saved" && change.version !== form.saved?.version && <button type="button" class="link" onClick={() => back(change.detail)}>{t("history.back")}</button>}
          </li>
        ))}
        {list.length === 0 && !wrong && !more && <li class="quiet">{t("history.empty")}</li>}
      </ol>
      {more && list.length > 0 && <button type="button" onClick={() => load(list.at(-1)?.seq ?? 0)}>{t("more")}</button>}
    </section>
  );
}

const empty: Chosen = { origins: [], theme: {} };

/** What a save changed, field by field. */
function Differences({ now, before, last }: { now: Chosen; before?: Chosen; last: boolean }): VNode | null {
  if (!before && !last) return null;
  const flat = ({ origins, theme, ...rest }: Chosen): Record<string, string> => ({
    ...Object.fromEntries(Object.entries({ ...theme, ...rest }).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)])),
    ...(origins.length > 0 ? { origins: origins.join(", ") } : {}),
  });
  const [to, from] = [flat(now), flat(before ?? empty)];
  const fields = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((name) => from[name] !== to[name]);
  if (fields.length === 0) return null;
  return (
    <dl class="differences">
      {fields.map((name) => <div key={name}><dt>{t(`field.${name}` as Key)}</dt><dd>{from[name] && <del>{from[name]}</del>} {to[name] ? <ins>{to[name]}</ins> : <em>{t("history.usual")}</em>}</dd></div>)}
    </dl>
  );
}
