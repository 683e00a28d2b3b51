// The freelancer's page, with the built-in model: how the profile fits, the post
// and the profile beside each other, and the proposal as an editor.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe } from "node:test";
import { assertAccessible } from "./access.mjs";
import { assertFits } from "./fits.mjs";
import { apply, scenario, together } from "./scenario.mjs";

const part = (chat, name) => chat.page.locator(".desk > .views").getByRole("button", { name, exact: true });
/** What a text says, without the marks of its sources. */
const words = async (texts) => (await texts.innerText()).replace(/[”\u2060\s]+/g, " ").trim();
const letter = (chat) => chat.page.locator(".letter-text").first();

async function applied(open) {
  const chat = await open("/?role=freelancer");
  for (const [index, text] of apply.entries()) {
    await chat.send(text);
    await chat.waitForAnswer(index + 1);
  }
  await chat.showPane("draft");
  await letter(chat).waitFor();
  return chat;
}

async function rewrite(chat, change) {
  await chat.page.getByRole("button", { name: "Edit the text" }).first().click();
  const box = chat.page.locator(".letter-box");
  await box.fill(change(await box.inputValue()));
  await chat.page.locator(".edit-form button[type=submit]").click();
  await box.waitFor({ state: "detached" });
}

describe("a freelancer", together, () => {
  scenario("sees how the profile fits, with the proof, and both papers side by side", async (open) => {
    const chat = await open("/?role=freelancer");
    assert.match(await chat.page.locator(".empty h1").innerText(), /Apply/);
    await chat.send(apply[0]);
    await chat.waitForAnswer(1);
    const row = chat.page.locator(".fit-report tbody tr", { hasText: "Liquid" }).last();
    assert.match(await row.innerText(), /Met[\s\S]*I work in Liquid/);
    await assertAccessible(chat.page, "fit report");
    await part(chat, "Post and profile").click();
    const [post, profile] = [chat.page.locator(".sides .paper").nth(0), chat.page.locator(".sides .paper").nth(1)];
    assert.match(await post.innerText(), /gift box builder/);
    assert.match(await profile.innerText(), /€48 \/ hour/);
    assert.ok((await profile.locator("mark").allInnerTexts()).some((text) => /I work in Liquid/.test(text)), "what proves something is marked");
    assert.equal(Math.round((await post.boundingBox()).y), Math.round((await profile.boundingBox()).y), "they stand beside each other");
    await assertAccessible(chat.page, "post and profile");
  }, { builtin: true });

  scenario("edits the letter: a changed sentence loses its source and is checked, the others keep theirs", async (open) => {
    const chat = await applied(open);
    const marks = chat.page.locator(".letter-text .source-mark");
    const before = await marks.count();
    assert.ok(before > 2, "sentences have sources");
    assert.equal(await chat.page.locator(".letter-text .source-mark.from-edit").count(), 0);
    await chat.page.getByRole("button", { name: "Edit the text" }).first().click();
    assert.match(await chat.page.locator(".edit-form .form-actions .hint").innerText(), /^\d+ of 200 words$/);
    await chat.page.keyboard.press("Escape");
    await rewrite(chat, (text) => `I have nine years of Kubernetes. ${text}`);
    await chat.page.locator(".letter-text .source-mark.from-edit").waitFor();
    assert.equal(await chat.page.locator(".letter-text .source-mark.from-edit").count(), 1);
    assert.equal(await marks.count(), before + 1);
    const remark = chat.page.locator(".with-remarks", { hasText: "nine years of Kubernetes" }).locator(".remarks");
    assert.match(await remark.innerText(), /Not in your profile[\s\S]*Kubernetes/);
    assert.equal(await chat.page.locator(".letter-text .doubt").count(), 1, "what was there before is not doubted");
    await assertAccessible(chat.page, "letter with a remark");
    await chat.page.reload();
    await remark.waitFor();
  }, { builtin: true });

  scenario("looks at an older version and brings it back", async (open) => {
    const chat = await applied(open);
    const first = await words(letter(chat));
    await rewrite(chat, () => "Only this.");
    await letter(chat).getByText("Only this.").waitFor();
    await chat.page.getByRole("button", { name: "Versions" }).click();
    await assertAccessible(chat.page, "versions");
    await chat.page.locator(".draft-bar .menu-list button").nth(1).click();
    await chat.page.locator(".notice", { hasText: "You are looking at version" }).waitFor();
    assert.equal(await words(letter(chat)), first);
    assert.equal(await chat.page.getByRole("button", { name: "Edit the text" }).count(), 0, "what was is not edited");
    await chat.page.getByRole("button", { name: "Use this version again" }).click();
    await chat.page.locator(".notice").waitFor({ state: "detached" });
    assert.equal(await words(letter(chat)), first);
    assert.ok((await chat.page.locator(".letter-text .source-mark.from-message").count()) > 2, "what was there before has its sources again");
  }, { builtin: true });

  scenario("answers the client's question, sets a price, and takes the text along", async (open, context) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const chat = await applied(open);
    await chat.page.locator(".answers").getByRole("button", { name: /: Which store/ }).click();
    await chat.page.locator(".answers .letter-box").fill("The roaster's store, by far.");
    await chat.page.locator(".answers .letter-box").press("Control+Enter");
    await chat.page.locator(".answers dd", { hasText: "by far" }).waitFor();
    await chat.page.getByRole("button", { name: "Change the price" }).click();
    await chat.page.getByLabel("Amount").fill("3.100");
    await chat.page.getByLabel("Currency").fill("eur");
    await chat.page.locator(".bid form button[type=submit]").click();
    await chat.page.locator(".bid strong", { hasText: "€3,100" }).first().waitFor();
    await assertAccessible(chat.page, "proposal");
    await chat.page.getByRole("button", { name: "Copy", exact: true }).click();
    assert.match(await chat.page.evaluate(() => globalThis.navigator.clipboard.readText()), /23 stores/);
    const [download] = await Promise.all([chat.page.waitForEvent("download"), chat.page.getByRole("button", { name: "Download Markdown" }).click()]);
    const text = readFileSync(await download.path(), "utf8");
    for (const part of [/^# Shopify theme work/, /23 stores/, /\*\*Which store of yours is closest to ours\?\*\*\n\nThe roaster's store, by far\./, /€3,100/]) assert.match(text, part);
  }, { builtin: true });

  for (const [name, viewport] of [["a phone", { width: 390, height: 844 }], ["320 pixels", { width: 320, height: 568 }], ["200 % zoom", { width: 640, height: 400 }]]) {
    scenario(`has all of it at ${name}, without scrolling sideways`, async (open) => {
      const chat = await applied(open);
      for (const name of ["Letter", "Fit", "Post and profile"]) {
        await part(chat, name).click();
        await assertFits(chat.page, name);
        await assertAccessible(chat.page, `${name} on a phone`);
      }
      await chat.showPane("chat");
      await assertFits(chat.page, "conversation");
    }, { builtin: true, context: { viewport, colorScheme: "dark", bypassCSP: true, reducedMotion: "reduce" } });
  }
});
