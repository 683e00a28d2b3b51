import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { csv, download } from "./csv";
import { compact, length, money, number, share } from "./format";
import { ratio } from "./series";
import { named, t, type Text } from "./texts";
import type { Group, Report } from "./types";

const kinds = ["purpose", "model", "workflow", "endpoint"] as const;
type Kind = (typeof kinds)[number];

interface Column { name: Text; of: (group: Group) => number | undefined; format: (value: number) => string }

function columns(kind: Kind, currency: string): Column[] {
  const turns: Column[] = [
    { name: "group.turns", of: (g) => g.turns, format: number },
    { name: "group.liked", of: (g) => ratio(g.up, g.up + g.down), format: share },
  ];
  const calls: Column[] = [
    { name: "group.calls", of: (g) => g.calls, format: number },
    { name: "group.failed", of: (g) => g.calls_failed, format: number },
    { name: "group.fallbacks", of: (g) => g.fallbacks, format: number },
    { name: "group.input", of: (g) => g.input_tokens, format: compact },
    { name: "group.output", of: (g) => g.output_tokens, format: compact },
    { name: "group.cost", of: (g) => g.cost[currency] ?? 0, format: (value) => money(value, currency) },
  ];
  const time = (g: Group) => (kind === "workflow" ? g.whole : g.call_whole);
  const latency: Column[] = [
    { name: "latency.p50", of: (g) => time(g).p50, format: length },
    { name: "latency.p90", of: (g) => time(g).p90, format: length },
    { name: "latency.p99", of: (g) => time(g).p99, format: length },
  ];
  return [...(kind === "workflow" || kind === "model" ? turns : []), ...calls, ...latency];
}

/** Figures by what they are of. A name narrows the page to it. */
export function Groups({ report, narrow }: { report: Report; narrow: (kind: "purpose" | "model" | "workflow", name: string) => void }): VNode {
  const [kind, choose] = useState<Kind>(report.by_purpose.length > 0 ? "purpose" : "workflow");
  const [groups, shown] = [report[`by_${kind}`], columns(kind, report.currency ?? "USD")];
  const name = (value: string) => (kind === "purpose" || kind === "workflow" ? named(kind, value) : value || t("workflow.none"));
  const save = () => download(`${t(`by.${kind}`)}.csv`, csv([["", ...shown.map((c) => t(c.name))], ...groups.map((g) => [g.name, ...shown.map((c) => c.of(g) ?? null)])]));
  return (
    <section class="card-of" aria-labelledby="groups-title">
      <div class="card-head">
        <h2 id="groups-title">{t(`by.${kind}`)}</h2>
        <select aria-label={t("by")} value={kind} onChange={(event) => choose(event.currentTarget.value as Kind)}>{kinds.map((k) => <option key={k} value={k}>{t(`by.${k}`)}</option>)}</select>
      </div>
      {groups.length === 0 ? <p class="none">{t("calls.none")}</p> : (
        <>
          <div class="table-scroll" tabIndex={0} role="group" aria-labelledby="groups-title">
            <table>
              <thead><tr><th scope="col">{t(`name.${kind}`)}</th>{shown.map((c) => <th key={c.name} scope="col">{t(c.name)}</th>)}</tr></thead>
              <tbody>{groups.map((g) => (
                <tr key={g.name}>
                  <th scope="row">{kind !== "endpoint" && g.name ? <button type="button" class="link" onClick={() => narrow(kind, g.name)}>{name(g.name)}</button> : name(g.name)}</th>
                  {shown.map((c) => {
                    const value = c.of(g);
                    return <td key={c.name}>{value === undefined ? "–" : c.format(value)}</td>;
                  })}
                </tr>
              ))}</tbody>
            </table>
          </div>
          <button type="button" class="link" onClick={save}>{t("csv")}</button>
        </>
      )}
    </section>
  );
}
