const allowed = new Set(["http:", "https:", "mailto:"]);

/** The address of a link, or null for one that must not be followed. */
export function safeHref(href: string): string | null {
  const url = parse(href);
  if (!url || !allowed.has(url.protocol)) return null;
  // "https://bank.example@elsewhere.example" is made to be misread.
  return url.username || url.password ? null : url.href;
}

/** Where a link leads, to be shown behind its text; "" where the text says so itself. */
export function destination(href: string, text: string): string {
  const url = parse(href);
  if (!url) return "";
  if (url.protocol === "mailto:") return href === `mailto:${text}` ? "" : url.pathname;
  const said = parse(text)?.href ?? parse(`https://${text}`)?.href;
  // A host with letters that look like others is shown as it is registered.
  const same = said === href || said === href.replace(/^http:/, "https:");
  return same && !url.host.includes("xn--") ? "" : url.host;
}

function parse(href: string): URL | null {
  try {
    return new URL(href);
  } catch {
    return null; // relative addresses have no place in an answer
  }
}
