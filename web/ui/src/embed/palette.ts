import { inkOn, luminance, parseColour, type Colour } from "../widget/colour";

// An accent that is used for texts is as dark, or in the dark as bright, as this:
// then its contrast is 4.5 or more on each surface of base.css and on its own wash,
// of which the hardest have a luminance of 0.75 (0.80 / 0.177) and 0.057 (0.482 / 0.107).
const darkEnough = 0.127;
const brightEnough = 0.432;

/** WCAG 2.2 contrast of two colours, 1 to 21. */
export function contrast(a: Colour, b: Colour): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** The accent, or as much nearer to black (0) or white (255) as it takes. */
function towards(end: 0 | 255, accent: Colour, enough: (luminance: number) => boolean): string {
  for (let share = 0; ; share = Math.min(share + 0.03, 1)) {
    const mixed = accent.map((part) => Math.round(part + (end - part) * share)) as unknown as Colour;
    if (share === 1 || enough(luminance(mixed))) return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  }
}

/** What embed.css makes a site's colours of: its accent, an ink on it, and what of it can be read by day and by night. */
export function palette(accent: string): Record<string, string> {
  const colour = parseColour(accent);
  return {
    "--accent": accent,
    "--on-accent": inkOn(accent),
    "--day": towards(0, colour, (light) => light <= darkEnough),
    "--night": towards(255, colour, (light) => light >= brightEnough),
  };
}

/** Shows the page in a site's colours; without an accent in its own. */
export function applyPalette(root: HTMLElement, accent: string | undefined): void {
  root.classList.toggle("accented", !!accent);
  for (const [name, value] of Object.entries(accent ? palette(accent) : {})) root.style.setProperty(name, value);
}
