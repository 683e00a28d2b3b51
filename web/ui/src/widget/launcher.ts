import type { Words } from "./words";

/** The parts of a widget in the page, all within a shadow tree of their own. */
export interface Parts {
  host: HTMLElement;
  sheet: CSSStyleSheet;
  root: HTMLElement;
  button: HTMLElement;
  badge: HTMLElement;
  panel: HTMLElement;
  status: HTMLElement;
}

/** An element with attributes and children; the tags of drawings are svg and path. */
export function make(tag: "iframe", attributes: Record<string, string>): HTMLIFrameElement;
export function make(tag: string, attributes: Record<string, string>, ...children: Node[]): HTMLElement;
export function make(tag: string, attributes: Record<string, string>, ...children: Node[]): Element {
  const space = tag === "svg" || tag === "path" ? "2000/svg" : "1999/xhtml";
  const element = document.createElementNS(`http://www.w3.org/${space}`, tag);
  for (const name in attributes) element.setAttribute(name, attributes[name] ?? "");
  element.append(...children);
  return element;
}

/** Builds a launcher and its closed panel, without a request and without markup from text. */
export function build(): Parts {
  const host = make("parley-widget", {});
  const sheet = new CSSStyleSheet();
  const badge = make("span", {});
  const icon = make("svg", { viewBox: "0 0 32 32" },
    make("path", { d: "M12 5a9 9 0 1 0 0 18h9V14a9 9 0 0 0-9-9z" }),
    make("path", { d: "M20 9a9 9 0 1 1 0 18h-9v-9a9 9 0 0 1 9-9z" }),
    make("path", { d: "M9 12.500l7 7 7-7" }),
  );
  const button = make("button", { type: "button", "aria-haspopup": "dialog" }, icon, badge);
  const status = make("p", { role: "status" });
  const panel = make("section", { role: "dialog" }, status);
  const root = make("div", {}, button, panel);
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(root);
  return { host, sheet, root, button, badge, panel, status };
}

/** Shows how the widget stands, and names its parts for people who cannot see them. */
export function show({ root, button, panel, badge }: Parts, words: Words, name: string, open: boolean, ready: boolean, unread: number): void {
  root.className = `${open ? "open" : ""} ${ready ? "ready" : ""}`;
  panel.hidden = !open;
  badge.hidden = !unread;
  badge.textContent = `${unread}`;
  button.setAttribute("aria-expanded", `${open}`);
  button.setAttribute("aria-label", unread ? `${name}, ${unread} ${words.unread}` : name);
  panel.setAttribute("aria-label", name);
}
