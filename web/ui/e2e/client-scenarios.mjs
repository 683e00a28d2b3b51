// parley-client as it is built, in Node, against a real server: the Go test
// TestClient starts both. PARLEY_URL is a server whose model takes its time when
// it is asked to, PARLEY_CLIENT the built module, PARLEY_SITE a site that signs
// its users in with PARLEY_SITE_SECRET and has the API key PARLEY_SITE_KEY.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, describe, it } from "node:test";
import WebSocket from "ws";
import { Network } from "./client-proxy.mjs";

const { PARLEY_URL: url, PARLEY_CLIENT: module, PARLEY_SITE: site, PARLEY_SITE_SECRET: secret, PARLEY_SITE_KEY: key } = process.env;
const { connect, branch, currentDrafts, RequestError } = await import(module);

const petShop = "I need someone to build an online shop for my pet store, maybe 4k, before Christmas";
const slowly = "Answer slowly: I need a logo for my bakery, 300 EUR, within two weeks";
const quick = { quickest: 20, slowest: 100, patience: 5_000, steady: 300 };

const open = new Set();
after(async () => {
  for (const it of open) await it.close();
});

/** A client that is closed when all is done. */
function client(options = {}) {
  const made = connect({ url, WebSocket, ...options, timing: { ...quick, ...options.timing } });
  open.add(made);
  return made;
}

async function network() {
  const made = await new Network(url).listen();
  open.add(made);
  return made;
}

/** A place that keeps things over a reload. */
function storage() {
  const values = new Map();
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value), removeItem: (key) => void values.delete(key) };
}

/** Waits until a client's view is as wanted. */
function seen(c, wanted) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`never came: ${wanted}\n${JSON.stringify(c.view.link)}`)), 20_000);
    const look = () => {
      if (!wanted(c.view)) return;
      clearTimeout(timer);
      leave();
      resolve(c.view);
    };
    const leave = c.subscribe(look);
    look();
  });
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const texts = (c) => branch(c.view.state).map((e) => e.message.text);
const code = (expected) => (error) => error instanceof RequestError && error.problem.code === expected;

/** A JWT as a site's own backend makes it. */
function token(subject, seconds) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const body = `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: subject, iss: "shop.example", aud: "parley", exp: Math.floor(Date.now() / 1000) + seconds })}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

/** Writes a turn's text as its pieces tell it, and remembers what came. */
async function follow(turn, each = () => undefined) {
  const types = [];
  let text = "";
  for await (const event of turn) {
    types.push(event.type);
    if (event.type === "response.output_text.delta") text = text.slice(0, event.at) + event.delta;
    await each(event, text);
  }
  return { types, text, response: await turn.done };
}

for (const transports of [["websocket"], ["sse"]]) {
  describe(`over ${transports[0]}`, () => {
    it("a turn is told from beginning to end", async () => {
      const c = client({ transports });
      const { types, text, response } = await follow(c.send(petShop));
      assert.equal(types[0], "message.created");
      assert.equal(types.at(-1), "response.completed");
      assert.ok(types.includes("draft.updated") && types.includes("response.created"), String(types));
      assert.equal(response.status, "completed");
      assert.equal(text, response.text);
      assert.ok(text.length > 20);
      assert.equal(currentDrafts(c.view.state)[0].kind, "job_post");
      assert.ok((await c.send("It should be Shopify, 3 to 4 weeks").text()).length > 0);
      assert.equal(texts(c).length, 2);
    });

    it("a connection that is cut in the middle of an answer changes nothing of it", async () => {
      const way = await network();
      const c = client({ url: way.url, transports });
      const offsets = [];
      void (async () => {
        for await (const event of c.events()) if (event.offset && event.type !== "session.opened") offsets.push(event.offset);
      })();
      let cuts = 0;
      const { text, response } = await follow(c.send(slowly), (event) => {
        if (event.type === "response.output_text.delta" && cuts < 2) { cuts++; way.cut(); }
      });
      assert.equal(cuts, 2);
      assert.equal(response.status, "completed");
      assert.equal(text, response.text);
      assert.deepEqual(offsets, offsets.map((_, i) => offsets[0] + i), "durable events come once each, in order");
    });

    it("an answer is cancelled", async () => {
      const c = client({ transports });
      const turn = c.send(slowly);
      const { response } = await follow(turn, (event) => event.type === "response.output_text.delta" && turn.cancel());
      assert.equal(response.status, "cancelled");
      assert.equal(await turn.text(), response.text);
    });

    it("a message is taken back before it is sent, and cancelled as soon as it is answered otherwise", async () => {
      const way = await network();
      const c = client({ url: way.url, transports });
      await c.ready();
      await seen(c, (v) => v.link.state === "open");
      way.lose();
      await seen(c, (v) => v.link.state === "waiting");
      const unsent = c.send(petShop);
      await unsent.cancel();
      await assert.rejects(unsent.done, code("cancelled"));
      way.mend();
      await seen(c, (v) => v.link.state === "open");
      const sent = c.send(slowly);
      await sent.cancel();
      assert.equal((await sent.done).status, "cancelled");
      assert.deepEqual(texts(c), [slowly]);
    });
  });
}

describe("a bad network", () => {
  it("that lets no WebSocket through is got around", async () => {
    const way = await network();
    way.upgrades = "refuse";
    const c = client({ url: way.url });
    assert.ok(await c.send(petShop).text());
    assert.equal(way.upgraded, 2, "it is tried twice");
  });

  it("that breaks every WebSocket after a moment is got around", async () => {
    const way = await network();
    way.upgrades = 60;
    const c = client({ url: way.url });
    const { text, response } = await follow(c.send(slowly));
    assert.equal(text, response.text);
    assert.ok(way.upgraded >= 3, `${way.upgraded} upgrades`);
    const before = way.upgraded;
    assert.equal((await c.send("Thank you").done).status, "completed");
    assert.equal(way.upgraded, before, "the stream stays");
  });

  it("that is gone for a while loses nothing, keeps the order and doubles nothing", async () => {
    const way = await network();
    const keep = storage();
    const c = client({ url: way.url, storage: keep });
    const first = await c.send(petShop).done;
    way.lose();
    await seen(c, (v) => v.link.state === "waiting");
    const later = ["It should be Shopify", "3 to 4 weeks"].map((text) => c.send(text));
    assert.deepEqual(c.view.unsent.map((u) => u.text), ["It should be Shopify", "3 to 4 weeks"]);
    await pause(1_500); // many attempts fail
    way.mend();
    const answers = await Promise.all(later.map((turn) => turn.done));
    assert.deepEqual(answers.map((r) => r.status), ["completed", "completed"]);
    assert.equal(c.view.state.responses.length, 3);
    assert.deepEqual(texts(c), [petShop, "It should be Shopify", "3 to 4 weeks"]);
    assert.equal(first.status, "completed");
    assert.deepEqual(c.view.unsent, []);
  });

  it("does not keep what was written from the program that comes after", async () => {
    const way = await network();
    way.lose();
    const keep = storage();
    const before = client({ url: way.url, storage: keep, tab: "one" });
    const turn = before.send(petShop);
    before.close();
    await assert.rejects(turn.done, code("closed"));
    way.mend();
    const next = client({ url: way.url, storage: keep, tab: "one" });
    await seen(next, (v) => v.state.responses.some((r) => r.status === "completed"));
    assert.deepEqual(texts(next), [petShop]);
    assert.equal(branch(next.view.state)[0].message.id, turn.id);
    const again = client({ storage: keep, session: next.session });
    await seen(again, (v) => v.link.state === "open");
    assert.deepEqual(texts(again), [petShop]);
  });

  it("gets only so many messages to keep", async () => {
    const way = await network();
    way.lose();
    const c = client({ url: way.url });
    const turns = Array.from({ length: 101 }, (_, i) => c.send(`Message ${i}`));
    await assert.rejects(turns[100].done, code("queue_full"));
    assert.equal(c.view.unsent.length, 100);
    c.close();
  });
});

describe("a signed-in person", () => {
  const person = (getToken, more = {}) => client({ site, getToken, ...more });

  it("gets a newer token in time, and stays connected", async () => {
    const why = [];
    const links = new Set();
    const c = person((reason) => {
      why.push(reason);
      return token("ann", why.length === 1 ? 3 : 600);
    });
    await c.send(petShop).done;
    c.subscribe(() => links.add(c.view.link.state));
    while (why.length < 2) await pause(20);
    await pause(300);
    assert.deepEqual(why, ["first", "soon"]);
    assert.equal((await c.send("Thank you").done).status, "completed");
    assert.deepEqual([...links], ["open"]);
  });

  for (const transports of [["websocket"], ["sse"]]) {
    it(`is asked for another token when one is refused, over ${transports[0]}`, async () => {
      const why = [];
      const c = person((reason) => {
        why.push(reason);
        return token(`bob-${transports[0]}`, reason === "refused" ? 600 : -600);
      }, { transports });
      assert.ok(await c.send(petShop).text());
      assert.deepEqual(why, ["first", "refused"]);
      assert.equal((await c.sessions.list()).sessions.length, 1);
    });

    it(`who cannot sign in is told so, over ${transports[0]}`, async () => {
      const why = [];
      const c = person((reason) => {
        why.push(reason);
        return token(`carl-${transports[0]}`, -600);
      }, { transports });
      const turn = c.send(petShop);
      await assert.rejects(turn.done, code("unauthorized"));
      assert.equal(c.view.link.state, "refused");
      assert.deepEqual(why, ["first", "refused"]);
      assert.equal(c.view.unsent.length, 1, "what was written is still there");
    });
  }

  it("whose site does not answer waits for it", async () => {
    let asked = 0;
    const c = person(async () => {
      if (++asked < 3) throw new Error("the site's backend is gone");
      return token("dora", 600);
    });
    assert.equal((await c.send(petShop).done).status, "completed");
    assert.equal(asked, 3);
  });

  it("is in no storage, and sees nobody else's conversations", async () => {
    const values = new Map();
    const keep = { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value), removeItem: (key) => void values.delete(key) };
    const c = person(() => token("eve", 600), { storage: keep });
    await c.send(petShop).done;
    assert.deepEqual([...values], []);
    const other = client({ site, token: token("frank", 600), session: c.session });
    await seen(other, (v) => v.link.state === "refused");
    assert.equal(other.view.link.code, 3504);
    assert.deepEqual((await other.sessions.list()).sessions, []);
    await assert.rejects(other.sessions.remove(c.session), code("not_found"));
  });

  it("leaves nothing behind when signing out", async () => {
    const values = new Map();
    const keep = { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value), removeItem: (key) => void values.delete(key) };
    const way = await network();
    const c = client({ url: way.url, storage: keep });
    await c.send(petShop).done;
    way.lose();
    c.send("Never sent");
    assert.equal(values.size, 2);
    c.forget();
    assert.equal(values.size, 0);
  });
});

describe("two clients of one person", () => {
  it("see the same, and neither writes over the other's change", async () => {
    const keep = storage();
    const one = client({ storage: keep });
    await one.send(petShop).done;
    const two = client({ storage: keep, session: one.session });
    await seen(two, (v) => v.link.state === "open" && v.state.drafts.length > 0);
    const heard = (async () => {
      for await (const event of two.events()) if (event.type === "draft.updated" && event.offset) return event.draft;
    })();
    const [draft] = currentDrafts(one.view.state);
    await one.updateDraft(draft.draft_id, draft.version, { title: "A shop for Rex" });
    assert.equal((await heard).document.title, "A shop for Rex");
    await assert.rejects(two.updateDraft(draft.draft_id, draft.version, { title: "Mine" }), (error) => code("stale_version")(error) && error.problem.current.document.title === "A shop for Rex");
    await two.changeDraft(draft, (document) => ({ title: `${document.title} and friends` }));
    await seen(one, (v) => currentDrafts(v.state)[0].document.title === "A shop for Rex and friends");
    await Promise.all([one.send("It should be Shopify").done, two.send("3 to 4 weeks").done]);
    await Promise.all([one, two].map((c) => seen(c, (v) => v.state.responses.filter((r) => r.status === "completed").length === 3)));
    assert.equal(one.view.state.offset, two.view.state.offset);
    assert.deepEqual(one.view.state.messages, two.view.state.messages);
  });
});

describe("a conversation", () => {
  it("can be corrected, answered anew and gone back to", async () => {
    const c = client();
    const first = c.send(petShop);
    await first.done;
    const edited = c.edit(first.id, "I need someone to translate a menu from Spanish, 200 EUR");
    assert.equal((await edited.done).status, "completed");
    assert.deepEqual(texts(c), ["I need someone to translate a menu from Spanish, 200 EUR"]);
    const { response } = await follow(await c.regenerate(edited.id));
    assert.equal(response.status, "completed");
    assert.notEqual(response.id, (await edited.done).id);
    await c.select(first.id);
    await seen(c, () => texts(c)[0] === petShop);
    await c.rate((await first.done).id, "up");
    await seen(c, (v) => Object.keys(v.state.feedback).length === 1);
  });

  it("brings files, and is listed, renamed, exported and deleted", async () => {
    const c = client();
    const parts = [];
    const file = await c.upload(new Blob(["Our shop sells food for dogs and cats. We need product pages and a cart."]), { name: "shop.txt", progress: (part) => parts.push(part) });
    assert.deepEqual(parts, [1]);
    await c.send("Please use the file for a job post, 4000 EUR", { files: [file] }).done;
    assert.equal(branch(c.view.state)[0].message.attachments[0].name, "shop.txt");
    await assert.rejects(c.upload(new Blob([new Uint8Array(6 * 1024 * 1024)]), { name: "huge.txt" }), code("too_large"));
    await assert.rejects(c.upload(new Blob(["GIF89a"]), { name: "x.gif", signal: AbortSignal.abort() }), code("cancelled"));
    await c.sessions.rename(c.session, "Rex");
    assert.deepEqual((await c.sessions.list()).sessions.map((s) => s.title), ["Rex"]);
    const kept = JSON.parse(await (await c.sessions.export(c.session)).text());
    assert.equal(kept.messages.length, 1);
    const events = c.events();
    const turn = c.send(slowly);
    await events.next();
    await c.sessions.remove(c.session);
    await assert.rejects(turn.done, code("not_found"));
    await seen(c, (v) => v.link.state === "refused" && v.state.deleted);
  });

  it("refuses a text that is too long, and goes on", async () => {
    const c = client();
    await c.send(petShop).done;
    for (const text of ["x".repeat(70_000), "\"".repeat(40_000), "ü".repeat(31_000)]) await assert.rejects(c.send(text).done, code("too_large"));
    assert.equal(c.view.link.state, "open");
    assert.deepEqual(c.view.unsent.map((u) => u.problem.code), ["too_large", "too_large", "too_large"]);
    for (const { message_id: id } of c.view.unsent) c.discard(id);
    assert.equal((await c.send(`Details: ${"a pet shop in Turin. ".repeat(2_000)}`).done).status, "completed");
  });

  it("shows where the site put what was published, also to who was not there", async () => {
    const c = client({ site, token: token("gina", 600) });
    await c.send("I need a logo for my bakery in Lyon, fixed price 300 EUR, two weeks, one designer with Illustrator, vector files").done;
    const [draft] = currentDrafts(c.view.state);
    await c.publish(draft.draft_id, draft.version);
    await seen(c, (v) => currentDrafts(v.state)[0].published);
    const events = c.events();
    const answer = await fetch(`${url}/v1/drafts/${draft.draft_id}/published`, {
      method: "PUT", headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" }, body: JSON.stringify({ url: "https://shop.example/jobs/1" }),
    });
    assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
    const { value } = await events.next();
    assert.deepEqual([value.type, value.url], ["draft.published", "https://shop.example/jobs/1"]);
    assert.equal(currentDrafts(c.view.state)[0].published_url, "https://shop.example/jobs/1");
    const later = client({ site, token: token("gina", 600), session: c.session });
    await seen(later, (v) => v.state.drafts.some((d) => d.published_url === "https://shop.example/jobs/1"));
  });
});
