import { describe, expect, it, vi } from "vitest";
import type { Draft, Response } from "../src/client/protocol";
import { empty, type State } from "../src/client/state";
import { claimsOf } from "../src/embed/claims";
import { ownKeep } from "../src/embed/keep";
import { News } from "../src/embed/news";
import { contrast, palette } from "../src/embed/palette";
import { Person } from "../src/embed/person";
import { check } from "../src/embed/settings";
import { inkOn, parseColour, type Colour } from "../src/widget/colour";
import { merge, optionsOf, type Options } from "../src/widget/options";
import type { ToLoader } from "../src/widget/protocol";
import { styleSheet } from "../src/widget/style";

function token(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256" })}.${part(claims)}.signature`;
}

describe("options", () => {
  const wrong = vi.fn();

  it("are merged by group, and null takes a value back", () => {
    const old: Options = { role: "client", theme: { accent: "#123456", radius: 4 }, context: { jobPostId: "j1" } };
    const merged = merge(old, { role: null, theme: { radius: 8 }, context: { profileId: "p1" }, greeting: undefined }, wrong);
    expect(merged).toEqual({ role: undefined, theme: { accent: "#123456", radius: 8 }, context: { jobPostId: "j1", profileId: "p1" } });
    expect(merge(merged, { theme: null }, wrong).theme).toEqual({});
    expect(wrong).not.toHaveBeenCalled();
  });

  it("that are wrong are left out and named, and never reach a style sheet", () => {
    const named: string[] = [];
    const given = { url: "javascript:alert(1)", theme: { accent: "red;}*{display:none", radius: "8px;", position: "above", scheme: "sepia", zIndex: -1, offset: {} } };
    const merged = merge({}, given as unknown as Options, (name) => named.push(name));
    expect(named.sort()).toEqual(["accent", "offset", "position", "radius", "scheme", "url", "zIndex"]);
    expect(merged.url).toBeUndefined();
    expect(styleSheet(merged.theme ?? {}, false)).toBe(styleSheet({}, false));
  });

  it("are read from data attributes", () => {
    expect(optionsOf({ tenant: "shop", accent: "#abc", zIndex: "5", jobPostId: "j1", greeting: "Hello" })).toEqual({
      tenant: "shop", greeting: "Hello", theme: { accent: "#abc", zIndex: "5" }, context: { jobPostId: "j1" },
    });
  });
});

/** As color-mix(in srgb, …) in embed.css. */
function mixed(a: Colour, share: number, b: Colour): Colour {
  return a.map((part, at) => part * share + (b[at] ?? 0) * (1 - share)) as unknown as Colour;
}

describe("colours", () => {
  it("always have an ink with a contrast of 4.5", () => {
    for (let at = 0; at < 4096; at++) {
      const accent = `#${at.toString(16).padStart(3, "0")}`;
      expect(contrast(parseColour(accent), parseColour(inkOn(accent))), accent).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("make a palette that can be read in both schemes, whatever the accent", () => {
    const colours = (...list: string[]) => list.map(parseColour);
    const day = { surfaces: colours("#f6f3ec", "#ece7dc", "#fffdf9", "#ffffff"), wash: 0.11, on: "#fff" };
    const night = { surfaces: colours("#131816", "#0e1211", "#1b211f", "#232a28"), wash: 0.16, on: "#000" };
    for (let at = 0; at < 4096; at++) {
      const accent = `#${at.toString(16).padStart(3, "0")}`;
      const made = palette(accent);
      for (const [name, { surfaces, wash, on }] of [["--day", day], ["--night", night]] as const) {
        const ink = parseColour(made[name] ?? "");
        const grounds = [...surfaces, mixed(ink, wash, surfaces[2] ?? ink), parseColour(on)];
        expect(Math.min(...grounds.map((ground) => contrast(ink, ground))), `${accent} as ${made[name] ?? ""}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it("that are readable are left as they are", () => {
    expect(palette("#1d5c4b")).toMatchObject({ "--day": "#1d5c4b", "--on-accent": "#fff" });
  });
});

describe("settings in the frame", () => {
  it("take the host's word over the site's, and nothing of another kind", () => {
    const site = { theme: { accent: "#00ff00", scheme: "dark" as const }, greeting: "From the site", locale: "es" };
    expect(check({ theme: { accent: "#fff" } }, site)).toMatchObject({ theme: { accent: "#fff", scheme: "dark" }, greeting: "From the site", locale: "es" });
    const hostile = { identity: 7, asks: "yes", role: "admin", locale: {}, theme: "x", greeting: "x".repeat(301), context: { jobPostId: [] }, inline: 1 };
    expect(check(hostile, {})).toEqual({
      identity: "", asks: false, role: undefined, locale: "", theme: { accent: undefined, scheme: undefined },
      greeting: "", context: { jobPostId: "", profileId: "" }, inline: false,
    });
  });
});

describe("a person", () => {
  const visitors = ownKeep("p ", () => { throw new Error("blocked"); });
  const soon = Math.floor(Date.now() / 1000) + 5;
  const later = soon + 600;

  it("is who the subject says, and one whose token cannot be read is nobody else", () => {
    expect(claimsOf(token({ sub: "ada", role: "freelancer", profile_id: "p1" }))).toMatchObject({ sub: "ada", profile_id: "p1" });
    for (const broken of ["x", "a.b.c", "a.e30.c", ""]) expect(claimsOf(broken).sub).toBe(broken);
    expect([claimsOf(token({ sub: 42 })).sub, claimsOf(token({ sub: 0 })).sub]).toEqual(["42", "0"]);
    expect(claimsOf(token({ sub: "" })).sub).toBe(token({ sub: "" })); // not a visitor
    const ada = new Person(token({ sub: "ada", exp: later }), visitors, null, () => undefined);
    expect(ada.is(token({ sub: "ada", exp: soon }))).toBe(true);
    expect(ada.is(token({ sub: "ben" }))).toBe(false);
    expect(ada.is("")).toBe(false);
    expect(ada.is(token({ sub: "ada", role: "freelancer" }))).toBe(false);
    expect(ada.is(token({ sub: "ada", profile_id: "p1" }))).toBe(false);
  });

  it("hands a token out while it lasts, and asks the host for the next", async () => {
    const second = token({ sub: "ada", exp: later, n: 2 });
    const ask = vi.fn(() => Promise.resolve(second));
    const first = token({ sub: "ada", exp: soon });
    const ada = new Person(first, visitors, ask, () => undefined);
    expect(await ada.token("first")).toBe(first);
    expect(await ada.token("first")).toBe(second); // the first is about to expire
    expect(await ada.token("first")).toBe(second);
    expect(ask).toHaveBeenCalledTimes(1);
    ada.renew(token({ sub: "ada", exp: later, n: 3 }));
    expect(claimsOf(await ada.token("soon"))).toMatchObject({ n: 3 });
  });

  it("gives way when the host signs in somebody else, or nobody", async () => {
    for (const next of [token({ sub: "ben" }), ""]) {
      const changed = vi.fn();
      const ada = new Person(token({ sub: "ada", exp: soon }), visitors, () => Promise.resolve(next), changed);
      await ada.token("first");
      await expect(ada.token("soon")).rejects.toThrow("somebody else");
      expect(changed).toHaveBeenCalledWith(next);
    }
  });

  it("keeps nothing where a visitor would find it", () => {
    const ada = new Person(token({ sub: "ada" }), visitors, null, () => undefined);
    ada.keep.setItem("text", "mine");
    expect(visitors.getItem("text")).toBeNull();
    expect(new Person("", visitors, null, () => undefined).keep).toBe(visitors);
  });
});

describe("what a visitor's frame keeps", () => {
  it("is apart from other widgets', and goes as a whole", () => {
    // As a browser's: what is kept are the object's own properties.
    const storage = Object.create({
      length: 0,
      getItem(this: Record<string, string>, name: string) { return this[name] ?? null; },
      setItem(this: Record<string, string>, name: string, value: string) { this[name] = value; },
      removeItem(this: Record<string, string>, name: string) { Reflect.deleteProperty(this, name); },
    }) as Storage;
    storage.setItem("other", "stays");
    const one = ownKeep("one ", () => storage);
    const two = ownKeep("two ", () => storage);
    one.setItem("token", "1");
    two.setItem("token", "2");
    one.clear();
    expect([one.getItem("token"), two.getItem("token"), storage.getItem("other")]).toEqual([null, "2", "stays"]);
  });
});

describe("news for the host", () => {
  const draft = { draft_id: "d1", kind: "job_post", version: 1, document: { title: "A shop", brief: { secret: 1 }, market: {} } } as unknown as Draft;
  const answer = (id: string, status = "completed") => ({ id, status }) as Response;
  const state = (change: Partial<State>): State => ({ ...empty, epoch: "e1", ...change });

  it("counts answers that end unseen, and forgets the count when they are seen", () => {
    const told: ToLoader[] = [];
    const news = new News((message) => told.push(message));
    news.update(state({ responses: [answer("r0")] }), false); // was there before
    news.update(state({ responses: [answer("r0"), answer("r1", "running")] }), false);
    news.update(state({ responses: [answer("r0"), answer("r1"), answer("r2", "cancelled")] }), false);
    news.update(state({ responses: [answer("r0"), answer("r1"), answer("r3")] }), false);
    news.update(state({ responses: [answer("r0"), answer("r1"), answer("r3")] }), true);
    expect(told).toEqual([{ type: "unread", count: 1 }, { type: "unread", count: 2 }, { type: "unread", count: 0 }]);
  });

  it("tells of a draft when it is published, once, with what is public of it", () => {
    const told: ToLoader[] = [];
    const news = new News((message) => told.push(message));
    const published = { ...draft, published: "2026-11-01" };
    news.update(state({ drafts: [draft] }), true);
    news.update(state({ drafts: [published] }), true);
    news.update(state({ drafts: [published] }), true);
    const url = "https://shop.example/jobs/1";
    news.update(state({ drafts: [{ ...published, published_url: url }] }), true);
    news.update(state({ drafts: [{ ...published, published_url: `${url}2` }] }), true);
    expect(told).toEqual([
      { type: "draft", detail: { draft_id: "d1", kind: "job_post", version: 1, document: expect.not.objectContaining({ brief: { secret: 1 }, market: {} }) as object } },
      { type: "published", detail: { draft_id: "d1", version: 1, url } },
      { type: "published", detail: { draft_id: "d1", version: 1, url: `${url}2` } },
    ]);
  });

  it("says nothing of what was published before the conversation was opened", () => {
    const told: ToLoader[] = [];
    const news = new News((message) => told.push(message));
    news.update(state({ drafts: [{ ...draft, published: "2026-11-01", published_url: "https://shop.example/1" }] }), true);
    expect(told).toEqual([]);
  });
});
