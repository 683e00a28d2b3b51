// The widget on pages of other origins, in Chromium. `go test ./cmd/parley -run
// TestWidget` starts the program and names in
//
// PARLEY_URL            where it is
// PARLEY_WIDGET_HOSTS   three origins for hosts: the first two may show the sites `shop` and
//                       `other`, the third none. Chromium lets a
//                       frame from Parley store nothing within the first, which is
//                       another site to it; the second has Parley's own host name
// PARLEY_WIDGET_SECRET, PARLEY_WIDGET_KEY, PARLEY_WIDGET_HOOK   the shop's secrets

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { assertAccessible } from "./access.mjs";
import { launch } from "./page.mjs";
import { plainPage, signIn, startHost } from "./widget-host.mjs";
import { withoutStorage } from "./widget-storage.mjs";
import { WidgetPage } from "./widget.mjs";

const parley = process.env.PARLEY_URL;
const folder = process.env.PARLEY_FAILED;
const wish = "I need someone to build an online shop for my cheese dairy, maybe 4k, before Christmas";
const other = "Translate a 40-page product manual from German to English";

/** People of this run: what they say stays with the server. */
const [ada, ben, dora, emil] = ["ada", "ben", "dora", "emil"].map((name) => `${name}-${Date.now().toString(36)}`);

let browser, shop, studio, stranger;
before(async () => {
  [shop, studio, stranger] = await Promise.all(process.env.PARLEY_WIDGET_HOSTS.split(",").map(startHost));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  for (const host of [shop, studio, stranger]) host?.close();
});

/** Runs a scenario with `open(html, settings)`, which shows a page of the shop's and answers with it. An error in the console fails it. */
function scenario(name, body, { context: settings, on = () => shop } = {}) {
  test(name, { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...settings });
    context.setDefaultTimeout(30_000);
    const pages = [];
    const host = on();
    Object.assign(host.tokens, { user: "ada", asked: 0, role: "client", profile: undefined, seconds: 300 });
    const open = async (html = plainPage(parley), { count = 1, headers, path = "/" } = {}) => {
      const widget = new WidgetPage(await context.newPage());
      pages.push(widget);
      host.pages.set(path, { html, headers });
      await widget.goto(host.origin + path, count);
      return widget;
    };
    try {
      await body(open, context, host);
      for (const page of pages) assert.deepEqual(page.errors, [], "errors in the console");
    } catch (error) {
      const last = pages.findLast((p) => !p.page.isClosed());
      if (folder && last) await last.page.screenshot({ path: `${folder}/${name.replace(/\W+/g, "-")}.png` });
      throw error;
    } finally {
      await context.close();
    }
  });
}

/** Boots somebody who is signed in by the host's /token. */
const signsIn = 'Parley("boot",{getToken:()=>fetch("/token").then((r)=>{if(!r.ok)throw new Error("no token");return r.text()})});';

scenario("costs nothing before it is opened, and moves nothing", async (open) => {
  const shifts = "window.shift=0;new PerformanceObserver((list)=>{for(const entry of list.getEntries())shift+=entry.value}).observe({type:'layout-shift',buffered:true});";
  const widget = await open(plainPage(parley, { script: shifts }));
  const text = await widget.page.locator("#text").boundingBox();
  await widget.page.waitForTimeout(500);
  assert.deepEqual(widget.requests, [`${shop.origin}/`, `${parley}/widget.js`], "requests before the first opening");
  await widget.open();
  await widget.parley("hide");
  assert.deepEqual(await widget.page.locator("#text").boundingBox(), text, "the page's text stays where it was");
  assert.equal(await widget.page.evaluate(() => window.shift), 0, "layout shift");
});

scenario("a draft goes to the host by event and webhook, and its address comes back", async (open) => {
  const widget = await open();
  await widget.page.evaluate(() => {
    window.heard = [];
    for (const target of [document, document.querySelector("parley-widget")]) target.addEventListener("parley:draft", (event) => window.heard.push(event.detail.draft_id));
  });
  await widget.open();
  await widget.waitForTold("ready");
  await widget.send(wish);
  await widget.waitForAnswer(1);
  assert.deepEqual(await widget.told("draft"), [], "nothing of it is told before the person publishes it");
  const frame = widget.frame();
  await frame.locator(".tabs button").nth(1).click();
  await frame.locator(".publish").click();
  await frame.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  const draft = await widget.waitForTold("draft");
  assert.equal(draft.kind, "job_post");
  assert.equal(draft.instance, "shop");
  assert.match(draft.document.title, /cheese dairy/i);
  assert.deepEqual(Object.keys(draft.document).filter((name) => ["brief", "claims", "market", "similar", "missing"].includes(name)), [], "only what is public");
  assert.deepEqual(await widget.page.evaluate(() => window.heard), [draft.draft_id, draft.draft_id], "as DOM events too");

  const published = await widget.waitForTold("published");
  const url = `${shop.origin}/jobs/${draft.draft_id}`;
  assert.deepEqual([published.draft_id, published.version, published.url], [draft.draft_id, draft.version, url]);
  const hook = shop.hooks.find(({ event }) => event.data.draft_id === draft.draft_id);
  assert.ok(hook.signed, "the webhook is signed");
  assert.deepEqual(hook.event.data.document, draft.document, "the webhook brings what the event brings");
  await frame.locator(`a[href="${url}"]`).first().waitFor();

  const moved = `${shop.origin}/jobs/moved`;
  const answer = await fetch(`${parley}/v1/drafts/${draft.draft_id}/published`, {
    method: "PUT", headers: { Authorization: `Bearer ${process.env.PARLEY_WIDGET_KEY}`, "Content-Type": "application/json" }, body: JSON.stringify({ url: moved }),
  });
  assert.ok(answer.ok, `PUT: ${answer.status}`);
  await widget.waitForTold("published", 2);
  await frame.locator(`a[href="${moved}"]`).first().waitFor();
});

scenario("whoever signs in after another finds nothing of them", async (open) => {
  const sockets = [];
  const widget = await open(plainPage(parley, { script: `Parley("boot",{identity:${JSON.stringify(signIn(ada))}});` }));
  widget.page.on("websocket", (socket) => {
    const seen = { open: true, sent: "" };
    sockets.push(seen);
    socket.on("close", () => (seen.open = false));
    socket.on("framesent", ({ payload }) => (seen.sent += payload));
  });
  await widget.open();
  await widget.send(wish);
  await widget.waitForAnswer(1);
  const inside = await widget.inside();
  assert.doesNotMatch(await inside.evaluate(() => JSON.stringify([{ ...localStorage }, { ...window.sessionStorage }])), /eyJ|cheese dairy/, "a signed-in person's token and words are stored nowhere");
  await widget.composer().fill("half a thought of Ada's");

  // A newer token of the same person changes nothing that is seen.
  await widget.parley("update", { identity: signIn(ada, { seconds: 600 }) });
  await widget.page.waitForTimeout(300);
  assert.equal(await widget.composer().inputValue(), "half a thought of Ada's");

  await widget.parley("update", { identity: signIn(ben) });
  await widget.frame().locator(".empty").waitFor();
  assert.equal(await widget.composer().inputValue(), "");
  assert.doesNotMatch(await inside.evaluate(() => document.documentElement.outerHTML), /cheese dairy|Ada/, "the frame's DOM");
  assert.doesNotMatch(await inside.evaluate(() => JSON.stringify([{ ...localStorage }, { ...window.sessionStorage }])), /cheese dairy|Ada/, "the frame's storage");
  assert.deepEqual(sockets.map((s) => s.open), [false], "Ada's socket is closed, and Ben has none yet");
  await widget.send(other);
  await widget.waitForAnswer(1);
  assert.deepEqual(await widget.messages(), [other]);
  assert.doesNotMatch(sockets[1].sent, /cheese dairy/);
  await widget.frame().locator(".conversations > button").click();
  await widget.frame().locator(".sessions li").first().waitFor();
  assert.equal(await widget.frame().locator(".sessions li").count(), 1, "Ben's conversations only");

  // Ada again, on another page of the site: her newest conversation is there.
  const again = await open(plainPage(parley, { script: `Parley("boot",{identity:${JSON.stringify(signIn(ada))}});` }), { path: "/again" });
  await again.open();
  await again.waitForAnswer(1);
  assert.deepEqual(await again.messages(), [wish]);
  assert.doesNotMatch(again.requests.join(" "), /eyJ/, "no token in an address");
}, { on: () => studio });

scenario("shutdown leaves nothing, and boot begins anew", async (open) => {
  const widget = await open();
  await widget.open();
  await widget.send(wish);
  await widget.waitForAnswer(1);
  const inside = await widget.inside();
  assert.match(await inside.evaluate(() => JSON.stringify({ ...localStorage })), /parley\.widget/, "a visitor's conversation is kept");
  await widget.page.reload();
  await widget.open();
  await widget.waitForAnswer(1);
  assert.deepEqual(await widget.messages(), [wish], "a visitor goes on after a reload");

  // On a page where the chat was never opened, what is left from before goes too.
  await widget.page.reload();
  await widget.launcher().waitFor();
  await widget.parley("shutdown");
  await widget.host().waitFor({ state: "detached" });
  await widget.parley("boot", {});
  await widget.open();
  await widget.frame().locator(".empty").waitFor();
  await widget.send(other);
  await widget.waitForAnswer(1);
  // At once one after the other: the new one waits until the old one has forgotten.
  await widget.page.evaluate(() => { window.Parley("shutdown"); window.Parley("boot", {}); window.Parley("show"); });
  await widget.frame().locator(".empty").waitFor();
  assert.deepEqual(await widget.messages(), []);
}, { on: () => studio });

scenario("shutdown forgets however slow the network is, and nothing is shown before", async (open, context) => {
  const count = `window.hearing=0;const add=window.addEventListener,remove=window.removeEventListener;
    EventTarget.prototype.addEventListener=function(type,...rest){if(this===window&&type==="message")hearing++;return add.call(this,type,...rest)};
    EventTarget.prototype.removeEventListener=function(type,...rest){if(this===window&&type==="message")hearing--;return remove.call(this,type,...rest)};`;
  const widget = await open(plainPage(parley, { script: count }));
  await widget.open();
  await widget.send(wish);
  await widget.waitForAnswer(1);
  await context.route(/\/embed\?/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    await route.continue();
  });
  await widget.page.reload();
  await widget.launcher().waitFor();
  await widget.page.evaluate(() => { window.Parley("shutdown"); window.Parley("boot", { greeting: "Hi Ada", label: "Ask Ada" }); window.Parley("show"); });
  await widget.frame().locator(".empty").waitFor();
  await widget.frame().getByText("Hi Ada").waitFor();
  assert.deepEqual(await widget.messages(), [], "the next person begins anew");
  await widget.send(other);
  await widget.waitForAnswer(1);

  // Nobody boots: the hidden frame goes once it has forgotten.
  await widget.page.reload();
  await widget.launcher().waitFor();
  await widget.parley("shutdown");
  await widget.page.waitForTimeout(2_500);
  assert.deepEqual([await widget.iframe().count(), await widget.iframe().isVisible()], [1, false], "it waits, unseen");
  await widget.host().waitFor({ state: "detached" });
  assert.equal(await widget.page.evaluate(() => window.hearing), 0, "nothing of the loader listens any more");
  await context.unroute(/\/embed\?/);
  await widget.parley("boot", {});
  await widget.page.getByRole("button", { name: "Chat", exact: true }).waitFor();
  await widget.open();
  await widget.frame().locator(".empty").waitFor();
  assert.equal(await widget.frame().getByText("Hi Ada").count(), 0);

  // Open, and at once for the next person: the frame is shown when it is ready anew.
  await widget.send(wish);
  await widget.waitForAnswer(1);
  const ready = (await widget.told("ready")).length;
  await widget.page.evaluate(() => { window.Parley("shutdown"); window.Parley("boot", {}); window.Parley("show"); });
  await widget.waitForTold("ready", ready + 1);
  await widget.frame().locator(".empty").waitFor();
  assert.equal(await widget.iframe().evaluate((frame) => getComputedStyle(frame).opacity), "1");
}, { on: () => studio });

scenario("a visitor's things are their site's alone, and a token that is not taken is no end", async (open) => {
  const page = (tenant) => plainPage(parley, { attributes: `data-tenant="${tenant}" data-instance="main"` });
  const first = await open(page("shop"));
  await first.open();
  await first.send(wish);
  await first.waitForAnswer(1);
  const second = await open(page("other"), { path: "/other" });
  await second.open();
  await second.frame().locator(".empty").waitFor();
  await second.send(other);
  await second.waitForAnswer(1);
  assert.deepEqual(await second.told("error"), []);
  await first.page.reload();
  await first.open();
  await first.waitForAnswer(1);
  assert.deepEqual(await first.messages(), [wish], "each site's conversation goes on");

  const spoiled = await (await first.inside()).evaluate(() => {
    const tokens = Object.keys(localStorage).filter((name) => name.includes('"shop"') && localStorage[name].startsWith("pv1."));
    for (const name of tokens) localStorage[name] = "pv1.spoiled";
    return tokens.length;
  });
  assert.equal(spoiled, 1);
  await first.page.reload();
  await first.open();
  await first.frame().locator(".empty").waitFor();
  await first.send(other);
  await first.waitForAnswer(1);
  assert.deepEqual(await first.messages(), [other]);
  assert.deepEqual(await first.told("error"), []);
}, { on: () => studio });

scenario("tokens whose subject is a number are refused, and the host is told instead of asked for ever", async (open, _context, host) => {
  host.tokens.user = 42;
  const widget = await open(plainPage(parley, { script: signsIn }));
  await widget.launcher().click();
  assert.equal((await widget.waitForTold("error")).code, "refused");
  await widget.page.waitForTimeout(3_000);
  assert.ok(host.tokens.asked <= 3, `asked ${host.tokens.asked} times`);
});

scenario("what getToken gives that is no token is told of", async (open) => {
  const gives = (what) => `Parley("boot",{getToken:()=>${what}});`;
  const widget = await open(plainPage(parley, { script: gives('({token:"x"})') }));
  await widget.launcher().click();
  assert.equal((await widget.waitForTold("error")).code, "token_failed");
  await widget.parley("shutdown");
  const cannotBeSent = await open(plainPage(parley, { script: gives('fetch("/token")') }), { path: "/response" });
  await cannotBeSent.launcher().click();
  assert.equal((await cannotBeSent.waitForTold("error")).code, "token_failed");
});

scenario("comes back into a page whose body was replaced", async (open) => {
  const widget = await open();
  await widget.open();
  await widget.send(wish);
  await widget.waitForAnswer(1);
  await widget.page.evaluate(() => { document.body = document.createElement("body"); });
  assert.equal(await widget.host().count(), 0);
  await widget.parley("show");
  await widget.waitForAnswer(1);
  assert.deepEqual(await widget.messages(), [wish]);
}, { on: () => studio });

scenario("a host's getToken signs people in, is asked again, and may fail", async (open, _context, host) => {
  host.tokens.user = "broken";
  const widget = await open(plainPage(parley, { script: signsIn }));
  assert.equal(host.tokens.asked, 0, "nobody is asked before the chat is opened");
  await widget.launcher().click();
  await widget.waitForTold("error");
  assert.equal((await widget.told("error"))[0].code, "token_failed");
  Object.assign(host.tokens, { user: "cleo", seconds: 4 });
  await widget.composer().waitFor();
  await widget.send(wish);
  await widget.waitForAnswer(1);
  const asked = host.tokens.asked;
  await widget.page.waitForTimeout(4_000);
  assert.ok(host.tokens.asked > asked, "asked again before the token expires");
  await widget.send("US dollars");
  await widget.waitForAnswer(2);
  widget.errors = widget.errors.filter((error) => !/500/.test(error));
});

scenario("messages say which post the page is about, and only a token says whose profile", async (open) => {
  const identity = signIn(`fay-${ada}`, { role: "freelancer", profile: "p-7" });
  const boot = { identity, context: { jobPostId: "post-1", profileId: "p-9" } };
  const widget = await open(plainPage(parley, { script: `Parley("boot",${JSON.stringify(boot)});` }));
  const sent = [];
  widget.page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(JSON.parse(payload))));
  const messages = () => sent.filter((frame) => frame.type === "message.create").map((frame) => frame.context);
  await widget.open();
  assert.equal((await widget.waitForTold("error")).code, "profile_not_signed");
  await widget.send("Help me apply");
  await widget.frame().locator(".answer, .message-problem").first().waitFor();
  await widget.parley("update", { context: { jobPostId: null, profileId: "p-7" } });
  await widget.page.waitForTimeout(300);
  await widget.send("How should I begin?");
  await widget.frame().locator("li:nth-child(2) .answer, .message-problem").first().waitFor();
  assert.deepEqual(messages().slice(0, 2), [{ job_post_id: "post-1" }, undefined]);
  assert.doesNotMatch(JSON.stringify(sent), /p-9/, "a profile that is not signed for is never sent");
});

scenario("a strict policy of the host needs nothing but the script's nonce and the frame", async (open) => {
  const nonce = "b3JlLWNhbi1iZS1hbnl0aGluZw";
  const policy = `default-src 'none'; script-src 'nonce-${nonce}' ${parley}; frame-src ${parley}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
  const widget = await open(plainPage(parley, { nonce }), { headers: { "Content-Security-Policy": policy } });
  await widget.page.evaluate(() => { window.violations = []; document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective)); });
  const box = await widget.launcher().boundingBox();
  assert.deepEqual([box.width, box.height], [56, 56], "the launcher has its style");
  await widget.open();
  await widget.send(wish);
  await widget.waitForAnswer(1);
  assert.equal((await widget.panel().boundingBox()).width, 420);
  assert.deepEqual(await widget.page.evaluate(() => window.violations), []);
});

scenario("a policy that forbids the frame is told of, and the person sees why nothing comes", async (open) => {
  const widget = await open(plainPage(parley), { headers: { "Content-Security-Policy": "frame-src 'none'" } });
  await widget.launcher().click();
  assert.equal((await widget.waitForTold("error")).code, "frame_refused");
  await widget.panel().getByText("The chat is not available here.").waitFor();
  widget.errors = widget.errors.filter((error) => !/Content Security Policy/.test(error));
});

scenario("a page that is not on the site's list gets no frame", async (open) => {
  const widget = await open(plainPage(parley, { script: `Parley("boot",{identity:${JSON.stringify(signIn(ada))}});` }));
  await widget.launcher().click();
  assert.equal((await widget.waitForTold("error")).code, "frame_refused");
  assert.equal(await widget.iframe().count(), 0);
  const direct = await fetch(`${parley}/embed?site=shop&origin=${encodeURIComponent(stranger.origin)}`);
  assert.equal(direct.status, 403);
  assert.match(direct.headers.get("content-security-policy"), /frame-ancestors 'none'/);
  widget.errors = widget.errors.filter((error) => !/frame-ancestors|Framing|X-Frame|Refused to frame/.test(error));
}, { on: () => stranger });

scenario("claiming another origin than its own gets a page no frame either", async (open) => {
  const widget = await open(`<!doctype html><html lang="en"><title>x</title><h1>x</h1><script>window.got=[];addEventListener("message",(event)=>got.push(event.data))</script>
    <parley-widget></parley-widget><iframe id="f" src="${parley}/embed?site=shop&origin=${encodeURIComponent(shop.origin)}"></iframe>`);
  await widget.page.waitForTimeout(1_500);
  assert.deepEqual(await widget.page.evaluate(() => window.got), [], "no message reaches it");
  const frame = await (await widget.page.locator("#f").elementHandle()).contentFrame();
  assert.match(frame.url(), /^chrome-error:/, "the browser shows no frame");
  widget.errors = widget.errors.filter((error) => !/frame-ancestors|Framing|Refused to frame/.test(error));
}, { on: () => stranger });

scenario("works where Chromium blocks what third parties store", (open) => withoutStorage(open, parley, dora, wish));

scenario("works where every access to storage throws", async (open, context) => {
  await context.addInitScript(() => {
    if (window === window.top) return;
    for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get() { throw new window.DOMException("blocked", "SecurityError"); } });
  });
  await withoutStorage(open, parley, emil, wish);
}, { on: () => studio });

scenario("two widgets of two sites do not know of each other", async (open) => {
  const second = `<script async src="${parley}/widget.js" data-tenant="other" data-position="left" data-accent="#7a2e8f"></script>`;
  const widget = await open(plainPage(parley, { body: second }), { count: 2 });
  const boxes = [await widget.launcher(0).boundingBox(), await widget.launcher(1).boundingBox()].sort((a, b) => a.x - b.x);
  assert.ok(boxes[0].x < 100 && boxes[1].x > 1100, "one on either side");
  const [shops, others] = (await widget.launcher(0).boundingBox()).x > 600 ? [0, 1] : [1, 0];
  await widget.open(shops);
  await widget.send(wish, shops);
  await widget.waitForAnswer(1, shops);
  await widget.open(others);
  await widget.frame(others).locator(".empty").waitFor();
  await widget.send(other, others);
  await widget.waitForAnswer(1, others);
  assert.deepEqual(await widget.messages(shops), [wish]);
  assert.deepEqual(await widget.messages(others), [other]);
  await widget.parley("shutdown", { instance: "other" });
  await widget.page.waitForFunction(() => document.querySelectorAll("parley-widget").length === 1);
  assert.deepEqual(await widget.messages(0), [wish], "the other one is still there");
  assert.deepEqual(new Set((await widget.told("ready")).map((detail) => detail.instance)), new Set(["shop", "other"]));
});

scenario("a hostile page gets nothing: neither by replaced globals nor by forged messages", async (open) => {
  const evil = `
    window.loot=[];const text=JSON.stringify;
    const keep=(name,args)=>{for(const arg of args)try{const said=typeof arg==="string"?arg:text(arg);if(said&&loot.length<5000)loot[loot.length]=name+" "+said.slice(0,4000)}catch{}};
    const take=(object,key)=>{const old=object[key];object[key]=function(...args){keep(key,args);return old.apply(this,args)}};
    take(JSON,"stringify");take(JSON,"parse");take(window,"fetch");take(window,"postMessage");take(window,"encodeURIComponent");take(EventTarget.prototype,"dispatchEvent");
    Array.prototype.includes=function(one){for(let at=0;at<this.length;at++)if(this[at]===one)return true;return false};
    addEventListener("message",(event)=>keep("message",[event.data]));`;
  const widget = await open(plainPage(parley, { script: evil, body: `<iframe id="ad" srcdoc="<p>an advertisement</p>"></iframe>` }));
  // After the loader has run, the page replaces what it might use next.
  await widget.page.evaluate((origin) => {
    Object.defineProperty(window.MessageEvent.prototype, "origin", { get: () => origin });
    Object.defineProperty(window.MessageEvent.prototype, "source", { get: () => document.querySelector("parley-widget").shadowRoot.querySelector("iframe")?.contentWindow });
    window.MessagePort.prototype.postMessage = function (...args) { window.loot[window.loot.length] = `port ${String(args)}`; };
    window.MessageChannel = class { constructor() { throw new Error("no channel"); } };
  }, parley);
  await widget.open();
  await widget.send(wish);
  await widget.waitForAnswer(1);
  const frames = [widget.page, await (await widget.page.locator("#ad").elementHandle()).contentFrame()];
  for (const from of frames) {
    await from.evaluate(() => {
      const top = window.top;
      const forged = [
        { parley: 1, type: "hello" }, { parley: 1, type: "connect" }, { type: "settings", settings: { identity: "x.y.z" } },
        { type: "ask", text: "forged", send: true }, { type: "shutdown" }, { type: "draft", detail: { draft_id: "forged" } }, { type: "token", id: 1 },
      ];
      const frame = [...top.document.querySelectorAll("parley-widget")][0].shadowRoot.querySelector("iframe").contentWindow;
      for (const message of forged) {
        frame.postMessage(message, "*", message.type === "connect" ? [new window.MessageChannel().port2] : []);
        top.postMessage(message, "*");
      }
    }).catch((error) => { if (!/no channel/.test(String(error))) throw error; });
  }
  await widget.page.waitForTimeout(500);
  assert.deepEqual(await widget.messages(), [wish], "nothing was asked, nothing forgotten");
  assert.deepEqual(await widget.told("draft"), []);
  assert.deepEqual(await widget.told("error"), []);
  const loot = JSON.stringify(await widget.page.evaluate(() => window.loot));
  assert.doesNotMatch(loot, /cheese dairy|Christmas|pv1\./, "no word of the conversation, and no token");
  await assert.rejects(widget.page.evaluate(() => document.querySelector("parley-widget").shadowRoot.querySelector("iframe").contentWindow.document.body.innerText), /cross-origin|Blocked/);
});

scenario("nothing is lost offline, for moments and for half a minute", async (open, context) => {
  const widget = await open();
  await widget.open();
  await widget.send(wish);
  await widget.waitForAnswer(1);
  for (const [seconds, text] of [[3, "US dollars"], [30, "4 to 6 weeks, remote"]]) {
    await context.setOffline(true);
    await widget.frame().locator('.linkbar[data-link="waiting"]').waitFor({ state: "attached" });
    await widget.send(text);
    await widget.frame().locator(".message.unsent").waitFor();
    await widget.page.waitForTimeout(seconds * 1000);
    await context.setOffline(false);
    await widget.waitForAnswer(seconds === 3 ? 2 : 3);
  }
  assert.deepEqual(await widget.messages(), [wish, "US dollars", "4 to 6 weeks, remote"]);
});

scenario("fills a phone, and gives it back", async (open) => {
  const widget = await open();
  const size = widget.page.viewportSize();
  await widget.launcher().tap();
  await widget.composer().waitFor();
  const panel = await widget.panel().boundingBox();
  assert.deepEqual(panel, { x: 0, y: 0, ...size });
  assert.equal(await widget.launcher().isVisible(), false);
  const inside = await widget.inside();
  assert.ok(await inside.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "no scrolling sideways");
  await widget.send(wish);
  await widget.waitForAnswer(1);
  await widget.frame().getByRole("button", { name: "Close chat" }).tap();
  await widget.panel().waitFor({ state: "hidden" });
  await widget.launcher().waitFor();
}, { context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } });

scenario("is whole by keyboard: focus goes in and comes back, Escape closes", async (open) => {
  const widget = await open();
  await widget.page.locator("#before").focus();
  await widget.page.keyboard.press("Tab");
  const button = widget.page.getByRole("button", { name: "Chat", exact: true });
  assert.equal(await button.evaluate((b) => b.getRootNode().activeElement === b), true);
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  await widget.page.keyboard.press("Enter");
  await widget.composer().waitFor();
  await widget.frame().locator("#composer:focus").waitFor();
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  await widget.page.getByRole("dialog", { name: "Chat" }).waitFor();
  await widget.page.keyboard.press("Escape");
  await widget.panel().waitFor({ state: "hidden" });
  assert.equal(await button.evaluate((b) => b.getRootNode().activeElement === b), true, "the focus is back on the launcher");
  await widget.page.keyboard.press("Enter");
  await widget.frame().locator("#composer:focus").waitFor();
  assert.deepEqual((await widget.told("open")).length, 2);
  assert.deepEqual((await widget.told("close")).length, 1);
});

scenario("answers that come while it is closed are counted", async (open) => {
  const widget = await open();
  await widget.open();
  await widget.send(wish);
  await widget.parley("hide");
  assert.equal((await widget.waitForTold("unread")).count, 1);
  await widget.page.getByRole("button", { name: "Chat, 1 unread" }).waitFor();
  await widget.parley("show");
  await widget.page.getByRole("button", { name: "Chat", exact: true }).waitFor();
  assert.equal((await widget.told("unread")).at(-1).count, 0);
});

scenario("commands given before the loader came are kept, and wrong ones never throw", async (open) => {
  const asks = 'Parley("ask","Help me with this");Parley("nonsense");Parley("on","draft");Parley("boot",{theme:{accent:"red",position:"above"},role:"king",greeting:"Say hello to Millrace"});';
  const widget = await open(plainPage(parley, { script: asks }));
  await widget.composer().waitFor();
  await widget.page.waitForFunction(() => window.told.filter(([name]) => name === "ready").length === 1);
  assert.equal(await widget.composer().inputValue(), "Help me with this", "a question asked before is in the message box");
  assert.deepEqual(new Set((await widget.told("error")).map(({ code }) => code)), new Set(["bad_call", "bad_option"]));
  await widget.frame().getByText("Say hello to Millrace").waitFor();
  await widget.parley("ask", wish, { send: true });
  await widget.waitForAnswer(1);
  assert.deepEqual(await widget.messages(), [wish]);
  await widget.parley("update", { locale: "es" });
  await widget.frame().getByRole("button", { name: "Cerrar el chat" }).waitFor();
});

scenario("the page's styles do not reach the widget", async (open) => {
  const head = "<style>*{color:red!important;background:yellow!important;display:none!important;font-size:40px!important}head{display:none!important}html,body{display:block!important}parley-widget{position:static!important;transform:scale(3)!important}button{width:300px!important}</style>";
  const widget = await open(plainPage(parley, { head }));
  const box = await widget.launcher().boundingBox();
  assert.deepEqual([box.width, box.height, box.x, box.y], [56, 56, 1280 - 76, 900 - 76]);
  assert.equal(await widget.launcher().evaluate((b) => getComputedStyle(b).backgroundColor), "rgb(29, 92, 75)");
  await widget.open();
  assert.equal((await widget.panel().boundingBox()).width, 420);
});

scenario("any accent can be read, in the light and in the dark", async (open) => {
  const widget = await open();
  await widget.open();
  await widget.send(wish);
  await widget.waitForAnswer(1);
  for (const scheme of ["light", "dark"]) {
    for (const accent of ["#ffe600", "#ffffff", "#000000", "#ff6bb5"]) {
      await widget.parley("update", { theme: { accent, scheme } });
      const inside = await widget.inside();
      await inside.waitForFunction(([want, theme]) => document.documentElement.dataset.theme === theme && document.documentElement.style.getPropertyValue("--accent") === want, [accent, scheme]);
      await assertAccessible(inside, `frame, ${accent}, ${scheme}`);
    }
  }
});

scenario("axe finds nothing on the host's page with the widget closed and open", async (open) => {
  const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  const look = async (widget, where) => {
    await widget.page.evaluate(axe);
    const { violations } = await widget.page.evaluate(() => globalThis.axe.run(document, { iframes: false }));
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`), [], where);
  };
  const widget = await open();
  await look(widget, "closed");
  await widget.open();
  await look(widget, "open");
  await assertAccessible(await widget.inside(), "frame before the first word");
  await widget.send(wish);
  await widget.waitForAnswer(1);
  const inside = await widget.inside();
  await assertAccessible(inside, "frame with a conversation");
  await widget.frame().locator(".conversations > button").click();
  await widget.frame().locator(".sessions li").first().waitFor();
  await assertAccessible(inside, "frame with its conversations");
});

scenario("stands in the page where the host has a place for it", async (open) => {
  const widget = await open(plainPage(parley, { attributes: 'data-tenant="shop" data-container="#place"', body: '<div id="place" style="width:600px;height:500px"></div>' }));
  await widget.composer().waitFor();
  const place = await widget.page.locator("#place").boundingBox();
  assert.deepEqual(await widget.iframe().boundingBox(), place);
  assert.equal(await widget.launcher().isVisible(), false);
  assert.equal(await widget.frame().getByRole("button", { name: "Close chat" }).count(), 0);
  await widget.send(wish);
  await widget.waitForAnswer(1);
});
