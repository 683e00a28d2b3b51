// Shortlists, invitations, proposals and files, with the built-in model on the
// demo marketplace.

import assert from "node:assert/strict";
import { describe } from "node:test";
import { assertAccessible } from "./access.mjs";
import { scenario, together } from "./scenario.mjs";

const wish = "Find me a Shopify developer for a small shop";
const labels = (chat) => chat.page.locator(".candidate > header .label").allInnerTexts();

async function shortlist(open) {
  const chat = await open();
  await chat.send(wish);
  await chat.waitForAnswer(1);
  await chat.page.locator(".candidate").first().waitFor();
  return chat;
}

async function version(chat, least) {
  await chat.page.waitForFunction((n) => Number(document.querySelector("section.draft")?.dataset.version) >= n, least);
}

describe("a shortlist", together, () => {
  scenario("shows who fits and the phrase that proves it, as cards and side by side", async (open) => {
    const chat = await shortlist(open);
    const first = chat.page.locator(".candidate").first();
    assert.match(await first.locator(".why-list").innerText(), /Shopify/);
    await first.locator(".parts summary").click();
    assert.match(await first.locator(".parts table").innerText(), /Needed skills/);
    await assertAccessible(chat.page, "shortlist");
    await chat.page.getByRole("button", { name: "Compare" }).click();
    assert.equal(await chat.page.locator(".compare thead th").count(), Math.min(6, (await labels(chat)).length || 6) + 1);
    await assertAccessible(chat.page, "comparison");
  }, { builtin: true });

  scenario("is narrowed in words, and a condition can be taken back", async (open) => {
    const chat = await shortlist(open);
    const before = await chat.page.locator(".draft-bar strong").innerText();
    await chat.send("only people in Europe");
    await chat.waitForAnswer(2);
    await chat.page.locator(".conditions .chip").waitFor();
    assert.notEqual(await chat.page.locator(".draft-bar strong").innerText(), before);
    await chat.page.locator(".dropped summary").click();
    assert.ok((await chat.page.locator(".dropped li").count()) > 0, "who was dropped is named");
    assert.equal(await chat.page.locator(".dropped").getByRole("button", { name: "Put back" }).count(), 0, "whom a condition or the post leaves out was not taken off by hand");
    await chat.page.locator(".conditions .tool").click();
    await chat.page.locator(".conditions").waitFor({ state: "detached" });
    assert.equal(await chat.page.locator(".draft-bar strong").innerText(), before);
  }, { builtin: true });

  scenario("is the person's own: pinned, noted, taken off and put back", async (open) => {
    const chat = await shortlist(open);
    const [first, second] = await labels(chat);
    const at = await chat.draftVersion();
    await chat.page.getByRole("button", { name: `Keep ${second} at the top` }).click();
    await version(chat, at + 1);
    assert.equal((await labels(chat))[0], second);
    await chat.page.locator(".candidate").first().locator(".add-note").click();
    await chat.page.getByLabel(`Your note on ${second}`).fill("Knows our till");
    await chat.page.locator(".note-form button[type=submit]").click();
    await chat.page.locator(".own-note", { hasText: "Knows our till" }).waitFor();
    await chat.page.getByRole("button", { name: `Take ${first} off the list` }).click();
    await version(chat, at + 3);
    assert.ok(!(await labels(chat)).includes(first));
    await chat.page.reload();
    await chat.page.locator(".own-note").waitFor();
    await chat.page.locator(".dropped summary").click();
    await chat.page.locator(".dropped").getByRole("button", { name: "Put back" }).first().click();
    await chat.page.getByRole("button", { name: `Take ${first} off the list` }).waitFor();
  }, { builtin: true });

  scenario("leads to an invitation that the person can rewrite", async (open) => {
    const chat = await shortlist(open);
    await chat.page.locator(".candidate .invite").first().click();
    await chat.waitForAnswer(2);
    await chat.page.locator(".letter .letter-text").waitFor();
    await assertAccessible(chat.page, "invitation");
    await chat.page.getByRole("button", { name: "Edit the text" }).click();
    await chat.page.locator(".letter-box").fill("Hello, could you tell me more about your last shop?");
    await chat.page.locator(".edit-form button[type=submit]").click();
    await chat.page.locator(".letter-text", { hasText: "your last shop" }).waitFor();
    await chat.page.locator(".draft-switch").getByRole("button", { name: "Shortlist" }).click();
    await chat.page.locator(".candidate").first().waitFor();
  }, { builtin: true });
});

describe("files", together, () => {
  scenario("are read, brought by a message, and refused with a word", async (open) => {
    const chat = await open();
    const input = chat.page.locator('input[type="file"]');
    await input.setInputFiles([
      { name: "profile.txt", mimeType: "text/plain", buffer: Buffer.from("Shopify developer. 23 stores since 2020. Liquid and JavaScript. 48 euros an hour.") },
      { name: "photo.png", mimeType: "image/png", buffer: Buffer.from("\x89PNG\r\n\x1a\n\x00\x00", "latin1") },
    ]);
    await chat.page.locator(".uploads li", { hasText: "profile.txt" }).locator("progress").waitFor({ state: "detached" });
    await chat.page.locator(".uploads .trouble", { hasText: "photo.png" }).waitFor();
    await chat.page.getByRole("button", { name: "Remove photo.png" }).click();
    await chat.send("Help me write a proposal for a job, my profile is attached");
    await chat.waitForAnswer(1);
    assert.deepEqual(await chat.page.locator(".attached li").allInnerTexts(), ["profile.txt"]);
    await chat.page.reload();
    await chat.waitForAnswer(1);
    assert.deepEqual(await chat.page.locator(".attached li").allInnerTexts(), ["profile.txt"]);
    await assertAccessible(chat.page, "conversation with a file");
  }, { builtin: true });
});

describe("advice", together, () => {
  scenario("opens the section of the handbook that it is from", async (open) => {
    const chat = await open();
    await chat.send("Should I pay by the hour or a fixed price?");
    assert.match(await chat.waitForAnswer(1), /handbook/);
    await chat.page.locator(".guides summary").first().click();
    assert.match(await chat.page.locator(".guides details[open]").innerText(), /Fixed suits work/);
    await assertAccessible(chat.page, "advice");
  }, { builtin: true });
});
