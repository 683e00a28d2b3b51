import { readFileSync } from "node:fs";

/** A text that must do nothing but be read; a long one is told by what repeats. */
interface Case {
  kind: string;
  text: string;
  unit?: string;
  times?: number;
  after?: string;
}

const list = JSON.parse(readFileSync(new URL("./hostile.json", import.meta.url), "utf8")) as Case[];

/** The cases of hostile.json as [name, text]. */
export const hostile: [string, string][] = list.map((c, at) => {
  const text = c.text + (c.unit ?? "").repeat(c.times ?? 0) + (c.after ?? "");
  return [`${at} ${c.kind}: ${JSON.stringify(text.slice(0, 60))}`, text];
});

const tags = new Set(["div", "p", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "table", "thead", "tbody", "tr", "th", "td", "strong", "em", "del", "br", "a", "span"]);
const attributes = new Set(["class", "dir", "href", "target", "rel", "start", "tabindex", "role"]);

/** Elements and attributes of drawn HTML that no text may cause. */
export function strays(html: string): string[] {
  const found: string[] = [];
  for (const [, name = "", rest = ""] of html.matchAll(/<\/?([^\s>/]+)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*\/?>?/g)) {
    if (!tags.has(name)) found.push(name);
    for (const [, attribute = "", value = ""] of rest.matchAll(/\s([^\s=>]+)(?:="([^"]*)")?/g)) {
      if (!attributes.has(attribute)) found.push(`${name} ${attribute}`);
      if (attribute === "href" && !/^(?:https?|mailto):/.test(value)) found.push(`${name} href=${value}`);
    }
    if (name === "a" && rest !== "" && !rest.includes('rel="noopener noreferrer nofollow"')) found.push("a without rel");
  }
  return found;
}
