// Every page, without barriers: by axe-core in both themes, at a phone's width,
// at 200 % and with wider text, in forced colours and with reduced motion.
// cmd/parley (TestEveryPageIsAccessible) starts the servers: PARLEY_BUILTIN_URL
// for people's pages, PARLEY_URL for the console (see console.mjs).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { signIn, url as consoleUrl } from "./console.mjs";
import { ChatPage, launch } from "./page.mjs";
import { talking } from "./talk.mjs";

const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const people = process.env.PARLEY_BUILTIN_URL;

let browser;
let operator;
const kept = {};
before(async () => {
  browser = await launch();
  operator = await signIn(browser, "noa");
  kept.client = await hold(["I need someone to build an online shop for my pet store, maybe 4k, before Christmas", "Find me a Shopify developer for a small shop"]);
  kept.freelancer = await hold(["Help me write a proposal.\n\nThe job post:\nShopify theme work for a tea brand. You should know Liquid well. Fixed price, 2,500 to 3,800 euros.\n\nMy profile:\nShopify developer. Since 2020 I have worked on 23 stores in Liquid. 48 euros an hour.", "just write it"]);
});
after(() => browser?.close());

/** Has a conversation once; what is kept of it opens it again. */
async function hold(said) {
  const context = await browser.newContext();
  context.setDefaultTimeout(40_000);
  const chat = new ChatPage(await context.newPage(), people);
  await chat.goto();
  for (const [at, text] of said.entries()) {
    await chat.send(text);
    await chat.waitForAnswer(at + 1);
  }
  const found = { state: await context.storageState(), path: `/#s=${chat.sessionId()}` };
  await context.close();
  return found;
}

const answered = (page) => page.locator(".answer[data-status]:not([data-status='running'])").first().waitFor();
const settled = async (page) => {
  await page.locator("main").first().waitFor();
  await page.waitForLoadState("networkidle").catch(() => undefined);
};
const onDraft = async (page) => {
  await answered(page);
  const tab = page.locator(".tabs button").nth(1);
  if (await tab.isVisible()) await tab.click();
  await page.locator(".desk-side").waitFor();
};

const pages = [
  { name: "empty chat", at: () => new URL("/", people), there: (page) => page.locator("#composer").waitFor() },
  { name: "conversation", at: () => new URL(kept.client.path, people), state: () => kept.client.state, there: answered },
  { name: "client's draft", at: () => new URL(kept.client.path, people), state: () => kept.client.state, there: onDraft },
  { name: "freelancer's proposal", at: () => new URL(kept.freelancer.path, people), state: () => kept.freelancer.state, there: onDraft },
  { name: "search", at: () => new URL("/search?q=Shopify+store", people), there: (page) => page.waitForSelector('.hits[aria-busy="false"]') },
  ...["sessions", "moderation", "figures", "documents", "market", "settings", "webhooks", "operators"].map((area) => ({
    name: `console, ${area}`, at: () => new URL(`/console/${area}`, consoleUrl), state: () => operator, there: settled,
  })),
];

/** Runs a look at every page in a context like this, and tells all that is wrong at once. */
async function everyPage(settings, look) {
  const wrong = [];
  for (const { name, at, state, there } of pages) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", storageState: state?.(), ...settings });
    context.setDefaultTimeout(40_000);
    const page = await context.newPage();
    try {
      await page.goto(at().href);
      await there(page);
      for (const found of await look(page)) wrong.push(`${name}: ${found}`);
    } catch (error) {
      wrong.push(`${name}: ${error}`);
    } finally {
      await context.close();
    }
  }
  assert.deepEqual(wrong, []);
}

async function barriers(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { rules: { "target-size": { enabled: true } } }));
  return violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => `${v.id} (${v.impact}): ${v.nodes.map((n) => n.target.join(" ")).slice(0, 4).join(", ")}`);
}

/** What makes the page scroll sideways. */
const wide = (page) => page.evaluate(() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room + 1) return [];
  const out = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > room + 1 || e.getBoundingClientRect().left < -1);
  return [`${document.documentElement.scrollWidth - room} pixels too wide: ${out.slice(-3).map((e) => `${e.tagName}.${e.className}`).join(", ")}`];
});

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
    test(`axe finds no barrier on any page in ${colorScheme} at ${viewport.width} pixels`, { timeout: 600_000 }, () => everyPage({ colorScheme, viewport, bypassCSP: true }, barriers));
  }
}

test("no page scrolls sideways at 320 pixels, nor at 200 %", { timeout: 600_000 }, async () => {
  await everyPage({ viewport: { width: 320, height: 640 } }, wide);
  await everyPage({ viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }, wide);
});

test("wider text has room", { timeout: 600_000 }, () => everyPage({ bypassCSP: true, viewport: { width: 390, height: 844 } }, async (page) => {
  await page.addStyleTag({ content: "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }" });
  return wide(page);
}));

test("with reduced motion nothing moves", { timeout: 600_000 }, () => everyPage({}, async (page) => {
  await page.waitForTimeout(100);
  return page.evaluate(() => document.getAnimations().filter((a) => a.playState === "running").map((a) => `${a.animationName ?? a.transitionProperty} runs`));
}));

test("in forced colours the focus is seen", { timeout: 600_000 }, () => everyPage({ forcedColors: "active" }, async (page) => {
  const unseen = [];
  for (let n = 0; n < 12; n++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return "";
      for (let e = focused; e && e !== document.body; e = e.parentElement) {
        const { outlineStyle, outlineWidth } = getComputedStyle(e);
        if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) return "";
      }
      return `${focused.tagName}#${focused.id}.${focused.className}`;
    });
    if (found) unseen.push(`no outline: ${found}`);
  }
  return unseen;
}));

test("an answer is read aloud politely, by sentence, each once", { timeout: 120_000 }, async () => {
  const talk = await talking(3);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${talk.url}/#s=s1`);
  await page.locator(".exchanges > li").nth(2).waitFor();
  const log = page.getByRole("log");
  assert.equal(await log.getAttribute("aria-live"), "polite");
  await log.evaluate((region) => {
    globalThis.heard = [];
    globalThis.changed = 0;
    new MutationObserver((records) => {
      for (const record of records) {
        if (record.type !== "childList") globalThis.changed++;
        for (const node of record.addedNodes) globalThis.heard.push(node.textContent);
      }
    }).observe(region, { childList: true, characterData: true, subtree: true });
  });
  talk.begin();
  await talk.say(90, 10);
  talk.end();
  await log.getByText("The answer is complete.").waitFor({ state: "attached" });
  const { heard, changed } = await page.evaluate(() => ({ heard: globalThis.heard, changed: globalThis.changed }));
  const sentences = heard.filter((line) => line.startsWith("The post should say"));
  assert.equal(sentences.length, 5, heard.join(" | "));
  for (const line of sentences) assert.doesNotMatch(line, /\*/);
  assert.equal(changed, 0, "what was said is not said again in other words");
  await context.close();
  talk.close();
});
