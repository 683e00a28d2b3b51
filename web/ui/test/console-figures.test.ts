import { describe, expect, it } from "vitest";
import { csv } from "../src/console/figures/csv";
import { length, money, share } from "../src/console/figures/format";
import en from "../src/console/figures/i18n/en.json";
import es from "../src/console/figures/i18n/es.json";
import { ask, read, write } from "../src/console/figures/query";
import { cost, empty, ended, feedback, latency } from "../src/console/figures/series";
import type { Period, Report, Totals } from "../src/console/figures/types";

const none: Totals = {
  sessions: 0, turns: 0, outcomes: {}, workflows: {}, asked_again: 0, first_text: { count: 0 }, whole: { count: 0 }, sentences_kept: 0, sentences_dropped: 0, up: 0, down: 0,
  drafts_published: 0, ready: { count: 0 }, calls: 0, calls_failed: 0, calls_limited: 0, fallbacks: 0, input_tokens: 0, output_tokens: 0, cost: {}, cost_by_purpose: {}, calls_unpriced: 0,
  call_first_token: { count: 0 }, call_whole: { count: 0 }, errors: {}, call_errors: {},
};

function report(now: Partial<Totals>, periods: Partial<Totals>[]): Report {
  const of = (p: Partial<Totals>, n: number): Period => ({ ...none, ...p, start: `2026-05-0${n + 1}T00:00:00Z` });
  return { from: "", until: "", bucket: "day", time_zone: "UTC", currency: "EUR", now: { ...none, ...now }, before: none, periods: periods.map(of), by_purpose: [], by_model: [], by_workflow: [], by_endpoint: [] };
}

describe("the address", () => {
  const place = (search: string) => ({ path: "/console/figures", search });
  it.each([
    ["", { span: "7d", from: "", to: "", purpose: "", model: "", workflow: "" }],
    ["?span=30d&workflow=advice", { span: "30d", from: "", to: "", purpose: "", model: "", workflow: "advice" }],
    ["?from=2026-05-01&to=2026-05-03&span=24h", { span: "", from: "2026-05-01", to: "2026-05-03", purpose: "", model: "", workflow: "" }],
    ["?from=2026-05-01&span=forever", { span: "7d", from: "", to: "", purpose: "", model: "", workflow: "" }],
  ])("%s is read, and written again", (search, query) => {
    expect(read(place(search))).toEqual(query);
    expect(read(place(new URL(write(place(search), read(place(search))), "https://x.example").search))).toEqual(query);
  });
  it("keeps the site", () => { expect(write(place("?site=shop"), read(place("?span=24h")))).toBe("/console/figures?site=shop&span=24h"); });
  it("asks in the time zone of whoever looks", () => { expect(ask("/x", read(place("")))).toMatch(/^\/x\?span=7d&time_zone=\w+/); });
});

describe("series", () => {
  it("puts the largest part first, and the rest together", () => {
    const parts = Object.fromEntries(["a", "b", "c", "d", "e", "f", "g", "h", "i"].map((name, n) => [name, n + 1]));
    const { series } = cost(report({ cost_by_purpose: parts }, [{ cost_by_purpose: parts }, {}]));
    expect(series.map((s) => s.label)).toEqual(["i", "h", "g", "f", "e", "d", "Others"]);
    expect(series.at(-1)?.values).toEqual([6, 0]);
    expect(new Set(series.map((s) => s.colour)).size).toBe(7);
  });
  it("shows outcomes in their order, each with its colour", () => {
    const { series } = ended(report({ outcomes: { failed: 1, completed: 2 } }, [{ outcomes: { failed: 1 } }, { outcomes: { completed: 2 } }]));
    expect(series.map((s) => [s.label, s.values])).toEqual([["Completed", [0, 2]], ["Failed", [1, 0]]]);
  });
  it("has no value where nothing was measured", () => {
    const { series } = latency(report({}, [{ whole: { count: 1, p50: 800, p90: 900, p99: 900 } }, {}]), (p) => p.whole);
    expect(series[0]?.values).toEqual([800, null]);
  });
  it("knows that there is nothing to see", () => {
    expect(empty(feedback(report({}, [{}, {}])))).toBe(true);
    expect(empty(feedback(report({ up: 1 }, [{}, { up: 1 }])))).toBe(false);
  });
});

describe("how figures are written", () => {
  it.each([[9_314_000, "$9.31"], [0, "$0.00"], [4_100, "$0.0041"], [1_234_567_890_000, "$1,234,567.89"]])("%d millionths", (amount, text) => { expect(money(amount, "USD")).toBe(text); });
  it.each([[0, "0 ms"], [640, "640 ms"], [999.9, "1 sec"], [6_540, "6.5 sec"], [42_000, "42 sec"], [570_000, "9.5 min"], [7_200_000, "2 hr"]])("%d ms", (ms, text) => { expect(length(ms)).toBe(text); });
  it.each([[0, "0%"], [0.0123, "1.2%"], [0.825, "83%"]])("the share %d", (value, text) => { expect(share(value)).toBe(text); });
});

describe("CSV", () => {
  it("quotes what needs it, and leaves what is not known empty", () => {
    expect(csv([["a", "b\"c", "d,e", "f\ng"], [1.5, null, "", 0]])).toBe('a,"b""c","d,e","f\ng"\r\n1.5,,,0\r\n');
  });
  it.each(["=1+1", "+1", "-1", "@x", "\tx"])("does not let %j be read as a formula", (text) => { expect(csv([[text]])).toContain(`'${text}`); });
});

it("says the same in every language", () => {
  expect(Object.keys(es)).toEqual(Object.keys(en));
  const holes = (text: unknown) => [...JSON.stringify(text).matchAll(/\{\w+\}/g)].map(String).sort();
  for (const key of Object.keys(en) as (keyof typeof en)[]) expect(new Set(holes(es[key])), key).toEqual(new Set(holes(en[key])));
});
