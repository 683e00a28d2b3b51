import { afterEach, describe, expect, test, vi } from "vitest";
import { asked, fetchHits, Refused, trendOf, type Hit } from "../src/search/api";
import { count, empty, fromAddress, toAddress, widened, withItem } from "../src/search/query";

describe("the address", () => {
  test("keeps every field, and nothing that is not asked for", () => {
    const search = { ...empty, q: "night shift & more", kind: "profile" as const, skills: "C++, Go", zone: "-5", within: "3" };
    const address = toAddress(search);
    expect(fromAddress(address)).toEqual(search);
    expect(toAddress(empty)).toBe("");
    expect(address).not.toContain("category");
  });
  test("of somebody else is read without trust", () => {
    expect(fromAddress("?kind=secret&colour=red&q=%00")).toEqual({ ...empty, q: "\u0000" });
  });
});

describe("conditions", () => {
  test("are counted with both ends of a range as one", () => {
    expect(count({ ...empty, q: "x", min: "1", max: "2", from: "2025-01-01", category: "web" })).toBe(3);
    expect(count(widened({ ...empty, category: "web", q: "x" }))).toBe(0);
  });
  test("gain a skill once", () => {
    expect(withItem("React, Go", "go")).toBe("React, Go");
    expect(withItem("", "Go")).toBe("Go");
    expect(withItem("React", "Go")).toBe("React, Go");
  });
});

describe("what the server is asked", () => {
  test("holds only what is set", () => {
    expect(asked({ ...empty, q: "shop" })).toEqual({ text: "shop", kind: "job_post" });
  });
  test("has money in minor units of its currency", () => {
    expect(asked({ ...empty, min: "1,500.50", max: "2000", currency: "EUR" }).pay).toEqual([{ currency: "EUR", min: 150050, max: 200000 }]);
    expect(asked({ ...empty, max: "60000", currency: "JPY" }).pay).toEqual([{ currency: "JPY", min: 0, max: 60000 }]);
    expect(() => asked({ ...empty, min: "cheap" })).toThrow(Refused);
    expect(() => asked({ ...empty, min: "-5" })).toThrow(Refused);
  });
  test("asks for other currencies without keeping to one", () => {
    expect(asked({ ...empty, max: "10", currency: "USD", convert: "1" })).toEqual({ kind: "job_post", pay: [{ currency: "USD", min: 0, max: 1000 }], convert: true });
  });
  test("names a window of time zones", () => {
    expect(asked({ ...empty, zone: "-5", within: "3" }).time_zone).toBe("UTC-5±3");
    expect(asked({ ...empty, zone: "0" }).time_zone).toBe("UTC+0±2");
  });
});

describe("the subject of the trend", () => {
  const hit = (skills: string[], category: string) => ({ skills, data: { category } }) as Hit;
  test("is a skill that was asked for, else one that hits share, else their category", () => {
    const hits = [hit(["Shopify"], "web"), hit(["Shopify", "PHP"], "web")];
    expect(trendOf({ ...empty, skills: "Go, Rust" }, hits)).toEqual({ skill: "Go" });
    expect(trendOf(empty, hits)).toEqual({ skill: "Shopify" });
    expect(trendOf(empty, [hit([], "web"), hit([], "design"), hit([], "web")])).toEqual({ category: "web" });
    expect(trendOf(empty, [])).toBeNull();
  });
});

describe("a refusal", () => {
  afterEach(() => vi.unstubAllGlobals());
  test("comes in the server's words, and by its number where it has none", async () => {
    const answer = (body: string) => vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, { status: 400 })));
    const { signal } = new AbortController();
    answer('{"detail":"time_zone: no such zone"}');
    await expect(fetchHits(empty, 20, "", signal)).rejects.toThrow("time_zone: no such zone");
    answer("<html>");
    await expect(fetchHits(empty, 20, "", signal)).rejects.toThrow("400");
  });
});
