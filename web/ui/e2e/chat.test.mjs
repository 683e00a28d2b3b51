// The page in a real Chromium against a real server. Run with
//
//   PARLEY_URL=http://127.0.0.1:8080 npm run e2e
//
// PARLEY_URL          the server. Its answers must take a second or two, or there is
//                     no middle of an answer to interrupt: slow-model.mjs is a model
//                     server for that, to be named in the server's OPENAI_BASE_URL
// PARLEY_RESTART_CMD  a shell command that restarts it and returns when it serves
//                     again; without it the restart scenario is skipped
// PARLEY_SCREENSHOTS  a folder for screenshots; none are taken without it
// PARLEY_CHROMIUM     the browser, /usr/bin/chromium by default

import assert from "node:assert/strict";
import { exec } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { ChatPage, launch } from "./page.mjs";

const url = process.env.PARLEY_URL;
const restart = process.env.PARLEY_RESTART_CMD;
const run = promisify(exec);
const first = "I need someone to build an online shop for my pet store, maybe 4k, before Christmas";
const axeSource = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

let browser;
before(async () => {
  assert.ok(url, "PARLEY_URL must name a running server");
  browser = await launch();
});
after(() => browser?.close());

/** Runs a scenario in a browser profile of its own; an error in the console fails it. */
function scenario(name, body, options = {}) {
  test(name, { timeout: 90_000, skip: options.skip }, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options.context });
    context.setDefaultTimeout(20_000);
    const pages = [];
    const open = async (path) => {
      const page = new ChatPage(await context.newPage(), url);
      pages.push(page);
      await page.goto(path);
      return page;
    };
    try {
      await body(await open("/"), { context, open });
      for (const page of pages) assert.deepEqual(page.errors, [], "errors in the console");
    } catch (error) {
      await pages.findLast((p) => !p.page.isClosed())?.screenshot(`failed-${name.replace(/\W+/g, "-")}`);
      throw error;
    } finally {
      await context.close();
    }
  });
}

/** What the page shows is exactly these messages, each with one answer, also after a reload. */
async function assertKept(chat, messages) {
  assert.deepEqual(await chat.messages(), messages);
  const answers = await chat.answerTexts();
  assert.equal(answers.length, messages.length, "one answer a message");
  await chat.page.reload();
  await chat.waitForAnswer(messages.length);
  assert.deepEqual(await chat.messages(), messages, "messages after a reload");
  assert.deepEqual(await chat.answerTexts(), answers, "answers after a reload");
}

describe("a conversation", () => {
  scenario("leads to a finished, published post", async (chat) => {
    await chat.screenshot("empty");
    await chat.send(first);
    await chat.waitForAnswer(1);
    assert.match(await chat.draftText(), /pet/i);
    assert.match(await chat.fieldText("pay"), /4,000/);
    await chat.screenshot("first-answer");
    const said = [first, "About 850 products, our till system can export them as CSV. It should be Shopify.", "4 to 6 weeks, remote, somebody experienced", "That's it, finish the post"];
    for (const [index, text] of said.entries()) {
      if (index === 0) continue;
      await chat.send(text);
      await chat.waitForAnswer(index + 1);
    }
    await chat.screenshot("finished");
    assert.match(await chat.draftText(), /850/);
    await chat.publish();
    await assertKept(chat, said);
    await chat.page.locator(".status.published").waitFor();
    await chat.screenshot("published");
  });

  scenario("shows where sentences come from, and leads to the words", async (chat) => {
    await chat.send(first);
    await chat.waitForAnswer(1);
    await chat.page.locator(".paper .source-mark.from-message").first().click();
    await chat.page.locator(".source-panel").getByText("Show in the conversation").first().click();
    const quoted = await chat.page.locator(".bubble mark").innerText();
    assert.ok(first.includes(quoted) && quoted.length > 0, `“${quoted}” is marked in the message`);
  });

  scenario("is edited, and both versions stay", async (chat) => {
    await chat.send(first);
    await chat.waitForAnswer(1);
    const changed = "Translate a 40-page product manual from German to English, about 600 euros";
    await chat.editMessage(0, changed);
    await chat.page.waitForFunction((text) => document.querySelector(".message .bubble")?.textContent === text, changed);
    await chat.waitForAnswer(1);
    assert.equal((await chat.versionLabel(0)).trim(), "2/2");
    const edited = await chat.answerTexts();
    await chat.version(0, "previous");
    await chat.page.waitForFunction((text) => document.querySelector(".message .bubble")?.textContent === text, first);
    assert.match(await chat.draftText(), /pet/i);
    await chat.version(0, "next");
    await chat.page.waitForFunction((text) => document.querySelector(".message .bubble")?.textContent === text, changed);
    assert.deepEqual(await chat.answerTexts(), edited);
    await assertKept(chat, [changed]);
  });

  scenario("answers again when asked to", async (chat) => {
    await chat.send(first);
    await chat.waitForAnswer(1);
    const old = await chat.lastAnswer.getAttribute("data-response");
    await chat.regenerate();
    await chat.page.waitForFunction((id) => document.querySelector(".answer")?.dataset.response !== id, old);
    await chat.waitForAnswer(1);
    await assertKept(chat, [first]);
  });

  scenario("is stopped in the middle of an answer, and goes on", async (chat) => {
    await chat.send(first);
    await chat.waitForRunning();
    await chat.stop();
    await chat.waitForAnswer(1);
    assert.equal(await chat.status(), "cancelled");
    await chat.send("It should be Shopify");
    await chat.waitForAnswer(2);
    assert.equal(await chat.status(), "completed");
    await assertKept(chat, [first, "It should be Shopify"]);
  });
});

describe("nothing is lost or doubled", () => {
  scenario("by a reload in the middle of an answer", async (chat) => {
    await chat.send(first);
    await chat.waitForRunning();
    await chat.page.reload();
    await chat.waitForAnswer(1);
    assert.equal(await chat.status(), "completed");
    await assertKept(chat, [first]);
  });

  scenario("between two tabs", async (chat, { open }) => {
    await chat.send(first);
    await chat.waitForAnswer(1);
    const other = await open(`/#s=${chat.sessionId()}`);
    await other.waitForAnswer(1);
    await other.send("It should be Shopify");
    await Promise.all([chat.waitForAnswer(2), other.waitForAnswer(2)]);
    assert.deepEqual(await chat.answerTexts(), await other.answerTexts());
    await other.editText("title", "Shop for Rex and friends");
    await chat.page.getByRole("heading", { name: /Shop for Rex and friends/ }).waitFor();
    await assertKept(chat, [first, "It should be Shopify"]);
  });

  scenario("when the network is cut and comes back", async (chat, { context }) => {
    await chat.send(first);
    await chat.waitForRunning();
    await context.setOffline(true);
    await chat.waitForLink("waiting");
    await chat.send("It should be Shopify");
    await chat.unsent.getByText("Not sent yet").waitFor();
    assert.match(await chat.linkText(), /kept/);
    await chat.screenshot("offline");
    await context.setOffline(false);
    await chat.waitForAnswer(2);
    assert.equal(await chat.linkText(), "");
    await assertKept(chat, [first, "It should be Shopify"]);
  });

  scenario("when a message is written offline and the page is opened anew", async (chat, { context, open }) => {
    await chat.send(first);
    await chat.waitForAnswer(1);
    const address = `/#s=${chat.sessionId()}`;
    await context.setOffline(true);
    await chat.send("Written without a network");
    await chat.type("half a sen");
    await chat.page.close();
    await context.setOffline(false);
    const again = await open(address);
    await again.waitForAnswer(2);
    assert.equal(await again.composer.inputValue(), "half a sen");
    await again.type("");
    await assertKept(again, [first, "Written without a network"]);
  });

  scenario("when the server restarts in the middle of an answer", async (chat) => {
    await chat.send(first);
    await chat.waitForAnswer(1);
    await chat.send("It should be Shopify");
    await chat.waitForRunning();
    await run(restart);
    await chat.waitForAnswer(2);
    await chat.send("4 to 6 weeks");
    await chat.waitForAnswer(3);
    await assertKept(chat, [first, "It should be Shopify", "4 to 6 weeks"]);
  }, { skip: restart ? false : "PARLEY_RESTART_CMD is not set" });
});

describe("the post", () => {
  scenario("is edited in place, and the edit survives the next turn", async (chat) => {
    await chat.send(first);
    await chat.waitForAnswer(1);
    await chat.editText("title", "A shop for cats only");
    await chat.page.getByRole("heading", { name: /A shop for cats only/ }).waitFor();
    await chat.edit("pay");
    await chat.page.keyboard.press("Escape");
    await chat.page.locator('[data-field="pay"] form').waitFor({ state: "detached" });
    await chat.send("4 to 6 weeks");
    await chat.waitForAnswer(2);
    assert.match(await chat.fieldText("title"), /A shop for cats only/);
  });

  scenario("keeps a person's text when somebody else changed the same part", async (chat, { open }) => {
    await chat.send(first);
    await chat.waitForAnswer(1);
    await chat.edit("title");
    const box = chat.page.locator('[data-field="title"] input');
    await box.fill("Mine");
    const other = await open(`/#s=${chat.sessionId()}`);
    await other.waitForAnswer(1);
    await other.editText("title", "Theirs");
    await chat.page.waitForFunction((version) => Number(document.querySelector("section.draft")?.dataset.version) >= version, await other.draftVersion());
    await box.press("Enter");
    await chat.page.getByRole("alert").getByText("Theirs").waitFor();
    assert.equal(await box.inputValue(), "Mine");
    await box.press("Enter");
    await other.page.getByRole("heading", { name: /Mine/ }).waitFor();
  });

  scenario("is downloaded as Markdown and JSON", async (chat) => {
    await chat.send(first);
    await chat.waitForAnswer(1);
    for (const [button, ending] of [["Download Markdown", ".md"], ["Download JSON", ".json"]]) {
      await chat.page.getByRole("button", { name: "Export", exact: true }).click();
      const [download] = await Promise.all([chat.page.waitForEvent("download"), chat.page.getByRole("button", { name: button }).click()]);
      assert.ok(download.suggestedFilename().endsWith(ending));
      const content = readFileSync(await download.path(), "utf8");
      assert.match(content, /pet/i);
      if (ending === ".json") assert.equal(JSON.parse(content).missing, undefined);
    }
  });
});

describe("conversations", () => {
  scenario("are listed, renamed, come back to and deleted", async (chat) => {
    await chat.send(first);
    await chat.waitForAnswer(1);
    await chat.openSessions();
    await chat.page.getByRole("button", { name: /^Rename/ }).first().click();
    await chat.page.getByLabel("Name of the conversation").fill("The pet shop");
    await chat.page.keyboard.press("Enter");
    await chat.page.locator(".session", { hasText: "The pet shop" }).waitFor();
    await chat.page.getByRole("button", { name: "New conversation" }).first().click();
    await chat.page.getByRole("heading", { level: 1 }).waitFor();
    await chat.openSessions();
    await chat.page.locator(".session", { hasText: "The pet shop" }).click();
    await chat.waitForAnswer(1);
    assert.deepEqual(await chat.messages(), [first]);
    await chat.openSessions();
    await chat.page.getByRole("button", { name: "Delete: The pet shop" }).click();
    await chat.page.locator(".sure").getByRole("button", { name: "Delete" }).click();
    await chat.page.getByRole("heading", { level: 1 }).waitFor();
    await chat.openSessions();
    assert.equal(await chat.page.locator(".session", { hasText: "The pet shop" }).count(), 0);
  });

  scenario("that do not exist are said not to", async (chat, { open }) => {
    await chat.send(first);
    await chat.waitForAnswer(1);
    const other = await open("/#s=s_0000000000000000000000");
    await other.waitForLink("refused");
    assert.match(await other.linkText(), /does not exist/);
  });
});

describe("everybody", () => {
  scenario("can do all of it by keyboard", async (chat) => {
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

  scenario("hears the answer in whole sentences", async (chat) => {
    await chat.send(first);
    const answer = await chat.waitForAnswer(1);
    const log = chat.page.getByRole("log");
    await log.getByText("The answer is complete.").waitFor({ state: "attached" });
    const heard = await log.locator("p").allTextContents();
    assert.ok(heard.includes("Parley is answering."));
    assert.ok(heard.some((line) => answer.includes(line) && line.length > 10), heard.join(" | "));
    assert.equal(new Set(heard).size, heard.length, "no sentence is read twice");
  });

  scenario("may write in any script, and markup stays text", async (chat) => {
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
    scenario(`has room at ${width} pixels`, async (chat) => {
      await chat.send(first);
      await chat.waitForAnswer(1);
      for (const pane of ["chat", "draft"]) {
        await chat.showPane(pane);
        const wide = await chat.page.evaluate(() => [document.documentElement, ...document.querySelectorAll(".column, .desk, .paper, .header")].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.className || e.tagName));
        assert.deepEqual(wide, [], `sideways scrolling in ${pane}`);
        await chat.screenshot(`width-${width}-${pane}`);
      }
    }, { context: { viewport: { width, height: 800 } } });
  }

  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
      scenario(`finds no barrier in ${colorScheme} at ${viewport.width} pixels`, async (chat) => {
        await assertAccessible(chat, "empty");
        await chat.send(first);
        await chat.waitForAnswer(1);
        await chat.send("About 850 products, as CSV. We want a young, hungry developer");
        await chat.waitForAnswer(2);
        await assertAccessible(chat, "conversation");
        await chat.showPane("draft");
        await chat.edit("title");
        await chat.page.locator(".paper .source-mark").first().click();
        await assertAccessible(chat, "post");
        await chat.screenshot(`${colorScheme}-${viewport.width}`);
      }, { context: { colorScheme, viewport, bypassCSP: true, reducedMotion: "reduce" } });
    }
  }
});

/** No finding of axe-core, of any weight, by the rules of WCAG 2.2 AA and its own best practices. */
async function assertAccessible(chat, where) {
  await chat.page.evaluate(axeSource);
  const { violations } = await chat.page.evaluate(() => globalThis.axe.run(document));
  const found = violations.map((v) => `${v.id} (${v.impact}): ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
  assert.deepEqual(found, [], `axe on the ${where} page`);
}
