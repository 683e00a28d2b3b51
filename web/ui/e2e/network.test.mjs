import assert from "node:assert/strict";
import { exec } from "node:child_process";
import { describe } from "node:test";
import { promisify } from "node:util";
import { answered, assertKept, scenario, second, slowly, first, together } from "./scenario.mjs";

describe("nothing is lost or doubled", together, () => {
  scenario("by a reload in the middle of an answer", async (open) => {
    const chat = await open();
    await chat.send(slowly);
    await chat.waitForRunning();
    await chat.page.reload();
    await chat.waitForAnswer(1);
    assert.equal(await chat.status(), "completed");
    await assertKept(chat, [slowly]);
  });

  scenario("between two tabs", async (open) => {
    const chat = await answered(open);
    const other = await open(`/#s=${chat.sessionId()}`);
    await other.waitForAnswer(1);
    await other.send(second);
    await Promise.all([chat.waitForAnswer(2), other.waitForAnswer(2)]);
    assert.deepEqual(await chat.answerTexts(), await other.answerTexts());
    await other.editText("title", "Shop for Rex and friends");
    await chat.page.getByRole("heading", { name: /Shop for Rex and friends/ }).waitFor();
    await assertKept(chat, [first, second]);
  });

  scenario("when the network is cut and comes back", async (open, context) => {
    const chat = await open();
    await chat.send(slowly);
    await chat.waitForRunning();
    await context.setOffline(true);
    await chat.waitForLink("waiting");
    await chat.send(second);
    await chat.unsent.getByText("Not sent yet").waitFor();
    assert.match(await chat.linkText(), /kept/);
    await context.setOffline(false);
    await chat.waitForAnswer(2);
    assert.equal(await chat.linkText(), "");
    await assertKept(chat, [slowly, second]);
  });

  scenario("when a message is written offline and the page is opened anew", async (open, context) => {
    const chat = await answered(open);
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

  scenario("where the network lets no WebSocket through", async (open, context) => {
    await context.addInitScript(() => {
      window.WebSocket = class {
        constructor() { setTimeout(() => this.onclose?.({ code: 1006 }), 1); }
        close() {}
      };
    });
    const chat = await answered(open);
    await chat.editText("title", "Without a socket");
    await chat.send(second);
    await chat.waitForAnswer(2);
    assert.match(await chat.fieldText("title"), /Without a socket/);
    await assertKept(chat, [first, second]);
  });
});

// By itself: all connections of the server break.
describe("nothing is lost or doubled", () => {
  scenario("when the server restarts in the middle of an answer", async (open) => {
    const chat = await answered(open);
    await chat.send(slowly);
    await chat.waitForRunning();
    await promisify(exec)(process.env.PARLEY_RESTART_CMD);
    await chat.waitForAnswer(2);
    await chat.send("4 to 6 weeks");
    await chat.waitForAnswer(3);
    await assertKept(chat, [first, slowly, "4 to 6 weeks"]);
  });
});
