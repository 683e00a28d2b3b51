// Scenarios of the console's figures. cmd/parley (TestConsoleFigures) starts a server whose shop was busy
// for two months and names in
//
// PARLEY_URL             the server
// PARLEY_CONSOLE_TOKENS  one-time tokens of Vic, a viewer of the shop, and of Noa, an admin of all sites
// PARLEY_SCREENSHOTS     the folder for pictures; without it none are taken

import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { after, before, test } from "node:test";
import { assertAccessible } from "./access.mjs";
import { launch } from "./page.mjs";

const url = process.env.PARLEY_URL;
const [vic, noa] = (process.env.PARLEY_CONSOLE_TOKENS ?? "").split(",");
const pictures = process.env.PARLEY_SCREENSHOTS;
const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
let browser;
const kept = {};

before(async () => {
  browser = await launch();
  for (const [who, token] of Object.entries({ vic, noa })) kept[who] = await signIn(token);
});
after(() => browser?.close());

async function signIn(token) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(new URL("/console", url).href);
  await page.locator("#token").fill(token);
  await page.locator("#token").press("Enter");
  await page.locator("header .account").waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Opens the figures, and closes them after the scenario, which fails on errors of the page. */
async function open(path, { who = "vic", viewport = wide, colorScheme = "light", locale = "en-GB" }, scenario) {
  const touch = viewport === phone ? { hasTouch: true, isMobile: true } : {};
  const context = await browser.newContext({ viewport, colorScheme, locale, storageState: kept[who], reducedMotion: "reduce", timezoneId: "Europe/Madrid", ...touch });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  await page.goto(new URL(path, url).href);
  await settled(page);
  await scenario(page);
  await context.close();
  assert.deepEqual(errors, []);
}

async function settled(page) { await page.locator('.figures[aria-busy="false"]').waitFor(); }

async function drawn(page) {
  await page.locator(".plot canvas").nth(4).waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(200); // pictures are painted in the next frames
}

const headline = (page, name) => page.locator(".key-figures div", { has: page.getByText(name, { exact: true }) }).locator("dd");

test("a viewer sees a month with headline figures and their changes", async () => {
  await open("/console/figures?span=30d", {}, async (page) => {
    await drawn(page);
    assert.equal(await page.locator(".key-figures > div").count(), 12);
    assert.match(await headline(page, "Answered messages").innerText(), /^\d[\d,]+\s*▲/);
    assert.match(await headline(page, "Cost of models").innerText(), /\$\d+\.\d\d/);
    assert.match(await headline(page, "Answered messages").textContent(), /more by.*Before: [\d,]+/);
    assert.equal(await page.locator(".plot canvas").count(), 5);
    assert.equal(await page.title(), "Figures · Parley");
  });
});

test("what is looked at stands in the address", async () => {
  await open("/console/figures", {}, async (page) => {
    await page.getByRole("button", { name: "24 hours" }).click();
    await page.waitForURL((to) => to.searchParams.get("span") === "24h");
    await settled(page);
    await page.getByRole("button", { name: "30 days" }).click();
    await page.getByRole("combobox", { name: "Workflow" }).selectOption("advice");
    await page.waitForURL((to) => to.searchParams.get("workflow") === "advice" && to.searchParams.get("span") === "30d");
    await settled(page);
    const narrowed = await headline(page, "Answered messages").innerText();
    await page.reload();
    await settled(page);
    assert.equal(await headline(page, "Answered messages").innerText(), narrowed);
    assert.equal(await page.getByRole("combobox", { name: "Workflow" }).inputValue(), "advice");
    await page.goBack();
    await page.waitForURL((to) => !to.searchParams.has("workflow"));
    await settled(page);
    await page.getByRole("button", { name: "Choose days" }).click();
    await page.waitForURL((to) => to.searchParams.has("from") && to.searchParams.has("to"));
    await settled(page);
    assert.notEqual(await page.getByLabel("From").inputValue(), "");
  });
});

test("a chart is read with the arrow keys, as a table and as a file", async () => {
  await open("/console/figures?span=30d", {}, async (page) => {
    await drawn(page);
    const plot = page.locator(".plot").first();
    await plot.focus();
    await page.keyboard.press("End");
    const newest = await plot.getByRole("status").innerText();
    assert.match(newest, /Completed\n\d+/);
    await page.keyboard.press("ArrowLeft");
    assert.notEqual(await plot.getByRole("status").innerText(), newest);
    await page.keyboard.press("Escape");
    assert.equal(await plot.locator(".tip").isVisible(), false);
    await plot.hover();
    await plot.locator(".tip").waitFor();

    const card = page.locator(".card-of").first();
    await card.locator("summary").click();
    assert.equal(await card.locator("tbody tr").count(), 30);
    const waiting = page.waitForEvent("download");
    await card.getByRole("button", { name: "Download as CSV" }).click();
    const lines = (await readFile(await (await waiting).path(), "utf8")).trim().split("\r\n");
    assert.equal(lines.length, 31);
    assert.match(lines[0], /Beginning,Completed/);
  });
});

test("figures by model, errors with their examples, and budgets", async () => {
  await open("/console/figures?span=30d", {}, async (page) => {
    await page.getByLabel("Grouped by").selectOption("model");
    await page.getByRole("button", { name: "gpt-4o-mini" }).click();
    await page.waitForURL((to) => to.searchParams.get("model") === "gpt-4o-mini");
    await page.goBack();
    await settled(page);
    const errors = page.locator("table.errors");
    assert.match(await errors.innerText(), /Not to be reached/);
    assert.match(await errors.locator("a").first().getAttribute("href"), /^\/console\/sessions\/busy\d+\?site=shop&turn=busy\d+$/);
    const meters = page.getByRole("meter");
    assert.equal(await meters.count(), 2);
    assert.match(await meters.first().getAttribute("aria-valuetext"), /^\$\d+\.\d\d of \$6\.00$/);
    assert.match(await page.locator(".endpoints").innerText(), /echo\s+Answers/);
  });
});

test("where nothing happened, the page says what is missing", async () => {
  await open("/console/figures?site=other", { who: "noa" }, async (page) => {
    assert.match(await page.locator("main").innerText(), /Nothing happened in this time/);
    assert.equal(await page.getByRole("meter").count(), 1); // the budget that all sites share
  });
});

test("a server that fails is said, and asked again", async () => {
  await open("/console/figures", {}, async (page) => {
    await page.route("**/v1/console/figures?**", (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ code: "unavailable", detail: "The database cannot be reached right now." }) }));
    await page.getByRole("button", { name: "24 hours" }).click();
    await page.getByRole("alert").getByText("The database cannot be reached right now.").waitFor();
    await page.unroute("**/v1/console/figures?**");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".key-figures").waitFor();
  }).catch((error) => { if (!/503/.test(String(error))) throw error; });
});

test("Spanish", async () => {
  await open("/console/figures?span=30d", { locale: "es-ES" }, async (page) => {
    assert.match(await page.locator("main").innerText(), /Mensajes respondidos/);
    assert.doesNotMatch(await page.locator("main").innerText(), /Answered messages|[a-z]+\.[a-z]+\.[a-z]+/);
  });
});

for (const [name, viewport, colorScheme, path, part] of [
  ["figures", wide, "light", "/console/figures?span=30d"],
  ["figures-dark", wide, "dark", "/console/figures?span=30d"],
  ["figures-costs", wide, "light", "/console/figures?span=30d", "#cost-title"],
  ["figures-errors", wide, "dark", "/console/figures?span=30d", "#groups-title"],
  ["phone-figures", phone, "light", "/console/figures?span=7d"],
]) {
  test(`nothing serious is found by axe: ${name}`, async () => {
    await open(path, { viewport, colorScheme }, async (page) => {
      await drawn(page);
      if (viewport === phone) assert.ok(await page.evaluate(() => globalThis.document.documentElement.scrollWidth <= globalThis.innerWidth), "nothing is wider than the phone");
      await assertAccessible(page, name);
      if (!pictures) return;
      if (part) await page.locator(part).evaluate((title) => title.scrollIntoView());
      const file = `${pictures}/${name}.png`;
      await page.screenshot({ path: file });
      assert.ok((await stat(file)).size < 300 * 1024, "the picture is too large");
    });
  });
}
