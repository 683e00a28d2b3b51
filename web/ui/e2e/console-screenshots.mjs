// Takes the console's pictures of the documentation; `make screenshots` starts the server.

import { mkdir, stat } from "node:fs/promises";
import { ConsolePage, signIn, site } from "./console.mjs";
import { fill } from "./console-cases.mjs";
import { launch } from "./page.mjs";

const folder = process.env.PARLEY_SCREENSHOTS;
const most = 300 * 1024;
const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

const browser = await launch();
try {
  await mkdir(folder, { recursive: true });
  const cases = await fill(site);
  const ada = await signIn(browser, "ada");
  const open = (id) => (c) => c.open(cases[id]);
  const chart = async (c) => {
    await c.page.locator(".chart canvas").waitFor();
    await c.page.waitForTimeout(200); // the picture is painted in the next frames
  };
  const queue = "/console/moderation";
  await take(ada, "moderation", wide, "light", queue, open("msg-4417"));
  await take(ada, "moderation-dark", wide, "dark", queue, open("msg-4417"));
  await take(ada, "moderation-appeal", wide, "light", `${queue}?status=appeals`, open("msg-4400"));
  await take(ada, "agreement", wide, "light", `${queue}?view=agreement`, chart);
  await take(ada, "agreement-dark", wide, "dark", `${queue}?view=agreement`, chart);
  await take(ada, "phone-moderation", phone, "light", queue);
  await take(ada, "phone-case", phone, "light", queue, open("msg-4417"));
  await take(ada, "phone-case-dark", phone, "dark", queue, open("msg-4417"));
} finally {
  await browser.close();
}

async function take(storageState, name, viewport, colorScheme, path, prepare) {
  const touch = viewport === phone ? { hasTouch: true, isMobile: true } : {};
  const context = await browser.newContext({ viewport, colorScheme, storageState, reducedMotion: "reduce", ...touch });
  const console = new ConsolePage(await context.newPage());
  await console.goto(path);
  await prepare?.(console);
  await console.page.evaluate(() => document.fonts.ready);
  const file = `${folder}/${name}.png`;
  await console.page.screenshot({ path: file });
  const { size } = await stat(file);
  if (size > most) throw new Error(`${file} has ${size} bytes, more than ${most}`);
  await context.close();
}
