import assert from "node:assert/strict";
import { describe } from "node:test";
import { answered, assertKept, first, scenario, second, slowly, together } from "./scenario.mjs";

describe("a conversation", together, () => {
  scenario("leads to a finished, published post with a model", async (open) => {
    await finish(await open(), [first, "About 850 products, our till system can export them as CSV. It should be Shopify.", "4 to 6 weeks, remote, somebody experienced", "That's it, finish the post"]);
  });

  scenario("leads to a finished, published post with the built-in model", async (open) => {
    await finish(await open(), [first, "About 850 products, our till system can export them as CSV. It should be Shopify.", "4 to 6 weeks, remote, somebody experienced", "That's it, finish the post"]);
  }, { builtin: true });

  scenario("can be led by its quick replies alone", async (open) => {
    const chat = await answered(open);
    let turns = 1;
    while (turns < 12 && (await chat.hasQuickReplies())) {
      await chat.quickReply();
      await chat.waitForAnswer(++turns);
    }
    assert.ok(turns > 1, "the first answer offers replies");
    await chat.publish();
  }, { builtin: true });

  scenario("shows where sentences come from, and leads to the words", async (open) => {
    const chat = await answered(open);
    await chat.page.locator(".paper .source-mark.from-message").first().click();
    await chat.page.locator(".source-panel").getByText("Show in the conversation").first().click();
    const quoted = await chat.page.locator(".bubble mark").innerText();
    assert.ok(first.includes(quoted) && quoted.length > 0, `“${quoted}” is marked in the message`);
  });

  scenario("is edited, and both versions stay", async (open) => {
    const chat = await answered(open);
    const changed = "Translate a 40-page product manual from German to English, about 600 euros";
    await chat.editMessage(0, changed);
    await chat.waitForMessage(0, changed);
    await chat.waitForAnswer(1);
    assert.equal((await chat.versionLabel(0)).trim(), "2/2");
    assert.match(await chat.draftText(), /manual/i);
    assert.doesNotMatch(await chat.draftText(), /pet store/i);
    const edited = await chat.answerTexts();
    await chat.version(0, "previous");
    await chat.waitForMessage(0, first);
    assert.match(await chat.draftText(), /pet/i);
    await chat.version(0, "next");
    await chat.waitForMessage(0, changed);
    assert.deepEqual(await chat.answerTexts(), edited);
    await assertKept(chat, [changed]);
  });

  scenario("answers again when asked to", async (open) => {
    const chat = await answered(open);
    const old = await chat.lastAnswer.getAttribute("data-response");
    await chat.regenerate();
    await chat.page.waitForFunction((id) => document.querySelector(".answer")?.dataset.response !== id, old);
    await chat.waitForAnswer(1);
    await assertKept(chat, [first]);
  });

  scenario("is stopped in the middle of an answer, and goes on", async (open) => {
    const chat = await open();
    await chat.send(slowly);
    await chat.waitForRunning();
    await chat.stop();
    await chat.waitForAnswer(1);
    assert.equal(await chat.status(), "cancelled");
    await chat.send(second);
    await chat.waitForAnswer(2);
    assert.equal(await chat.status(), "completed");
    await assertKept(chat, [slowly, second]);
  });
});

/** Says all of it, and ends with a published post that is still there after a reload. */
async function finish(chat, said) {
  for (const [index, text] of said.entries()) {
    await chat.send(text);
    await chat.waitForAnswer(index + 1);
  }
  assert.match(await chat.draftText(), /pet/i);
  assert.match(await chat.fieldText("pay"), /4,000/);
  assert.match(await chat.draftText(), /850/);
  await chat.publish();
  await assertKept(chat, said);
  await chat.page.locator(".status.published").waitFor();
}
