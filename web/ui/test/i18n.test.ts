import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fill, languages, preferred, speak, t } from "../src/i18n";
import * as format from "../src/i18n/format";
import { say } from "../src/i18n/say";

type Tree = { [key: string]: Tree | string };

const folders = ["src/i18n", "src/search/i18n"];
const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Tree;
const isPlural = (tree: Tree) => "other" in tree;

/** Every message by its path. The forms of a plural count as one message. */
function messages(tree: Tree, at = ""): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [key, value] of Object.entries(tree)) {
    const path = at ? `${at}.${key}` : key;
    if (typeof value === "string") found.set(path, [value]);
    else if (isPlural(value)) found.set(path, Object.values(value) as string[]);
    else for (const [inner, texts] of messages(value, path)) found.set(inner, texts);
  }
  return found;
}

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe.each(folders)("the languages of %s", (folder) => {
  const english = messages(read(`${folder}/en.json`));
  const others = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "en.json");

  it("are more than one", () => expect(others).toContain("es.json"));

  it.each(others)("%s says all that English says, and nothing else", (name) => {
    expect([...messages(read(`${folder}/${name}`)).keys()].sort()).toEqual([...english.keys()].sort());
  });

  it.each(others)("%s puts in the same values", (name) => {
    for (const [path, texts] of messages(read(`${folder}/${name}`))) {
      const wanted = new Set((english.get(path) ?? []).flatMap(placeholders));
      for (const text of texts) expect(new Set(placeholders(text)), path).toEqual(wanted);
    }
  });

  it.each(others)("%s leaves nothing empty that English says, and translates", (name) => {
    let same = 0;
    const own = messages(read(`${folder}/${name}`));
    for (const [path, texts] of own) {
      const en = english.get(path)?.[0] ?? "";
      if (en !== "") expect(texts.every((text) => text.trim() !== ""), path).toBe(true);
      if (en.length > 12 && texts[0] === en) same++;
    }
    expect(same, "sentences that are still English").toBeLessThan(6);
  });

  it.each(others)("%s has every form that its numbers need", (name) => {
    const rules = new Intl.PluralRules(name.slice(0, -5));
    const needed = new Set([0, 1, 2, 3, 5, 11, 21, 100].map((n) => rules.select(n)));
    const walk = (tree: Tree, path: string) => {
      for (const [key, value] of Object.entries(tree)) {
        if (typeof value === "string" || Array.isArray(value)) continue;
        if (isPlural(value)) for (const form of needed) expect(Object.keys(value), `${path}.${key}`).toContain(form);
        else walk(value, `${path}.${key}`);
      }
    };
    walk(read(`${folder}/${name}`), folder);
  });
});

describe("a message", () => {
  it("takes its values, as numbers are written there", () => {
    expect(say("{n} of {name}", { n: 1234, name: "Ada" }, "en")).toBe("1,234 of Ada");
    expect(say("{n}", { n: 12345 }, "de")).toBe("12.345");
  });
  it("has the form that its number asks for", () => {
    const people = { one: "{n} osoba", few: "{n} osoby", many: "{n} osób", other: "{n} osoby" };
    expect([1, 2, 5, 22].map((n) => say(people, { n }, "pl"))).toEqual(["1 osoba", "2 osoby", "5 osób", "22 osoby"]);
  });
  it("falls back on the common form", () => expect(say({ other: "{n} x" }, { n: 1 }, "en")).toBe("1 x"));
  it("keeps a brace that names no value", () => expect(say("{what}", {}, "en")).toBe("{what}"));
  it("isolates a value of the other direction", () => {
    expect(say("Remove {name}", { name: "ملف.pdf" }, "en")).toBe("Remove \u2068ملف.pdf\u2069");
    expect(say("Remove {name}", { name: "file.pdf" }, "en")).toBe("Remove file.pdf");
    expect(say("{name} :حذف", { name: "file.pdf" }, "ar", "rtl")).toContain("\u2068file.pdf\u2069");
  });
  it("takes a value as it is, whatever it looks like", () => expect(say("{a} {b}", { a: "{b}", b: "$&" }, "en")).toBe("{b} $&"));
});

describe("the language", () => {
  it("is a person's choice, else the site's, else the address's, else the browser's", () => {
    expect(languages).toEqual(expect.arrayContaining(["en", "es"]));
    expect(preferred({ site: "es-MX", address: "en" })).toBe("es");
    expect(preferred({ address: "es" })).toBe("es");
    expect(preferred({ address: "tlh" })).toBe("en");
  });
  it("changes what is said, and how numbers and dates are written", async () => {
    const page = { lang: "", dir: "" };
    Object.assign(globalThis, { document: { documentElement: page } });
    await speak("es");
    expect(t.composer.send).toBe("Enviar");
    expect(fill(t.people.count, { n: 1 })).toBe("1 persona");
    expect(format.date("2026-12-24")).toMatch(/24.*dic.*2026/);
    expect(format.money(123_450, "EUR").replace(/\s/g, " ")).toMatch(/1\.?234,50 €/);
    expect(page).toEqual({ lang: "es", dir: "ltr" });
    await speak("en");
    expect(t.composer.send).toBe("Send");
    Reflect.deleteProperty(globalThis, "document");
  });
});
