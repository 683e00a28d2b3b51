// The widget as a test uses it: a page of a host, and the frame within.

/** One page of a host. Errors in its console are collected. */
export class WidgetPage {
  constructor(page) {
    this.page = page;
    this.errors = [];
    this.requests = [];
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      // A cut network is reported by the browser itself and is no fault of the page.
      if (message.type() === "error" && !/net::ERR|WebSocket connection|Failed to load resource/.test(message.text())) this.errors.push(message.text());
    });
    page.on("request", (request) => this.requests.push(request.url()));
  }

  async goto(url, count = 1) {
    await this.page.goto(url);
    await this.page.waitForFunction((n) => document.querySelectorAll("parley-widget").length >= n, count);
  }

  /** The widgets of the page, in the order in which they were booted. */
  host(index = 0) { return this.page.locator("parley-widget").nth(index); }
  launcher(index = 0) { return this.host(index).locator("button"); }
  panel(index = 0) { return this.host(index).locator("section"); }
  iframe(index = 0) { return this.host(index).locator("iframe"); }
  frame(index = 0) { return this.iframe(index).contentFrame(); }
  composer(index = 0) { return this.frame(index).locator("#composer"); }

  async open(index = 0) {
    await this.launcher(index).click();
    await this.composer(index).waitFor();
  }

  async send(text, index = 0) {
    await this.composer(index).fill(text);
    await this.composer(index).press("Enter");
  }

  /** Waits until `count` messages are answered and nothing runs or waits. */
  async waitForAnswer(count, index = 0) {
    await this.frame(index).locator(`body:not(:has(.answer[data-status="running"], .message.unsent)) li:nth-child(${count}) .answer`).waitFor();
  }

  async messages(index = 0) { return this.frame(index).locator(".message .bubble").allTextContents(); }

  parley(...args) { return this.page.evaluate((all) => window.Parley(...all), args); }

  /** What the page was told of an event. */
  async told(name) {
    return this.page.evaluate((event) => window.told.filter(([what]) => what === event).map(([, detail]) => detail), name);
  }

  async waitForTold(name, count = 1) {
    await this.page.waitForFunction(([event, n]) => window.told.filter(([what]) => what === event).length >= n, [name, count]);
    return (await this.told(name)).at(-1);
  }

  /** The frame from within, to look at what it holds. */
  async inside(index = 0) {
    const handle = await this.iframe(index).elementHandle();
    return handle.contentFrame();
  }
}
