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

/** What has the focus without showing it, after some presses of Tab. */
async function unseen(page) {
  const found = [];
  for (let n = 0; n < 12; n++) {
    await page.keyboard.press("Tab");
    found.push(await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body || focused.tagName === "IFRAME") return ""; // a frame shows it inside
      for (let e = focused; e && e !== document.body; e = e.parentElement) {
        const { outlineStyle, outlineWidth } = getComputedStyle(e);
        if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) return "";
      }
      return `the focus is not seen on ${focused.tagName}#${focused.id}.${focused.className}`;
    }));
  }
  return found.filter(Boolean);
}

const moving = (page) => page.evaluate(() => document.getAnimations().filter((a) => a.playState === "running").map((a) => `${a.animationName ?? a.transitionProperty} moves`));

for (const { name, at, state, there } of pages) {
  test(`nothing bars anybody from the page: ${name}`, { timeout: 240_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", bypassCSP: true, storageState: state?.() });
    context.setDefaultTimeout(40_000);
    const page = await context.newPage();
    const wrong = [];
    const look = async (where, what) => { for (const found of await what(page)) wrong.push(`${where}: ${found}`); };
    await page.goto(at().href);
    await there(page);
    await look("reduced motion", moving);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await look(`${colorScheme}, ${width} pixels`, barriers);
      }
    }
    for (const width of [640, 320]) { // a screen of 1280 at 200 %, and at 400 %
      await page.setViewportSize({ width, height: 450 });
      await look(`${width} pixels`, wide);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const spacing = await page.addStyleTag({ content: "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }" });
    await look("wider text", wide);
    await spacing.evaluate((style) => style.remove());
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ forcedColors: "active" });
    await look("forced colours", unseen);
    assert.deepEqual(wrong, []);
    await context.close();
  });
}

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
