// What operators do with conversations, in a real browser. See console-talks.mjs.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./access.mjs";
import { Talks, path, signIn, write } from "./console-talks.mjs";
import { launch } from "./page.mjs";

let browser;
let rita;
let noa;

before(async () => {
  browser = await launch();
  rita = await signIn(browser, "rita");
  noa = await signIn(browser, "noa");
});
after(() => browser?.close());

async function within(kept, options, run) {
  const t = await Talks.open(browser, kept, options);
  try {
    await run(t);
    assert.deepEqual(t.errors, []);
  } finally {
    await t.close();
  }
}

test("a conversation is found by keyboard, and an answer's trace is read", () => within(rita, {}, async (t) => {
  assert.equal(await t.rows.count(), 7);
  await t.press("j", "j", "k", "Enter");
  await t.answers.first().waitFor();
  assert.match(t.page.url(), /\/console\/sessions\/[0-9a-f]+\?site=default$/);
  await t.answers.last().locator(".trace-button").click();
  const table = t.page.locator(".waterfall");
  await table.waitFor();
  const parts = await table.locator("tbody th").allInnerTexts();
  assert.deepEqual(parts.map((p) => p.split(" ")[0]), ["Screen", "Route", "Understand", "Decide", "Say", "reply", "reply"]);
  assert.match(await t.page.locator(".figures-line").innerText(), /Shortlist[\s\S]*\$0\.000/);
  assert.match(await t.page.locator(".trace").innerText(), /parley replay [0-9a-f-]+ --tenant default/);

  await t.tab("overview").focus();
  await t.press("ArrowRight", "ArrowRight");
  assert.equal(await t.tab("models").getAttribute("aria-selected"), "true");
  const calls = t.page.locator(".call-card");
  assert.match(await calls.nth(0).innerText(), /Failed\s+unavailable[\s\S]*llama-3\.1-8b-parley at vllm/);
  assert.match(await calls.nth(1).innerText(), /Answered[\s\S]*gpt-4o-mini at backup[\s\S]*shortlist\/reply\.v1 sha256 [0-9a-f]{12}[\s\S]*1 dropped/);
  await t.tab("grounding").click();
  assert.match(await t.page.locator(".dropped").innerText(), /discount of 40 percent\.\s+No source says/);
  await t.tab("evidence").click();
  assert.ok(await t.page.locator(".evidence-of li").count() > 0);
  await t.tab("moderation").click();
  assert.match(await t.page.locator("#trace-panel").innerText(), /Deliver/);

  const deep = t.page.url();
  await t.goto(deep);
  await t.page.locator(".waterfall, .pairs").first().waitFor();
  assert.equal(t.page.url(), deep);
  await t.press("Escape");
  await t.page.locator(".trace").waitFor({ state: "detached" });
  await t.press("Escape");
  await t.page.locator(".talk").waitFor({ state: "detached" });
}));

test("words are searched for, and what was found stands out", () => within(rita, {}, async (t) => {
  await t.press("/");
  await t.page.keyboard.type("lisbon wordpr");
  await t.press("Enter");
  await t.page.waitForURL(/text=lisbon/);
  await t.page.locator(".row-text b").first().waitFor();
  assert.equal(await t.rows.count(), 1);
  assert.ok((await t.page.locator(".row-text b").allInnerTexts()).some((text) => /^WordPress$/.test(text)));
  await t.page.getByRole("searchbox").fill("");
  await t.page.waitForURL((to) => !to.searchParams.has("text"));
  await t.page.getByRole("button", { name: "Filters" }).click();
  await t.page.locator('select[name="workflow"]').selectOption("shortlist");
  await t.page.waitForURL(/workflow=shortlist/);
  await t.page.waitForFunction(() => globalThis.document.querySelectorAll(".row").length === 1);
}));

test("what happens is seen while it happens", () => within(rita, {}, async (t) => {
  await t.page.locator('.live[data-on="true"]').waitFor();
  await write("A violin teacher for our daughter, one hour a week");
  await t.row("violin").waitFor();
}));

test("texts of strangers stay texts", () => within(rita, {}, async (t) => {
  await t.trace("handbook");
  assert.notEqual(await t.page.title(), "owned");
  assert.equal(await t.page.locator(".talk img, .trace img").count(), 0);
  assert.equal(await t.page.locator(".asked .unseen").first().innerText(), "RLO");
  assert.match(await t.page.locator(".talk").innerText(), /maria\.lopez@example\.org/);
}));

test("a lowered role ends the live stream at once, and masks what is seen", async () => {
  const lena = await signIn(browser, "lena");
  const remy = await signIn(browser, "remy");
  await within(noa, {}, (admin) => within(lena, {}, (lowered) => within(remy, {}, async (revoked) => {
    for (const t of [lowered, revoked]) await t.page.locator('.live[data-on="true"]').waitFor();
    await lowered.row("handbook").click();
    await lowered.page.getByText("maria.lopez@example.org").first().waitFor();
    const change = (name, method, body) => admin.page.evaluate(async ([who, verb, content]) => {
      const headers = { "X-Parley-Console": "1", "Content-Type": "application/json" };
      const { operators } = await (await fetch("/v1/console/operators")).json();
      const response = await fetch(`/v1/console/operators/${operators.find((o) => o.name === who).id}`, { method: verb, headers, body: content && JSON.stringify(content) });
      return response.status;
    }, [name, method, body]);
    assert.ok(await change("Lena Lowered", "PATCH", { role: "viewer", sites: [] }) < 300);
    await lowered.page.getByText("[email]").first().waitFor();
    assert.equal(await lowered.page.getByText("maria.lopez@example.org").count(), 0);
    assert.ok(await change("Remy Revoked", "DELETE") < 300);
    await revoked.page.locator("#token").waitFor();
  })));
});

test("an admin sees who looked", () => within(noa, {}, async (t) => {
  await t.row("handbook").click();
  await t.page.getByText("Who looked at this").click();
  await t.page.locator(".looked li").first().waitFor();
  assert.match(await t.page.locator(".looked").innerText(), /Rita Okafor/);
}));

for (const colorScheme of ["light", "dark"]) {
  test(`nothing is in anybody's way, ${colorScheme}`, () => within(noa, { colorScheme }, async (t) => {
    await assertAccessible(t.page, "conversations");
    await t.trace("Shortlist");
    for (const name of ["overview", "evidence", "models", "grounding", "moderation", "raw"]) {
      await t.tab(name).click();
      await assertAccessible(t.page, `trace: ${name}`);
    }
  }));
}

test("on a phone, and in Spanish", () => within(rita, { viewport: { width: 360, height: 740 }, locale: "es-ES" }, async (t) => {
  const fits = () => t.page.evaluate(() => document.documentElement.scrollWidth <= globalThis.innerWidth);
  assert.ok(await fits());
  await t.trace("Shortlist");
  assert.ok(await fits());
  await assertAccessible(t.page, "trace on a phone");
  assert.match(await t.page.locator(".trace").innerText(), /En qué se fue el tiempo/);
  await t.page.locator(".trace .back").click();
  await t.page.locator(".talk .back").click();
  await t.row("Shortlist").waitFor();
  assert.equal(new URL(t.page.url()).pathname, new URL(path, "http://x").pathname);
}));
