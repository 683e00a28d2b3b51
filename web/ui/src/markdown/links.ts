const allowed = new Set(["http:", "https:", "mailto:"]);

/** The address of a link, or null for one that must not be followed. */
export function safeHref(href: string): string | null {
  try {
    const url = new URL(href);
    return allowed.has(url.protocol) ? url.href : null;
  } catch {
    return null; // relative addresses have no place in an answer
  }
}
