// The demo's site in a browser: from /demo on Parley's origin to a job page on the
// site's own, and back into the conversation. cmd/parley (TestDemoSiteInABrowser)
// starts the server; with PARLEY_SCREENSHOTS the pictures are taken too.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { assertAccessible } from "./access.mjs";
import { launch } from "./page.mjs";

const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const looks = [["", wide, "light"], ["-dark", wide, "dark"], ["-phone", phone, "light"], ["-phone-dark", phone, "dark"]];
const folder = process.env.PARLEY_SCREENSHOTS;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** A tab that came to the site through Parley's /demo. Faults in its console are collected. */
async function arrive(options = {}) {
  const context = await browser.newContext({ viewport: wide, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/net::ERR|Failed to load resource/.test(message.text()) && errors.push(message.text()));
  await page.goto(new URL("/demo", process.env.PARLEY_URL).href);
  return { context, page, errors };
}

async function logIn(page, name) {
  await page.getByRole("link", { name: "Log in" }).click();
  await page.getByRole("button", { name }).click();
  await page.locator(".who").waitFor();
}

/** The widget's frame, once the chat in it can be used. */
async function chat(page) {
  let frame;
  for (let tries = 0; !frame && tries < 200; tries++) {
    frame = page.frames().find((one) => new URL(one.url(), "http://none").pathname === "/embed");
    if (!frame) await page.waitForTimeout(50);
  }
  assert.ok(frame, "no frame");
  await frame.locator("#composer").waitFor();
  return frame;
}

async function answered(frame, count) {
  await frame.waitForFunction((n) => {
    const answers = [...document.querySelectorAll(".answer")];
    return answers.length >= n && answers.every((a) => a.dataset.status !== "running");
  }, count);
}

async function showDraft(frame, shown = true) {
  const tab = frame.locator(".tabs button").nth(shown ? 1 : 0);
  await tab.waitFor();
  await tab.click();
}

/** Ines writes a post with the assistant and publishes it; returns the page that the site made of it. */
async function publish(page) {
  await page.goto(new URL("/post", page.url()).href);
  await page.getByRole("button", { name: "A logo and a sign for a chandlery" }).click();
  const frame = await chat(page);
  await frame.waitForFunction(() => document.querySelector("#composer").value.includes("chandlery"));
  await frame.locator("#composer").press("Enter");
  await answered(frame, 1);
  await showDraft(frame);
  await frame.locator(".publish").click();
  await frame.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  const link = frame.locator('.status.published a[target="_blank"]');
  await link.waitFor();
  return link.getAttribute("href");
}

test("a post is written in the widget, published, and stands on the site", async () => {
  const { context, page, errors } = await arrive();
  assert.notEqual(new URL(page.url()).origin, new URL(process.env.PARLEY_URL).origin);
  await assertAccessible(page, "demo's first");
  await logIn(page, "Ines Okafor");
  const address = await publish(page);
  assert.ok(address.startsWith(`${new URL(page.url()).origin}/jobs/`), address);

  const [job] = await Promise.all([context.waitForEvent("page"), page.frames().find((f) => f.url().includes("/embed")).locator('.status.published a[target="_blank"]').click()]);
  await job.locator("h1").waitFor();
  assert.equal(job.url(), address);
  assert.match(await job.locator(".panel .pay").innerText(), /EUR 900/);
  await assertAccessible(job, "job's");
  await job.close();

  await page.goto(new URL("/received", page.url()).href);
  assert.match(await page.locator(".events .card").first().innerText(), /Signature verified[^]*\/jobs\//);
  await assertAccessible(page, "received");

  // Logged out, nothing of her is left: neither here nor in a new visit to the widget.
  await page.locator("button[aria-expanded]").click();
  await chat(page);
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("link", { name: "Log in" }).waitFor();
  assert.equal((await context.request.get(new URL("/parley-token", page.url()).href)).status(), 401);
  await page.locator("button[aria-expanded]").click();
  const stranger = await chat(page);
  assert.equal(await stranger.locator(".message").count(), 0);
  await stranger.locator(".conversations > button").click();
  await stranger.locator(".sessions").waitFor();
  assert.doesNotMatch(await stranger.locator("body").innerText(), /chandlery/i);
  assert.deepEqual(errors, []);
  await context.close();
});

test("what was received comes by itself, and a freelancer gets help with the job of the page", async () => {
  const watching = await arrive();
  await watching.page.goto(new URL("/received", watching.page.url()).href);
  const before = await watching.page.locator(".events .card").count();
  const ines = await arrive();
  await logIn(ines.page, "Ines Okafor");
  const address = await publish(ines.page);
  await watching.page.locator(".events .card").nth(before).waitFor();
  assert.equal(await watching.page.locator(".events a").first().getAttribute("href"), address);

  const rui = await arrive({ viewport: phone });
  await logIn(rui.page, "Rui Valente");
  await rui.page.goto(address);
  const title = await rui.page.locator("h1").innerText();
  await rui.page.getByRole("button", { name: "Help me apply" }).click();
  const frame = await chat(rui.page);
  await frame.waitForFunction(() => document.querySelector("#composer").value !== "");
  await frame.locator("#composer").press("Enter");
  await answered(frame, 1);
  await frame.waitForFunction((words) => document.body.textContent.toLowerCase().includes(words), title.toLowerCase());
  assert.deepEqual([...watching.errors, ...ines.errors, ...rui.errors], []);
  for (const { context } of [watching, ines, rui]) await context.close();
});

test("every page can be used by everybody", async () => {
  const { context, page, errors } = await arrive();
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of ["/", "/post", "/login", "/received", "/people/u-1002", "/jobs/post-design-01", "/jobs/none"]) {
      await page.setViewportSize(wide);
      await page.goto(new URL(path, page.url()).href);
      await page.locator("h1").waitFor();
      await assertAccessible(page, `${scheme} ${path}`);
      await page.setViewportSize({ width: 320, height: 640 });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, `${path} is wider than a small phone`);
    }
  }
  assert.deepEqual(errors, []);
  await context.close();
});

test("pictures", { skip: !folder }, async () => {
  await mkdir(folder, { recursive: true });
  const { context, page } = await arrive();
  await logIn(page, "Ines Okafor");
  const address = await publish(page);
  const kept = await context.storageState();
  await context.close();
  for (const [suffix, viewport, colorScheme] of looks) {
    const shown = await arrive({ viewport, colorScheme, storageState: kept });
    for (const [name, path] of [["home", "/"], ["job", address], ["received", "/received"]]) {
      await shown.page.goto(new URL(path, shown.page.url()).href);
      await shown.page.locator("button[aria-expanded]").waitFor();
      await shown.page.screenshot({ path: `${folder}/demo-${name}${suffix}.png` });
    }
    await shown.context.close();
  }
});
