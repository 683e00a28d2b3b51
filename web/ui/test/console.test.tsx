import { render } from "preact-render-to-string";
import { describe, expect, it, vi } from "vitest";
import { Api, Refused } from "../src/console/api";
import { few, rows, sum } from "../src/console/agreement/sums";
import en from "../src/console/i18n/en.json";
import es from "../src/console/i18n/es.json";
import { preferred, say } from "../src/console/i18n";
import { Desk } from "../src/console/moderation/desk";
import { asItem, belongs, look, putBack } from "../src/console/moderation/listing";
import { pieces, window } from "../src/console/moderation/marks";
import { plain, Visible } from "../src/console/moderation/visible";
import { fromAddress, toAddress } from "../src/console/route";
import type { Case, Detail, Mark, Operator, Period } from "../src/console/types";

const mark = (start: number, end: number, rule = ""): Mark => ({ label: "scam", quote: "", start, end, rule });
const verdict = { decision: "hold" as const, labels: ["scam" as const], score: 0.9, scores: { scam: 0.9, spam: 0.1 }, stage: "rules" as const };
const someCase = (id: string, change: Partial<Case> = {}): Case => ({
  id, message: { id: `m-${id}`, text: `Text of ${id}` }, verdict, first_verdict: verdict, status: "waiting", version: 1, created: "2026-03-02T10:00:00Z", changed: "2026-03-02T10:00:00Z", ...change,
});

describe("marks", () => {
  const cut = (text: string, marks: Mark[], from?: number, to?: number) => pieces(text, marks, from, to).map((p) => `${p.text}${p.marks.map((m) => (m.rule ? "!" : "?")).join("")}`);
  it.each([
    ["none", [], ["a 🙂 call me"]],
    ["by UTF-16 code units", [mark(5, 9, "r@1")], ["a 🙂 ", "call!", " me"]],
    ["overlapping, the rule first", [mark(2, 9), mark(5, 12, "r@1")], ["a ", "🙂 ?", "call!?", " me!"]],
    ["at the edges", [mark(0, 1), mark(10, 12)], ["a?", " 🙂 call ", "me?"]],
    ["wrong ones break nothing", [mark(-5, 1), mark(10, 99), mark(7, 3), mark(50, 60)], ["a?", " 🙂 call ", "me?"]],
  ])("%s", (_, marks, want) => expect(cut("a 🙂 call me", marks)).toEqual(want));
  it("keeps every character of the text", () => {
    for (let n = 0; n < 200; n++) {
      const marks = Array.from({ length: n % 7 }, (_, i) => mark((n * 13 + i * 29) % 120 - 5, (n * 17 + i * 31) % 130));
      const text = "0123456789".repeat(12);
      expect(pieces(text, marks).map((p) => p.text).join("")).toBe(text);
    }
  });
  it("shows of a long text the part with its first mark, and cuts no character in two", () => {
    const text = "🙂".repeat(30_000);
    expect(window("short", [])).toEqual([0, 5]);
    expect(window(text, [])).toEqual([0, 3000]);
    for (const at of [10_001, 59_990]) {
      const [from, to] = window(text, [mark(at, at + 3)]);
      expect(from <= at && at < to).toBe(true);
      expect([from % 2, to % 2]).toEqual([0, 0]);
    }
  });
});

describe("hostile text", () => {
  it.each([
    ["<b>&amp;</b>", "&lt;b>&amp;amp;&lt;/b>"],
    ["a\u202Eb", 'a<span class="unseen" title="U+202E">RLO</span>b'],
    ["a\u0000\u0007", 'a<span class="unseen" title="U+0000">U+0000</span><span class="unseen" title="U+0007">U+0007</span>'],
    ["lines\r\nand\ttabs", "lines\r\nand\ttabs"],
    ["👩🏽\u200D🔧 ok", "👩🏽\u200D🔧 ok"],
    ["pay\u200Dpal", 'pay<span class="unseen" title="U+200D">ZWJ</span>pal'],
    ["می\u200Cخواهم", "می\u200Cخواهم"],
    ["مرحبا بك", "مرحبا بك"],
  ])("%j", (text, want) => expect(render(<Visible text={text} />)).toBe(want));
  it("is plain in names of buttons", () => expect(plain("a\u2066b\u{E0041}")).toBe("a[LRI]b[TAG A]"));
});

describe("the list", () => {
  const ids = (items: { id: string }[]) => items.map((item) => item.id).join("");
  const shown = ["c", "b", "a"].map((id) => someCase(id));
  it("counts what came in and moves nothing", () => {
    const seen = look(shown, ["e", "d", "c", "b", "a"].map((id) => someCase(id)), true, new Set());
    expect([ids(seen.items), seen.fresh]).toEqual(["cba", 2]);
  });
  it("does not count what was decided here", () => expect(look(shown, [someCase("d"), ...shown], true, new Set(["d"])).fresh).toBe(0));
  it("takes newer versions in their place", () => {
    const seen = look(shown, [someCase("c"), someCase("b", { version: 2, assignee: "ben" }), someCase("a")], true, new Set());
    expect(seen.items[1]?.assignee).toBe("ben");
  });
  it("marks what left the queue, and only as far as the page reaches", () => {
    expect(look(shown, [shown[0], shown[2]].filter((c) => c !== undefined), true, new Set()).items.map((i) => Boolean(i.gone))).toEqual([false, true, false]);
    expect(look(shown, [someCase("c")], false, new Set()).items.map((i) => Boolean(i.gone))).toEqual([false, false, false]);
  });
  it("puts a case back where it stood", () => {
    expect(ids(putBack([shown[0], shown[2]].filter((c) => c !== undefined), someCase("b"), 1))).toBe("cba");
    expect(ids(putBack(shown, someCase("b", { version: 3 }), 0))).toBe("cba");
  });
  it("keeps the excerpt of a case that was read whole", () => {
    const listed = someCase("a", { message: { id: "m-a", text: "… part" }, cut: true, verdict: { ...verdict, marks: [mark(2, 6)] } });
    const item = asItem(someCase("a", { version: 2 }), listed);
    expect([item.message.text, item.verdict.marks?.length, item.version]).toEqual(["… part", 1, 2]);
  });
  it("knows which tab a case belongs to", () => {
    expect(belongs(someCase("a"), "waiting")).toBe(true);
    expect(belongs(someCase("a", { appeal: "why" }), "appeals")).toBe(true);
    expect(belongs(someCase("a", { appeal: "why", status: "decided" }), "appeals")).toBe(false);
  });
});

describe("the address", () => {
  it.each(["", "?status=decided&label=scam&case=X", "?site=shop&channel=assistant&stage=judge&decision=hold&assignee=me&text=a+b&oldest=true", "?view=agreement", "?site=shop&view=agreement"])("%s", (search) =>
    expect(toAddress(fromAddress(search))).toBe(`/console/moderation${search}`));
  it("takes no values that there are not", () => expect(toAddress(fromAddress("?status=burnt&label=x&decision=%3Cb%3E&view=y"))).toBe("/console/moderation"));
});

describe("agreement", () => {
  it("adds up, and says nothing of what is not known", () => {
    const total = sum([{ cases: 10, kept: 4, removed: 1, added: 1 }, { cases: 10, kept: 4, removed: 1, added: 1 }]);
    expect(total.precision).toBeCloseTo(0.8);
    expect(total.recall).toBeCloseTo(0.8);
    expect(total.kappa).toBeCloseTo(0.6);
    const all = sum([{ cases: 10, kept: 8, removed: 2, added: 0 }]);
    expect([all.precision, all.recall, all.kappa]).toEqual([0.8, undefined, undefined]);
    expect(sum([]).precision).toBeUndefined();
  });
  it("has a row for each label that anybody gave", () => {
    const none = { cases: 0, kept: 0, removed: 0, added: 0 };
    const agreed = { machine: { cases: 3, kept: 2, removed: 1, added: 0 }, judge: none, reviewers: none };
    const period: Period = { start: "2026-03-02T00:00:00Z", cases: 3, median_seconds: 5, any: agreed, labels: [{ label: "scam", ...agreed }] };
    expect(rows([period, period]).map((row) => [row.subject, row.machine.cases])).toEqual([["any", 6], ["scam", 6]]);
    expect(few).toBeGreaterThan(1);
  });
});

describe("messages", () => {
  const fields = (message: string | Record<string, string>) => [...new Set((typeof message === "string" ? message : Object.values(message).join()).match(/\{\w+\}/g) ?? [])].sort();
  it("Spanish says all that English says, with the same values", () => {
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
    for (const [key, message] of Object.entries(en)) expect([key, fields(es[key as keyof typeof es])]).toEqual([key, fields(message)]);
  });
  it("chooses the form of a number", () => {
    expect(say({ one: "{n} case", other: "{n} cases" }, { n: 1 }, "en")).toBe("1 case");
    expect(say({ one: "{n} caso", other: "{n} casos" }, { n: 3 }, "es")).toBe("3 casos");
    expect(say("{who} · {what}", { who: "{what}", what: "$&" }, "en")).toBe("{what} · $&");
  });
  it.each([[null, ["es-MX", "en"], "es"], [null, ["fr", "en-GB"], "en"], [null, ["ja"], "en"], ["es", ["en"], "es"], ["xx", ["es"], "es"]])("%s and %s: %s", (chosen, asked, want) => expect(preferred(chosen, asked)).toBe(want));
});

describe("the desk", () => {
  const ada: Operator = { id: "ada", name: "Ada", role: "reviewer", sites: [] };
  const detail = (c: Case): Detail => ({ case: c, history: [], policies: [], rules: [], thresholds: { any: {}, labels: {} }, people: {} });

  /** A desk on a server with cases c, b, a that answers a decision with a status. */
  async function desk(answer: number, me = ada, until: Promise<void> = Promise.resolve()) {
    const calls: string[] = [];
    const bodies: unknown[] = [];
    const json = (body: unknown, status = 200) => Promise.resolve(new Response(JSON.stringify(body), { status }));
    const api = new Api("shop", (path, init) => {
      const at = new URL(path, "http://x").pathname.replace("/v1/moderation/", "");
      if (init.method === "POST") {
        calls.push(at);
        bodies.push(JSON.parse(init.body as string));
        expect((init.headers as Record<string, string>)["X-Parley-Console"]).toBe("1");
        const id = at.split("/")[1] ?? "";
        if (answer === 0) return Promise.reject(new TypeError("no network"));
        return until.then(() => answer === 200 ? json(detail(someCase(id, { version: 2, status: at.endsWith("undo") ? "waiting" : "decided" }))) : json({ code: answer === 409 ? "conflict" : "invalid", detail: "No." }, answer));
      }
      if (at === "counts") return json({ status: {}, label: {}, appeals: 0, assigned: {}, days: [] });
      if (at === "cases") return json({ cases: ["c", "b", "a"].map((id) => someCase(id)), people: {} });
      return json(detail(someCase(at.split("/")[1] ?? "")));
    });
    const went: string[] = [];
    const said: string[] = [];
    const made: Desk = new Desk(api, me, { go: (id) => { went.push(id); void made.show(id); }, say: (text) => said.push(text) });
    await made.ask(made.state.query);
    await made.show("b");
    return { desk: made, calls, bodies, went, said, listed: () => made.state.items.map((item) => item.id).join("") };
  }

  it("goes on before the server has answered, and undoes where it stood", async () => {
    const d = await desk(200);
    expect(d.desk.decide("block")).toBe(true);
    expect([d.went.at(-1), d.listed()]).toEqual(["a", "ca"]);
    await d.desk.undo();
    expect(d.calls).toEqual(["cases/b/decide", "cases/b/undo"]);
    expect(d.bodies).toEqual([{ version: 1, decision: "block", labels: ["scam"], note: "" }, { version: 2 }]);
    expect([d.went.at(-1), d.listed()]).toEqual(["b", "cba"]);
  });
  it.each([[409, "the case is opened again"], [0, "without a network"], [400, "when it is refused"]])("keeps the note and the place: %d, %s", async (status) => {
    const d = await desk(status);
    d.desk.toggle("spam");
    d.desk.write("Mine");
    d.desk.decide("block");
    await vi.waitFor(() => expect(d.listed()).toBe("cba"));
    await d.desk.show("b");
    await vi.waitFor(() => expect(d.desk.draft).toEqual({ labels: ["scam", "spam"], note: "Mine", touched: true }));
    expect(d.desk.state.undo).toBeNull();
    if (status === 409) await vi.waitFor(() => expect(d.desk.state.conflict?.case).toBe("b"));
  });
  it("does not take a conflict to whoever writes about the next case", async () => {
    let answer: () => void = () => undefined;
    const d = await desk(409, ada, new Promise((resolve) => { answer = resolve; }));
    d.desk.decide("deliver");
    await vi.waitFor(() => expect(d.desk.state.detail?.case.id).toBe("a"));
    d.desk.write("Already here");
    answer();
    await vi.waitFor(() => expect(d.desk.state.conflict?.case).toBe("b"));
    expect(d.desk.state.current).toBe("a");
  });
  it("blocks nothing without a policy, and takes no decision of a viewer", async () => {
    const d = await desk(200);
    d.desk.toggle("scam");
    expect(d.desk.decide("block")).toBe(false);
    const viewer = await desk(200, { ...ada, role: "viewer" });
    expect(viewer.desk.decide("deliver")).toBe(false);
    await viewer.desk.undo();
    await viewer.desk.assign();
    expect([...d.calls, ...viewer.calls]).toEqual([]);
  });
  it("tells a refusal from a server that cannot be reached", async () => {
    const api = new Api("", () => Promise.resolve(new Response("<html>", { status: 502 })));
    await expect(api.case("x")).rejects.toBeInstanceOf(Refused);
  });
});
