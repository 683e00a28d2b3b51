// A page that one of the snippets of docs/embed.md has made, in Chromium. cmd/parley
// (TestEmbedDocs) starts the site and Parley, and names
//
// HOST      the site
// LOGIN     its address that signs somebody in; "form" for WordPress's, "cookie" for a cookie
// PASSWORD  for the form
// TOKEN     the path of its route for tokens
//
// Prints the token that the signed-in person's page was given.

import assert from "node:assert/strict";
import { launch } from "./page.mjs";

const { HOST: host, LOGIN: login, PASSWORD: password, TOKEN: route } = process.env;
const errors = [];
let page;
const browser = await launch();
try {
  const context = await browser.newContext({ locale: "en-GB" });
  context.setDefaultTimeout(60_000);
  page = await context.newPage();
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => { if (/Content.Security.Policy/i.test(message.text())) errors.push(message.text()); });
  assert.equal((await context.request.get(host + route)).status(), 401, "nobody is signed in, and has a token");

  if (login === "cookie") await context.addCookies([{ name: "user", value: "ada", url: host }]);
  else if (login === "form") {
    await page.goto(`${host}/wp-login.php`);
    await page.locator("#user_login").fill("ada");
    await page.locator("#user_pass").fill(password);
    await page.locator("#wp-submit").click();
    await page.waitForURL(/wp-admin/);
  } else await page.goto(host + login);

  const answered = page.waitForResponse((response) => response.url().includes(route) && response.ok());
  answered.catch(() => undefined); // what failed before says more
  await page.goto(`${host}/`);
  await page.evaluate(() => { document.addEventListener("parley:ready", () => { document.body.dataset.ready = "yes"; }); });
  await page.locator("parley-widget button").first().click();
  await page.locator('body[data-ready="yes"]').waitFor({ state: "attached" });
  const { token } = await (await answered).json();
  await page.evaluate(() => window.Parley("ask", "I need a logo for a small bakery", { send: true }));
  const frame = page.frameLocator("parley-widget iframe");
  await frame.getByText("I need a logo for a small bakery").first().waitFor();
  assert.deepEqual(errors, []);
  process.stdout.write(token);
} catch (error) {
  console.error(errors, page?.url());
  if (process.env.PARLEY_FAILED) await page?.screenshot({ path: `${process.env.PARLEY_FAILED}/embed-docs.png` });
  throw error;
} finally {
  await browser.close();
}
