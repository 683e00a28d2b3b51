import { describe, expect, it } from "vitest";
import { Api } from "../src/console/api";
import { asked, filtered, fromPlace, nothing, toAddress } from "../src/console/sessions/address";
import { bars, ticks } from "../src/console/sessions/axis";
import { costs } from "../src/console/sessions/format";
import en from "../src/console/sessions/i18n/en.json";
import es from "../src/console/sessions/i18n/es.json";
import { joined, merged, pieces } from "../src/console/sessions/listing";
import { listen, parse } from "../src/console/sessions/live";
import type { Call, Summary, Turn } from "../src/console/sessions/types";

const summary = (id: string, updated: string): Summary => ({ id, person: "p", role: "client", title: id, messages: 1, responses: 1, workflows: [], created: updated, updated });
const at = (second: number) => `2026-03-02T10:00:0${second}Z`;

describe("addresses", () => {
  it.each([
    "/console/sessions",
    "/console/sessions?site=shop&text=web+shop&status=held&workflow=job_post&role=client&rating=down&person=u-1&problem=held&from=2026-03-01&to=2026-03-02",
    "/console/sessions/0a1b?site=shop&turn=9f",
  ])("%s", (address) => {
    const [path = "", search = ""] = address.split("?");
    expect(toAddress(fromPlace({ path, search }))).toBe(address);
  });
  it("takes no values that there are not", () => expect(fromPlace({ path: "/console/sessions", search: "?status=burnt&role=boss&from=yesterday&rating=up" }).query).toEqual(nothing));
  it("asks for whole days of the operator's calendar", () => {
    const p = new URLSearchParams(asked({ ...nothing, from: "2026-03-01", to: "2026-03-01" }));
    expect(new Date(p.get("to") ?? "").getTime() - new Date(p.get("from") ?? "").getTime()).toBe(86_400_000);
  });
  it("counts filters and not the text", () => expect(filtered({ ...nothing, text: "x", role: "client", rating: "down" })).toBe(2));
});

describe("the list", () => {
  const list = { sessions: [summary("b", at(5)), summary("a", at(3))], next: "x" };
  const ids = (l: { sessions: Summary[] }) => l.sessions.map((s) => s.id).join("");
  it.each([
    ["a new one", "c", 9, "cba"],
    ["one that moves up", "a", 9, "ab"],
    ["one in between", "c", 4, "bca"],
    ["one of a later page", "c", 1, "ba"],
  ])("takes %s", (_, id, second, want) => expect(ids(merged(list, summary(id, at(second))))).toBe(want));
  it("shows nobody twice", () => expect(ids(joined(list, { sessions: [summary("a", at(3)), summary("c", at(1))] }))).toBe("bac"));
  it.each([
    [[{ start: 2, end: 4 }], ["🙂", "!ab", "c"]],
    [[], ["🙂abc"]],
    [[{ start: 4, end: 2 }, { start: 3, end: 99 }], ["🙂abc"]],
  ])("marks %j", (marks, want) => expect(pieces("🙂abc", marks).map((p) => (p.marked ? "!" : "") + p.text)).toEqual(want));
});

const call = (start_ms: number, total_ms: number, more: Partial<Call> = {}): Call => ({
  task: "reply", model: "m", status: "settled", input_tokens: 1, output_tokens: 2, tokens_known: true, cost: 0, start_ms, first_ms: 1, total_ms, written: true, kept: 1, ...more,
});
const turn = (spans: Turn["spans"], calls: Call[], stages_ms?: Record<string, number>) => ({ spans, calls, response: { timings: { total_ms: 50, first_text_ms: 0, stages_ms } } }) as unknown as Turn;

describe("the waterfall", () => {
  it("has calls beneath the part that made them", () => {
    const { list, end } = bars(turn([{ name: "decide", start_ms: 0, ms: 10 }, { name: "say", start_ms: 10.2, ms: 80 }], [call(10.3, 30, { status: "failed" }), call(41, 49)]));
    expect(list.map((b) => `${b.kind} ${b.name} ${b.start}${b.failed ? " failed" : ""}`)).toEqual(["stage decide 0", "stage say 10.2", "call reply 10.3 failed", "call reply 41"]);
    expect(end).toBe(90.2);
  });
  it("puts parts without a start one after another", () => {
    const { list } = bars(turn([], [], { say: 30, understand: 5 }));
    expect(list.map((b) => [b.name, b.start])).toEqual([["understand", 0], ["say", 5]]);
  });
  it.each([[1, [0, 0.5, 1]], [90, [0, 50]], [1_100, [0, 500, 1_000]]])("marks an axis of %d", (end, want) => expect(ticks(end)).toEqual(want));
  it("adds costs by currency", () => expect(costs([{ cost: 2_500_000, currency: "USD" }, { cost: 500_000, currency: "USD" }, { cost: 7 }, { cost: 1_000_000, currency: "EUR" }])).toBe("$3.00 + €1.00"));
});

describe("the live stream", () => {
  it("reads events", () => expect([": alive", "event: session\ndata: {\"id\":\"a\"}"].map(parse)).toEqual([{ type: "", data: "" }, { type: "session", data: '{"id":"a"}' }]));
  it("tells changes however they are cut, and ends when the server ends it", async () => {
    const text = new TextEncoder().encode(`: open\n\nevent: session\ndata: ${JSON.stringify(summary("ñ", at(1)))}\n\nevent: ended\ndata: {"code":"forbidden"}\n\n`);
    for (const size of [1, 7, 1_000]) {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let i = 0; i < text.length; i += size) controller.enqueue(text.slice(i, i + size));
          controller.close();
        },
      });
      const told: string[] = [];
      const api = new Api("shop", () => Promise.resolve(new Response(body)));
      await listen(api, { changed: (s) => told.push(s.id), again: () => told.push("again"), on: (live) => told.push(live ? "on" : "off"), lost: () => told.push("lost") }, new AbortController().signal);
      expect(told).toEqual(["on", "ñ", "off", "lost"]);
    }
  });
  it("does not come back where it may not", async () => {
    const told: string[] = [];
    const api = new Api("shop", () => Promise.resolve(new Response('{"code":"forbidden"}', { status: 403 })));
    await listen(api, { changed: () => undefined, again: () => undefined, on: () => undefined, lost: () => told.push("lost") }, new AbortController().signal);
    expect(told).toEqual(["lost"]);
  });
});

describe("texts", () => {
  it("are there in Spanish", () => expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort()));
});
