// Settings, operators and webhooks of the console in Chromium. cmd/parley
// (TestSettingsConsole) starts a server and names it:
//
// PARLEY_URL             the server; its site "shop" has an endpoint that answers and one that is gone
// PARLEY_CONSOLE_TOKENS  one-time tokens of Noa, an admin, Ada, an admin of the shop, Vic, a viewer, and Ben, a reviewer
// PARLEY_SCREENSHOTS     where pictures go; none are taken without it

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./access.mjs";
import { launch } from "./page.mjs";

const url = process.env.PARLEY_URL;
const tokens = (process.env.PARLEY_CONSOLE_TOKENS ?? "").split(",");
const pictures = process.env.PARLEY_SCREENSHOTS;
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const settings = "/console/settings?site=shop";
const signedIn = {};
let browser;

before(async () => {
  assert.ok(url && tokens.length === 4, "PARLEY_URL and PARLEY_CONSOLE_TOKENS name a running server: `go test ./cmd/parley -run TestSettingsConsole` starts one");
  browser = await launch();
  for (const [at, who] of ["noa", "ada", "vic"].entries()) signedIn[who] = await enter(tokens[at]);
});
after(() => browser?.close());

async function enter(token) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(new URL("/console", url).href);
  await page.locator("#token").fill(token);
  await page.locator("#token").press("Enter");
  await page.locator(".places").waitFor({ state: "attached" });
  const kept = await context.storageState();
  await context.close();
  return kept;
}

/** A tab of somebody's; an error in its console fails the scenario. */
async function as(who, path, body, more = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: "en-GB", reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"], storageState: signedIn[who], ...more });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error" && !/Failed to load resource/.test(message.text())) errors.push(message.text()); });
  try {
    await page.goto(new URL(path, url).href);
    await page.locator('.settings[aria-busy="false"]').waitFor();
    await body(page);
    assert.deepEqual(errors, [], "errors in the console");
  } finally {
    await context.close();
  }
}

async function picture(page, name) {
  if (!pictures) return;
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${pictures}/${name}.png` });
}

const framed = (page) => page.frameLocator(".preview-frame iframe");
const status = (path) => fetch(new URL(path, url)).then((response) => response.status);

test("a look is chosen, seen at once, saved, and taken back", async () => {
  await as("ada", settings, async (page) => {
    await framed(page).locator("textarea").first().waitFor();
    await page.locator("#greeting").fill("Tell us about the job. <b>We listen.</b>");
    await framed(page).getByText("<b>We listen.</b>").waitFor();
    await page.locator("#accent").fill("#f5d90a");
    await page.getByText("is not enough for text").first().waitFor();
    await page.locator("#position").selectOption("left");
    await page.getByText("You have changes that are not saved.").waitFor();
    await assertAccessible(page, "look");
    await picture(page, "settings");

    // What is not saved waits while somebody looks elsewhere.
    await page.getByRole("link", { name: "Origins and keys" }).click();
    await page.getByRole("link", { name: "Look" }).click();
    assert.equal(await page.locator("#accent").inputValue(), "#f5d90a");

    await page.locator("#accent").fill("yellow");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("a colour is written as #rrggbb").waitFor();
    assert.equal(await page.locator("#accent").getAttribute("aria-invalid"), "true");
    await page.locator("#accent").fill("#8a3ffc");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".unsaved").waitFor({ state: "detached" });
    const { theme } = await fetch(new URL("/v1/site?site=shop", url)).then((response) => response.json());
    assert.deepEqual(theme, { accent: "#8a3ffc", position: "left" });

    await page.locator("#greeting").fill("Another one.");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".unsaved").waitFor({ state: "detached" });
    await page.getByRole("link", { name: "History" }).click();
    await page.getByText("saved the settings").first().waitFor();
    await assertAccessible(page, "history");
    await picture(page, "settings-history");
    await page.getByRole("button", { name: "Take up again" }).first().click();
    assert.equal(await page.locator("#greeting").inputValue(), "Tell us about the job. <b>We listen.</b>");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".unsaved").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    assert.equal(await page.evaluate(() => globalThis.navigator.clipboard.readText()), `<script async src="${new URL(url).origin}/widget.js" data-tenant="shop"></script>`);
  });
});

test("of two who save at once the second is asked", async () => {
  await as("ada", settings, async (page) => {
    await as("noa", settings, async (other) => {
      await other.locator("#locale").fill("es");
      await other.getByRole("button", { name: "Save" }).click();
      await other.locator(".unsaved").waitFor({ state: "detached" });
    });
    await page.locator("#locale").fill("fr");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Somebody else has saved these settings meanwhile").waitFor();
    await page.getByRole("button", { name: "Take theirs" }).click();
    assert.equal(await page.locator("#locale").inputValue(), "es");
    await page.locator("#locale").fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".unsaved").waitFor({ state: "detached" });
  });
});

test("an origin comes and goes", async () => {
  const frame = "/embed?site=shop&origin=https://blog.example";
  await as("ada", `${settings}&view=access`, async (page) => {
    const add = async (text) => {
      await page.locator("#origin").fill(text);
      await page.locator("#origin").press("Enter");
    };
    await add("https://*.example");
    await page.getByText("without a star").waitFor();
    await add("shop.example");
    await page.getByText("in the list already").waitFor();
    await add("Blog.example/some/page");
    assert.equal(await status(frame), 403);
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".unsaved").waitFor({ state: "detached" });
    assert.equal(await status(frame), 200);
    await page.getByRole("button", { name: "Remove https://blog.example" }).click();
    await page.getByText("open chats there end").waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".unsaved").waitFor({ state: "detached" });
    assert.equal(await status(frame), 403);
  });
});

test("keys are made, replaced and revoked", async () => {
  const counts = (key) => fetch(new URL("/v1/moderation/cases", url), { headers: { Authorization: `Bearer ${key}` } }).then((r) => r.ok);
  await as("ada", `${settings}&view=access`, async (page) => {
    const dialog = page.getByRole("dialog");
    const make = async (button, name) => {
      await page.getByRole("button", { name: button }).click();
      if (name) await page.locator("#key-name").fill(name);
      await page.locator("#key-name").press("Enter");
      await dialog.locator(".secret").waitFor();
      const secret = await dialog.locator(".secret").innerText();
      return secret.trim();
    };
    await page.getByRole("button", { name: "New API key" }).click();
    await page.locator("#key-name").press("Enter");
    await dialog.getByText("plain text of 1 to").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("#key-name").waitFor({ state: "detached" });
    const first = await make("New API key", "Order service");
    await assertAccessible(page, "a secret");
    await picture(page, "settings-secret");
    await dialog.getByRole("button", { name: "I have kept it" }).click();
    assert.ok(await counts(first));
    const second = await make("Replace Order service");
    await dialog.getByRole("button", { name: "I have kept it" }).click();
    assert.ok((await counts(first)) && (await counts(second)), "both count while one takes the place of the other");
    await make("New secret", "Rails app");
    await dialog.getByRole("button", { name: "I have kept it" }).click();
    await assertAccessible(page, "keys");
    await picture(page, "settings-keys");
    await page.locator("li", { hasText: "ends" }).getByRole("button", { name: "Revoke" }).click();
    await dialog.getByText("refused at once").waitFor();
    await dialog.getByRole("button", { name: "Revoke" }).click();
    await page.getByText(/ended/).first().waitFor();
    assert.ok(!(await counts(first)) && (await counts(second)));
  });
});

test("moderation's thresholds", async () => {
  await as("ada", `${settings}&view=moderation`, async (page) => {
    const field = page.getByLabel("Scam: Hold");
    await field.fill("0.2");
    await page.getByLabel("Scam: Review").fill("0.9");
    await page.getByLabel("Scam: Review").blur();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("review must not be above hold").waitFor();
    await page.getByLabel("Scam: Review").fill("");
    await page.locator("#hours").fill("12");
    await page.locator("#hours").blur();
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".unsaved").waitFor({ state: "detached" });
    await page.reload();
    await field.waitFor();
    assert.equal(await field.inputValue(), "0.2");
    await assertAccessible(page, "moderation");
    await picture(page, "settings-moderation");
  });
});

test("operators come, change and go", async () => {
  await as("ada", "/console/operators?site=shop", async (page) => {
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Add an operator" }).click();
    await page.locator("#op-name").fill("Eve Holm");
    await page.locator("#op-role").selectOption("reviewer");
    await dialog.getByRole("button", { name: "Add" }).click();
    await dialog.getByText("Choose at least one site").waitFor();
    await dialog.getByLabel("shop").check();
    await dialog.getByRole("button", { name: "Add" }).click();
    await dialog.locator(".secret").waitFor();
    const token = (await dialog.locator(".secret").innerText()).trim();
    await dialog.getByRole("button", { name: "I have kept it" }).click();
    signedIn.eve = await enter(token);
    await assertAccessible(page, "operators");
    await picture(page, "operators");
    await page.getByRole("button", { name: "Change Eve Holm" }).click();
    await page.locator("#op-role").selectOption("viewer");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.locator("li", { hasText: "Eve Holm" }).getByText("Viewer").waitFor();
    await page.getByRole("button", { name: "Revoke Eve Holm" }).click();
    await assertAccessible(page, "confirmation");
    await dialog.getByRole("button", { name: "Revoke" }).click();
    await page.getByText("1 who was revoked").waitFor();
    assert.equal(await page.getByRole("button", { name: /Noa/ }).count(), 0, "who sees other sites is not theirs to change");
  });
});

test("webhooks are tested, and what was given up is sent again", async () => {
  await as("ada", "/console/webhooks?site=shop", async (page) => {
    await page.locator("#endpoints-title").waitFor();
    await page.locator(".keys-list li", { hasText: "/events" }).getByRole("button", { name: "Send a test" }).click();
    await page.locator(".deliveries .state-delivered").waitFor();
    await page.locator(".keys-list li", { hasText: "/gone" }).getByRole("button", { name: "Send a test" }).click();
    await page.locator(".deliveries .state-dead").waitFor();
    await page.getByText("1 dead letter").waitFor();
    await assertAccessible(page, "webhooks");
    await picture(page, "webhooks");
    await page.getByRole("link", { name: "1 dead letter" }).click();
    await page.locator(".delivery").first().click();
    await page.getByText("Nothing has happened.").waitFor();
    await assertAccessible(page, "an event");
    await picture(page, "webhooks-event");
    await page.getByRole("button", { name: "Send again" }).click();
    await page.getByRole("dialog").getByText("status 410").waitFor();
    await page.keyboard.press("Escape");
    await page.waitForURL((to) => !to.searchParams.has("event"));
  });
});

test("a viewer looks and changes nothing", async () => {
  await as("vic", settings, async (page) => {
    await page.getByText("Only admins change them.").waitFor();
    assert.ok(await page.locator("#accent").isDisabled());
    await page.getByRole("link", { name: "Origins and keys" }).click();
    await page.locator("#api-title").waitFor();
    assert.equal(await page.getByRole("button", { name: /New|Replace|Revoke|Remove/ }).count(), 0);
    await page.getByRole("link", { name: "Moderation", exact: true }).last().click();
    await page.getByLabel("Scam: Hold").waitFor();
    assert.ok(await page.getByLabel("Scam: Hold").isDisabled());
    assert.equal(await page.getByRole("link", { name: "Operators" }).count(), 0);
    await assertAccessible(page, "as a viewer");
  });
  await as("vic", "/console/webhooks?site=shop", async (page) => {
    await page.locator("#endpoints-title").waitFor();
    assert.ok(!(await page.locator(".keys-list").innerText()).includes("/events"), "addresses may hold secrets");
    assert.equal(await page.getByRole("button", { name: /Send/ }).count(), 0);
  });
});

test("phone, dark and Spanish", async () => {
  const pages = { settings, "settings-keys": `${settings}&view=access`, "settings-moderation": `${settings}&view=moderation`, operators: "/console/operators?site=shop", webhooks: "/console/webhooks?site=shop" };
  for (const [name, path] of Object.entries(pages)) {
    await as("ada", path, async (page) => {
      await page.waitForLoadState("networkidle");
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= globalThis.innerWidth), `${name}: nothing is wider than the screen`);
      await assertAccessible(page, `${name} on a phone`);
      await picture(page, `phone-${name}`);
    }, phone);
    await as("ada", path, async (page) => {
      await page.waitForLoadState("networkidle");
      await assertAccessible(page, `${name} in the dark`);
      await picture(page, `${name}-dark`);
    }, { colorScheme: "dark", locale: "es-ES" });
  }
});
