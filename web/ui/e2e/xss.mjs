// Hostile texts in every place where the pages show what others wrote, in
// Chromium. cmd/parley (TestHostileTexts) starts the servers; see scenario.mjs.
//
// PARLEY_LOADED  a server into which documents with these texts are loaded

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertInert, hostile, poisoned, watch } from "./inert.mjs";
import { ChatPage, launch } from "./page.mjs";

const loaded = process.env.PARLEY_LOADED;
const operator = process.env.PARLEY_OPERATOR;
const rounds = 64;
const short = hostile.filter(({ text }) => text.length < 1_000);

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** A conversation whose frames a test may add to, as a server that is in somebody's hands could. */
async function hijacked(context, said, count = said.length) {
  const page = await context.newPage();
  const wire = { snapshot: null, session: null, send: null };
  await page.routeWebSocket(/\/v1\/chat/, (socket) => {
    const server = socket.connectToServer();
    wire.send = (frame) => socket.send(JSON.stringify(frame));
    server.onMessage((message) => {
      const frame = JSON.parse(message);
      if (frame.type === "session.opened") [wire.session, wire.snapshot] = [frame.session, frame.snapshot];
      socket.send(message);
    });
    socket.onMessage((message) => server.send(message));
  });
  const chat = new ChatPage(page, loaded);
  await chat.goto();
  for (const [at, text] of said.entries()) {
    await chat.send(text);
    await chat.waitForAnswer(Math.min(at + 1, count));
  }
  wire.snapshot = null;
  await page.reload();
  await chat.waitForAnswer(count);
  assert.ok(wire.snapshot?.drafts?.length > 0, "the conversation has a draft");
  return { chat, page, wire };
}

const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));

async function scene(body, settings = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...settings });
  context.setDefaultTimeout(30_000);
  const seen = await watch(context, new URL(loaded).origin, new URL(process.env.PARLEY_URL).origin);
  try {
    await body(context, seen);
  } finally {
    await context.close();
  }
}

const conversations = {
  client: ["I need someone to build an online shop for my pet store, maybe 4k, before Christmas", "Find me a Shopify developer for a small shop", "Compare them", "How much do such shops cost?"],
  freelancer: ["Help me write a proposal.\n\nThe job post:\nShopify theme work for a tea brand. You should know Liquid well. Fixed price, 2,500 to 3,800 euros. Which store of yours is closest to ours?\n\nMy profile:\nShopify developer. Since 2020 I have worked on 23 stores in Liquid. 48 euros an hour.", "just write it"],
};

for (const [side, said] of Object.entries(conversations)) {
  test(`whatever a server sends to a ${side} is inert`, { timeout: 300_000 }, () => scene(async (context, seen) => {
    const { chat, page, wire } = await hijacked(context, said);
    const { session, snapshot } = wire;
    // Each field gets another text each time: after as many rounds as there are texts every place has shown all.
    for (let round = 0; round < rounds; round++) {
      let at = round * 4;
      const next = () => hostile[at++ % hostile.length].text.slice(0, 1_500); // a field of a document is no longer
      const words = poisoned(snapshot, next);
      for (const draft of words.drafts ?? []) Object.assign(draft, { published_url: next(), url: next(), document: { ...draft.document, published_url: next(), [next().slice(0, 99)]: next(), ["__proto__"]: { polluted: true } } });
      wire.send({ type: "session.updated", session: { ...session, title: next() }, snapshot: words });
      if (round % 8 < 7) continue;
      await drawn(page);
      await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => fold.setAttribute("open", "")));
      await page.locator(".source-mark").first().dispatchEvent("click").catch(() => undefined);
      await drawn(page);
      await assertInert(page, seen, `round ${round}`);
    }
    await assertInert(page, seen, "all cases");
    wire.send({ type: "session.updated", session, snapshot });
    await drawn(page);
    assert.equal((await chat.messages()).length, said.length, "the page is as it was");
  }));
}

test("whatever a model streams is inert, however it is cut", { timeout: 300_000 }, () => scene(async (context, seen) => {
  const { page, wire } = await hijacked(context, conversations.client.slice(0, 1));
  const first = wire.snapshot.messages.at(-1).id;
  for (let at = 0; at < hostile.length; at += 15) {
    let parent = first;
    for (const [index, { text: whole }] of hostile.slice(at, at + 15).entries()) {
      const text = whole.slice(0, 16_000); // more than a model says in an answer
      const [message, response] = [`message-${at}-${index}`, `response-${at}-${index}`];
      const created = "2026-11-21T10:00:00Z";
      wire.send({ type: "message.created", message: { id: message, parent_id: parent, text, created, attachments: [{ file_id: "f", name: text.slice(0, 200) }] } });
      wire.send({ type: "response.created", response_id: response, message_id: message });
      const step = Math.ceil(text.length / 4) || 1;
      for (let from = 0; from < text.length; from += step) {
        wire.send({ type: "response.output_text.delta", response_id: response, at: from, delta: text.slice(from, from + step) });
        if (from === step) await drawn(page);
      }
      const source = { kind: "document", id: text.slice(0, 80), quote: text.slice(0, 400) };
      const guide = { id: `guide:${text.slice(0, 80)}`, kind: "guide", title: text.slice(0, 400), data: { topic: text.slice(0, 80), text } };
      const suggestions = [{ text: text.slice(0, 200), reason: text.slice(0, 200) }];
      const citations = [{ id: "c", path: "", start: 0, end: text.length, text: text.slice(0, 400), kind: "entity", sources: [source] }];
      wire.send({ type: "response.completed", response: { id: response, message_id: message, status: "completed", text, created, evidence: [guide], citations, question: { slot: "budget", text: text.slice(0, 400), suggestions } } });
      parent = message;
    }
    await drawn(page);
    await assertInert(page, seen, `cases from ${at}`);
  }
}));

test("texts that people write, name and upload are inert in a real conversation", { timeout: 300_000 }, () => scene(async (context, seen) => {
  const chat = new ChatPage(await context.newPage(), process.env.PARLEY_URL);
  await chat.goto();
  const parts = [];
  for (let at = 0; at < short.length; at += 40) parts.push(short.slice(at, at + 40).map(({ text }) => text.replaceAll("\u0000", "")).join("\n\n").slice(0, 6_000));
  for (const [at, part] of parts.entries()) {
    await chat.page.locator('input[type="file"]').setInputFiles({ name: short[at * 7 % short.length].text.replace(/[\p{Cc}/\\]/gu, "_").slice(0, 100) || "x", mimeType: "text/plain", buffer: Buffer.from(part) }).catch(() => undefined);
    await chat.type(part);
    await chat.page.locator('.send[type="submit"]:not([disabled])').click();
    await chat.waitForAnswer(at + 1);
    await assertInert(chat.page, seen, `message ${at}`);
  }
  await chat.page.reload();
  await chat.waitForAnswer(parts.length);
  await chat.openSessions();
  await assertInert(chat.page, seen, "after a reload, with the list of conversations");
}));

test("documents that carry such texts are inert among search results", { timeout: 120_000 }, () => scene(async (context, seen) => {
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  let shown = 0;
  for (const query of ["canary", "press", "evil.test", "script onload", "Hostile", ...short.filter((_, at) => at % 40 === 0).map(({ text }) => text)]) {
    for (const kind of ["job_post", "profile"]) {
      const address = new URL("/search", loaded);
      address.search = new URLSearchParams({ q: query.slice(0, 200), kind }).toString();
      await page.goto(address.href);
      if (kind === "profile" && (await page.locator(".operator > button").count()) && !(await page.evaluate(() => Object.values(sessionStorage).length > 0))) {
        await page.locator(".operator > button").click();
        await page.locator('.operator input[type="password"]').fill(operator);
        await page.locator('.operator button[type="submit"]').click();
      }
      await page.waitForSelector('.hits[aria-busy="false"]');
      shown += await page.locator(".hit").filter({ hasText: /canary|evil\.test|Hostile/ }).count();
      await assertInert(page, seen, `search for ${query}`);
    }
  }
  assert.ok(shown > 50, `only ${shown} hostile documents were shown`);
  assert.deepEqual(errors, []);
}));
