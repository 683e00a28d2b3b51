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

function dress<E extends Element>(element: E, attributes: Record<string, string>, children: Node[]): E {
  for (const name in attributes) element.setAttribute(name, attributes[name] ?? "");
  element.append(...children);
  return element;
}

export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string>, ...children: Node[]): HTMLElementTagNameMap[K] {
  return dress(document.createElement(tag), attributes, children);
}

function draw(tag: string, attributes: Record<string, string>, ...children: Node[]): Element {
  return dress(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** Builds a launcher and its closed panel, without a request and without markup from text. */
export function build(): Parts {
  const host = document.createElement("parley-widget");
  const sheet = new CSSStyleSheet();
  const badge = make("span", { "aria-hidden": "true" });
  const icon = draw(
    "svg", { viewBox: "0 0 32 32", "aria-hidden": "true" },
    draw("path", { d: "M12 5a9 9 0 1 0 0 18h9V14a9 9 0 0 0-9-9z" }),
    draw("path", { d: "M20 9a9 9 0 1 1 0 18h-9v-9a9 9 0 0 1 9-9z" }),
    draw("path", { d: "M9 12.500l7 7 7-7" }),
  );
  const button = make("button", { type: "button", "aria-haspopup": "dialog", "aria-controls": "panel" }, icon, badge);
  const status = make("p", { role: "status" });
  const panel = make("section", { id: "panel", role: "dialog" }, status);
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
  badge.hidden = open || !unread;
  badge.textContent = unread > 9 ? "9+" : `${unread}`;
  button.setAttribute("aria-expanded", `${open}`);
  button.setAttribute("aria-label", open ? words.close : unread ? `${name}, ${unread} ${words.unread}` : name);
  panel.setAttribute("aria-label", name);
}
