import type { VNode } from "preact";
import { DemoTag } from "../view/draft/market";
import { t } from "../i18n/en";
import * as format from "../i18n/format";
import type { Hit } from "./api";
import { count, toAddress, widened, type Search } from "./query";
import type { Answers } from "./use-answers";

interface Props {
  search: Search;
  answers: Answers;
  ask: (next: Search) => void;
}

/** What was found, best first, each with the reasons. */
export function Hits({ search, answers, ask }: Props): VNode {
  const { hits, problem, busy, partial } = answers;
  const kind = t.search.kinds[search.kind] ?? "";
  const heading = search.q || count(search) > 0 ? t.search.results(hits?.length ?? 0, kind) : t.search.newest(kind);
  return (
    <section class="hits" aria-labelledby="hits-title" aria-busy={busy}>
      <h2 id="hits-title"><span role="status">{problem ? t.search.failed : hits ? heading : t.search.searching}</span></h2>
      {partial && <p class="notice">{t.search.partial}</p>}
      {problem && <div class="form-trouble" role="alert"><p>{problem}</p><button type="button" class="link" onClick={answers.again}>{t.search.again}</button></div>}
      {hits?.length === 0 && !problem && <Nothing search={search} ask={ask} />}
      <ol>{hits?.map((hit) => <li key={hit.id}><HitCard hit={hit} /></li>)}</ol>
      {answers.more && <button type="button" class="chip" onClick={answers.more}>{t.search.more}</button>}
    </section>
  );
}

function Nothing({ search, ask }: { search: Search; ask: (next: Search) => void }): VNode {
  return (
    <div class="nothing">
      <p>{t.search.none}</p>
      <p class="quiet">{t.search.noneHint}</p>
      {toAddress(widened(search)) !== toAddress(search) && <button type="button" onClick={() => ask(widened(search))}>{t.search.clear}</button>}
    </div>
  );
}

function HitCard({ hit }: { hit: Hit }): VNode {
  return (
    <article class="card hit">
      <h3 dir="auto">{hit.title}</h3>
      <p class="card-pay">{payOf(hit) || <span class="quiet">{t.similar.unpriced}</span>}{hit.demo && <DemoTag />}</p>
      {hit.snippet && <p class="snippet" dir="auto">{hit.snippet}</p>}
      <p class="quiet">{facts(hit).join(" · ")}</p>
      <Reasons hit={hit} />
    </article>
  );
}

function payOf(hit: Hit): string {
  const { pay_type, pay_min = 0, pay_max = 0, currency } = hit.data;
  return format.pay({ type: pay_type === "hourly" ? "hourly" : "fixed", min: pay_min, max: pay_max, currency: currency ?? "" });
}

function facts({ data }: Hit): string[] {
  return [
    data.category ? (t.categories[data.category] ?? data.category) : "",
    data.level ? (t.level[data.level] ?? data.level) : "",
    data.duration_days ? format.days(data.duration_days) : "",
    data.hours_per_week ? t.search.hours(data.hours_per_week) : "",
    format.country(data.country),
    data.rating ? `★ ${data.rating.toFixed(1)}` : "",
    data.jobs ? t.search.jobs(data.jobs) : "",
    data.available_from ? t.search.free(format.date(data.available_from)) : "",
    data.posted_on ? t.search.posted(format.month(data.posted_on)) : "",
  ].filter(Boolean);
}

/** Which words and skills of the search it has, which it lacks, and how its place came about. */
function Reasons({ hit }: { hit: Hit }): VNode | null {
  const rows: [string, string[], string][] = [[t.search.skills, hit.skills ?? [], "has"], [t.search.words, hit.words ?? [], "has"], [t.search.missing, hit.missing ?? [], "lacks"]];
  const shown = rows.filter(([, items]) => items.length > 0);
  const placed = Boolean(hit.why?.lexical_place || hit.why?.nearest_place);
  if (shown.length === 0 && !placed) return null;
  return (
    <div class="hit-reasons">
      {shown.map(([name, items, how]) => (
        <p key={name} class={how}><span class="term">{name}</span> {items.map((item) => <span key={item} class="reason" dir="auto">{item}</span>)}</p>
      ))}
      {placed && <Why hit={hit} />}
    </div>
  );
}

function Why({ hit }: { hit: Hit }): VNode {
  const why = hit.why;
  const repeats = hit.repeats?.length ?? 0;
  return (
    <details class="hit-why">
      <summary>{t.search.why}</summary>
      <dl>
        <div><dt>{t.search.places.lexical}</dt><dd>{t.search.place(why?.lexical_place ?? 0)}</dd></div>
        <div><dt>{t.search.places.nearest}</dt><dd>{t.search.place(why?.nearest_place ?? 0)}{hit.similarity ? `, ${t.search.similarity(percent(hit.similarity))}` : ""}</dd></div>
        <div><dt>{t.search.places.recency}</dt><dd>{t.search.factor(why?.recency ?? 1)}</dd></div>
        <div><dt>{t.search.places.quality}</dt><dd>{t.search.factor(why?.quality ?? 1)}</dd></div>
      </dl>
      {repeats > 0 && <p class="quiet">{t.search.repeats(repeats)}</p>}
    </details>
  );
}

function percent(value: number): string {
  return `${Math.round(value * 100)}%`;
}
