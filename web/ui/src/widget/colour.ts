export type Colour = readonly [number, number, number];

/** The three parts of `#rgb` or `#rrggbb`, each 0–255. */
export function parseColour(text: string): Colour {
  const short = text.length < 5;
  const part = (at: number) => parseInt(short ? text.charAt(at + 1).repeat(2) : text.slice(2 * at + 1, 2 * at + 3), 16);
  return [part(0), part(1), part(2)];
}

/** Relative luminance as WCAG 2.2 defines it, 0 (black) to 1 (white). */
export function luminance(colour: Colour): number {
  const linear = colour.map((part) => ((part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

/**
 * The ink that is easier to read on a colour: white or black, of which one always
 * has a contrast of 4.5 or more. 0.179 is the luminance where the two are equal.
 */
export function inkOn(colour: string): "#fff" | "#000" {
  return luminance(parseColour(colour)) > 0.179 ? "#000" : "#fff";
}
