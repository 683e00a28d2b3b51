// A host: a site on an origin of its own that shows Parley's widget, and signs
// its users in as its backend would.

import { createHmac } from "node:crypto";
import { createServer } from "node:http";

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token of the site `shop` (see cmd/parley/browser_widget_test.go). */
export function signIn(subject, { role = "client", profile, seconds = 300, secret = process.env.PARLEY_WIDGET_SECRET } = {}) {
  const claims = { sub: subject, iss: "shop.example", aud: "parley", exp: Math.floor(Date.now() / 1000) + seconds, role };
  if (profile) claims.profile_id = profile;
  const head = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${head}.${createHmac("sha256", secret).update(head).digest("base64url")}`;
}

/** The queue stub of the documentation. */
export const stub = "window.Parley=window.Parley||function(){(Parley.q=Parley.q||[]).push(arguments)};";

/** Whether a webhook is from whoever knows the secret, as docs/webhooks.md says. */
function signed(headers, body) {
  const head = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`;
  const want = `v1,${createHmac("sha256", process.env.PARLEY_WIDGET_HOOK).update(head).update(body).digest("base64")}`;
  return headers["webhook-signature"].split(" ").includes(want);
}

async function bodyOf(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

/**
 * A host at `origin` until it is closed. `pages` are what it serves by path: HTML,
 * or {html, headers}. `tokens` says whom /token signs in. Webhooks that come to
 * /hook are in `hooks`, and answered with the address of the job's page.
 */
export async function startHost(origin) {
  const pages = new Map();
  const tokens = { user: "ada", asked: 0 };
  const hooks = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, origin);
    if (pathname === "/hook") {
      const body = await bodyOf(request);
      const event = JSON.parse(body);
      hooks.push({ event, signed: signed(request.headers, body) });
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ url: `${origin}/jobs/${event.data.draft_id}` }));
      return;
    }
    if (pathname === "/token") {
      tokens.asked++;
      response.writeHead(tokens.user === "broken" ? 500 : 200, { "Content-Type": "text/plain" });
      response.end(tokens.user ? signIn(tokens.user, tokens) : "");
      return;
    }
    const page = pages.get(pathname);
    if (!page) {
      response.writeHead(404).end();
      return;
    }
    const { html, headers = {} } = typeof page === "string" ? { html: page } : page;
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...headers });
    response.end(html);
  });
  const { hostname, port } = new URL(origin);
  await new Promise((resolve, reject) => server.once("error", reject).listen(Number(port), hostname, resolve));
  return { origin, pages, tokens, hooks, close: () => { server.closeAllConnections(); server.close(); } };
}

/** A plain page that boots one widget; `attributes` go onto the script tag, `script` runs before the loader. */
export function plainPage(parley, { attributes = 'data-tenant="shop"', script = "", body = "", head = "", nonce = "" } = {}) {
  const mark = nonce ? ` nonce="${nonce}"` : "";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A host</title>${head}
<script${mark}>${stub}window.told=[];for(const name of ["ready","open","close","unread","draft","published","error"])Parley("on",name,(detail)=>told.push([name,detail]));${script}</script>
<script${mark} async src="${parley}/widget.js" ${attributes}></script></head>
<body><main><h1>A host</h1><p id="text">Words of the page.</p><button id="before">A button of the page</button>${body}</main></body></html>`;
}

/** The host's page that the pictures show: a small studio marketplace. */
export function marketPage(parley, attributes, script = "") {
  const jobs = [
    ["Shopify theme for a tea brand", "Fixed price · €2,500 to €3,800 · remote", "Design", "3 days ago"],
    ["Translate 40 product pages, German to English", "€0.11 a word · two weeks", "Translation", "yesterday"],
    ["Monthly bookkeeping for a neighbourhood bakery", "€38 an hour · 5 hours a week · ongoing", "Finance", "today"],
    ["Twelve short recipe videos with subtitles", "€60 each · one a week", "Video", "4 days ago"],
  ];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><title>Millrace: good work, found</title>
<style>
:root{color-scheme:light dark;--g:light-dark(#fbfaf7,#14171c);--p:light-dark(#fff,#1c2027);--i:light-dark(#1e2530,#e8eaee);--s:light-dark(#5d6675,#a2abb8);--l:light-dark(#e3e1da,#2f3641);--a:light-dark(#2347b5,#9db4ff)}
*{box-sizing:border-box}body{margin:0;background:var(--g);color:var(--i);font:16px/1.55 ui-sans-serif,"Noto Sans",system-ui,sans-serif}
header{display:flex;gap:28px;align-items:center;padding:18px max(24px,calc(50vw - 560px));border-bottom:1px solid var(--l);background:var(--p)}header b{font-size:21px;letter-spacing:-.02em;color:var(--a)}header a{color:var(--s);text-decoration:none}header a:last-child{margin-left:auto}
main{max-width:1120px;margin:0 auto;padding:56px 24px}h1{max-width:680px;margin:0 0 12px;font-size:clamp(30px,5vw,44px);line-height:1.12;letter-spacing:-.025em;text-wrap:balance}main>p{max-width:560px;margin:0 0 36px;color:var(--s);font-size:18px}
ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:16px;margin:0;padding:0;list-style:none}li{padding:20px 22px;border:1px solid var(--l);border-radius:12px;background:var(--p)}h2{margin:8px 0 6px;font-size:18px;line-height:1.3}li p{margin:0;color:var(--s);font-size:15px}small{color:var(--s)}li small:first-child{color:var(--a);font-weight:600}
@media(max-width:600px){header{gap:16px}header a:not(:last-child){display:none}main{padding:32px 20px}}
</style><script>${stub}${script}</script><script async src="${parley}/widget.js" ${attributes}></script></head>
<body><header><b>Millrace</b><a href="#work">Find work</a><a href="#people">Find people</a><a href="#in">Sign in</a></header>
<main><h1>Work for small studios, and people who are good at it.</h1><p>Say what you need in a sentence or two. We help you turn it into a post that the right people answer.</p>
<ul id="work">${jobs.map(([title, terms, trade, when]) => `<li><small>${trade}</small><h2>${title}</h2><p>${terms}</p><small>${when}</small></li>`).join("")}</ul></main></body></html>`;
}
