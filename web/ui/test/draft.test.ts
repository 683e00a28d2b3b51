import { describe, expect, it } from "vitest";
import type { PayFigure, Warning } from "../src/client/protocol";
import { bestFigure, comparable, scale } from "../src/draft/chart";
import { toMarkdown } from "../src/draft/markdown";
import { diff, merge } from "../src/draft/patch";
import { patchFor, published, replacement } from "../src/draft/post";
import { claimsAt, sourcesUnder, touches } from "../src/draft/pointer";
import { fromPeriod, toList, toMoney, toPeriod } from "../src/view/draft/values";
import { post } from "./make";

describe("merge patches", () => {
  const cases: [unknown, unknown, unknown][] = [
    [{ a: 1, b: 2 }, { a: 1, b: 3 }, { b: 3 }],
    [{ a: 1 }, {}, { a: null }],
    [{ a: [1, 2] }, { a: [1] }, { a: [1] }],
    [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, { a: { c: 3 } }],
    [{ a: 1 }, { a: 1 }, undefined],
    [null, { a: 1 }, { a: 1 }],
    [{ a: 1 }, null, null],
    ["x", "y", "y"],
  ];
  it.each(cases)("from %j to %j are %j", (from, to, patch) => expect(diff(from, to)).toEqual(patch));
  it.each(cases.filter(([, , patch]) => patch !== undefined))("applied to %j give %j", (from, to, patch) => expect(merge(from, patch)).toEqual(to));
});

describe("editing a field", () => {
  it("sends only what changed", () => {
    const before = post({ pay: { type: "fixed", min: 400_000, max: 400_000, currency: "USD", around: true } });
    expect(patchFor(before, "pay", { type: "fixed", min: 400_000, max: 500_000, currency: "USD" })).toEqual({ pay: { max: 500_000, around: null } });
    expect(patchFor(before, "title", "A title")).toBeUndefined();
    expect(patchFor(before, "start", null)).toBeUndefined();
    expect(patchFor(before, "pay", null)).toEqual({ pay: null });
  });
});

describe("better wording", () => {
  const warn = (path: string, text: string, word: string, better: string): Warning => ({ path, start: text.indexOf(word), end: text.indexOf(word) + word.length, word, kind: "gender_coded", reason: "", better });

  it("replaces the word in a text", () => {
    const text = "We want a ninja. No ninja turtles.";
    expect(replacement(post({ description: text }), warn("/description", text, "ninja", "expert"))).toEqual({ description: "We want a expert. No ninja turtles." });
  });
  it("keeps a capital letter", () => {
    const text = "Salesman wanted";
    expect(replacement(post({ title: text }), warn("/title", text, "Salesman", "salesperson"))).toEqual({ title: "Salesperson wanted" });
  });
  it("reaches into lists and keeps the other items", () => {
    const items = ["one", "a rockstar"];
    expect(replacement(post({ conditions: items }), warn("/conditions/1", "a rockstar", "rockstar", "specialist"))).toEqual({ conditions: ["one", "a specialist"] });
  });
  it("finds a word that has moved since", () => {
    expect(replacement(post({ title: "Now: a ninja" }), { path: "/title", start: 0, end: 5, word: "ninja", kind: "gender_coded", reason: "", better: "expert" })).toEqual({ title: "Now: a expert" });
  });
  it("does not touch what a person may not change", () => {
    expect(replacement(post(), { path: "/similar/0/title", start: 0, end: 1, word: "x", kind: "excluding", reason: "", better: "y" })).toBeUndefined();
  });
});

describe("export", () => {
  const full = post({
    title: "Shop *now*", description: "First.\n\n# not a heading\n1. not a list", deliverables: ["A [shop]"], skills: { must: ["C++"], nice: [] },
    pay: { type: "fixed", min: 400_000, max: 400_000, currency: "USD" }, deadline: { date: "2026-12-24", text: "before Christmas" }, missing: ["duration"], similar: [],
  });
  it("writes Markdown that says what the post says and no more", () => {
    const text = toMarkdown(full);
    expect(text).toContain("# Shop \\*now\\*");
    expect(text).toContain("$4,000 (fixed price)");
    expect(text).toContain("\\# not a heading");
    expect(text).toContain("1\\. not a list");
    expect(text).toContain("- A \\[shop\\]");
    expect(text).toContain("Dec 24, 2026 (before Christmas)");
    expect(text).not.toContain("undefined");
  });
  it("leaves out of the JSON what only helps to write", () => {
    expect(Object.keys(published(full))).toEqual(["title", "category", "description", "deliverables", "skills", "pay", "deadline"]);
  });
});

describe("the figure", () => {
  const figure: PayFigure = { id: "f", pay_type: "fixed", currency: "USD", scope: "similar", posts: 14, min: 1000, p25: 2000, p50: 3000, p75: 4000, max: 5000 };
  it("stands in order within its frame", () => {
    const s = scale(figure, null);
    const marks = [s.min, s.p25, s.p50, s.p75, s.max];
    expect([...marks].sort((a, b) => a - b)).toEqual(marks);
    expect(Math.min(...marks)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...marks)).toBeLessThanOrEqual(1);
  });
  it.each([[500, "below"], [3000, "within"], [9000, "above"]] as const)("says that %i lies %s", (value, verdict) => {
    const s = scale(figure, { type: "fixed", min: value, max: value, currency: "USD" });
    expect(s.verdict).toBe(verdict);
    expect(s.budget?.from).toBeGreaterThanOrEqual(0);
    expect(s.budget?.to).toBeLessThanOrEqual(1);
  });
  it("never compares across currencies or kinds of pay", () => {
    expect(comparable(figure, { type: "fixed", min: 1, max: 1, currency: "EUR" })).toBe(false);
    expect(comparable(figure, { type: "hourly", min: 1, max: 1, currency: "USD" })).toBe(false);
    expect(scale(figure, { type: "fixed", min: 1, max: 1, currency: "EUR" }).budget).toBeUndefined();
  });
  it("spreads a wide range", () => expect(scale({ ...figure, max: 500_000 }, null).p50).toBeGreaterThan(0.1));
  it("survives a single value", () => expect(scale({ ...figure, min: 5, p25: 5, p50: 5, p75: 5, max: 5 }, null).p50).toBe(0.5));
  it("is chosen by the budget", () => {
    const hourly = { ...figure, id: "h", pay_type: "hourly" };
    expect(bestFigure([figure, hourly], { type: "hourly", min: 1, max: 1, currency: "USD" })?.id).toBe("h");
    expect(bestFigure([], null)).toBeUndefined();
  });
});

describe("what a person types", () => {
  it.each([["4000", 400_000], ["4,000", 400_000], ["4.000,50", 400_050], ["4 000.5", 400_050], ["4k", 400_000], ["2.5k", 250_000], ["$1,250", 125_000], ["", 0], ["abc", 0]])("as money %j is %i minor units", (text, value) => expect(toMoney(text, 2)).toBe(value));
  it("has no decimals in yen", () => expect(toMoney("80,000", 0)).toBe(80_000));
  it.each([[{ min: "4", max: "6", unit: "weeks", ongoing: false }, { min_days: 28, max_days: 42, text: "4 to 6 weeks" }], [{ min: "", max: "1", unit: "months", ongoing: false }, { min_days: 30, max_days: 30, text: "1 month" }], [{ min: "", max: "", unit: "days", ongoing: false }, null]] as const)("as a duration %j is %j", (form, value) => expect(toPeriod(form)).toEqual(value));
  it("comes back as it went", () => expect(fromPeriod(toPeriod({ min: "4", max: "6", unit: "weeks", ongoing: false }))).toEqual({ min: "4", max: "6", unit: "weeks", ongoing: false }));
  it("as a list loses bullets, blanks and doubles", () => expect(toList("- a\n\n* b\na\n", "\n")).toEqual(["a", "b"]));
});

describe("pointers", () => {
  it.each([["/skills", "/skills/must/0", true], ["/skills/must", "/skills", true], ["/title", "/titles", false], ["", "/title", true]])("%s touches %s: %s", (a, b, is) => expect(touches(a, b)).toBe(is));
  it("collect the sources of a value once", () => {
    const claim = (path: string, quote: string) => ({ id: path, path, start: 0, end: 0, text: "", kind: "money", sources: [{ kind: "message" as const, id: "m1", quote }] });
    expect(sourcesUnder([claim("/pay", "4k"), claim("/pay/max", "4k"), claim("/payment", "no")], "/pay")).toHaveLength(1);
    expect(claimsAt(undefined, "/x")).toEqual([]);
  });
});
