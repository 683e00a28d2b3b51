// The chat page as a test uses it.

import { chromium } from "playwright-core";

const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];

export async function launch() {
  return chromium.launch({ executablePath: process.env.PARLEY_CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags });
}

/** One tab on the page. Errors in its console are collected: a test that ends with any has failed. */
export class ChatPage {
  constructor(page, url) {
    this.page = page;
    this.url = url;
    this.errors = [];
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      // A cut network is reported by the browser itself and is no fault of the page.
      if (message.type() === "error" && !/net::ERR|WebSocket connection|Failed to load resource/.test(message.text())) this.errors.push(message.text());
    });
  }

  async goto(path = "/") {
    await this.page.goto(new URL(path, this.url).href);
    await this.composer.waitFor();
  }

  get composer() { return this.page.locator("#composer"); }
  get answers() { return this.page.locator(".answer"); }
  get lastAnswer() { return this.answers.last(); }
  get unsent() { return this.page.locator(".message.unsent"); }
  get draft() { return this.page.locator("section.draft"); }

  async type(text) { await this.composer.fill(text); }

  async send(text) {
    await this.type(text);
    await this.composer.press("Enter");
  }

  /** Waits until `count` messages are answered and nothing runs. */
  async waitForAnswer(count) {
    await this.page.waitForFunction((n) => {
      const answers = [...document.querySelectorAll(".answer")];
      return answers.length >= n && answers.every((a) => a.dataset.status !== "running") && !document.querySelector(".message.unsent");
    }, count);
    return this.lastText();
  }

  /** Waits until an answer is under way, with or without text. */
  async waitForRunning() { await this.page.waitForSelector('.answer[data-status="running"]'); }

  async openSessions() {
    await this.page.locator(".conversations > button").click();
    await this.page.locator(".sessions").waitFor();
  }

  async waitForStreaming(atLeast = 1) {
    await this.page.waitForFunction((n) => (document.querySelector('.answer[data-status="running"] .markdown')?.textContent?.length ?? 0) >= n, atLeast);
  }

  async lastText() { return (await this.lastAnswer.locator(":scope > .markdown").innerText()).trim(); }
  async messages() { return this.page.locator(".message .bubble").allInnerTexts(); }
  async answerTexts() { return this.page.locator(".answer > .markdown").allInnerTexts(); }

  async editMessage(index, text) {
    const message = this.page.locator(".message").nth(index);
    await message.locator(".edit-message").click();
    await message.locator("textarea").fill(text);
    await message.locator("textarea").press("Enter");
  }

  async version(index, which) {
    await this.page.locator(".message").nth(index).getByRole("button", { name: which === "previous" ? "Previous version" : "Next version" }).click();
  }

  /** Waits until the message at a place is the version with this text. */
  async waitForMessage(index, text) {
    await this.page.waitForFunction(([i, t]) => document.querySelectorAll(".message .bubble")[i]?.textContent === t, [index, text]);
  }

  async versionLabel(index) { return this.page.locator(".message").nth(index).locator(".versions").innerText(); }
  async regenerate() { await this.lastAnswer.locator(".regenerate").click(); }
  async stop() { await this.page.getByRole("button", { name: "Stop" }).click(); }
  async status() { return this.lastAnswer.getAttribute("data-status"); }
  async quickReply(index = 0) { await this.page.locator(".replies button").nth(index).click(); }
  async hasQuickReplies() { return (await this.page.locator(".replies button").count()) > 0; }
  async linkText() { return (await this.page.locator(".linkbar").innerText()).trim(); }
  async waitForLink(state) { await this.page.waitForSelector(`.linkbar[data-link="${state}"]`, { state: "attached" }); }
  sessionId() { return new URL(this.page.url()).hash.replace("#s=", ""); }

  async draftText() { return (await this.page.locator(".paper").innerText()).trim(); }
  async draftVersion() { return Number(await this.draft.getAttribute("data-version")); }
  async fieldText(field) { return (await this.page.locator(`[data-field="${field}"] .content`).innerText()).trim(); }

  async edit(field) {
    await this.page.locator(`#edit-${field}`).focus();
    await this.page.keyboard.press("Enter");
  }

  async editText(field, text) {
    await this.edit(field);
    const box = this.page.locator(`[data-field="${field}"] form`).locator("input, textarea").first();
    await box.fill(text);
    await this.page.locator(`[data-field="${field}"] form button[type=submit]`).click();
    await this.page.locator(`[data-field="${field}"] form`).waitFor({ state: "detached" });
  }

  async publish() {
    await this.page.locator(".publish").click();
    await this.page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
    await this.page.locator(".status.published").waitFor();
  }

  async showPane(name) {
    const tab = this.page.locator(".tabs button").nth(name === "draft" ? 1 : 0);
    if (await tab.isVisible()) await tab.click();
  }

  async screenshot(path) { await this.page.screenshot({ path }); }
}
