// What the page does while an answer streams, and how soon it can be used. The
// tests assert how it works; with PARLEY_BENCH=on the figures of docs/pages.md
// are printed, which no test depends on. cmd/parley (TestPagesAreFast,
// TestPagesBench) starts the server that PARLEY_URL names.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./page.mjs";
import { talking } from "./talk.mjs";

const bench = process.env.PARLEY_BENCH === "on";
const turns = 200;
let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

async function opened(url, { slowdown = 1, script } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  if (script) await page.addInitScript(script);
  await page.goto(url);
  return { context, page };
}

/** Opens the long conversation, drawn to its end. */
async function long(talk, slowdown) {
  const found = await opened(`${talk.url}/#s=s1`, { slowdown });
  await found.page.waitForFunction((n) => document.querySelectorAll(".exchanges > li").length === n, turns, { timeout: 60_000 });
  return found;
}

/** The long conversation with an answer under way. */
async function answering(slowdown) {
  const talk = await talking(turns);
  const { context, page } = await long(talk, slowdown);
  talk.begin();
  await talk.say(3, 5);
  await page.waitForSelector('.answer[data-status="running"] .markdown p');
  return { talk, page, close: async () => { talk.close(); await context.close(); } };
}

test("a piece of text changes the last exchange and what is read aloud, nothing else", { timeout: 120_000 }, async () => {
  const { talk, page, close } = await answering(1);
  await page.evaluate(() => {
    globalThis.touched = new Set();
    const place = (node) => {
      const element = node instanceof Element ? node : node.parentElement;
      const row = element?.closest(".exchanges > li");
      if (row) return row.nextElementSibling ? "an earlier exchange" : "the last exchange";
      return element?.closest('[role="log"]') ? "what is read aloud" : `${element?.tagName}.${element?.className}`;
    };
    new MutationObserver((records) => { for (const { target } of records) globalThis.touched.add(place(target)); }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await talk.say(150, 2);
  await page.waitForFunction(() => document.querySelectorAll('.answer[data-status="running"] .markdown > p').length === 3);
  const touched = await page.evaluate(() => [...globalThis.touched].sort());
  assert.deepEqual(touched, ["the last exchange", "what is read aloud"]);
  await close();
});

test("paragraphs that are complete stay the elements they are", { timeout: 120_000 }, async () => {
  const { talk, page, close } = await answering(1);
  await talk.say(100, 2);
  await page.waitForFunction(() => document.querySelectorAll('.answer[data-status="running"] .markdown > p').length === 2);
  await page.evaluate(() => {
    const first = document.querySelector('.answer[data-status="running"] .markdown > p');
    globalThis.changes = 0;
    new MutationObserver((records) => { globalThis.changes += records.length; }).observe(first, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await talk.say(100, 2);
  await page.waitForFunction(() => document.querySelectorAll('.answer[data-status="running"] .markdown > p').length > 2);
  assert.equal(await page.evaluate(() => globalThis.changes), 0);
  await close();
});

test("words can be typed before the socket opens, and are kept", { timeout: 60_000 }, async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.routeWebSocket(/\/v1\/chat/, () => undefined); // a socket that never opens
  await page.goto(process.env.PARLEY_URL);
  await page.waitForFunction(() => document.activeElement?.id === "composer");
  await page.keyboard.type("I need a logo");
  assert.equal(await page.locator("#composer").inputValue(), "I need a logo");
  await page.reload();
  await page.waitForFunction(() => document.activeElement?.id === "composer");
  assert.equal(await page.locator("#composer").inputValue(), "I need a logo");
  await context.close();
});

test("something is painted before a script has run", { timeout: 60_000 }, async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const scripts = [];
  page.on("request", (request) => request.resourceType() === "script" && scripts.push(request.url()));
  await page.goto(process.env.PARLEY_URL);
  const shell = page.locator("#app .header .brand");
  assert.ok(await shell.isVisible(), "the page's name is there without a script");
  await context.close();
});

/** The value below which this share of a list lies. */
function quantile(list, share) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

const shown = (ms) => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;

function watchStart() {
  const look = () => {
    if (document.activeElement?.id === "composer") globalThis.ready = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}

test("bench: how soon the page is painted, and ready to type", { skip: !bench, timeout: 300_000 }, async () => {
  for (const slowdown of [1, 4]) {
    const paints = [];
    const readies = [];
    for (let run = 0; run < 10; run++) {
      const { context, page } = await opened(process.env.PARLEY_URL, { slowdown, script: watchStart });
      await page.waitForFunction(() => globalThis.ready > 0);
      await page.keyboard.type("x");
      assert.equal(await page.locator("#composer").inputValue(), "x");
      const [paint, ready] = await page.evaluate(() => [performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0, globalThis.ready]);
      paints.push(paint);
      readies.push(ready);
      await context.close();
    }
    console.log(`| ${slowdown}× | first contentful paint | ${shown(quantile(paints, 0.5))} | ${shown(Math.max(...paints))} |`);
    console.log(`| ${slowdown}× | ready to type | ${shown(quantile(readies, 0.5))} | ${shown(Math.max(...readies))} |`);
  }
});

function watchFrames() {
  Object.assign(globalThis, { frames: [], tasks: [], delays: [], presses: [], drawn: [] });
  let last = performance.now();
  const frame = (now) => {
    globalThis.frames.push(now - last);
    last = now;
    globalThis.looking = requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.tasks.push(entry.duration); }).observe({ type: "longtask" });
  document.querySelector("#composer").addEventListener("keydown", (event) => {
    const begun = performance.now();
    globalThis.delays.push(begun - event.timeStamp);
    requestAnimationFrame(() => setTimeout(() => globalThis.drawn.push(performance.now() - event.timeStamp)));
  }, true);
}

test("bench: typing while 50 tokens a second stream into 200 turns", { skip: !bench, timeout: 300_000 }, async () => {
  for (const slowdown of [1, 4]) {
    const { talk, page, close } = await answering(slowdown);
    await page.locator("#composer").focus();
    await page.waitForTimeout(1_000);
    await page.evaluate(watchFrames);
    const streamed = talk.say(500, 20);
    for (let n = 0; n < 80; n++) {
      await page.keyboard.press("abcdefghij "[n % 11] === " " ? "Space" : "abcdefghij"[n % 11]);
      await page.waitForTimeout(90);
    }
    await streamed;
    const { frames, tasks, delays, drawn } = await page.evaluate(() => ({ frames: globalThis.frames, tasks: globalThis.tasks, delays: globalThis.delays, drawn: globalThis.drawn }));
    const late = frames.filter((ms) => ms > 16.7 * 1.5).length;
    console.log(`| ${slowdown}× | ${frames.length} frames, ${late} late (${((100 * late) / frames.length).toFixed(1)} %) | longest ${shown(Math.max(...frames))} | ${tasks.length} long tasks | key to handler ${shown(quantile(delays, 0.5))} / ${shown(quantile(delays, 0.99))} | key to painted ${shown(quantile(drawn, 0.5))} / ${shown(quantile(drawn, 0.99))} |`);
    await close();
  }
});
