import { describe, expect, it } from "vitest";
import type { Proposal } from "../src/client/protocol";
import { letterMarkdown } from "../src/draft/markdown";
import { safePage } from "../src/draft/post";
import { quotesIn } from "../src/view/proposal/papers";
import { patchTo } from "../src/view/proposal/versions";

const proposal = (more: Partial<Proposal> = {}): Proposal => ({
  status: "drafted", job_post: { title: "A *theme*" }, profile: {}, fit: [], text: "One.\n\nTwo.", answers: [{ question: "When?", text: "Now." }],
  bid: { amount: 310_000, currency: "EUR", type: "fixed", reason: "" }, advice: [], words: 2, ...more,
});

describe("what proves something", () => {
  it("is found in a text, whatever its case", () => expect(quotesIn("I work in Liquid. And CSS.", ["i work in liquid."])).toEqual([{ start: 0, end: 17 }]));
  it("stands in order, the longer first, each once", () => {
    expect(quotesIn("abc abcd", ["abcd", "abc", "abc", "zzz", "a"])).toEqual([{ start: 0, end: 3 }, { start: 4, end: 8 }]);
  });
});

describe("an older version", () => {
  it("comes back with its price and its answers", () => {
    expect(patchTo(proposal({ text: "Old." }), proposal())).toEqual({ text: "Old.", bid: { amount: 310_000, currency: "EUR", type: "fixed", unit: "" }, answers: [{ question: "When?", text: "Now." }] });
  });
  it("leaves answers to other questions where they are", () => {
    expect(patchTo(proposal({ answers: [] }), proposal())).not.toHaveProperty("answers");
  });
  it("has no price where it had none", () => expect(patchTo(proposal({ bid: null }), proposal())).toMatchObject({ bid: null }));
});

describe("a proposal as Markdown", () => {
  it("has the letter, the answers and the price, and nothing that was not meant as Markdown", () => {
    expect(letterMarkdown(proposal())).toBe("# A \\*theme\\*\n\nOne.\n\nTwo.\n\n**When?**\n\nNow.\n\nPrice to name: €3,100\n");
  });
});

describe("the address of a published post", () => {
  it.each(["https://shop.example/jobs/7", "http://localhost:8090/jobs/7", "http://127.0.0.1/x"])("may be %s", (address) => expect(safePage(address)).toBe(address));
  it.each(["javascript:alert(1)", "http://shop.example/", "data:text/html,x", "//shop.example", "", "https://"])("may not be %j", (address) => expect(safePage(address)).toBe(""));
});
