// The console as a test uses it. cmd/parley (TestConsole) starts the server and names in
//
// PARLEY_URL             the server
// PARLEY_CONSOLE_KEY     the API key of its site "shop"
// PARLEY_CONSOLE_TOKENS  one-time tokens of Ada and Ben, reviewers, of Vic, a viewer, of Noa, an admin of all sites,
//                        and another one of Ada

import { Site } from "./console-cases.mjs";

export const url = process.env.PARLEY_URL;
export const site = new Site(url, process.env.PARLEY_CONSOLE_KEY);
const names = ["ada", "ben", "vic", "noa", "adaAgain"];
export const tokens = Object.fromEntries((process.env.PARLEY_CONSOLE_TOKENS ?? "").split(",").map((token, at) => [names[at], token]));

/** Signs somebody in, and returns what a browser keeps of it. */
export async function signIn(browser, who) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(new URL("/console", url).href);
  await page.locator("#token").fill(tokens[who]);
  await page.locator("#token").press("Enter");
  await page.locator(".desk-of").waitFor();
  const kept = await context.storageState();
  await context.close();
  return kept;
}

/** A tab on the console. Errors in its console are collected. */
export class ConsolePage {
  constructor(page) {
    this.page = page;
    this.errors = [];
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !/net::ERR|Failed to load resource/.test(message.text())) this.errors.push(message.text());
    });
  }

  async goto(path = "/console/moderation") {
    await this.page.goto(new URL(path, url).href);
    await this.settled();
  }

  async settled() { await this.page.locator('.rows[aria-busy="false"], .agreement[aria-busy="false"]').waitFor({ state: "attached" }); }

  get rows() { return this.page.locator(".row"); }
  row(id) { return this.page.locator(`.row[data-case="${id}"]`); }
  get said() { return this.page.locator(".judged .said"); }
  get toast() { return this.page.locator(".toast"); }
  async press(...keys) { for (const key of keys) await this.page.keyboard.press(key); }

  /** Opens a case from the list. */
  async open(id) {
    await this.row(id).click();
    await this.opened(id);
  }

  /** Waits until a case is open. */
  async opened(id) {
    await this.page.waitForURL((to) => to.searchParams.get("case") === id);
    // The address changes before the page is drawn anew: what stands there may be the case before.
    await this.page.evaluate(() => new Promise((drawn) => globalThis.requestAnimationFrame(() => globalThis.requestAnimationFrame(() => setTimeout(drawn)))));
    await this.page.locator('.case[aria-busy="false"] .judged').waitFor();
  }

  /** Has the list look for what is new, as it does by itself every some seconds. */
  async look() { await this.page.evaluate(() => globalThis.dispatchEvent(new globalThis.Event("online"))); }
}
