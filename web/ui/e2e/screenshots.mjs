// Takes the pictures of the documentation from a real server:
//
//   PARLEY_URL=http://127.0.0.1:8080 PARLEY_SCREENSHOTS=../../docs/images node e2e/screenshots.mjs
//
// `make screenshots` starts the server.

import { mkdir, stat } from "node:fs/promises";
import { ChatPage, launch } from "./page.mjs";
import { pseudoRoute } from "./pseudo.mjs";
import { apply } from "./talks.mjs";

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
  await takeLanguages();
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

/** A freelancer's page: the letter with a remark, how the profile fits, both papers; in the dark, on a phone, zoomed in. */
async function takeProposal() {
  const context = await browser.newContext({ viewport: wide, colorScheme: "light", reducedMotion: "reduce" });
  const chat = await talk(context, apply, "/?role=freelancer");
  const part = (page, name) => page.locator(".desk > .views").getByRole("button", { name, exact: true }).click();
  await chat.page.locator(".letter-text").waitFor();
  await keep(chat.page, "proposal");
  await part(chat.page, "Fit");
  await keep(chat.page, "proposal-fit");
  await part(chat.page, "Post and profile");
  await keep(chat.page, "proposal-papers");
  await part(chat.page, "Letter");
  await chat.page.getByRole("button", { name: "Edit the text" }).first().click();
  const box = chat.page.locator(".letter-box");
  await box.fill((await box.inputValue()).replace(/\.\s/, ". I also have nine years of Kubernetes. "));
  await chat.page.locator(".edit-form button[type=submit]").click();
  await chat.page.locator(".remarks").first().waitFor();
  await keep(chat.page, "proposal-remark");
  const kept = { kept: await context.storageState(), session: chat.sessionId() };
  await context.close();
  for (const [name, viewport, colorScheme] of [["proposal-dark", wide, "dark"], ["phone-proposal", phone, "light"], ["phone-proposal-dark", phone, "dark"], ["zoom-proposal", { width: 720, height: 450 }, "light"]]) {
    const other = await browser.newContext({ viewport, colorScheme, storageState: kept.kept, reducedMotion: "reduce" });
    const again = new ChatPage(await other.newPage(), process.env.PARLEY_URL);
    await again.goto(`/#s=${kept.session}`);
    await again.waitForAnswer(apply.length);
    await again.showPane("draft");
    await again.page.locator(".remarks").first().waitFor();
    await keep(again.page, name);
    await other.close();
  }
}

/** The page in Spanish, from right to left, and its list of conversations. */
async function takeLanguages() {
  for (const [name, kind, viewport] of [["spanish", "", wide], ["phone-spanish", "", phone], ["right-to-left", "rtl", wide]]) {
    const context = await browser.newContext({ viewport, locale: "es-ES", reducedMotion: "reduce" });
    if (kind) await pseudoRoute(context, kind);
    const chat = await talk(context, said.slice(0, 3));
    if (viewport === phone) await chat.showPane("draft");
    await keep(chat.page, name);
    await context.close();
  }
  const context = await browser.newContext({ viewport: wide, reducedMotion: "reduce" });
  const chat = await talk(context, said.slice(0, 1));
  await chat.page.evaluate(async (titles) => {
    const headers = { Authorization: `Bearer ${globalThis.localStorage.getItem("parley.token")}`, "Content-Type": "application/json" };
    for (const title of titles) {
      const { session } = await (await fetch("/v1/sessions", { method: "POST", headers, body: "{}" })).json();
      await fetch(`/v1/sessions/${session.id}`, { method: "PATCH", headers, body: JSON.stringify({ title }) });
    }
  }, ["Bookkeeper for the café", "Manual, German to English", "Cooking videos for Instagram", "Logo for the bakery", "Photographs of 40 products", "Contract for an apprentice", "Newsletter, once a month"]);
  await chat.openSessions();
  await chat.page.locator(".session").nth(7).waitFor();
  await keep(chat.page, "conversations");
  await context.close();
}

async function talk(context, said, path = "/") {
  const chat = new ChatPage(await context.newPage(), process.env.PARLEY_URL);
  await chat.goto(path);
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
