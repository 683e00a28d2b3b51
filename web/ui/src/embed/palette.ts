import { inkOn, luminance, parseColour, type Colour } from "../widget/colour";

// The surfaces of base.css that accents stand on, the hardest of them included.
const light: readonly Colour[] = ["#f6f3ec", "#ece7dc", "#fffdf9", "#ffffff"].map(parseColour);
const dark: readonly Colour[] = ["#131816", "#0e1211", "#1b211f", "#232a28"].map(parseColour);
const white = parseColour("#fff");
const black = parseColour("#000");

/** WCAG 2.2 contrast of two colours, 1 to 21. */
export function contrast(a: Colour, b: Colour): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function mix(a: Colour, b: Colour, share: number): Colour {
  return a.map((part, at) => Math.round(part * (1 - share) + (b[at] ?? 0) * share)) as unknown as Colour;
}

export function hex(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

interface Tones {
  /** For texts, lines and focus rings. */
  ink: Colour;
  strong: Colour;
  wash: Colour;
}

/** The accent itself where it can be read on every surface and on its own wash, else as much nearer to `towards` as it takes. */
function tones(accent: Colour, surfaces: readonly Colour[], towards: Colour, washShare: number): Tones {
  const paper = surfaces[2] ?? towards;
  for (let share = 0; ; share += 0.04) {
    const ink = mix(accent, towards, Math.min(share, 1));
    const wash = mix(paper, ink, washShare);
    const readable = [...surfaces, wash].every((surface) => contrast(ink, surface) >= 4.5);
    if (readable || share >= 1) return { ink, wash, strong: mix(ink, towards, 0.25) };
  }
}

/**
 * The accent's CSS variables, so that a site's colour is readable whatever it is:
 * every text in it has a contrast of at least 4.5, in the light and in the dark.
 */
export function palette(accent: string): Record<string, string> {
  const colour = parseColour(accent);
  const day = tones(colour, light, black, 0.11);
  const night = tones(colour, dark, white, 0.16);
  const both = (of: (tones: Tones) => string) => `light-dark(${of(day)}, ${of(night)})`;
  return {
    "--pine": both(({ ink }) => hex(ink)),
    "--pine-strong": both(({ strong }) => hex(strong)),
    "--on-pine": both(({ ink }) => inkOn(hex(ink))),
    "--pine-wash": both(({ wash }) => hex(wash)),
    "--accent": hex(colour),
    "--on-accent": inkOn(accent),
  };
}

const names = ["--pine", "--pine-strong", "--on-pine", "--pine-wash", "--accent", "--on-accent"];

/** Shows the page in a site's colours; without an accent in its own. */
export function applyPalette(root: HTMLElement, accent: string | undefined): void {
  const values = accent ? palette(accent) : {};
  for (const name of names) {
    if (values[name]) root.style.setProperty(name, values[name]);
    else root.style.removeProperty(name);
  }
}
