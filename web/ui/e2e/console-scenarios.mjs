// The review queue in Chromium: what reviewers do all day, and what may come between.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible } from "./access.mjs";
import { ConsolePage, signIn, site, tokens, url } from "./console.mjs";
import { fill, messages } from "./console-cases.mjs";
import { launch } from "./page.mjs";

const folder = process.env.PARLEY_FAILED;
let browser;
let cases;
const signedIn = {};
before(async () => {
  assert.ok(url && tokens.noa, "PARLEY_URL and PARLEY_CONSOLE_TOKENS must name a running server: `go test ./cmd/parley -run TestConsole` starts one");
  browser = await launch();
  cases = await fill(site);
  for (const who of ["ada", "ben", "vic"]) signedIn[who] = await signIn(browser, who);
});
after(() => browser?.close());

/** Runs a scenario with a tab for each of these people; an error in a console fails it. */
function scenario(name, people, body, settings = {}) {
  test(name, { timeout: 90_000 }, async () => {
    const pages = [];
    try {
      for (const who of people) {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", storageState: signedIn[who], ...settings });
        context.setDefaultTimeout(15_000);
        pages.push(new ConsolePage(await context.newPage()));
      }
      await body(...pages);
      for (const page of pages) assert.deepEqual(page.errors, [], "errors in the console");
    } catch (error) {
      if (folder) for (const [at, page] of pages.entries()) await page.page.screenshot({ path: `${folder}/${name.replace(/\W+/g, "-")}-${at}.png` });
      throw error;
    } finally {
      for (const page of pages) await page.page.context().close();
    }
  });
}

let made = 0;
/** Three cases of their own, found by a word; the newest comes first. */
async function three(text = "") {
  const word = `quince${made++}`;
  const ids = [];
  for (const n of [3, 2, 1]) ids.unshift(await site.message(`${word}-${n}`, `${text} Mail number ${n} to ${word}@example.com, please.`));
  return { word, ids, path: `/console/moderation?text=${word}` };
}

async function decisionOf(id) {
  const { case: c, history } = await site.case(id);
  return { status: c.status, decision: c.verdict.decision, labels: c.verdict.labels, note: history.at(-1).note ?? "", assignee: c.assignee ?? "" };
}

async function decided(id, status = "decided") {
  for (let tries = 0; tries < 100; tries++) {
    const found = await decisionOf(id);
    if (found.status === status) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the case is not ${status}: ${JSON.stringify(await decisionOf(id))}`);
}

describe("the console", { concurrency: 3 }, () => {
  scenario("a token signs in once; signing out ends it; several sites can be chosen", [undefined], async (c) => {
    await c.page.goto(new URL("/console", url).href);
    await c.page.locator("#token").fill("WRONGTOKENWRONGTOKENWRONGT");
    await c.page.locator("#token").press("Enter");
    assert.match(await c.page.locator('[role="alert"]').innerText(), /not valid/);
    await c.page.locator("#token").fill(tokens.noa);
    await c.page.getByRole("button", { name: "Sign in" }).click();
    await c.page.waitForURL(/\/console\/moderation/);
    await c.page.locator(".site-choice select").selectOption("shop");
    await c.row(cases["msg-4417"]).waitFor();
    await c.page.locator(".site-choice select").selectOption("other");
    await c.page.getByText("All caught up").waitFor();
    await c.page.getByRole("button", { name: "Noa Levi" }).click();
    assert.match(await c.page.locator(".account-panel").innerText(), /noa@parley\.example · Admin/);
    await c.page.getByRole("button", { name: "Sign out" }).click();
    await c.page.locator("#token").fill(tokens.noa);
    await c.page.locator("#token").press("Enter");
    assert.match(await c.page.locator('[role="alert"]').innerText(), /not valid/);
  });

  scenario("an identity provider is offered where there is one, and what it refuses is explained", [undefined], async (c) => {
    await c.page.goto(new URL("/console?error=stranger", url).href);
    assert.match(await c.page.locator('[role="alert"]').innerText(), /nobody has made you an operator/);
    assert.equal(await c.page.locator(".provider").count(), 0);
    await c.page.route("**/v1/console/oidc/start", (route) => route.fulfill({ status: 503, json: { code: "unavailable" } }));
    await c.page.goto(new URL("/console?error=unavailable", url).href);
    assert.equal(await c.page.getByRole("link", { name: "Sign in with your organisation" }).getAttribute("href"), "/v1/console/oidc/start");
    assert.match(await c.page.locator('[role="alert"]').innerText(), /cannot be reached/);
  });

  scenario("filters choose cases, stand in the address, and can be cleared", ["vic"], async (c) => {
    await c.goto();
    const all = await c.rows.count();
    await c.page.getByRole("button", { name: "Filters" }).click();
    await c.page.locator('select[name="label"]').selectOption("discrimination");
    await c.page.waitForURL(/label=discrimination/);
    await c.page.waitForFunction((n) => document.querySelectorAll(".row").length < n, all);
    for (const labels of await c.page.locator(".row-foot").allInnerTexts()) assert.match(labels, /Discrimination/);
    await c.page.goBack();
    await c.page.waitForFunction((n) => document.querySelectorAll(".row").length >= n, Math.min(all, 11));
    await c.press("/");
    await c.page.keyboard.type("bakery birthday nothing");
    await c.press("Enter");
    await c.page.getByText("No case passes these filters.").waitFor();
    await c.page.locator(".nothing button").click();
    await c.rows.first().waitFor();
    await c.page.getByRole("link", { name: /^Decided/ }).click();
    await c.page.waitForURL(/status=decided/);
    await c.rows.first().waitFor();
    await c.page.getByRole("button", { name: "Show more" }).click();
    await c.page.waitForFunction(() => document.querySelectorAll(".row").length > 50);
    await c.goto("/console/moderation?status=waiting&oldest=true");
    const times = await c.page.locator(".row time").evaluateAll((list) => list.map((time) => time.dateTime));
    assert.deepEqual(times, [...times].sort());
  });

  scenario("a case shows its thread, what marked it, why, and the policy", ["ada"], async (c) => {
    await c.goto(`/console/moderation?case=${cases["msg-4417"]}`);
    await c.opened(cases["msg-4417"]);
    assert.equal(await c.page.locator(".thread li").count(), 3);
    assert.equal(await c.said.innerText(), messages[0].text);
    const marks = await c.said.locator("mark.by-rule").allInnerTexts();
    assert.ok(marks.some((mark) => mark.includes("+44 7700 900123")), `marked: ${marks}`);
    assert.match(await c.page.locator(".reasons").innerText(), /contact\.phone@\d/);
    assert.equal(await c.page.locator(".scores li").count(), 10);
    assert.match(await c.page.locator(".history").innerText(), /Came in/);
    await c.page.locator(".quote").first().click();
    await c.page.locator(".notice summary").click();
    assert.match(await c.page.locator(".notice").innerText(), /appeal/);
    await c.press("p");
    await c.page.locator(".drawer article h3").first().waitFor();
    await c.press("Escape");
    await c.page.locator(".drawer").waitFor({ state: "detached" });
  });

  scenario("keys decide: labels, a note, block, deliver, and what is next opens by itself", ["ada"], async (c) => {
    const { ids, path } = await three();
    await c.goto(path);
    await c.press("j");
    await c.opened(ids[0]);
    await c.page.locator(".label-choice").waitFor();
    const chosen = c.page.locator('.label-choice [aria-pressed="true"]');
    for (const label of await chosen.all()) await label.click();
    await c.press("b");
    assert.match(await c.toast.innerText(), /Choose the policy/);
    await c.page.locator(".case-bar h2").click();
    await c.press("2", "5", "n");
    await c.page.keyboard.type("Asks for a mail, d and b are letters here");
    await c.press("Escape", "b");
    await c.opened(ids[1]);
    assert.equal(await c.page.locator(".toasts [role=status]").textContent(), "Blocked: Contact exchange, Spam");
    assert.deepEqual(await decided(ids[0]), { status: "decided", decision: "block", labels: ["contact_exchange", "spam"], note: "Asks for a mail, d and b are letters here", assignee: "" });
    await c.press("h");
    await c.opened(ids[2]);
    await c.press("d");
    await c.opened(ids[1]);
    assert.equal((await decided(ids[2])).decision, "deliver");
    await c.press("a");
    await c.page.locator(".case-bar .assignee").waitFor();
    assert.match((await decisionOf(ids[1])).assignee, /\w+/);
    await c.press("d");
    await c.page.getByText("No case passes these filters.").waitFor();
  });

  scenario("a decision can be undone, from the toast and later from the case", ["ada"], async (c) => {
    const { ids, path } = await three();
    await c.goto(path);
    await c.open(ids[0]);
    await c.press("d");
    await c.opened(ids[1]);
    await c.row(ids[0]).waitFor({ state: "detached" });
    await c.press("u");
    await c.opened(ids[0]);
    assert.equal((await decided(ids[0], "waiting")).status, "waiting");
    assert.deepEqual(await c.rows.evaluateAll((rows) => rows.map((row) => row.dataset.case)), ids, "it stands where it stood");
    await c.press("d");
    await c.opened(ids[1]);
    await decided(ids[0]);
    await c.page.getByRole("link", { name: /^Decided/ }).click();
    await c.page.waitForURL(/status=decided/);
    await c.open(ids[0]);
    await c.page.locator(".toast").getByLabel("Close").click();
    await c.page.locator(".decision").getByRole("button", { name: "Undo" }).click();
    assert.equal((await decided(ids[0], "waiting")).status, "waiting");
  });

  scenario("two reviewers decide the same case: the second sees what the first did and loses nothing", ["ada", "ben"], async (ada, ben) => {
    const { ids, path } = await three();
    await ada.goto(path);
    await ben.goto(path);
    await ada.open(ids[0]);
    await ben.open(ids[0]);
    await ben.press("n");
    await ben.page.keyboard.type("Ben's own words");
    await ben.press("Escape", "6");
    await ada.press("d");
    await decided(ids[0]);
    await ben.press("b");
    const notice = ben.page.locator(".callout.conflict");
    await notice.waitFor();
    assert.match(await notice.innerText(), /Somebody was first[\s\S]*Ada Obi · Delivered/);
    assert.equal(await ben.page.locator("#case-note").inputValue(), "Ben's own words");
    assert.ok(await ben.page.locator(".label-choice button", { hasText: "Job seeking" }).evaluate((b) => b.getAttribute("aria-pressed") === "true"));
    assert.equal((await decisionOf(ids[0])).decision, "deliver", "the first decision stands");
    await ben.press("b"); // now knowing it
    for (let tries = 0; (await decisionOf(ids[0])).decision !== "block"; tries++) {
      assert.ok(tries < 100, "Ben's decision does not arrive");
      await ben.page.waitForTimeout(50);
    }
    assert.equal((await decisionOf(ids[0])).note, "Ben's own words");
  });

  scenario("what comes in moves nothing, and what others decide is marked", ["ada"], async (c) => {
    const { word, ids, path } = await three();
    await c.goto(path);
    await c.open(ids[1]);
    const newest = await site.message(`${word}-late`, `A late one for ${word}@example.com`);
    await site.decide(ids[2], "deliver");
    await c.look();
    assert.match(await c.page.locator(".news").innerText(), /1 new case/);
    assert.deepEqual(await c.rows.evaluateAll((rows) => rows.map((row) => row.dataset.case)), ids);
    assert.match(await c.row(ids[2]).innerText(), /Decided meanwhile/);
    await c.page.locator(".news button").click();
    await c.row(newest).waitFor();
    await c.row(ids[2]).waitFor({ state: "detached" });
  });

  scenario("an appeal is read and followed", ["ben"], async (c) => {
    const id = await site.message("plum-1", "The number for the plum farm's footer is 555 0177.");
    await site.decide(id, "block", ["contact_exchange"], "A number");
    await site.appeal("plum-1", "It is <b>printed</b> on the page.");
    await c.goto("/console/moderation?status=appeals&text=plum");
    await c.open(id);
    assert.match(await c.page.locator(".callout.appeal").innerText(), /The sender appeals[\s\S]*It is <b>printed<\/b> on the page\./);
    assert.match(await c.page.locator(".history").innerText(), /The site, by API decided/);
    await c.press("d");
    assert.equal((await decided(id)).decision, "deliver");
  });

  scenario("a viewer reads, and nothing else", ["vic"], async (c) => {
    const { ids, path } = await three();
    await c.goto(path);
    await c.open(ids[0]);
    assert.equal(await c.page.locator(".decision").count(), 0);
    assert.match(await c.page.locator(".read-only").innerText(), /needs the role/);
    await c.press("d", "b", "a", "u", "2");
    await c.press("j");
    await c.opened(ids[1]);
    const { status, assignee } = await decisionOf(ids[0]);
    assert.deepEqual({ status, assignee }, { status: "waiting", assignee: "" });
  });

  scenario("a hostile message is text: markup, controls, length", ["ada"], async (c) => {
    const word = "medlar";
    const evil = `${word} <img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script> <svg/onload=alert(1)> javascript:alert(1) \u202Etxet\u202C pay\u200Bpal \u{E0041} a\u0301 👩\u200D🔧 می\u200Cخواهم`;
    const id = await site.message("medlar-1", evil);
    const long = await site.message("medlar-2", `${word} ${"0123456789abcde ".repeat(4090)}write to end@example.com`);
    await c.goto(`/console/moderation?text=${word}`);
    await c.open(id);
    assert.equal(await c.page.evaluate(() => globalThis.pwned), undefined);
    assert.equal(await c.page.locator(".case img, .case script, .row img, .row script, .case-main svg:not(.icon)").count(), 0);
    assert.deepEqual(await c.said.locator(".unseen").allInnerTexts(), ["RLO", "PDF", "ZWSP", "TAG A"]);
    const shown = await c.said.innerText();
    assert.ok(shown.includes('<img src=x onerror="globalThis.pwned=1">') && shown.includes("👩\u200D🔧") && !shown.includes("\u202E"));
    await c.open(long);
    const button = c.page.getByRole("button", { name: /Show the whole message \(65,\d{3} characters\)/ });
    assert.ok((await c.said.innerText()).length < 4000);
    await button.click();
    assert.ok((await c.said.innerText()).length > 65_000);
    assert.ok((await c.said.innerText()).endsWith("write to end@example.com"));
  });

  scenario("a session that ends asks to sign in, and keeps what was written", ["ada"], async (c) => {
    const { ids, path } = await three();
    await c.goto(path);
    await c.open(ids[0]);
    await c.press("n");
    await c.page.keyboard.type("Half a note");
    await c.page.context().clearCookies();
    await c.press("Escape", "b");
    await c.page.getByRole("dialog").getByText("Your session has ended").waitFor();
    await c.page.locator("#token").fill(tokens.adaAgain);
    await c.press("Enter");
    await c.page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal((await decisionOf(ids[0])).status, "waiting");
    await c.open(ids[0]);
    assert.equal(await c.page.locator("#case-note").inputValue(), "Half a note");
    await c.press("b");
    assert.equal((await decided(ids[0])).note, "Half a note");
  });

  scenario("without a network nothing is lost", ["ada"], async (c) => {
    const { ids, path } = await three();
    await c.goto(path);
    await c.open(ids[0]);
    await c.press("n");
    await c.page.keyboard.type("Kept");
    await c.page.context().setOffline(true);
    await c.press("Escape", "d");
    await c.toast.getByText(/Not saved/).waitFor();
    await c.row(ids[0]).waitFor();
    await c.page.context().setOffline(false);
    await c.open(ids[0]);
    assert.equal(await c.page.locator("#case-note").inputValue(), "Kept");
    await c.press("d");
    assert.equal((await decided(ids[0])).note, "Kept");
  });

  scenario("on a phone: the list, a case, and back", ["ada"], async (c) => {
    const { ids, path } = await three();
    await c.goto(path);
    assert.ok(!(await c.page.locator(".case").isVisible()));
    await c.row(ids[0]).tap();
    await c.opened(ids[0]);
    assert.ok(!(await c.page.locator(".list").isVisible()));
    await c.page.getByRole("button", { name: "Back to the list" }).tap();
    await c.page.locator(".list").waitFor();
    await c.row(ids[1]).tap();
    await c.page.getByRole("button", { name: "Deliver" }).tap();
    assert.equal((await decided(ids[1])).decision, "deliver");
    await c.opened(ids[2]);
    await c.page.goBack();
    const wide = await c.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${wide} pixels too wide`);
  }, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  scenario("agreement is charted, and says what it does not know", ["vic"], async (c) => {
    await c.goto("/console/moderation?view=agreement");
    await c.page.locator(".chart canvas").waitFor();
    const rows = await c.page.locator(".agreement-columns section:nth-child(2) tbody tr").allInnerTexts();
    assert.ok(rows.length > 3 && rows[0].startsWith("Any violation"), rows.join("\n"));
    await c.page.getByRole("button", { name: "Scam" }).click();
    await c.page.getByRole("heading", { name: "Precision over time: Scam" }).waitFor();
    await c.page.locator(".card-of summary").click();
    assert.ok((await c.page.locator(".card-of details tbody tr").count()) > 5);
    assert.match(await c.page.locator(".limits").innerText(), /upper bound/);
    await c.page.locator(".agreement-tools select").first().selectOption("30");
    await c.settled();
  });

  scenario("the console speaks Spanish to whoever asks for it, and keeps the choice", ["vic"], async (c) => {
    await c.goto();
    assert.equal(await c.page.locator("h1").innerText(), "Cola de revisión");
    assert.equal(await c.page.evaluate(() => document.documentElement.lang), "es");
    await c.page.getByRole("button", { name: "Vic Tran" }).click();
    await c.page.locator(".account-panel select").selectOption("en");
    await c.page.getByRole("heading", { name: "Review queue" }).waitFor();
    await c.page.reload();
    await c.page.getByRole("heading", { name: "Review queue" }).waitFor();
  }, { locale: "es-MX" });

  scenario("letters do nothing when they are turned off", ["ada"], async (c) => {
    const { ids, path } = await three();
    await c.goto(path);
    await c.press("?");
    await c.page.getByRole("dialog").getByRole("checkbox").uncheck();
    await c.page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await c.open(ids[0]);
    await c.press("d", "j");
    assert.equal((await decisionOf(ids[0])).status, "waiting");
    assert.match(c.page.url(), new RegExp(ids[0]));
  });

  for (const colorScheme of ["light", "dark"]) {
    // The smallest is a usual window at 200 % zoom.
    for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }, { width: 640, height: 400 }].slice(0, colorScheme === "light" ? 3 : 1)) {
      scenario(`no barrier in ${colorScheme} at ${viewport.width} pixels`, ["ada", undefined], async (c, stranger) => {
        await stranger.page.goto(new URL("/console", url).href);
        await stranger.page.locator("#token").waitFor();
        await assertAccessible(stranger.page, "sign-in");
        await c.goto();
        await assertAccessible(c.page, "queue");
        await c.open(cases["msg-4417"]);
        await c.page.locator(".notice summary").click();
        await assertAccessible(c.page, "case");
        const wide = await c.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `${wide} pixels too wide`);
        await c.press("p");
        await c.page.locator(".drawer article h3").first().waitFor();
        await assertAccessible(c.page, "policies");
        await c.goto("/console/moderation?view=agreement");
        await c.page.locator(".chart canvas").waitFor();
        await assertAccessible(c.page, "agreement");
      }, { colorScheme, viewport, bypassCSP: true });
    }
  }
});
