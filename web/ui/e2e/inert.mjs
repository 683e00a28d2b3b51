// What must hold on every page whatever the texts on it are: nothing of a text
// runs, loads, styles or leads where it should not.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const cases = JSON.parse(readFileSync(new URL("../test/hostile.json", import.meta.url), "utf8"));

/** The hostile texts, each with its number. */
export const hostile = cases.map((c, at) => ({ at, kind: c.kind, text: c.text + (c.unit ?? "").repeat(c.times ?? 0) + (c.after ?? "") }));

/** Watches all pages of a context: what they ask for, what their policy stops, and whether a text runs. */
export async function watch(context, ...origins) {
  const seen = { requests: [], violations: [] };
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (!origins.includes(url.origin) && !["data:", "blob:"].includes(url.protocol)) seen.requests.push(request.url());
    if (url.protocol === "data:") seen.requests.push(request.url().slice(0, 80));
  });
  await context.exposeFunction("parleyViolation", (what) => void seen.violations.push(what));
  await context.addInitScript(() => {
    globalThis.ran = 0;
    globalThis.own = Object.getOwnPropertyNames(Object.prototype);
    globalThis.canary = () => { globalThis.ran++; };
    globalThis.alert = globalThis.confirm = globalThis.prompt = globalThis.canary;
    document.addEventListener("securitypolicyviolation", (event) => void globalThis.parleyViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
  });
  return seen;
}

/** Fails where a text has become more than text. */
export async function assertInert(page, seen, where) {
  const found = await page.evaluate(look);
  assert.deepEqual(found, [], where);
  assert.deepEqual(seen.requests, [], `requests: ${where}`);
  assert.deepEqual(seen.violations, [], `violations of the policy: ${where}`);
}

function look() {
  const found = [];
  const never = new Set(["IFRAME", "OBJECT", "EMBED", "APPLET", "BASE", "FRAME", "FRAMESET", "IMG", "PICTURE", "VIDEO", "AUDIO", "SOURCE", "STYLE", "MARQUEE", "PORTAL", "TEMPLATE", "MATH", "FOREIGNOBJECT", "ANIMATE", "SET", "USE", "IMAGE", "PLAINTEXT", "XMP", "AREA", "ISINDEX"]);
  const addresses = new Set(["href", "src", "srcset", "xlink:href", "action", "formaction", "poster", "data", "ping", "background", "cite", "srcdoc"]);
  const safe = new Set(["http:", "https:", "mailto:"]);
  for (const element of document.querySelectorAll("*")) {
    const name = element.tagName.toUpperCase();
    if (never.has(name)) found.push(`<${name}>`);
    if (name === "SCRIPT" && (element.textContent !== "" || new URL(element.src).origin !== location.origin)) found.push("script");
    if (name === "META" && element.httpEquiv) found.push("meta http-equiv");
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute)) found.push(`<${name} ${attribute}>`);
      if (attribute === "style" && /url|expression|@|\\|image|<|var\(--x/i.test(value)) found.push(`<${name} style="${value.slice(0, 80)}">`);
      if (!addresses.has(attribute.toLowerCase())) continue;
      const url = new URL(value, document.baseURI);
      if (!safe.has(url.protocol)) found.push(`<${name} ${attribute}="${value.slice(0, 80)}">`);
      if (url.origin === location.origin) continue;
      if (name !== "A") found.push(`<${name} ${attribute}="${value.slice(0, 80)}">`);
      else if (!/\bnoopener\b/.test(element.rel) || element.target !== "_blank") found.push(`a link without rel: ${value.slice(0, 80)}`);
      else if (url.protocol !== "mailto:" && !element.textContent.includes(url.host)) found.push(`a link that hides where it leads: ${value.slice(0, 80)}`);
    }
  }
  if (globalThis.ran > 0) found.push(`ran ${globalThis.ran} times`);
  if (new URL(document.baseURI).origin !== location.origin) found.push("another base");
  const added = Object.getOwnPropertyNames(Object.prototype).filter((name) => globalThis.own && !globalThis.own.includes(name));
  if (added.length > 0 || {}.polluted !== undefined) found.push(`Object.prototype has ${added.join(", ")}`);
  if (document.querySelectorAll("#app").length !== 1 || document.querySelectorAll("#composer").length > 1) found.push("an id was taken");
  return [...new Set(found)];
}

/** The same value with other words, from `text`: in place of all that is no id, date or code of the wire. */
export function poisoned(value, text, key = "") {
  if (typeof value === "string") return keeps(key) ? value : text();
  if (Array.isArray(value)) return value.map((item) => poisoned(item, text, key));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poisoned(inner, text, name)]));
}

const codes = new Set(["id", "type", "kind", "status", "role", "created", "updated", "ended", "leaf", "epoch", "currency", "time_zone", "code", "locale", "date", "from", "to", "available_from", "posted_on", "published", "author", "changed", "path", "pay_type", "requirement", "feature", "slot", "mode", "missing", "dismissed", "profile_id"]);
const keeps = (key) => codes.has(key) || key.endsWith("_id");
