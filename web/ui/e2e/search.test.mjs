// The search page, on the demo marketplace.

import assert from "node:assert/strict";
import { describe } from "node:test";
import { assertAccessible } from "./access.mjs";
import { scenario, together } from "./scenario.mjs";

/** Opens the search page; errors in its console are for the caller to look at. */
async function search(context, path = "/search") {
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) errors.push(message.text());
  });
  await page.goto(new URL(path, process.env.PARLEY_BUILTIN_URL).href);
  await settled(page);
  return { page, errors };
}

const settled = (page) => page.waitForSelector('.hits[aria-busy="false"]');
const titles = (page) => page.locator(".hit h3").allInnerTexts();

async function ask(page, text) {
  await page.locator("#q").fill(text);
  await page.locator("#q").press("Enter");
  await page.waitForURL(/q=/);
  await settled(page);
}

describe("search", together, () => {
  scenario("a visitor finds posts, sees why, and what they pay", async (_, context) => {
    const { page, errors } = await search(context);
    assert.ok((await titles(page)).length > 5, "the newest posts are there before anything is asked");
    await ask(page, "Shopify store with payments");
    const found = await titles(page);
    assert.match(found.slice(0, 3).join(" "), /Shopify|store|shop/i);
    const first = page.locator(".hit").first();
    assert.match(await first.locator(".hit-reasons").innerText(), /Shopify/);
    await first.locator(".hit-why summary").click();
    assert.match(await first.locator(".hit-why").innerText(), /By words\s+place \d+[\s\S]*By meaning\s+place \d+/);
    await page.locator(".figures .market").first().waitFor();
    assert.match(await page.locator(".figures").innerText(), /What such work pays/);
    assert.deepEqual(errors, []);
  }, { builtin: true });

  scenario("filters stand in the address, and going back undoes them", async (_, context) => {
    const { page, errors } = await search(context, "/search?q=design");
    const all = await titles(page);
    await page.locator('select[name="category"]').selectOption("design");
    await page.waitForURL(/category=design/);
    await settled(page);
    for (const facts of await page.locator(".hit > .quiet").allInnerTexts()) assert.match(facts, /Design/);
    assert.equal(await page.locator(".filters summary").innerText(), "Filters (1)");
    await page.goBack();
    await settled(page);
    await page.waitForFunction((n) => document.querySelectorAll(".hit").length === n, all.length);
    assert.deepEqual(await titles(page), all);
    assert.deepEqual(errors, []);
  }, { builtin: true });

  scenario("what nothing passes says so and can be cleared; what is wrong is explained", async (_, context) => {
    const { page, errors } = await search(context, "/search?q=logo&from=2099-01-01");
    assert.equal((await titles(page)).length, 0);
    await page.locator(".nothing button").click();
    await page.waitForSelector(".hit");
    await page.locator('input[name="min"]').fill("cheap");
    await page.locator('input[name="min"]').press("Tab");
    assert.match(await page.locator('.hits [role="alert"]').innerText(), /cheap.*no amount of money/);
    assert.deepEqual(errors, []);
  }, { builtin: true });

  scenario("profiles are for operators, whose key stays in the tab", async (_, context) => {
    const { page, errors } = await search(context, "/search?q=React&kind=profile");
    assert.match(await page.locator('.hits [role="alert"]').innerText(), /\w+/);
    await page.locator(".operator > button").click();
    await page.locator('.operator input[type="password"]').fill(process.env.PARLEY_OPERATOR);
    await page.locator('.operator button[type="submit"]').click();
    await page.waitForSelector(".hit");
    assert.ok(!page.url().includes(process.env.PARLEY_OPERATOR));
    await page.locator('input[name="max"]').fill("60");
    await page.locator('select[name="currency"]').selectOption("EUR");
    await page.waitForURL(/currency=EUR/);
    await settled(page);
    for (const pay of await page.locator(".hit .card-pay").allInnerTexts()) assert.match(pay, /€/);
    assert.deepEqual(errors, []);
  }, { builtin: true });

  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
      scenario(`the search page has no barrier in ${colorScheme} at ${viewport.width} pixels`, async (_, context) => {
        const { page } = await search(context, "/search?q=Shopify+store");
        await page.waitForSelector(".figures .market", { state: "attached" });
        await page.locator(".hit-why summary").first().click();
        await page.evaluate(() => document.querySelectorAll(".filters, .figures").forEach((fold) => fold.setAttribute("open", "")));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `${wide} pixels too wide`);
        await assertAccessible(page, "search");
      }, { builtin: true, context: { colorScheme, viewport, bypassCSP: true, reducedMotion: "reduce" } });
    }
  }
});
