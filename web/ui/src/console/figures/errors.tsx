import type { VNode } from "preact";
import { address } from "../place";
import { instant, number } from "./format";
import { named, t } from "./texts";
import type { Failure, Report } from "./types";

interface Row { source: "turn" | "call"; code: string; count: number; newest: Failure[] }

const examples = 3;

function rows(report: Report, failures: readonly Failure[]): Row[] {
  const of = (source: Row["source"], counts: Partial<Record<string, number>>) => Object.entries(counts).map(([code, count = 0]): Row => (
    { source, code, count, newest: failures.filter((f) => f.source === source && f.code === code).slice(0, examples) }
  ));
  return [...of("turn", report.now.errors), ...of("call", report.now.call_errors)].sort((a, b) => b.count - a.count);
}

/** What went wrong, with the newest examples. */
export function Errors({ report, failures, site, go }: { report: Report; failures: readonly Failure[]; site: string; go: (to: string) => void }): VNode {
  const list = rows(report, failures);
  const link = (f: Failure) => {
    if (!f.session) return <span key={f.at}>{instant(f.at)}</span>;
    const to = address(`/console/sessions/${encodeURIComponent(f.session)}`, { site, turn: f.response_id ?? "" });
    return <a key={f.at} href={to} onClick={(event) => { if (event.metaKey || event.ctrlKey || event.shiftKey) return; event.preventDefault(); go(to); }}>{instant(f.at)}</a>;
  };
  return (
    <section class="card-of" aria-labelledby="errors-title">
      <h2 id="errors-title">{t("errors")}</h2>
      {list.length === 0 ? <p class="none">{t("errors.none")}</p> : (
        <div class="table-scroll" tabIndex={0} role="group" aria-labelledby="errors-title">
          <table class="errors">
            <thead><tr><th scope="col">{t("errors.what")}</th><th scope="col">{t("errors.count")}</th><th scope="col">{t("errors.newest")}</th></tr></thead>
            <tbody>{list.map((row) => (
              <tr key={`${row.source} ${row.code}`}>
                <th scope="row">{named("error", row.code)}<br /><span class="quiet">{t(`errors.${row.source}`)} · <code>{row.code}</code></span></th>
                <td>{number(row.count)}</td>
                <td><div class="examples">{row.newest.map(link)}</div></td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}
