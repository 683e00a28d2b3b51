import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { GrowingText, read } from "../src/markdown/read";
import { destination, safeHref } from "../src/markdown/links";
import { GrowingMarkdown, Markdown } from "../src/markdown/markdown";
import { speakable, wholeSentences } from "../src/markdown/sentences";
import { visible } from "../src/markdown/visible";
import { hostile, strays } from "./hostile";

const claim = (text: string) => ({ id: "c", path: "", start: 0, end: text.length, text, kind: "entity" });
const whole = (text: string) => renderToString(<Markdown text={text} claims={[claim(text)]} drawClaim={(_, piece) => <span class="cited">{piece}</span>} />);
const growing = (text: string) => renderToString(<GrowingMarkdown text={text} />);

describe("a hostile text", () => {
  it("is one of more than a hundred", () => expect(new Set(hostile.map(([, text]) => text)).size).toBeGreaterThan(200));

  it.each(hostile)("is inert: %s", (_, text) => {
    expect(strays(whole(text))).toEqual([]);
    expect(strays(renderToString(<Markdown text={text} />))).toEqual([]);
  });

  it.each(hostile.filter(([, text]) => text.length < 1_000))("is inert at every place where it can be cut: %s", (_, text) => {
    const found = new Set<string>();
    for (let end = 1; end < text.length; end++) for (const stray of strays(growing(text.slice(0, end)))) found.add(`${end}: ${stray}`);
    expect([...found]).toEqual([]);
  });

  it.each(hostile.filter(([, text]) => text.length < 1_000))("is inert between other words: %s", (_, text) => {
    for (const around of [`Yes. ${text} So **it is**.`, `- ${text}\n- b`, `| a |\n|---|\n| ${text} |`, `[${text}](https://a.test/)`, `**${text}**`]) expect(strays(whole(around)), around).toEqual([]);
  });

  // A shape that takes a quadratic number of steps fails by orders of magnitude: the limit is no measurement.
  it.each(hostile.filter(([, text]) => text.length >= 1_000))("is read in no time: %s", (_, text) => {
    const begin = performance.now();
    read(text);
    speakable(text);
    wholeSentences(text.slice(0, 20_000), 0, true);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});

describe("a text that grows", () => {
  const texts = ["One.\n\n- a\n- b\n\n- c\n\nTwo **bold** and\nmore.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nx\n\ny\n```\n\n> quoted\n> more\n\n1. one\n\n   still one\n2. two\n\nEnd [a](https://a.test/).", ...hostile.map(([, text]) => text).filter((text) => text.length < 300)];

  it("ends as if it had come at once", () => {
    for (const text of texts) {
      const grown = new GrowingText();
      for (let end = 1; end < text.length; end++) grown.blocks(text.slice(0, end));
      expect(grown.blocks(text)).toEqual(read(text));
    }
  });

  it("is read block by block", () => {
    const grown = new GrowingText();
    const before = grown.blocks("One.\n\nTwo.\n\nThr");
    const after = grown.blocks("One.\n\nTwo.\n\nThree.");
    expect(after.map((block, at) => block === before[at])).toEqual([true, true, false]);
    expect(after.at(-1)).toEqual({ kind: "paragraph", start: 12, end: 18, parts: [{ kind: "text", at: 12, text: "Three." }] });
  });

  it("may become another one", () => {
    const grown = new GrowingText();
    grown.blocks("One.\n\nTwo.\n\nThree.");
    expect(grown.blocks("Else.\n\nTwo.")).toEqual(read("Else.\n\nTwo."));
  });
});

describe("a link", () => {
  it.each([
    ["https://a.test/", "a", "a.test"],
    ["https://a.test/", "https://a.test/", ""],
    ["https://a.test/", "https://a.test", ""],
    ["https://a.test/", "a.test", ""],
    ["http://www.a.test/", "www.a.test", ""],
    ["https://evil.test/login", "https://bank.test/login", "evil.test"],
    ["https://bank.test.evil.test/", "bank.test", "bank.test.evil.test"],
    ["https://xn--pple-43d.com/", "\u0430pple.com", "xn--pple-43d.com"],
    ["mailto:a@b.test", "a@b.test", ""],
    ["mailto:a@b.test?subject=x", "support", "a@b.test"],
    ["mailto:%zz", "x", "%zz"],
  ])("to %s that reads %j says %j", (href, text, said) => expect(destination(href, text)).toBe(said));

  it.each(["https://bank.test@evil.test/", "https://a:b@evil.test/"])("never leads to %s", (href) => expect(safeHref(href)).toBeNull());
});

it("no sign turns the letters after it", () => {
  expect(visible("invoice\u202efdp.exe")).toBe("invoicefdp.exe");
  expect(visible("\u0645\u200f \u2067x\u2069 \ud83d\udc68\u200d\ud83d\udc69 a\tb\n")).toBe("\u0645\u200f \u2067x\u2069 \ud83d\udc68\u200d\ud83d\udc69 a\tb\n");
});
