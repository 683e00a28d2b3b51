import type { ComponentChildren, VNode } from "preact";

// Characters that cannot be seen but change what is: they turn writing around,
// hide or split words. A reviewer must see that they are there.
const hidden: Record<number, string> = {
  0x00ad: "SHY", 0x034f: "CGJ", 0x061c: "ALM", 0x115f: "HF", 0x1160: "HJF", 0x180e: "MVS", 0x200b: "ZWSP", 0x200c: "ZWNJ", 0x200d: "ZWJ", 0x200e: "LRM", 0x200f: "RLM",
  0x2028: "LS", 0x2029: "PS", 0x202a: "LRE", 0x202b: "RLE", 0x202c: "PDF", 0x202d: "LRO", 0x202e: "RLO", 0x2060: "WJ", 0x2061: "FA", 0x2062: "IT", 0x2063: "IS",
  0x2064: "IP", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0x3164: "HF", 0xfeff: "BOM", 0xffa0: "HHF",
};

// eslint-disable-next-line no-control-regex -- these are what is looked for
const suspicious = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\u034f|[\u{e0000}-\u{e007f}]/gu;
const pictures = /(?:\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}]|\ufe0f)$/u;
const joining = /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}]/u;

/** A text as text, with the characters in it that cannot be seen made visible. */
export function Visible({ text }: { text: string }): VNode {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const found of text.matchAll(suspicious)) {
    if (found[0] === "\r" || belongs(text, found.index, found[0])) continue;
    parts.push(text.slice(at, found.index), <Sign code={found[0].codePointAt(0) ?? 0} />);
    at = found.index + found[0].length;
  }
  return <>{at === 0 ? text : [...parts, text.slice(at)]}</>;
}

/** The same for where there is no markup: names of buttons. */
export function plain(text: string): string {
  return text.replace(suspicious, (sign, at: number) => (belongs(text, at, sign) ? sign : `[${signName(sign.codePointAt(0) ?? 0)}]`));
}

/** Joiners are part of emoji and of some scripts. */
function belongs(text: string, at: number, sign: string): boolean {
  if (sign === "\u200d" && pictures.test(text.slice(Math.max(0, at - 2), at)) && /^\p{Extended_Pictographic}/u.test(text.slice(at + 1, at + 3))) return true;
  if (sign !== "\u200d" && sign !== "\u200c") return false;
  return joining.test(text.charAt(at - 1)) && joining.test(text.charAt(at + 1));
}

function signName(code: number): string {
  if (code >= 0xe0000) return `TAG ${code > 0xe0020 && code < 0xe007f ? String.fromCharCode(code - 0xe0000) : ""}`.trim();
  return hidden[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

function Sign({ code }: { code: number }): VNode {
  return <span class="unseen" title={`U+${code.toString(16).toUpperCase().padStart(4, "0")}`}>{signName(code)}</span>;
}
