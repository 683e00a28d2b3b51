// The languages of the page: Spanish, and two that nobody speaks (pseudo.mjs).

import assert from "node:assert/strict";
import { describe } from "node:test";
import { assertAccessible } from "./access.mjs";
import { assertFits } from "./fits.mjs";
import { pseudoRoute } from "./pseudo.mjs";
import { apply, first, scenario, together } from "./scenario.mjs";

const root = (page) => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);

describe("the page's language", together, () => {
  scenario("is the browser's, and says that answers are English", async (open) => {
    const chat = await open();
    assert.deepEqual(await root(chat.page), ["es", "ltr"]);
    assert.match(await chat.page.locator(".empty h1").innerText(), /Describe el trabajo/);
    await assertAccessible(chat.page, "empty page in Spanish");
    await chat.send(first);
    await chat.waitForAnswer(1);
    assert.match(await chat.page.locator(".english").innerText(), /inglés/);
    assert.match(await chat.page.locator("section.draft").innerText(), /Falta por decidir[\s\S]*Desarrollo web/);
    await chat.page.getByLabel("Tu mensaje").waitFor();
    await assertAccessible(chat.page, "post in Spanish");
  }, { builtin: true, context: { locale: "es-MX", reducedMotion: "reduce" } });

  scenario("is chosen in the menu, keeps what was typed and the focus, and is remembered", async (open) => {
    const chat = await open("/?lang=en");
    await chat.type("half a thought");
    await chat.page.getByRole("button", { name: "Language" }).click();
    await chat.page.getByRole("button", { name: "Español" }).press("Enter");
    await chat.page.getByLabel("Tu mensaje").waitFor();
    assert.equal(await chat.composer.inputValue(), "half a thought");
    await chat.page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Idioma");
    await chat.page.reload();
    await chat.page.getByLabel("Tu mensaje").waitFor();
    assert.deepEqual(await root(chat.page), ["es", "ltr"]);
    const { page } = await open("/?lang=en");
    await page.getByLabel("Tu mensaje").waitFor();
    await page.goto(new URL("/search", chat.url).href);
    await page.getByRole("button", { name: "Buscar" }).waitFor();
  }, { builtin: true });

  scenario("is what an address asks for, else English", async (open) => {
    const spanish = await open("/?lang=es-AR");
    assert.deepEqual(await root(spanish.page), ["es", "ltr"]);
    const unknown = await open("/?lang=tlh");
    assert.deepEqual(await root(unknown.page), ["en", "ltr"]);
  }, { builtin: true });

  scenario("has its own words for what the server refuses", async (open) => {
    const chat = await open("/?lang=es");
    await chat.page.locator('input[type="file"]').setInputFiles({ name: "foto.png", mimeType: "image/png", buffer: Buffer.from("\x89PNG\r\n\x1a\n\x00\x00", "latin1") });
    await chat.page.locator(".uploads .trouble", { hasText: "foto.png: Solo se pueden leer" }).waitFor();
  }, { builtin: true });

  scenario("is tried again where its file cannot be had", async (open, context) => {
    let asked = 0;
    await context.route(/\/assets\/es-[\w-]+\.json$/, (route) => (++asked === 1 ? route.abort() : route.continue()));
    const chat = await open("/?lang=es");
    assert.deepEqual(await root(chat.page), ["en", "ltr"]);
    assert.equal(asked, 1);
  }, { builtin: true });
});

describe("from right to left", together, () => {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }, { width: 320, height: 640 }]) {
    scenario(`everything is mirrored at ${viewport.width} pixels, and fits`, async (open, context) => {
      await pseudoRoute(context, "rtl");
      const chat = await open("/?lang=es");
      assert.deepEqual(await root(chat.page), ["es", "rtl"]);
      const brand = await chat.page.locator(".brand").boundingBox();
      assert.ok(brand.x + brand.width > viewport.width * 0.75, "the page begins at the right");
      await chat.send(first);
      await chat.waitForAnswer(1);
      const bubble = chat.page.locator(".message .bubble").first();
      assert.equal(await bubble.evaluate((element) => getComputedStyle(element).direction), "ltr", "English stays English");
      await assertFits(chat.page, "conversation");
      const said = await bubble.boundingBox();
      const column = await chat.page.locator(".column").boundingBox();
      assert.ok(said.x - column.x < 60, "what the person said stands at the end of the line");
      await chat.showPane("draft");
      await assertFits(chat.page, "post");
      await assertAccessible(chat.page, "post from right to left");
    }, { builtin: true, context: { viewport, reducedMotion: "reduce" } });
  }
});

describe("with long words", together, () => {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }, { width: 320, height: 640 }]) {
    scenario(`nothing is cut off at ${viewport.width} pixels`, async (open, context) => {
      await pseudoRoute(context, "long");
      const chat = await open("/?lang=es");
      await assertFits(chat.page, "empty page");
      for (const [index, text] of apply.entries()) {
        await chat.send(text);
        await chat.waitForAnswer(index + 1);
      }
      await assertFits(chat.page, "conversation");
      await chat.showPane("draft");
      for (const index of [0, 1, 2]) {
        await chat.page.locator(".desk > .views button").nth(index).click();
        await assertFits(chat.page, `part ${index} of the proposal`);
      }
      await chat.page.keyboard.press("Control+/");
      await chat.page.locator("dialog[open]").waitFor();
      await assertFits(chat.page, "shortcuts");
    }, { builtin: true, context: { viewport, reducedMotion: "reduce" } });
  }
});
