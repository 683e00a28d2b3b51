// The list of conversations, files on their way, second looks, and the keyboard.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe } from "node:test";
import { assertAccessible } from "./access.mjs";
import { assertFits } from "./fits.mjs";
import { answered, first, scenario, together } from "./scenario.mjs";

/** Makes conversations with titles, as a busy person has them. */
async function many(chat, count) {
  await chat.page.evaluate(async (n) => {
    const headers = { Authorization: `Bearer ${localStorage.getItem("parley.token")}`, "Content-Type": "application/json" };
    for (let made = 0; made < n; made++) {
      const { session } = await (await fetch("/v1/sessions", { method: "POST", headers, body: "{}" })).json();
      await fetch(`/v1/sessions/${session.id}`, { method: "PATCH", headers, body: JSON.stringify({ title: `Café number ${made}` }) });
    }
  }, count);
}

describe("many conversations", together, () => {
  scenario("are found by their title, those of older pages too", async (open) => {
    const chat = await answered(open);
    await many(chat, 120);
    await chat.openSessions();
    await chat.page.locator(".session").nth(49).waitFor();
    await assertAccessible(chat.page, "list of conversations");
    await chat.page.getByLabel("Find by title").fill("cafe number 3");
    await chat.page.locator(".session", { hasText: /^Café number 3/ }).first().waitFor();
    await chat.page.waitForFunction(() => document.querySelectorAll(".session").length === 11);
    await chat.page.locator(".sessions [role=status]", { hasText: "11 conversations" }).waitFor({ state: "attached" });
    await chat.page.getByLabel("Find by title").fill("online shop");
    await chat.page.locator(".session", { hasText: "Online shop" }).waitFor();
    await chat.page.getByLabel("Find by title").fill("nothing like it");
    await chat.page.getByText("No conversation is called that.").waitFor();
  }, { builtin: true });

  scenario("are renamed and deleted with the keyboard alone, and the focus stays in the list", async (open) => {
    const chat = await answered(open);
    await many(chat, 1);
    await chat.page.keyboard.press("Alt+k");
    const row = chat.page.locator(".sessions li", { hasText: "Café number 0" });
    await row.getByRole("button", { name: /^Rename/ }).focus();
    await chat.page.keyboard.press("Enter");
    await chat.page.keyboard.press("Control+a");
    await chat.page.keyboard.type("The bakery");
    await chat.page.keyboard.press("Enter");
    await chat.page.locator(".session", { hasText: "The bakery" }).waitFor();
    await chat.page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Rename: The bakery");
    await chat.page.keyboard.press("Tab");
    await chat.page.keyboard.press("Tab");
    await chat.page.keyboard.press("Enter");
    await chat.page.waitForFunction(() => document.activeElement?.textContent === "Keep");
    await chat.page.keyboard.press("Escape");
    await chat.page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Delete: The bakery");
    await chat.page.keyboard.press("Enter");
    await chat.page.keyboard.press("Shift+Tab");
    await chat.page.keyboard.press("Enter");
    await chat.page.locator(".session", { hasText: "The bakery" }).waitFor({ state: "detached" });
    await chat.page.waitForFunction(() => document.activeElement?.closest(".sessions") !== null);
    await chat.page.keyboard.press("Escape");
    await chat.page.locator(".sessions").waitFor({ state: "detached" });
  }, { builtin: true });

  scenario("are exported as text and as data", async (open) => {
    const chat = await answered(open);
    await chat.openSessions();
    for (const [button, ending] of [["As text (Markdown)", ".md"], ["All data (JSON)", ".json"]]) {
      await chat.page.getByRole("button", { name: /^Export:/ }).click();
      const [download] = await Promise.all([chat.page.waitForEvent("download"), chat.page.getByRole("button", { name: button }).click()]);
      assert.ok(download.suggestedFilename().endsWith(ending), download.suggestedFilename());
      const text = readFileSync(await download.path(), "utf8");
      if (ending === ".md") assert.match(text, /^# [\s\S]*\n> I need someone to build an online shop[\s\S]*\n---\n/);
      else assert.equal(JSON.parse(text).messages[0].text, first);
    }
  }, { builtin: true });

  scenario("that cannot be had are tried again", async (open, context) => {
    const chat = await answered(open);
    await context.route(/\/v1\/sessions(\?|$)/, (route) => route.abort());
    await chat.page.locator(".conversations > button").click();
    await chat.page.locator(".sessions [role=alert]").waitFor();
    await assertAccessible(chat.page, "list that failed");
    await context.unroute(/\/v1\/sessions(\?|$)/);
    await chat.page.locator(".sessions").getByRole("button", { name: "Try again" }).click();
    await chat.page.locator(".session").waitFor();
  }, { builtin: true });
});

describe("a file", together, () => {
  const paper = { name: "profile.txt", type: "text/plain", text: "Shopify developer. 23 stores since 2020." };
  const bring = (page, how) => page.evaluate(([file, event]) => {
    const { ClipboardEvent, DataTransfer, DragEvent } = globalThis;
    const data = new DataTransfer();
    data.items.add(new File([file.text], file.name, { type: file.type }));
    const target = document.getElementById("composer");
    if (event === "paste") target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    else for (const type of ["dragover", "drop"]) target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [paper, how]);

  for (const how of ["paste", "drop"]) {
    scenario(`is taken by ${how}`, async (open) => {
      const chat = await open();
      await bring(chat.page, how);
      await chat.page.locator(".uploads li", { hasText: "profile.txt" }).locator("progress").waitFor({ state: "detached" });
      assert.equal(await chat.page.locator(".drop").count(), 0);
      assert.equal(await chat.composer.inputValue(), "");
    }, { builtin: true });
  }

  const upload = (chat, name) => chat.page.locator('input[type="file"]').setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(paper.text) });

  scenario("is stopped on its way", async (open, context) => {
    const chat = await open();
    await context.route(/\/files(\?|$)/, () => undefined); // is never answered
    const sent = chat.page.waitForRequest(/\/files/);
    await upload(chat, "one.txt");
    await sent;
    const failed = chat.page.waitForEvent("requestfailed");
    await chat.page.getByRole("button", { name: "Stop uploading one.txt" }).click();
    await failed;
    await chat.page.locator(".uploads").waitFor({ state: "detached" });
  }, { builtin: true });

  scenario("that could not be sent is tried again", async (open, context) => {
    const chat = await open();
    const broken = /\/files(\?|$)/;
    await context.route(broken, (route) => route.abort());
    await upload(chat, "two.txt");
    await chat.page.locator(".uploads .trouble", { hasText: "two.txt" }).waitFor();
    await assertAccessible(chat.page, "file that failed");
    await context.unroute(broken);
    await chat.page.getByRole("button", { name: "Try two.txt again" }).click();
    await chat.page.locator(".uploads", { hasText: "two.txt is attached" }).waitFor();
    assert.equal(await chat.page.locator(".uploads li").count(), 1);
  }, { builtin: true });

  scenario("is one of five at most", async (open) => {
    const chat = await open();
    await chat.page.locator('input[type="file"]').setInputFiles(Array.from({ length: 6 }, (_, n) => ({ name: `${n}.txt`, mimeType: "text/plain", buffer: Buffer.from(`${paper.text} ${n}`) })));
    await chat.page.locator(".uploads .trouble", { hasText: "A message takes 5 files. 5.txt is left out." }).waitFor();
  }, { builtin: true });
});

describe("a message that is held", together, () => {
  scenario("names the policy, and a person is asked for a second look once", async (open) => {
    const chat = await open();
    await chat.send("You stupid idiot, you worthless piece of trash, I will find you and kill you");
    await chat.page.locator('.answer[data-status="held"]').waitFor();
    assert.match(await chat.lastAnswer.innerText(), /policy/);
    await chat.page.getByRole("button", { name: "Ask for a second look" }).click();
    await assertAccessible(chat.page, "held message");
    await chat.page.getByLabel("What you meant (optional)").fill("It is a line of a play that I want translated.");
    await chat.page.getByRole("button", { name: "Send to a person" }).click();
    await chat.page.getByText("You asked for a second look. A person will decide.").waitFor();
    await chat.page.reload();
    await chat.page.getByText("You asked for a second look. A person will decide.").waitFor();
    assert.equal(await chat.page.getByRole("button", { name: "Ask for a second look" }).count(), 0);
  }, { builtin: true });
});

describe("the keyboard", together, () => {
  scenario("opens what the dialog says, and closing gives the focus back", async (open) => {
    const chat = await answered(open);
    await chat.page.locator(".help").focus();
    await chat.page.keyboard.press("?");
    await chat.page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await assertAccessible(chat.page, "shortcuts");
    await chat.page.keyboard.press("Escape");
    await chat.page.waitForFunction(() => document.activeElement?.classList.contains("help"));
    await chat.page.keyboard.press("Alt+m");
    await chat.page.waitForFunction(() => document.activeElement?.id === "composer");
    await chat.page.keyboard.type("?");
    assert.equal(await chat.composer.inputValue(), "?", "in a text it is a letter");
    await chat.type("");
    await chat.page.keyboard.press("Alt+j");
    await chat.page.waitForFunction(() => document.activeElement?.id === "draft");
    await chat.page.keyboard.press("Alt+n");
    await chat.page.locator(".empty h1").waitFor();
    assert.deepEqual(await chat.messages(), []);
  }, { builtin: true });

  scenario("reaches every control, each with a visible focus", async (open) => {
    const chat = await answered(open);
    await chat.page.evaluate(() => document.querySelector(".skip")?.focus());
    const reached = new Set();
    for (let step = 0; step < 120; step++) {
      await chat.page.keyboard.press("Tab");
      const at = await chat.page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const style = getComputedStyle(element);
        const shown = style.outlineStyle !== "none" || element.id === "composer" || element.classList.contains("skip");
        return { name: element.getAttribute("aria-label") || element.textContent.trim().slice(0, 30) || element.className, shown };
      });
      if (!at) break;
      assert.ok(at.shown, `${at.name} shows that it has the focus`);
      reached.add(at.name);
    }
    for (const name of ["Language", "Keyboard shortcuts", "Edit message", "Copy answer", "Publish", "Export"]) assert.ok(reached.has(name), `${name} is reached: ${[...reached].join(", ")}`);
  }, { builtin: true });

  for (const viewport of [{ width: 320, height: 568 }, { width: 640, height: 400 }]) {
    scenario(`nothing of the client's page is lost at ${viewport.width} pixels`, async (open) => {
      const chat = await open();
      await assertFits(chat.page, "empty page");
      await chat.send("Find me a Shopify developer for a small shop");
      await chat.waitForAnswer(1);
      await assertFits(chat.page, "conversation");
      await chat.showPane("draft");
      await chat.page.locator(".candidate").first().waitFor();
      await assertFits(chat.page, "shortlist");
      await assertAccessible(chat.page, "narrow shortlist");
      await chat.page.getByRole("button", { name: "Compare" }).click();
      await assertFits(chat.page, "comparison");
    }, { builtin: true, context: { viewport, reducedMotion: "reduce" } });
  }
});

describe("a published post", together, () => {
  scenario("leads to its page on the site, when the site has told where that is", async (open) => {
    const chat = await answered(open);
    await chat.publish();
    const draft = await chat.draft.getAttribute("data-draft");
    const told = (url) => fetch(new URL(`/v1/drafts/${draft}/published`, chat.url), {
      method: "PUT", body: JSON.stringify({ url }),
      headers: { Authorization: `Bearer ${process.env.PARLEY_OPERATOR}`, "Content-Type": "application/json" },
    });
    assert.equal((await told("https://shop.example/jobs/7")).status, 200, "the site tells where it is");
    const link = chat.page.getByRole("link", { name: "See the published post" });
    await link.waitFor();
    assert.equal(await link.getAttribute("href"), "https://shop.example/jobs/7");
    assert.match(await link.getAttribute("rel"), /noopener/);
    await assertAccessible(chat.page, "published post");
    await chat.page.reload();
    await link.waitFor();
    assert.ok((await told("javascript:alert(1)")).status >= 400);
  }, { builtin: true });
});
