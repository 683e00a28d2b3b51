import type { VNode } from "preact";
import { DemoTag } from "../view/draft/market";
import { fill, t } from "../i18n";
import { s } from "./i18n";
import * as format from "../i18n/format";
import type { Hit } from "./api";
import { count, toAddress, widened, type Search } from "./query";
import type { Answers } from "./use-answers";
import { visible } from "../markdown/visible";

interface Props {
  search: Search;
  answers: Answers;
  ask: (next: Search) => void;
}

/** What was found, best first, each with the reasons. */
export function Hits({ search, answers, ask }: Props): VNode {
  const { hits, problem, busy, partial } = answers;
  const heading = search.q || count(search) > 0 ? fill(s.results[search.kind], { n: hits?.length ?? 0 }) : s.newest[search.kind];
  return (
    <section class="hits" aria-labelledby="hits-title" aria-busy={busy}>
      <h2 id="hits-title"><span role="status">{problem ? s.failed : hits ? heading : s.searching}</span></h2>
      {partial && <p class="notice">{s.partial}</p>}
      {problem && <div class="form-trouble" role="alert"><p>{problem}</p><button type="button" class="link" onClick={answers.again}>{s.again}</button></div>}
      {hits?.length === 0 && !problem && <Nothing search={search} ask={ask} />}
      <ol>{hits?.map((hit) => <li key={hit.id}><HitCard hit={hit} /></li>)}</ol>
      {answers.more && <button type="button" class="chip" onClick={answers.more}>{s.more}</button>}
    </section>
  );
}

function Nothing({ search, ask }: { search: Search; ask: (next: Search) => void }): VNode {
  return (
    <div class="nothing">
      <p>{s.none}</p>
      <p class="quiet">{s.noneHint}</p>
      {toAddress(widened(search)) !== toAddress(search) && <button type="button" onClick={() => ask(widened(search))}>{s.clear}</button>}
    </div>
  );
}

function HitCard({ hit }: { hit: Hit }): VNode {
  return (
    <article class="card hit">
      <h3 dir="auto">{visible(hit.title)}</h3>
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
    data.hours_per_week ? fill(t.people.hours, { n: data.hours_per_week }) : "",
    format.country(data.country),
    data.rating ? `★ ${format.decimal(data.rating)}` : "",
    data.jobs ? fill(t.people.jobs, { n: data.jobs }) : "",
    data.available_from ? fill(t.people.free, { when: format.date(data.available_from) }) : "",
    data.posted_on ? fill(s.posted, { when: format.month(data.posted_on) }) : "",
  ].filter(Boolean);
}

/** Which words and skills of the search it has, which it lacks, and how its place came about. */
function Reasons({ hit }: { hit: Hit }): VNode | null {
  const rows: [string, string[], string][] = [[s.skills, hit.skills ?? [], "has"], [s.words, hit.words ?? [], "has"], [s.missing, hit.missing ?? [], "lacks"]];
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
      <summary>{s.why}</summary>
      <dl>
        <div><dt>{s.places.lexical}</dt><dd>{place(why?.lexical_place)}</dd></div>
        <div><dt>{s.places.nearest}</dt><dd>{place(why?.nearest_place)}{hit.similarity ? `, ${fill(s.similarity, { percent: format.percent(hit.similarity) })}` : ""}</dd></div>
        <div><dt>{s.places.recency}</dt><dd>{factor(why?.recency)}</dd></div>
        <div><dt>{s.places.quality}</dt><dd>{factor(why?.quality)}</dd></div>
      </dl>
      {repeats > 0 && <p class="quiet">{fill(s.repeats, { n: repeats })}</p>}
    </details>
  );
}

function place(n = 0): string {
  return n > 0 ? fill(s.place, { n }) : s.noPlace;
}

function factor(n = 1): string {
  return n === 1 ? s.noFactor : fill(s.factor, { n: format.decimal(n, 2) });
}
