import { createFrame, type Frame } from "./frame";
import { build, show as showParts, type Parts } from "./launcher";
import { listen } from "./natives";
import { merge, type Options } from "./options";
import type { ToFrame, ToLoader } from "./protocol";
import { styleSheet } from "./style";
import { words } from "./words";

export type EventName = "ready" | "open" | "close" | "unread" | "draft" | "published" | "error";

/** One widget of the page: its launcher, and its frame once it was opened. Its methods are the commands. */
export interface Widget {
  boot(options: Options): void;
  update(options: Options): void;
  show(): void;
  hide(): void;
  toggle(): void;
  /** Opens the chat with a text in the message box, or sends it. */
  ask(options: { send?: boolean }, text: unknown): void;
  /** Removes the widget and forgets whom it served; `boot` brings it back. */
  shutdown(): void;
}

/** Makes a widget that is not there yet; `options` are those to begin with. */
export function createWidget(instance: string, options: Options): Widget {
  let parts: Parts | undefined;
  let frame: Frame | undefined;
  let open = false;
  let ready = false;
  let unread = 0;
  let waiting: ToFrame[] = [];
  /** Between shutdown and the end of its frame, or boot. */
  let leaving = false;

  /** Tells the page: an event on the widget's element, or on the document while there is none. */
  const tell = (event: EventName, detail?: object) => {
    const target = parts?.host.isConnected ? parts.host : document;
    target.dispatchEvent(new CustomEvent(`parley:${event}`, { bubbles: true, composed: true, detail: { ...detail, instance } }));
  };
  const fail = (code: string, message: string) => tell("error", { code, message });
  const locale = () => options.locale ?? (document.documentElement.lang || navigator.language);
  const name = () => options.label ?? "Chat";

  const send = (message: ToFrame) => !!frame?.send(message);
  const sendLater = (message: ToFrame) => {
    if (!send(message)) waiting.push(message);
  };
  const sendSettings = () => {
    const { identity, role, theme, greeting, context, container, getToken } = options;
    send({
      type: "settings",
      settings: { identity, role, theme, greeting, context, locale: locale(), asks: !!getToken, inline: !!container },
    });
  };

  const drop = () => {
    frame?.end();
    frame = undefined;
    ready = false;
  };

  /** Draws what the options and the state say; puts the widget into the page where it is not there. */
  const draw = () => {
    const { container, theme } = options;
    const box = typeof container === "string" ? document.querySelector(container) : (container ?? document.body);
    if (!box) throw new Error("no such container");
    if (!parts) {
      parts = build();
      listen(parts.button, "click", () => turn(!open));
      listen(parts.root, "keydown", (event: KeyboardEvent) => event.key === "Escape" && turn(false));
    }
    parts.sheet.replaceSync(styleSheet(theme ?? {}, !!container));
    if (parts.host.parentNode !== box) {
      drop(); // a frame that is moved begins anew
      box.append(parts.host);
    }
    parts.host.hidden = leaving;
    showParts(parts, words(locale()), name(), open, ready, unread);
  };

  const load = () => {
    const connected = () => {
      ready = false;
      for (const message of waiting) send(message);
      waiting = [];
      sendSettings();
      send({ type: "shown", open });
    };
    const failed = () => {
      drop();
      if (parts) parts.status.textContent = words(locale()).failed;
      fail("frame_refused", "not allowed, or forbidden by CSP");
      leave();
    };
    frame = createFrame(options.url ?? location.origin, options.tenant ?? "", instance, name(), connected, take, failed);
    if (parts) parts.status.textContent = "";
    parts?.panel.append(frame.element);
  };

  /** Once the frame has forgotten. */
  const leave = () => {
    if (!leaving) return;
    drop();
    parts?.host.remove();
    parts = undefined;
  };

  const take = (message: ToLoader) => {
    switch (message.type) {
      case "gone":
        leave();
        break;
      case "ready":
        ready = true;
        draw();
        tell("ready");
        break;
      case "unread":
        unread = message.count;
        draw();
        tell("unread", { count: unread });
        break;
      case "close":
        turn(false);
        break;
      case "token":
        void answer(message.id);
        break;
      case "draft":
      case "published":
      case "error":
        tell(message.type, message.detail);
    }
  };

  /** Asks the host for a token; whatever it does, the frame gets an answer. */
  const answer = async (id: number) => {
    try {
      send({ type: "token", id, token: (await options.getToken?.()) ?? "" });
    } catch (error) {
      fail("token_failed", `${error as Error}`);
      send({ type: "token", id });
    }
  };

  /** Follows the part of the window that a phone's keyboard leaves. */
  const view = window.visualViewport;
  const fit = () => {
    if (parts && view) parts.panel.style.cssText = `--height:${view.height}px;--top:${view.offsetTop}px`;
  };
  for (const type of ["resize", "scroll"]) if (view) listen(view, type, fit);

  const turn = (now: boolean) => {
    const changed = now !== open;
    if (!changed && (!now || (frame && parts?.host.isConnected))) return;
    const within = document.activeElement === parts?.host;
    open = now;
    draw();
    fit();
    if (now && !frame) load();
    else send({ type: "shown", open });
    if (!now && within) parts?.button.focus();
    if (now && !options.container) frame?.element.focus();
    if (changed) tell(now ? "open" : "close");
  };

  const update = (given: Options) => {
    leaving = false;
    options = merge(options, given, (option) => fail("bad_option", option));
    draw();
    sendSettings();
    if (open || options.container) turn(true);
  };

  return {
    boot: update,
    update,
    show: () => turn(true),
    hide: () => turn(false),
    toggle: () => turn(!open),
    ask({ send: now }, text) {
      sendLater({ type: "ask", text, send: now });
      turn(true);
    },
    shutdown() {
      turn(false);
      leaving = true;
      draw();
      // What may be of the person goes, their name in a greeting too.
      const { tenant, url, theme, container, locale: language } = options;
      options = { tenant, url, theme, container, locale: language };
      ready = false; // nothing of the frame is shown until it says that it is ready anew
      waiting = [];
      unread = 0;
      // What a visitor's earlier pages left is in the frame's storage, which only the frame can
      // clear: it stays, hidden, until it has, however long it takes to load.
      if (!frame) load();
      sendLater({ type: "shutdown" });
    },
  };
}
