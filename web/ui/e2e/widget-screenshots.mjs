// Takes the pictures of the widget on a host's page: `make screenshots`.

import { mkdir, stat } from "node:fs/promises";
import { launch } from "./page.mjs";
import { marketPage, startHost } from "./widget-host.mjs";
import { WidgetPage } from "./widget.mjs";

const folder = process.env.PARLEY_SCREENSHOTS;
const parley = process.env.PARLEY_URL;
const most = 300 * 1024;
const said = [
  "I need someone to build an online shop for my pet store, maybe 4k, before Christmas",
  "It should be on Shopify, with about 850 products imported from a CSV file and card payments",
];
const wide = { width: 1280, height: 860 };
const phone = { width: 390, height: 844 };
const shop = 'data-tenant="shop"';
const themed = `${shop} data-accent="#7b3ff2" data-radius="24" data-position="left" data-greeting="Tell us what your studio needs"`;
const pictures = [
  { name: "widget-closed", viewport: wide, colorScheme: "light", attributes: shop, until: "closed" },
  { name: "widget", viewport: wide, colorScheme: "light", attributes: shop, until: "answered" },
  { name: "widget-dark", viewport: wide, colorScheme: "dark", attributes: shop, until: "answered" },
  { name: "widget-themed", viewport: wide, colorScheme: "light", attributes: themed, until: "opened" },
  { name: "phone-widget-closed", viewport: phone, colorScheme: "light", attributes: shop, until: "closed" },
  { name: "phone-widget", viewport: phone, colorScheme: "light", attributes: shop, until: "answered" },
  { name: "phone-widget-dark", viewport: phone, colorScheme: "dark", attributes: shop, until: "opened" },
];

const host = await startHost(process.env.PARLEY_WIDGET_HOSTS.split(",")[0]);
const browser = await launch();
try {
  await mkdir(folder, { recursive: true });
  for (const picture of pictures) await take(picture);
} finally {
  await browser.close();
  host.close();
}

async function take({ name, viewport, colorScheme, attributes, until }) {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
  const widget = new WidgetPage(await context.newPage());
  host.pages.set("/", marketPage(parley, attributes));
  await widget.goto(`${host.origin}/`);
  if (until !== "closed") await widget.open();
  for (const [index, text] of (until === "answered" ? said : []).entries()) {
    await widget.send(text);
    await widget.waitForAnswer(index + 1);
  }
  if (until !== "closed") await (await widget.inside()).evaluate(() => document.fonts.ready);
  const path = `${folder}/${name}.png`;
  await widget.page.screenshot({ path });
  const { size } = await stat(path);
  if (size > most) throw new Error(`${path} has ${size} bytes, more than ${most}`);
  await context.close();
}
