import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ownKeep } from "../src/embed/keep";
import { Room } from "../src/embed/room";
import type { Settings, ToLoader } from "../src/widget/protocol";

/** A token of somebody; without claims that can be read when `sub` is missing. */
function token(sub?: unknown, more: object = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256" })}.${part({ sub, exp: Math.floor(Date.now() / 1000) + 300, ...more })}.signature`;
}

/** A server that takes the tokens for which `takes` holds, and has no conversations. */
function serve(takes: (token: string) => boolean): void {
  const disk = globalThis.fetch;
  vi.stubGlobal("fetch", (address: string | URL, init?: RequestInit) => {
    if (String(address).startsWith("/src/")) return disk(address, init);
    const shown = new Headers(init?.headers).get("Authorization")?.replace("Bearer ", "") ?? "";
    const taken = takes(shown);
    return Promise.resolve(Response.json(taken ? { sessions: [] } : { code: "unauthorized", message: "" }, { status: taken ? 200 : 401 }));
  });
}

function furnish(tokens: () => string) {
  const told: ToLoader[] = [];
  const ask = vi.fn(() => Promise.resolve(tokens()));
  const visitors = ownKeep("v ", () => { throw new Error("blocked"); });
  const room = new Room({ site: "shop", origin: "https://shop.example", defaults: Promise.resolve({}), visitors, tell: (message) => told.push(message), ask });
  const settings = (given: Partial<Settings> | null) => room.take({ type: "settings", settings: given as Settings });
  const errors = () => told.filter((message) => message.type === "error").map((message) => message.detail.code);
  return { room, ask, settings, errors };
}

const fetched = globalThis.fetch;
beforeEach(() => {
  const style = { setProperty: () => undefined };
  vi.stubGlobal("document", { documentElement: { lang: "", dir: "", dataset: {}, style, classList: { toggle: () => undefined } } });
  vi.stubGlobal("location", { origin: "https://parley.example" });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.stubGlobal("fetch", fetched);
});

describe("whom a frame serves", () => {
  it("is asked for once more when the server does not take a token, and the host hears of it", async () => {
    serve(() => false);
    let made = 0;
    const { room, ask, settings, errors } = furnish(() => token(42, { made: made++ }));
    settings({ asks: true });
    await vi.waitFor(() => expect(errors()).toContain("refused"));
    await vi.waitFor(() => expect(room.scene?.client).toBeTruthy());
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("is asked for more and more slowly when each token is somebody else's and none is taken", async () => {
    vi.useFakeTimers();
    serve(() => false);
    let made = 0;
    const { ask, settings, errors } = furnish(() => `not a token ${made++}`);
    settings({ asks: true });
    await vi.advanceTimersByTimeAsync(8_000);
    expect(ask.mock.calls.length).toBeGreaterThan(3);
    expect(ask.mock.calls.length).toBeLessThan(8);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(ask.mock.calls.length).toBeLessThan(32);
    expect(errors()).toEqual(["refused"]);
  });

  it("is let in at last when a token is taken", async () => {
    vi.useFakeTimers();
    let good = "";
    serve((shown) => shown === good);
    let made = 0;
    const { room, settings } = furnish(() => good || `not a token ${made++}`);
    settings({ asks: true });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(room.scene).toMatchObject({ client: null, trouble: true });
    good = token("ada");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(room.scene?.client).toBeTruthy();
    expect(room.scene?.trouble).toBe(false);
  });

  it("begins anew when the same person comes with another role or profile", async () => {
    serve(() => true);
    const { room, settings } = furnish(() => "");
    const seen = async (identity: string) => {
      settings({ identity });
      await vi.waitFor(() => expect(room.scene?.client).toBeTruthy());
      await new Promise((resolve) => setTimeout(resolve, 20));
      return [room.scene?.role, room.scene?.key];
    };
    expect(await seen(token("ada", { role: "freelancer", profile_id: "p1" }))).toEqual(["freelancer", 1]);
    expect(await seen(token("ada", { role: "freelancer", profile_id: "p1", n: 2 }))).toEqual(["freelancer", 1]);
    expect(await seen(token("ada", { role: "freelancer", profile_id: "p2" }))).toEqual(["freelancer", 2]);
    expect(await seen(token("ada", { role: "client" }))).toEqual(["client", 3]);
  });
});

it("settings that are none are left alone, and the next ones are taken", async () => {
  serve(() => true);
  const { room, settings } = furnish(() => "");
  settings(null);
  settings({ greeting: "Hello" });
  await vi.waitFor(() => expect(room.scene?.settings.greeting).toBe("Hello"));
});
