import type { VNode } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { covers, type AreaProps } from "../areas";
import { ago, instant } from "../i18n";
import { address } from "../place";
import { Broken, wrongOf } from "../settings/parts";
import { Detail } from "./detail";
import { t } from "./texts";
import { statuses, type Delivery, type Endpoint } from "./types";

/** What the site is told of, where, and how it went. */
export default function WebhooksArea({ api, me, place, go }: AreaProps): VNode {
  const p = new URLSearchParams(place.search);
  const shown = { status: p.get("status") ?? "", type: p.get("type") ?? "", endpoint: p.get("endpoint") ?? "", event: p.get("event") ?? "" };
  const [endpoints, setEndpoints] = useState<{ endpoints: Endpoint[]; types: string[] } | null>(null);
  const [list, setList] = useState<Delivery[] | null>(null);
  const [more, setMore] = useState(false);
  const [wrong, setWrong] = useState("");
  const [said, say] = useState("");
  const may = covers(me.role, "admin");
  const to = (part: Partial<typeof shown>) => address("/console/webhooks", { site: p.get("site") ?? "", ...shown, ...part });
  const { status, type, endpoint } = shown;
  const asked = useRef(0);
  const load = useCallback((before = 0) => {
    const mine = ++asked.current;
    const broken = (error: unknown) => { if (mine === asked.current) setWrong(wrongOf(error).text); };
    setWrong("");
    const query = new URLSearchParams(Object.entries({ status, type, endpoint, before: before ? `${before}` : "" }).filter(([, value]) => value));
    api.get(`/v1/console/webhooks/deliveries?${query}`).then((answer) => {
      if (mine !== asked.current) return;
      const page = answer as { deliveries: Delivery[]; more: boolean };
      setList((known) => [...(before ? known ?? [] : []), ...page.deliveries]);
      setMore(page.more);
    }, broken);
    api.get("/v1/console/webhooks").then((answer) => setEndpoints(answer as { endpoints: Endpoint[]; types: string[] }), broken);
  }, [api, status, type, endpoint]);
  useEffect(() => load(), [load]);
  // What waits moves by itself: look again while something does.
  const waits = list?.some((d) => d.status === "pending") ?? false;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => { if (!document.hidden && (list?.length ?? 0) <= 50) load(); }, 3000);
    return () => clearInterval(timer);
  }, [waits, load, list?.length]);
  const test = (number: number) => {
    say("");
    api.send("POST", "/v1/console/webhooks/test", { endpoint: number }).then(() => { say(t("tested")); load(); }, (error: unknown) => setWrong(wrongOf(error).text));
  };
  const choice = (name: "status" | "type" | "endpoint", all: string, options: [string, string][]) => (
    <label class="labelled">{t(name)}
      <select value={shown[name]} onChange={(event) => go(to({ [name]: event.currentTarget.value, event: "" }))}>
        <option value="">{all}</option>{options.map(([value, label]) => <option key={value} value={value}>{label}</option>)}
      </select>
    </label>
  );
  return (
    <main class="desk-of figures-of settings-of">
      <div class="views"><h1>{t("title")}</h1></div>
      <div class="agreement settings" id="content" tabIndex={-1} aria-busy={(!list || !endpoints) && !wrong}>
        {wrong && <Broken text={wrong} again={() => load()} />}
        {endpoints?.endpoints.length === 0 && <div class="nothing"><h2>{t("none")}</h2><p>{t("none.text")}</p></div>}
        {endpoints && endpoints.endpoints.length > 0 && (
          <section class="card-of" aria-labelledby="endpoints-title">
            <h2 id="endpoints-title">{t("endpoints")}</h2>
            <p class="quiet">{t("endpoints.hint")}</p>
            <ul class="keys-list">
              {endpoints.endpoints.map((e) => (
                <li key={e.number} class={e.gone ? "gone" : ""}>
                  <strong><code>{e.url}</code></strong>
                  <span class="quiet">{e.gone ? t("gone") : e.events.length > 0 ? e.events.join(", ") : t("allEvents")}</span>
                  {e.secrets > 1 && <span class="few">{t("secrets", { n: e.secrets })}</span>}
                  {e.pending > 0 && <span class="quiet">{t("waiting", { n: e.pending })}</span>}
                  {e.dead > 0 && <a class="few" href={to({ status: "dead", endpoint: `${e.number}`, event: "" })} onClick={(event) => { event.preventDefault(); go(to({ status: "dead", endpoint: `${e.number}`, event: "" })); }}>{t("deadCount", { n: e.dead })}</a>}
                  {may && !e.gone && <span class="key-tools"><button type="button" class="link" onClick={() => test(e.number)}>{t("test")}<span class="offscreen"> {e.url}</span></button></span>}
                </li>
              ))}
            </ul>
          </section>
        )}
        <section class="card-of" aria-labelledby="deliveries-title">
          <h2 id="deliveries-title">{t("deliveries")}</h2>
          <div class="filter-line">
            {choice("status", t("all"), statuses.map((s) => [s, t(`status.${s}`)]))}
            {choice("type", t("all"), (endpoints?.types ?? []).map((name) => [name, name]))}
            {(endpoints?.endpoints.length ?? 0) > 1 && choice("endpoint", t("all"), (endpoints?.endpoints ?? []).map((e) => [`${e.number}`, e.url]))}
          </div>
          <ul class="deliveries">
            {list?.map((d) => (
              <li key={d.seq}>
                <button type="button" class="delivery" onClick={() => go(to({ event: d.id }))}>
                  <span class={`state state-${d.status}`}>{t(`status.${d.status}`)}</span>
                  <strong>{d.type}</strong>
                  <code class="quiet">{d.url}</code>
                  <span class="quiet">{outcome(d)}</span>
                  <time class="quiet" dateTime={d.created} title={instant(d.created)}>{ago(d.created)}</time>
                </button>
              </li>
            ))}
          </ul>
          {list?.length === 0 && <p class="quiet">{t(status || type || endpoint ? "noneFiltered" : "noneYet")}</p>}
          {more && list && <button type="button" onClick={() => load(list.at(-1)?.seq)}>{t("more")}</button>}
        </section>
      </div>
      {shown.event && <Detail api={api} event={shown.event} may={may} changed={() => load()} close={() => go(to({ event: "" }))} />}
      <p class="offscreen" role="status">{said}</p>
    </main>
  );
}

/** How the last attempt went, and what comes. */
export function outcome(d: Delivery): string {
  const parts = [d.error || (d.answer ? `status ${d.answer}` : "")];
  if (d.attempts > 0) parts.push(t("attempts", { n: d.attempts }));
  if (d.status === "pending" && d.next && new Date(d.next).getTime() > Date.now()) parts.push(t("next", { when: ago(d.next) }));
  return parts.filter(Boolean).join(" · ");
}
