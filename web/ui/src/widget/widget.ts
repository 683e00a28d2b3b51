import { createFrame, type Frame } from "./frame";
import { build, show as showParts, type Parts } from "./launcher";
import { listen } from "./natives";
import { merge, type Options } from "./options";
import type { ToFrame, ToLoader } from "./protocol";
import { styleSheet } from "./style";
import { words } from "./words";

export type EventName = "ready" | "open" | "close" | "unread" | "draft" | "published" | "error";
export type Notify = (event: EventName, detail: object) => void;

/** One widget of the page: its launcher, and its frame once it was opened. */
export interface Widget {
  ready: boolean;
  update(options: Options): void;
  show(open: boolean): void;
  toggle(): void;
  ask(text: string, send: boolean): void;
  /** Removes the widget and forgets whom it served; `update` brings it back. */
  shutdown(): void;
}

/** How long the frame may take to forget before it is removed anyway. */
const farewell = 2_000;

export function createWidget(instance: string, notify: Notify): Widget {
  let options: Options = {};
  let parts: Parts | undefined;
  let frame: Frame | undefined;
  let open = false;
  let unread = 0;
  let waiting: ToFrame[] = [];
  /** A frame that still forgets: no other loads before it is gone. */
  let leaving: Promise<void> | undefined;
  let gone: (() => void) | undefined;

  const tell: Notify = (event, detail) => {
    detail = { instance, ...detail };
    (parts?.host.isConnected ? parts.host : document).dispatchEvent(new CustomEvent(`parley:${event}`, { bubbles: true, composed: true, detail }));
    notify(event, detail);
  };
  const fail = (code: string, message: string) => tell("error", { code, message });
  const locale = () => options.locale ?? (document.documentElement.lang || navigator.language);
  const name = () => options.label ?? words(locale()).open;

  const send = (message: ToFrame) => !!frame?.send(message);
  const sendLater = (message: ToFrame) => {
    if (!send(message)) waiting.push(message);
  };
  const sendSettings = () => {
    const { identity, role, theme, greeting, context, container, getToken } = options;
    send({
      type: "settings",
      settings: { instance, identity, role, theme, greeting, context, locale: locale(), asks: !!getToken, inline: !!container },
    });
  };

  const drop = () => {
    frame?.end();
    frame = undefined;
    widget.ready = false;
  };

  /** Draws what the options and the state say; puts the widget into the page where it is not there. */
  const draw = () => {
    const { container, theme } = options;
    const box = typeof container === "string" ? document.querySelector(container) : (container ?? document.body);
    if (!box) {
      fail("no_container", "container: there is no such element");
      return;
    }
    if (!parts) {
      parts = build();
      listen(parts.button, "click", () => widget.toggle());
      listen(parts.root, "keydown", (event: KeyboardEvent) => event.key === "Escape" && widget.show(false));
    }
    parts.sheet.replaceSync(styleSheet(theme ?? {}, !!container));
    if (parts.host.parentNode !== box) {
      drop(); // a frame that is moved begins anew
      box.append(parts.host);
    }
    showParts(parts, words(locale()), name(), open, widget.ready, unread);
  };

  /** A frame that knows what to do once its page runs, and with whom. */
  const makeFrame = (connected: () => void, failed?: () => void): Frame => {
    const made = createFrame(options.url ?? location.origin, options.tenant ?? "default", name(), {
      connected,
      message(message) {
        if (message.type === "gone") gone?.();
        else if (made === frame) take(message);
      },
      failed: () => failed?.(),
    });
    return made;
  };

  const load = () => {
    drop();
    if (parts) parts.status.textContent = "";
    const connected = () => {
      widget.ready = false;
      sendSettings();
      send({ type: "shown", open });
      for (const message of waiting) send(message);
      waiting = [];
    };
    const failed = () => {
      if (parts) parts.status.textContent = words(locale()).failed;
      drop();
      fail("frame_refused", `Is ${location.origin} among the site's origins, and does the page's CSP allow the frame?`);
    };
    const loaded = (frame = makeFrame(connected, failed));
    const add = () => loaded === frame && parts?.panel.append(loaded.element);
    if (leaving) void leaving.then(add);
    else add();
  };

  const take = (message: ToLoader) => {
    switch (message.type) {
      case "ready":
        widget.ready = true;
        draw();
        tell("ready", {});
        break;
      case "unread":
        unread = message.count;
        draw();
        tell("unread", { count: unread });
        break;
      case "close":
        widget.show(false);
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
    let token: string | undefined;
    try {
      token = (await options.getToken?.()) ?? "";
    } catch (error) {
      fail("token_failed", `getToken: ${error as Error}`);
    }
    send({ type: "token", id, token });
  };

  /** Follows the part of the window that a phone's keyboard leaves. */
  const view = window.visualViewport;
  const fit = () => {
    parts?.panel.style.setProperty("--height", `${view?.height ?? 0}px`);
    parts?.panel.style.setProperty("--top", `${view?.offsetTop ?? 0}px`);
  };
  if (view) {
    listen(view, "resize", fit);
    listen(view, "scroll", fit);
  }

  const widget: Widget = {
    ready: false,
    update(given) {
      const { tenant, url } = options;
      options = merge(options, given, (option) => fail("bad_option", `${option}: this value is not taken`));
      if (tenant !== options.tenant || url !== options.url) drop();
      draw();
      sendSettings();
      if (open || options.container) widget.show(true);
    },
    show(now) {
      const changed = now !== open;
      if (!changed && (!now || frame)) return;
      const within = document.activeElement === parts?.host;
      open = now;
      draw();
      if (now && !frame) load();
      else send({ type: "shown", open });
      if (view) fit();
      if (!now && within) parts?.button.focus();
      if (now && !options.container) frame?.element.focus();
      if (changed) tell(now ? "open" : "close", {});
    },
    toggle: () => widget.show(!open),
    ask(text, now) {
      sendLater({ type: "ask", text, send: now });
      widget.show(true);
    },
    shutdown() {
      widget.show(false);
      draw();
      options = { ...options, identity: undefined, getToken: undefined, role: undefined, context: undefined };
      waiting = [];
      unread = 0;
      // What a visitor's earlier pages left is in the frame's storage, which only the frame can clear.
      const forget: ToFrame = { type: "shutdown" };
      if (!send(forget)) {
        drop();
        const last = (frame = makeFrame(() => last.send(forget)));
        parts?.panel.append(last.element);
      }
      const [host, last] = [parts?.host, frame];
      if (host) host.hidden = true;
      frame = parts = undefined;
      widget.ready = false;
      leaving = new Promise((resolve) => {
        gone = () => {
          last?.end();
          host?.remove();
          resolve();
        };
        setTimeout(gone, farewell);
      });
    },
  };
  return widget;
}
