import { describe, expect, it } from "vitest";
import * as format from "../src/i18n/format";

describe("money", () => {
  it.each([[400_000, "USD", "$4,000"], [4_050, "EUR", "€40.50"], [80_000, "JPY", "¥80,000"], [1_234_567, "KWD", "1,234.567"], [500, "???", "5 ???"], [500, "", "5"]])("%i of %s is %s", (minor, currency, text) => {
    expect(format.money(minor, currency).replace(/\u00a0/g, " ")).toContain(text);
  });
  it.each([
    [{ type: "fixed", min: 300_000, max: 400_000, currency: "USD" }, "$3,000 to $4,000"],
    [{ type: "hourly", min: 4_000, max: 4_000, currency: "USD", around: true }, "about $40 / hour"],
    [{ type: "fixed", min: 0, max: 200_000, currency: "USD" }, "up to $2,000"],
    [{ type: "fixed", min: 200_000, max: 0, currency: "USD" }, "from $2,000"],
    [{ type: "", min: 0, max: 0 }, ""],
    [null, ""],
  ] as const)("of %j reads %s", (pay, text) => expect(format.pay(pay)).toBe(text));
});

describe("time", () => {
  it.each([[3, "3 days"], [14, "2 weeks"], [42, "6 weeks"], [90, "3 months"], [1, "1 day"]])("%i days are %s", (count, text) => expect(format.days(count)).toBe(text));
  it("gives a date without moving it", () => expect(format.date("2026-12-24")).toBe("Dec 24, 2026"));
  it("prefers the words that were said", () => expect(format.period({ min_days: 14, max_days: 14, text: "a couple of weeks" })).toBe("a couple of weeks"));
  it("shows what is not a date as it is", () => expect(format.date("soon")).toBe("soon"));
  it.each([[0, "this minute"], [-3_600, "1 hour ago"], [-172_800, "2 days ago"]])("%i seconds from now is %s", (shift, text) => {
    const now = Date.parse("2026-11-21T10:00:00Z");
    expect(format.ago(new Date(now + shift * 1000).toISOString(), now)).toBe(text);
  });
});

describe("places", () => {
  it("are named", () => expect(format.place({ mode: "remote", place: "Berlin", country: "DE" })).toBe("Remote, Berlin, Germany"));
  it("keep what is no code", () => expect(format.country("Europe")).toBe("Europe"));
});
