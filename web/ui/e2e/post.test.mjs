import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe } from "node:test";
import { answered, first, scenario, together } from "./scenario.mjs";

describe("the post", together, () => {
  scenario("is edited in place, and the edit survives the next turn", async (open) => {
    const chat = await answered(open);
    await chat.editText("title", "A shop for cats only");
    await chat.page.getByRole("heading", { name: /A shop for cats only/ }).waitFor();
    await chat.edit("pay");
    await chat.page.keyboard.press("Escape");
    await chat.page.locator('[data-field="pay"] form').waitFor({ state: "detached" });
    await chat.send("4 to 6 weeks");
    await chat.waitForAnswer(2);
    assert.match(await chat.fieldText("title"), /A shop for cats only/);
  });

  scenario("keeps a person's text when somebody else changed the same part", async (open) => {
    const chat = await answered(open);
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

  scenario("takes a suggestion in, and leaves another out for good", async (open) => {
    const chat = await answered(open);
    const rows = chat.page.locator("[data-suggestion]");
    await rows.nth(1).waitFor();
    const [taken, left] = [await rows.nth(0).getAttribute("data-suggestion"), await rows.nth(1).getAttribute("data-suggestion")];
    const row = (id) => chat.page.locator(`[data-suggestion="${id}"]`);
    const text = await row(taken).locator("p span").textContent();
    await row(taken).getByRole("button", { name: /^Add/ }).click();
    await row(taken).waitFor({ state: "detached" });
    assert.ok((await chat.page.locator("section.draft").textContent()).includes(text.replace(/ as an? .*/, "")), `“${text}” is in the post`);
    await row(left).getByRole("button", { name: /^Dismiss/ }).click();
    await row(left).waitFor({ state: "detached" });
    await chat.page.reload();
    await chat.waitForAnswer(1);
    assert.equal(await row(taken).count() + await row(left).count(), 0);
  });

  scenario("is downloaded as Markdown and JSON", async (open) => {
    const chat = await answered(open);
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

describe("conversations", together, () => {
  scenario("are listed, renamed, come back to and deleted", async (open) => {
    const chat = await answered(open);
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
    // The socket may tell of it before the request is answered, which closes the list.
    await chat.page.locator(".sessions").waitFor({ state: "hidden" });
    await chat.openSessions();
    assert.equal(await chat.page.locator(".session", { hasText: "The pet shop" }).count(), 0);
  });

  scenario("beyond the first fifty are a tap away", async (open) => {
    const chat = await answered(open);
    await chat.page.evaluate(async () => {
      const headers = { Authorization: `Bearer ${localStorage.getItem("parley.token")}`, "Content-Type": "application/json" };
      for (let made = 0; made < 51; made++) await fetch("/v1/sessions", { method: "POST", headers, body: "{}" });
    });
    await chat.openSessions();
    const rows = chat.page.locator(".session");
    await rows.nth(49).waitFor();
    assert.equal(await rows.count(), 50);
    await chat.page.getByRole("button", { name: "Show older ones" }).click();
    await rows.nth(51).waitFor();
    assert.equal(await rows.count(), 52);
    await rows.last().click();
    await chat.waitForAnswer(1);
  });

  scenario("that do not exist are said not to", async (open) => {
    await answered(open);
    const other = await open("/#s=s_0000000000000000000000");
    await other.waitForLink("refused");
    assert.match(await other.linkText(), /does not exist/);
  });
});
