// parley-client on a page of another origin, in a real Chromium, under a strict
// policy of that page's own: the Go test TestClientOnAnotherSite starts the
// server at PARLEY_URL, whose site "shop" allows PARLEY_HOST and no other origin.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { launch } from "./page.mjs";

const { PARLEY_URL: url, PARLEY_HOST: host } = process.env;
const files = {
  "/": ["text/html", `<!doctype html><html lang="en"><title>Shop</title><script type="module" src="/page.js"></script>`],
  "/page.js": ["text/javascript", `import * as parley from "${url}/client/parley-client.js"; window.parley = parley;`],
};
const policy = `default-src 'none'; script-src 'self' ${url}; connect-src ${url} ${url.replace("http", "ws")}`;

const server = createServer((request, response) => {
  const [type, body] = files[request.url] ?? [];
  response.writeHead(body ? 200 : 404, { "Content-Type": type ?? "text/plain", "Content-Security-Policy": policy }).end(body);
});
let browser;

before(async () => {
  await new Promise((resolve) => server.listen(Number(new URL(host).port), resolve));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A page of the host's, with the client loaded. */
async function visit(address = host) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => "parley" in window);
  return { context, page };
}

const petShop = "I need someone to build an online shop for my pet store, maybe 4k, before Christmas";

describe("a page of another origin", () => {
  for (const transports of [["websocket"], ["sse"]]) {
    it(`converses over ${transports[0]}, uploads and keeps house`, async () => {
      const { context, page } = await visit();
      const found = await page.evaluate(async ([url, text, transports]) => {
        const client = window.parley.connect({ url, site: "shop", transports });
        let told = "";
        const turn = client.send(text);
        for await (const event of turn) if (event.type === "response.output_text.delta") told = told.slice(0, event.at) + event.delta;
        const parts = [];
        const file = await client.upload(new File(["Our shop sells food for dogs and cats.".repeat(5_000)], "shop.txt"), { progress: (part) => parts.push(part) });
        await client.sessions.rename(client.session, "Rex");
        const { sessions } = await client.sessions.list();
        const exported = JSON.parse(await (await client.sessions.export(client.session)).text());
        await client.sessions.remove(client.session);
        const kept = Object.keys(localStorage);
        client.forget();
        return { told, text: (await turn.done).text, parts, name: file.name, titles: sessions.map((s) => s.title), messages: exported.messages.length, kept, left: Object.keys(localStorage) };
      }, [url, petShop, transports]);
      assert.ok(found.told.length > 20);
      assert.equal(found.told, found.text);
      assert.equal(found.parts.at(-1), 1);
      assert.deepEqual([found.name, found.titles, found.messages], ["shop.txt", ["Rex"], 1]);
      assert.deepEqual([found.kept, found.left], [["parley.shop.token"], []]);
      await context.close();
    });
  }

  it("hears that the network is gone, and that it is back", async () => {
    const { context, page } = await visit();
    await page.evaluate(async ([url, text]) => {
      window.client = window.parley.connect({ url, site: "shop" });
      await window.client.send(text).done;
    }, [url, petShop]);
    await context.setOffline(true);
    await page.waitForFunction(() => window.client.view.link.state === "waiting" && window.client.view.link.offline);
    await page.evaluate(() => { window.turn = window.client.send("It should be Shopify"); });
    assert.equal(await page.evaluate(() => window.client.view.unsent.length), 1);
    await context.setOffline(false);
    assert.equal(await page.evaluate(async () => (await window.turn.done).status), "completed");
    assert.equal(await page.evaluate(() => window.client.view.state.messages.length), 2);
    await context.close();
  });

  it("that the site does not allow gets nothing", async () => {
    const { context, page } = await visit(host.replace("localhost", "127.0.0.1"));
    const found = await page.evaluate(async ([url, text]) => {
      const client = window.parley.connect({ url, site: "shop", timing: { quickest: 10, slowest: 50 } });
      const states = new Set();
      client.subscribe(() => states.add(client.view.link.state));
      client.send(text);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return { states: [...states], messages: client.view.state.messages.length, kept: Object.keys(localStorage) };
    }, [url, petShop]);
    assert.ok(!found.states.includes("open"), String(found.states));
    assert.equal(found.messages, 0);
    assert.ok(!found.kept.includes("parley.shop.token"));
    await context.close();
  });
});
