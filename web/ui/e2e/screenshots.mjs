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
  await takePeople();
  await takeProposal();
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

/** A shortlist as cards, side by side and on a phone. */
async function takePeople() {
  const said = ["Find me a Shopify developer for a small shop", "only people in Europe, under 70 euros an hour"];
  const context = await browser.newContext({ viewport: wide, colorScheme: "light", reducedMotion: "reduce" });
  const chat = await talk(context, said);
  await chat.page.locator(".candidate").first().waitFor();
  await keep(chat.page, "shortlist");
  await chat.page.getByRole("button", { name: "Compare" }).click();
  await keep(chat.page, "shortlist-compare");
  const kept = { kept: await context.storageState(), session: chat.sessionId() };
  await context.close();
  for (const [name, viewport, colorScheme] of [["shortlist-dark", wide, "dark"], ["phone-shortlist", phone, "light"]]) {
    const other = await browser.newContext({ viewport, colorScheme, storageState: kept.kept, reducedMotion: "reduce" });
    const again = new ChatPage(await other.newPage(), process.env.PARLEY_URL);
    await again.goto(`/#s=${kept.session}`);
    await again.waitForAnswer(said.length);
    await again.showPane("draft");
    await keep(again.page, name);
    await other.close();
  }
}

/** A freelancer's proposal, with the report on how the profile fits. */
async function takeProposal() {
  const profile = "My profile:\nShopify developer for food and drink shops. Since 2020 I have worked on 23 stores, eleven of them on Online Store 2.0. For a coffee roaster I wrote a box builder with cart line properties, no app, and raised mobile Lighthouse from 38 to 84. I work in Liquid, plain JavaScript and CSS, from Figma files. 48 euros an hour. English fluent, Portuguese native.";
  const post = "The job post:\nShopify theme work for a tea brand. We moved to Shopify last autumn and the theme looks like everybody else's. Adapt it to our Figma designs: home page, collection page, product page with a brewing guide, and a gift box builder. You should know Liquid well and care about speed: we are at 41 on mobile Lighthouse and want 80 or more. Which store of yours is closest to ours? Fixed price, 2,500 to 3,800 euros.";
  const said = [`Help me write a proposal.\n\n${post}\n\n${profile}`, "The roaster's box let people pick three bags, and the order went out as one line, so their warehouse software needed no change", "just write it"];
  const context = await browser.newContext({ viewport: wide, colorScheme: "light", reducedMotion: "reduce" });
  const chat = await talk(context, said);
  await chat.page.locator(".letter").waitFor();
  await keep(chat.page, "proposal");
  await context.close();
}

async function talk(context, said) {
  const chat = new ChatPage(await context.newPage(), process.env.PARLEY_URL);
  await chat.goto();
  for (const [index, text] of said.entries()) {
    await chat.send(text);
    await chat.waitForAnswer(index + 1);
  }
  return chat;
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
