// Takes the pictures of the console's conversations; `make screenshots` starts the server.

import { mkdir, stat } from "node:fs/promises";
import { Talks, signIn } from "./console-talks.mjs";
import { launch } from "./page.mjs";

const folder = process.env.PARLEY_SCREENSHOTS;
const most = 300 * 1024;
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const browser = await launch();
try {
  await mkdir(folder, { recursive: true });
  const noa = await signIn(browser, "noa");
  const trace = (t) => t.trace("Shortlist");
  const found = async (t) => {
    await t.page.locator(".row").first().click();
    await t.page.locator(".figures-line").waitFor();
  };
  const models = async (t) => {
    await trace(t);
    await t.tab("models").click();
  };
  await take("sessions", {}, found, "/console/sessions?site=default&text=need");
  await take("turn", {}, trace);
  await take("turn-dark", { colorScheme: "dark" }, trace);
  await take("turn-models", {}, models);
  await take("phone-sessions", phone);
  await take("phone-turn", phone, trace);
  await take("phone-turn-dark", { ...phone, colorScheme: "dark" }, trace);

  async function take(name, options, prepare, to) {
    const t = await Talks.open(browser, noa, { ...options, ...(to && { to }) });
    await t.page.locator('.live[data-on="true"]').waitFor({ state: "attached" });
    await prepare?.(t);
    await t.page.evaluate(() => document.fonts.ready);
    const file = `${folder}/${name}.png`;
    await t.page.screenshot({ path: file });
    const { size } = await stat(file);
    if (size > most) throw new Error(`${file} has ${size} bytes, more than ${most}`);
    await t.close();
  }
} finally {
  await browser.close();
}
