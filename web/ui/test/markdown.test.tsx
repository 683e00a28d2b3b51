import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import type { Claim } from "../src/client/protocol";
import { Markdown } from "../src/markdown/markdown";
import { segments } from "../src/markdown/segments";
import { speakable, wholeSentences } from "../src/markdown/sentences";

const html = (text: string, claims: Claim[] = []) =>
  renderToString(<Markdown text={text} claims={claims} drawClaim={(claim, piece, last) => <i data-claim={claim.id} data-last={last}>{piece}</i>} />);

describe("Markdown", () => {
  it.each([
    ["**bold** and *soft*", "<strong>bold</strong> and <em>soft</em>"],
    ["- a\n- b", "<ul><li>a</li><li>b</li></ul>"],
    ["2. a\n3. b", '<ol start="2"><li>a</li><li>b</li></ol>'],
    ["`x < y`", "<code>x &lt; y</code>"],
    ["a & b < c", "a &amp; b &lt; c"],
  ])("%j becomes %s", (text, expected) => expect(html(text)).toContain(expected));

  it.each(["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "text <b onclick=x>bold</b>", "<svg/onload=alert(1)>", "<iframe src='//x'></iframe>"])("shows raw HTML %j as text", (text) => {
    expect(html(text)).not.toMatch(/<(script|img|b |svg|iframe)/);
    expect(html(text)).toContain("&lt;");
  });

  it.each(["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "/relative", "//host/x", "file:///etc/passwd"])("never links to %s", (href) => {
    expect(html(`[press](${href})`)).not.toContain("<a");
    expect(html(`[press](${href})`)).toContain("press");
  });

  it("links safely", () => {
    expect(html("[site](https://example.com/a)")).toContain('<a href="https://example.com/a" target="_blank" rel="noopener noreferrer nofollow" dir="auto">site<span class="link-to" dir="ltr"> (example.com)</span></a>');
    expect(html("<https://example.com/a>")).toContain('dir="auto">https://example.com/a</a>');
    expect(html("[mail](mailto:a@example.com)")).toContain("mailto:a@example.com");
  });

  it("never loads an image", () => expect(html("![a dog](https://example.com/dog.png)")).not.toContain("<img"));
  it("copes with a text that is still being written", () => expect(() => ["**bo", "[li", "| a |\n|-", "```\ncode", "- "].map((text) => html(text))).not.toThrow());
  it("keeps every character of other scripts", () => expect(html("مرحبا 🐶 日本")).toContain("مرحبا 🐶 日本"));
});

describe("claims in Markdown", () => {
  const claim = (text: string, sentence: string, id = "c"): Claim => ({ id, path: "", start: text.indexOf(sentence), end: text.indexOf(sentence) + sentence.length, text: sentence, kind: "entity" });
  const covered = (text: string, claims: Claim[]) => [...html(text, claims).matchAll(/<i data-claim="(\w+)"[^>]*>([^<]*)<\/i>/g)].map((m) => `${m[1]}:${m[2]}`);

  it("cover their sentence and no more", () => {
    const text = "One here. Two there.";
    expect(covered(text, [claim(text, "Two there.")])).toEqual(["c:Two there."]);
  });
  it("run through emphasis, with one mark at the end", () => {
    const text = "You pay **$2,800** a month. More.";
    const out = html(text, [claim(text, "You pay **$2,800** a month.")]);
    expect(out.match(/data-last="true"/g)).toHaveLength(1);
  });
  it("that end in emphasis have their mark too", () => {
    const text = "You pay **$2,800** More.";
    expect(html(text, [claim(text, "You pay **$2,800**")]).match(/data-last="true"/g)).toHaveLength(1);
  });
  it("find the right one of equal words", () => {
    const text = "- a shop\n- a shop";
    const second = { ...claim(text, "a shop"), start: 11, end: 17 };
    expect(html(text, [second])).toBe('<div class="markdown" dir="auto"><ul><li>a shop</li><li><i data-claim="c" data-last="true">a shop</i></li></ul></div>');
  });
  it("stand after a link", () => {
    const text = "See [a](https://example.com/a). Then a shop.";
    expect(covered(text, [claim(text, "Then a shop.")])).toEqual(["c:Then a shop."]);
  });
  it("that end in a link have their mark behind it", () => {
    const text = "See [a shop](https://example.com/a).";
    expect(html(text, [claim(text, "See [a shop")])).toContain('<i data-claim="c" data-last="false">a shop</i><span class="link-to" dir="ltr"> (example.com)</span></a><i data-claim="c" data-last="true"></i>');
  });
  it("beyond the text do no harm", () => expect(covered("Short.", [{ ...claim("Short.", "Short."), end: 99 }])).toEqual(["c:Short."]));
});

describe("segments", () => {
  it("give an overlap to the earlier span", () => {
    const spans = [{ start: 0, end: 5 }, { start: 3, end: 8 }];
    expect(segments(0, 10, spans).map((s) => [s.start, s.end, s.span ? spans.indexOf(s.span) : -1])).toEqual([[0, 5, 0], [5, 8, 1], [8, 10, -1]]);
  });
});

describe("sentences for reading aloud", () => {
  it("come whole while the text grows", () => {
    expect(wholeSentences("One here. Two the", 0, false)).toEqual({ sentences: ["One here."], end: 10 });
    expect(wholeSentences("One here. Two there. Thr", 10, false)).toEqual({ sentences: ["Two there."], end: 21 });
    expect(wholeSentences("One here. Two there", 10, true)).toEqual({ sentences: ["Two there"], end: 19 });
  });
  it("are each heard once, however the text comes in", () => {
    const text = "It costs $4.50 a page. Dr. Ray says **so**. Is 3.5 enough?\n\n- One thing.\n- Another";
    const whole = wholeSentences(text, 0, true).sentences;
    for (const step of [1, 3, 7]) {
      const heard: string[] = [];
      let at = 0;
      for (let length = step; ; length += step) {
        const { sentences, end } = wholeSentences(text.slice(0, length), at, length >= text.length);
        heard.push(...sentences);
        at = end;
        if (length >= text.length) break;
      }
      expect(heard.join(" ")).toBe(whole.join(" "));
    }
  });
  it("are words, not signs", () => expect(speakable("- **Bold** and [a link](https://x.y)")).toBe("Bold and a link"));
});
