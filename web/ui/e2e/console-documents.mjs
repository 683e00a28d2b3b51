// Documents, loads and the market explorer of the console in Chromium. cmd/parley
// (TestDocumentsConsole) starts a server with the demo marketplace and names it:
//
// PARLEY_URL             the server
// PARLEY_CONSOLE_TOKENS  one-time tokens of Noa, an admin, and Vic, a viewer
// PARLEY_SCREENSHOTS     where pictures go; none are taken without it

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./access.mjs";
import { launch } from "./page.mjs";

const url = process.env.PARLEY_URL;
const [noaToken, vicToken] = (process.env.PARLEY_CONSOLE_TOKENS ?? "").split(",");
const pictures = process.env.PARLEY_SCREENSHOTS;
const signedIn = {};
let browser;

before(async () => {
  assert.ok(url && vicToken, "PARLEY_URL and PARLEY_CONSOLE_TOKENS name a running server: `go test ./cmd/parley -run TestDocumentsConsole` starts one");
  browser = await launch();
  for (const [who, token] of [["noa", noaToken], ["vic", vicToken]]) signedIn[who] = await enter(token);
});
after(() => browser?.close());

async function enter(token) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(new URL("/console", url).href);
  await page.locator("#token").fill(token);
  await page.locator("#token").press("Enter");
  await page.locator(".account").waitFor();
  const kept = await context.storageState();
  await context.close();
  return kept;
}

/** A tab of somebody's; an error in its console fails the scenario. */
async function as(who, path, body, settings = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", reducedMotion: "reduce", storageState: signedIn[who], ...settings });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error" && !/Failed to load resource/.test(message.text())) errors.push(message.text()); });
  try {
    await page.goto(new URL(path, url).href);
    await body(page);
    assert.deepEqual(errors, [], "errors in the console");
  } finally {
    await context.close();
  }
}

async function picture(page, name) {
  if (!pictures) return;
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(200); // the chart is painted in the next frames
  await page.screenshot({ path: `${pictures}/${name}.png` });
}

const documents = "/console/documents";
const market = "/console/market?skill=React&category=web&compare=true&b_category=design";
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test("documents are listed, searched and opened by keyboard", () => as("vic", documents, async (page) => {
  await page.locator(".row").first().waitFor();
  await page.getByText("Job posts").first().waitFor();
  await page.getByRole("searchbox").fill("greenhouse");
  await page.waitForURL((to) => to.searchParams.get("q") === "greenhouse");
  const found = page.locator(".row").first();
  await page.getByText("Repair our greenhouse controller").first().waitFor();
  await found.focus();
  await page.keyboard.press("Enter");
  await page.locator(".fields").waitFor();
  assert.match(await page.locator(".fields").innerText(), /1 < 2 <b waters/, "a hostile text stands as text");
  assert.equal(await page.locator(".fields b").count(), 0);
  assert.equal(await page.getByRole("button", { name: "Delete" }).count(), 0, "a viewer is not offered to delete");
  await assertAccessible(page, "document");
}));

test("an admin deletes a document after being asked once", () => as("noa", `${documents}?id=own-1`, async (page) => {
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.locator(".fields").waitFor();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.waitForURL((to) => !to.searchParams.has("id"));
  await page.goto(new URL(`${documents}?id=own-1`, url).href);
  await page.getByText("not there any more").waitFor();
}));

test("loads tell what was refused and why", () => as("vic", `${documents}?view=loads`, async (page) => {
  await page.getByText("1 row was refused").click();
  assert.match(await page.locator(".load").first().innerText(), /line 2/);
  await page.getByText("demo marketplace").waitFor();
  await assertAccessible(page, "loads");
  await picture(page, "loads");
}));

test("the market of two kinds of work is compared, and is kept in the address", () => as("vic", market, async (page) => {
  await page.locator(".pay-of").nth(1).waitFor();
  assert.equal(await page.locator(".work").count(), 2);
  await page.locator(".work").first().getByLabel("Level").selectOption("expert");
  await page.waitForURL((to) => to.searchParams.get("level") === "expert" && to.searchParams.get("b_category") === "design");
  await page.getByRole("button", { name: "Remove the comparison" }).click();
  await page.waitForURL((to) => !to.searchParams.has("b_category"));
  assert.equal(await page.locator(".work").count(), 1);
  await assertAccessible(page, "market");
}));

test("the figures are those of the public route", () => as("vic", "/console/market?category=web", async (page) => {
  await page.locator(".pay-of").first().waitFor();
  const answer = await page.evaluate(async () => (await fetch("/v1/market?category=web")).json());
  const { posts } = answer.pay[0];
  assert.match(await page.locator(".pay-of").first().innerText(), new RegExp(`\\b${posts} posts`));
}));

test("in Spanish, dark, and on a phone", async () => {
  await as("vic", "/console/market?category=web", async (page) => {
    await page.locator(".chart canvas").waitFor();
    await assertAccessible(page, "dark market");
    await picture(page, "market-dark");
  }, { colorScheme: "dark" });
  await as("vic", documents, async (page) => {
    await page.getByRole("heading", { name: "Documentos" }).waitFor();
    await page.locator(".row").nth(2).click();
    await page.getByText("Tal como está guardado").waitFor();
    await assertAccessible(page, "document in Spanish");
  }, { locale: "es-ES" });
  for (const [name, path, seen] of [["phone-document", documents, ".row"], ["phone-market", "/console/market?category=web", ".chart canvas"]]) {
    await as("vic", path, async (page) => {
      await page.locator(seen).first().waitFor();
      if (seen === ".row") await page.locator(".row").nth(2).click();
      if (seen === ".row") await page.locator(".fields").waitFor();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= globalThis.innerWidth), "nothing is wider than the screen");
      await assertAccessible(page, name);
      await picture(page, name);
    }, phone);
  }
});

test("pictures", { skip: !pictures }, async () => {
  const open = async (page) => {
    await page.locator(".row").nth(4).click();
    await page.locator(".alike .row").first().waitFor();
  };
  await as("vic", documents, async (page) => { await open(page); await picture(page, "documents"); });
  await as("vic", documents, async (page) => { await open(page); await picture(page, "documents-dark"); }, { colorScheme: "dark" });
  await as("vic", market, async (page) => { await page.locator(".chart canvas").first().waitFor(); await picture(page, "market"); }, { viewport: { width: 1440, height: 1100 } });
});
