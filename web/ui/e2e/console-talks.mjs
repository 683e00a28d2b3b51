// The console's conversations as a test uses them. cmd/parley (TestConsoleConversations) starts the server and names in
//
// PARLEY_URL             the server
// PARLEY_CONSOLE_TOKENS  one-time tokens of Rita, a reviewer, Vic, a viewer, Noa, an admin, Lena, a reviewer, and Remy, a viewer

import WebSocket from "ws";
import { randomUUID } from "node:crypto";

export const url = process.env.PARLEY_URL;
const names = ["rita", "vic", "noa", "lena", "remy"];
const tokens = Object.fromEntries((process.env.PARLEY_CONSOLE_TOKENS ?? "").split(",").map((token, at) => [names[at], token]));

/** Signs somebody in, and returns what a browser keeps of it. */
export async function signIn(browser, who) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(new URL("/console", url).href);
  await page.locator("#token").fill(tokens[who]);
  await page.locator("#token").press("Enter");
  await page.locator(".header .account").waitFor();
  const kept = await context.storageState();
  await context.close();
  return kept;
}

export const path = "/console/sessions?site=default";

/** A tab on the conversations. Errors in its console are collected. */
export class Talks {
  static async open(browser, storageState, { to = path, ...options } = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options, storageState });
    const talks = new Talks(await context.newPage());
    await talks.goto(to);
    return talks;
  }

  constructor(page) {
    this.page = page;
    this.errors = [];
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !/net::ERR|Failed to load resource/.test(message.text())) this.errors.push(message.text());
    });
  }

  async goto(to) {
    await this.page.goto(new URL(to, url).href);
    await this.page.locator('.rows[aria-busy="false"]').waitFor({ state: "attached" });
  }

  get rows() { return this.page.locator(".row"); }
  row(text) { return this.rows.filter({ hasText: text }).first(); }
  get answers() { return this.page.locator(".answer"); }
  async press(...keys) { for (const key of keys) await this.page.keyboard.press(key); }

  /** Opens a conversation, and of it the trace of an answer. */
  async trace(text, answer = -1) {
    await this.row(text).click();
    await this.answers.first().waitFor();
    await this.answers.nth(answer).locator(".trace-button").click();
    await this.page.locator(".figures-line").waitFor();
  }

  tab(name) { return this.page.locator(`#tab-${name}`); }
  close() { return this.page.context().close(); }
}

/** Somebody who writes a message and waits for the answer. */
export function write(text) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, "ws")}/v1/chat?site=default`, "parley.v1");
    const send = (frame) => socket.send(JSON.stringify(frame));
    const late = setTimeout(() => { socket.close(); reject(new Error("no answer")); }, 30_000);
    socket.on("error", reject);
    socket.on("open", () => send({ type: "session.open", id: "o" }));
    socket.on("message", (data) => {
      for (const line of String(data).split("\n").filter(Boolean)) {
        const frame = JSON.parse(line);
        if (frame.type === "session.opened") send({ type: "message.create", id: "m", message_id: randomUUID(), text });
        if (frame.type === "response.completed") {
          clearTimeout(late);
          socket.close();
          resolve();
        }
      }
    });
  });
}
