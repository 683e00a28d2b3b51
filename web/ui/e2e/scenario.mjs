// What every scenario of the page begins with. `make test` runs them through
// cmd/parley (TestBrowser), which starts two real servers and names them in
//
// PARLEY_URL          one with a model that speaks slowly to whoever says `slowly`:
//                     only then there is a middle of an answer to do something in
// PARLEY_BUILTIN_URL  one with the built-in model
// PARLEY_RESTART_CMD  a shell command that kills the first one, starts it anew and
//                     returns when it serves again
// PARLEY_OPERATOR     the API key of the second server
// PARLEY_FAILED       a folder for pictures of scenarios that failed; none without it
// PARLEY_CHROMIUM     the browser, /usr/bin/chromium by default

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ChatPage, launch } from "./page.mjs";

export { apply } from "./talks.mjs";

const url = process.env.PARLEY_URL;
const folder = process.env.PARLEY_FAILED;

/** Scenarios of a group run at the same time, each in a browser profile of its own. */
export const together = { concurrency: 4 };

export const first = "I need someone to build an online shop for my pet store, maybe 4k, before Christmas";
/** The first message, answered word for word. */
export const slowly = `${first}. Answer slowly, please`;
export const second = "It should be Shopify";

let browser;
before(async () => {
  assert.ok(url, "PARLEY_URL must name a running server: `make test` starts one");
  browser = await launch();
});
after(() => browser?.close());

/** Runs a scenario; an error in the console fails it. `builtin` chooses the server without a model server. */
export function scenario(name, body, { context: settings, builtin = false } = {}) {
  test(name, { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...settings });
    context.setDefaultTimeout(40_000);
    const pages = [];
    const open = async (path = "/") => {
      const page = new ChatPage(await context.newPage(), builtin ? process.env.PARLEY_BUILTIN_URL : url);
      pages.push(page);
      await page.goto(path);
      return page;
    };
    try {
      await body(open, context);
      for (const page of pages) assert.deepEqual(page.errors, [], "errors in the console");
    } catch (error) {
      if (folder) await pages.findLast((p) => !p.page.isClosed())?.screenshot(`${folder}/${name.replace(/\W+/g, "-")}.png`);
      throw error;
    } finally {
      await context.close();
    }
  });
}

/** A page on which the first message is answered. */
export async function answered(open, text = first) {
  const chat = await open();
  await chat.send(text);
  await chat.waitForAnswer(1);
  return chat;
}

/** What the page shows is exactly these messages, each with one answer, also after a reload. */
export async function assertKept(chat, messages) {
  assert.deepEqual(await chat.messages(), messages);
  const answers = await chat.answerTexts();
  assert.equal(answers.length, messages.length, "one answer a message");
  await chat.page.reload();
  await chat.waitForAnswer(messages.length);
  assert.deepEqual(await chat.messages(), messages, "messages after a reload");
  assert.deepEqual(await chat.answerTexts(), answers, "answers after a reload");
}
