import assert from "node:assert/strict";
import { describe } from "node:test";
import { assertAccessible } from "./access.mjs";
import { answered, first, scenario, together } from "./scenario.mjs";

describe("everybody", together, () => {
  scenario("can do all of it by keyboard", async (open) => {
    const chat = await open();
    const { page } = chat;
    await page.locator(".skip").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "composer");
    await page.keyboard.type(first);
    await page.keyboard.press("Enter");
    await chat.waitForAnswer(1);
    await chat.edit("title");
    await page.keyboard.type("By keyboard");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /By keyboard/ }).waitFor();
    await chat.composer.focus();
    await page.keyboard.press("ArrowUp");
    await page.locator(".message textarea").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".message textarea").waitFor({ state: "detached" });
    await page.keyboard.press("Control+/");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("dialog").count(), 0);
  });

  scenario("hears the answer in whole sentences", async (open) => {
    const chat = await open();
    await chat.send(first);
    const answer = await chat.waitForAnswer(1);
    const log = chat.page.getByRole("log");
    await log.getByText("The answer is complete.").waitFor({ state: "attached" });
    const heard = await log.locator("p").allTextContents();
    assert.ok(heard.includes("Parley is answering."));
    assert.ok(heard.some((line) => answer.includes(line) && line.length > 10), heard.join(" | "));
    assert.equal(new Set(heard).size, heard.length, "no sentence is read twice");
  });

  scenario("may write in any script, and markup stays text", async (open) => {
    const chat = await open();
    const texts = ["أحتاج إلى شخص يبني متجرًا إلكترونيًا 🐶", "<img src=x onerror=\"document.title='owned'\"> <b>bold</b> [x](javascript:alert(1))"];
    for (const [index, text] of texts.entries()) {
      await chat.send(text);
      await chat.waitForAnswer(index + 1);
    }
    assert.deepEqual(await chat.messages(), texts);
    assert.notEqual(await chat.page.title(), "owned");
    assert.equal(await chat.page.locator("main img, main iframe, a[href^='javascript']").count(), 0);
  });

  for (const width of [360, 390, 768, 1280]) {
    scenario(`has room at ${width} pixels`, async (open) => {
      const chat = await answered(open);
      for (const pane of ["chat", "draft"]) {
        await chat.showPane(pane);
        const wide = await chat.page.evaluate(() => [document.documentElement, ...document.querySelectorAll(".column, .desk, .paper, .header")].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.className || e.tagName));
        assert.deepEqual(wide, [], `sideways scrolling in ${pane}`);
      }
    }, { context: { viewport: { width, height: 800 } } });
  }

  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
      scenario(`finds no barrier in ${colorScheme} at ${viewport.width} pixels`, async (open) => {
        const chat = await open();
        await assertAccessible(chat.page, "empty");
        await chat.send(first);
        await chat.waitForAnswer(1);
        await chat.send("About 850 products, as CSV. We want a young, hungry developer");
        await chat.waitForAnswer(2);
        await assertAccessible(chat.page, "conversation");
        await chat.showPane("draft");
        await chat.edit("title");
        await chat.page.locator(".paper .source-mark").first().click();
        await assertAccessible(chat.page, "post");
      }, { context: { colorScheme, viewport, bypassCSP: true, reducedMotion: "reduce" } });
    }
  }
});
