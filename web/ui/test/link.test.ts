import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Connection, type ConnectionOptions } from "../src/client/connection";
import { Http } from "../src/client/http";
import { Queue } from "../src/client/queue";
import { sseDial } from "../src/client/sse";
import { keys, memoryStorage } from "../src/client/storage";
import { Tokens, type GetToken } from "../src/client/tokens";
import type { Dial, Handlers } from "../src/client/transport";
import { watch } from "../src/client/watch";
import { opened } from "./make";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

/** Two transports, and what a test makes of each attempt: which one it was, and a hand on it. */
function twoWays(more: Partial<ConnectionOptions> = {}) {
  const dialled: string[] = [];
  let hand: Handlers | undefined;
  const way = (name: string): Dial => (_, handlers) => {
    dialled.push(name);
    hand = handlers;
    return { send: () => undefined, close: () => undefined };
  };
  const connection = new Connection({
    dials: [way("socket"), way("stream")], open: () => ({ type: "session.open" }), opened: () => undefined, event: () => undefined, link: () => undefined, random: () => 1, ...more,
  });
  const now = async (act: (handlers: Handlers) => void) => {
    await vi.advanceTimersByTimeAsync(0);
    if (hand) act(hand);
  };
  /** Lets the time pass until the next attempt. */
  const next = async () => {
    for (const before = dialled.length; dialled.length === before; ) await vi.advanceTimersByTimeAsync(100);
  };
  return {
    connection,
    dialled,
    next,
    fail: async (code = 1006) => { await now((h) => h.closed(code, false)); await next(); },
    live: async (ms: number, code = 1006) => { await now((h) => h.frame(opened())); await vi.advanceTimersByTimeAsync(ms); await now((h) => h.closed(code, true)); await next(); },
  };
}

describe("which transport is used", () => {
  it("is the second after two failures of the first, and the first again when that fails too", async () => {
    const { connection, dialled, fail } = twoWays();
    connection.connect();
    for (let i = 0; i < 4; i++) await fail();
    expect(dialled).toEqual(["socket", "socket", "stream", "socket", "socket"]);
  });

  it("stays with the first for longer where it has worked before", async () => {
    const { connection, dialled, fail, live } = twoWays();
    connection.connect();
    await live(60_000);
    for (let i = 0; i < 5; i++) await fail();
    expect(dialled).toEqual([...Array<string>(6).fill("socket"), "stream"]);
  });

  it("is the second after three short lives in a row of the first, unless the server ended them", async () => {
    const broken = twoWays();
    broken.connection.connect();
    for (let i = 0; i < 3; i++) await broken.live(1_000);
    expect(broken.dialled.at(-1)).toBe("stream");
    const told = twoWays();
    told.connection.connect();
    for (let i = 0; i < 4; i++) await told.live(1_000, 3001);
    expect(new Set(told.dialled)).toEqual(new Set(["socket"]));
  });

  it("is the first again after ten minutes, or on another network", async () => {
    const { connection, dialled, fail, live } = twoWays();
    connection.connect();
    await fail();
    await fail();
    await live(60_000);
    expect(dialled.at(-1)).toBe("stream");
    await live(600_000);
    expect(dialled.at(-1)).toBe("socket");
    await fail();
    await fail();
    expect(dialled.at(-1)).toBe("stream");
    connection.lost();
    connection.moved();
    connection.connect();
    await vi.advanceTimersByTimeAsync(0);
    expect(dialled.at(-1)).toBe("socket");
  });
});

describe("waits", () => {
  it("grow to 10 s while nobody is there, and begin small again after a good connection", async () => {
    const waits: number[] = [];
    let since = 0;
    const { connection, live, next } = twoWays({
      link: (link) => {
        if (link.state === "waiting") since = Date.now();
        else if (link.state === "connecting" && since) waits.push(Date.now() - since);
      },
    });
    connection.connect();
    for (let i = 0; i < 7; i++) { await vi.advanceTimersByTimeAsync(0); connection.lost(); await next(); }
    expect(waits).toEqual([400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
    await live(60_000);
    expect(waits.at(-1)).toBe(400);
  });
});

/** Not signed: nothing here verifies tokens. */
const jwt = (exp: number) => `h.${btoa(JSON.stringify({ sub: "ann", exp })).replaceAll("=", "")}.s`;

describe("tokens", () => {
  const made = (ask?: GetToken, token = "") => {
    const storage = memoryStorage();
    return { storage, tokens: new Tokens(storage, keys.token, token, ask) };
  };

  it("of visitors are kept, and forgotten when they are refused", async () => {
    const { storage, tokens } = made();
    expect(await tokens.get()).toBe("");
    tokens.issued("visitor");
    expect([await tokens.get(), storage.getItem(keys.token)]).toEqual(["visitor", "visitor"]);
    expect(tokens.refused("visitor")).toBe(false);
    expect([await tokens.get(), storage.getItem(keys.token), tokens.none()]).toEqual(["", null, true]);
  });

  it("of signed-in people are asked for once by however many", async () => {
    const ask = vi.fn(() => Promise.resolve("a"));
    const { storage, tokens } = made(ask);
    expect(await Promise.all([tokens.get(), tokens.get(), tokens.get()])).toEqual(["a", "a", "a"]);
    expect(await tokens.get()).toBe("a");
    expect(ask.mock.calls).toEqual([["first"]]);
    expect(storage.getItem(keys.token)).toBeNull();
  });

  it("that are refused are asked for once more, until one was accepted in between", async () => {
    let n = 0;
    const { tokens } = made(() => `t${++n}`);
    expect(await tokens.get()).toBe("t1");
    expect(tokens.refused("t1")).toBe(true);
    expect(tokens.refused("t1")).toBe(true); // by a second request that carried the same one
    expect(await tokens.get()).toBe("t2");
    expect(tokens.refused("t1")).toBe(true); // by one that is late
    expect(tokens.refused("t2")).toBe(false);
    tokens.accepted();
    expect(tokens.refused("t2")).toBe(true);
  });

  it("are asked for again after the site could not answer", async () => {
    let n = 0;
    const { tokens } = made(() => { if (++n === 1) throw new Error("gone"); return "t"; });
    await expect(tokens.get()).rejects.toThrow("gone");
    expect(await tokens.get()).toBe("t");
  });

  it.each([
    ["half a minute before they expire", jwt(1_000), 600, 970 - 600],
    ["half way when they live shortly", jwt(620), 600, 10],
    ["not in a hurry", jwt(601), 600, 1],
    ["once a day at least", jwt(1e9), 600, 86_400],
    ["not when they have expired", jwt(599), 600, undefined],
    ["not when nothing says when", "opaque", 600, undefined],
    ["not when they are broken", "a.%%%.c", 600, undefined],
  ])("are renewed %s", async (_, token, now, seconds) => {
    const { tokens } = made(() => token);
    await tokens.get();
    const wait = tokens.renewIn(now * 1000);
    expect(wait === undefined ? undefined : wait / 1000).toBe(seconds);
  });
});

describe("a request", () => {
  const http = (answers: (request: { url: string; token: string | null }) => Response, ask?: GetToken) => {
    const seen: { url: string; token: string | null }[] = [];
    const fetch = (url: string, init: RequestInit) => {
      const request = { url, token: new Headers(init.headers).get("Authorization") };
      seen.push(request);
      return Promise.resolve(answers(request));
    };
    return { seen, http: new Http({ url: "https://parley.example/", site: "shop & co", host: "https://host.example", fetch }, new Tokens(memoryStorage(), keys.token, "", ask)) };
  };

  it("names its site and the page around, and carries the token in a header only", async () => {
    const { http: h, seen } = http(() => Response.json({}), () => "secret");
    await h.json("GET", "/v1/sessions", { query: { before: "x" } });
    expect(seen).toEqual([{ url: "https://parley.example/v1/sessions?site=shop+%26+co&host=https%3A%2F%2Fhost.example&before=x", token: "Bearer secret" }]);
  });

  it("is made again with a newer token, once", async () => {
    let n = 0;
    const { http: h, seen } = http(({ token }) => (token === "Bearer t2" ? Response.json({ ok: true }) : new Response(null, { status: 401 })), () => `t${++n}`);
    await expect(h.json("GET", "/x")).resolves.toEqual({ ok: true });
    const never = http(() => new Response(null, { status: 401 }), () => `t${++n}`);
    await expect(never.http.json("GET", "/x")).rejects.toMatchObject({ problem: { code: "unauthorized", temporary: false } });
    expect([seen.length, never.seen.length]).toEqual([2, 2]);
  });

  it.each([
    [Response.json({ code: "stale_version", message: "Changed.", temporary: false, current: { version: 3 } }, { status: 409 }), { code: "stale_version", message: "Changed.", current: { version: 3 } }],
    [new Response("<h1>Bad gateway</h1>", { status: 502 }), { code: "unavailable", temporary: true }],
    [new Response("", { status: 429 }), { code: "rate_limited", temporary: true }],
    [new Response("", { status: 413 }), { code: "too_large", temporary: false }],
  ])("that fails says why, whoever answered", async (answer, problem) => {
    await expect(http(() => answer).http.json("GET", "/x")).rejects.toMatchObject({ problem });
  });
});

describe("a stream", () => {
  it("that has died unnoticed is given up", async () => {
    const fetch = () => Promise.resolve(new Response(new ReadableStream({ start: (c) => c.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(opened())}\n\n`)) })));
    const closed = vi.fn();
    const frame = vi.fn();
    sseDial(new Http({ url: "https://parley.example", fetch }, new Tokens(memoryStorage(), keys.token)))({ type: "session.open", session: "s1" }, { frame, closed });
    await vi.advanceTimersByTimeAsync(60_000);
    expect([frame.mock.calls.length, closed.mock.calls.length]).toEqual([1, 0]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(closed.mock.calls).toEqual([[1006, true]]);
  });

  it("goes on with the conversation that was made for the one that failed", async () => {
    const asked: string[] = [];
    const fetch = (url: string, init: RequestInit) => {
      asked.push(`${init.method ?? ""} ${new URL(url).pathname}`);
      return Promise.resolve(url.endsWith("/events") ? new Response(null, { status: 503 }) : Response.json({ session: { id: "s7" }, token: "t" }, { status: 201 }));
    };
    const dial = sseDial(new Http({ url: "https://parley.example", fetch }, new Tokens(memoryStorage(), keys.token)));
    for (let i = 0; i < 2; i++) {
      dial({ type: "session.open" }, { frame: () => undefined, closed: () => undefined });
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(asked).toEqual(["POST /v1/sessions", "GET /v1/sessions/s7/events", "GET /v1/sessions/s7/events"]);
  });
});

describe("a browser", () => {
  it("is listened to until there is no need any more", () => {
    const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
    const window = new EventTarget();
    vi.stubGlobal("document", page);
    vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
    vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
    const heard: string[] = [];
    const leave = watch({ online: () => heard.push("online"), offline: () => heard.push("offline"), seen: () => heard.push("seen") });
    const happen = () => {
      window.dispatchEvent(new Event("offline"));
      window.dispatchEvent(new Event("online"));
      page.dispatchEvent(new Event("visibilitychange"));
      page.visibilityState = "hidden";
      page.dispatchEvent(new Event("visibilitychange"));
    };
    happen();
    leave();
    page.visibilityState = "visible";
    happen();
    vi.unstubAllGlobals();
    expect(heard).toEqual(["offline", "online", "seen"]);
  });
});

describe("a queue", () => {
  it("tells a reader that is too slow that it has lost its place", async () => {
    const queue = new Queue<number>(() => undefined);
    for (let i = 0; i < 5_001; i++) queue.push(i);
    let last = -1;
    await expect((async () => { for await (const n of queue) last = n; })()).rejects.toMatchObject({ problem: { code: "too_slow" } });
    expect(last).toBe(4_999);
  });

  it("serves several who wait, in their order", async () => {
    const queue = new Queue<string>(() => undefined);
    const both = [queue.next(), queue.next(), queue.next()];
    queue.push("a");
    queue.push("b");
    queue.end();
    expect((await Promise.all(both)).map((r) => r.value as unknown)).toEqual(["a", "b", undefined]);
  });
});
