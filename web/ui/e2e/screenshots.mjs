// Takes the pictures of the documentation from a real server:
//
//   PARLEY_URL=http://127.0.0.1:8080 PARLEY_SCREENSHOTS=../../docs/images node e2e/screenshots.mjs
//
// `make screenshots` starts the server.

import { mkdir, stat } from "node:fs/promises";
import { ChatPage, launch } from "./page.mjs";

const folder = process.env.PARLEY_SCREENSHOTS;
const most = 300 * 1024;
const said = [
  "I need someone to build an online shop for my pet store, maybe 4k, before Christmas",
  "It should be on Shopify, with about 850 products imported from a CSV file and card payments",
  "US dollars",
  "4 to 6 weeks, remote, somebody experienced",
  "No, it starts from nothing",
  "Looks good",
];
const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const pictures = [
  { name: "chat", viewport: wide, colorScheme: "light", pane: "chat" },
  { name: "chat-dark", viewport: wide, colorScheme: "dark", pane: "chat" },
  { name: "phone-conversation", viewport: phone, colorScheme: "light", pane: "chat" },
  { name: "phone-post", viewport: phone, colorScheme: "light", pane: "draft" },
  { name: "phone-conversation-dark", viewport: phone, colorScheme: "dark", pane: "chat" },
  { name: "phone-post-dark", viewport: phone, colorScheme: "dark", pane: "draft" },
];

const browser = await launch();
try {
  await mkdir(folder, { recursive: true });
  const storageState = await converse();
  for (const picture of pictures) await take(picture, storageState);
  await takeSearch({ name: "search", viewport: wide, colorScheme: "light" });
  await takeSearch({ name: "search-dark", viewport: wide, colorScheme: "dark" });
  await takeSearch({ name: "phone-search", viewport: phone, colorScheme: "light" });
} finally {
  await browser.close();
}

/** Has the conversation once; what is kept of it opens it again. */
async function converse() {
  const context = await browser.newContext({ viewport: wide });
  const chat = new ChatPage(await context.newPage(), process.env.PARLEY_URL);
  await chat.goto();
  for (const [index, text] of said.entries()) {
    await chat.send(text);
    await chat.waitForAnswer(index + 1);
  }
  const kept = await context.storageState();
  await context.close();
  return { kept, session: chat.sessionId() };
}

async function take({ name, viewport, colorScheme, pane }, { kept, session }) {
  const context = await browser.newContext({ viewport, colorScheme, storageState: kept, reducedMotion: "reduce" });
  const chat = new ChatPage(await context.newPage(), process.env.PARLEY_URL);
  await chat.goto(`/#s=${session}`);
  await chat.waitForAnswer(said.length);
  await chat.showPane(pane);
  await keep(chat.page, name);
  await context.close();
}

async function takeSearch({ name, viewport, colorScheme }) {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(new URL("/search?q=Shopify+store+with+payments", process.env.PARLEY_URL).href);
  await page.waitForSelector('.hits[aria-busy="false"]');
  await page.waitForSelector(".figures .trend", { state: "attached" });
  await page.locator(".hit-why summary").first().click();
  await keep(page, name);
  await context.close();
}

async function keep(page, name) {
  await page.evaluate(() => document.fonts.ready);
  const path = `${folder}/${name}.png`;
  await page.screenshot({ path });
  const { size } = await stat(path);
  if (size > most) throw new Error(`${path} has ${size} bytes, more than ${most}`);
}
