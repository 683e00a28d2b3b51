import "./style.css";
import type { VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { AreaProps } from "../areas";
import { trouble, type Api } from "../api";
import { t as say } from "../i18n";
import { address } from "../place";
import { Figures } from "./figures";
import { Form } from "./form";
import { t } from "./texts";
import { empty, nothing, paramsOf, workOf, type Answer, type Market, type PayTrend, type Trend, type Work } from "./types";

/** What work on this site pays, takes and goes with, alone or beside other work. */
export default function MarketArea({ api, place, go }: AreaProps): VNode {
  const p = useMemo(() => new URLSearchParams(place.search), [place.search]);
  const first = useMemo(() => workOf(p, ""), [p]);
  const second = useMemo(() => workOf(p, "b_"), [p]);
  const compared = p.get("compare") === "true";
  const to = (work: Work, other: Work, compare = compared) =>
    go(address("/console/market", { site: p.get("site") ?? "", ...paramsOf(work, ""), ...(compare ? { ...paramsOf(other, "b_"), compare: "true" } : {}) }), true);
  return (
    <main class="agreement market-area" id="content" tabIndex={-1}>
      <div class="agreement-tools"><div><h1>{t("title")}</h1><p>{t("lead")}</p></div></div>
      <div class="works" data-compared={compared}>
        <Column api={api} legend={compared ? t("work") : ""} work={first} choose={(work) => to(work, second)} />
        {compared && <Column api={api} legend={t("other")} work={second} choose={(work) => to(first, work)} />}
      </div>
      <p><button type="button" onClick={() => to(first, compared ? nothing : { ...first, level: "" }, !compared)}>{compared ? t("stop") : t("compare")}</button></p>
    </main>
  );
}

/** One piece of work: what is asked, and what the posts say. */
function Column({ api, legend, work, choose }: { api: Api; legend: string; work: Work; choose: (work: Work) => void }): VNode {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [wrong, setWrong] = useState("");
  const [tries, again] = useState(0);
  // A change of the other column is none of this one.
  const key = JSON.stringify(work);
  const asked = useMemo(() => JSON.parse(key) as Work, [key]);
  useEffect(() => {
    setWrong("");
    if (empty(asked)) {
      setAnswer(null);
      return undefined;
    }
    const stop = new AbortController();
    ask(api, asked, stop.signal).then(setAnswer, (error: unknown) => {
      if (stop.signal.aborted) return;
      const what = trouble(error);
      setWrong(what.kind === "offline" ? say("trouble.offline") : what.detail);
    });
    return () => stop.abort();
  }, [api, asked, tries]);
  return (
    <section class="work" aria-label={legend || t("work")}>
      <Form legend={legend} work={work} choose={choose} />
      {wrong && <div class="nothing" role="alert"><p>{wrong}</p><button type="button" onClick={() => again((n) => n + 1)}>{say("trouble.again")}</button></div>}
      {empty(work) && !wrong && <div class="nothing"><h2>{t("none")}</h2><p>{t("noneText")}</p></div>}
      {answer && !wrong && !empty(work) && <Figures answer={answer} work={work} addSkill={(skill) => choose({ ...work, skill })} />}
    </section>
  );
}

/** The same routes that the assistant's own figures come from. */
async function ask(api: Api, work: Work, signal: AbortSignal): Promise<Answer> {
  const of = (fields: readonly (keyof Work)[]) => new URLSearchParams(fields.filter((field) => work[field]).map((field) => [field, work[field]]));
  const subject = of(["skill", "category"]);
  const [market, pay, trend] = await Promise.all([
    api.get(`/v1/market?${of(["q", "skill", "category", "level", "pay_type", "currency"])}`, signal),
    api.get(`/v1/console/market/pay?${of(["skill", "category", "level", "pay_type", "currency"])}`, signal),
    subject.size > 0 ? api.get(`/v1/market/trend?${subject}`, signal) : null,
  ]);
  return { market: market as Market, pay: pay as PayTrend, trend: trend as Trend | null };
}
