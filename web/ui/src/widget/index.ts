// The loader: `<script async src="https://parley.example/widget.js" data-tenant="shop"></script>`.
//
// It makes `Parley(command, …)` of the page, runs what a stub has kept until now,
// and shows a launcher. Nothing of it throws into the page, and nothing is
// requested before a widget is opened for the first time.

import { optionsOf, type Options } from "./options";
import { createWidget, type EventName, type Notify, type Widget } from "./widget";

type Handler = (detail: object) => void;

interface Api {
  (command: string, ...args: unknown[]): void;
  /** What a stub has kept. */
  q?: ArrayLike<unknown>[];
  /** Set by the loader: a second script tag adds its widget to the first one's. */
  version?: 1;
}

declare global {
  interface Window {
    Parley?: Api;
  }
}

const events: Record<EventName, 1> = { ready: 1, open: 1, close: 1, unread: 1, draft: 1, published: 1, error: 1 };

/** Makes the page's Parley. Calls that name no instance mean `main`. */
function createApi(main: string): Api {
  const widgets: Record<string, Widget | undefined> = Object.create(null) as object as Record<string, Widget>;
  let handlers: { event: string; instance?: string; handler: Handler }[] = [];

  const call = (handler: Handler, detail: object) => {
    try {
      handler(detail);
    } catch (error) {
      reportError(error);
    }
  };
  const notify: Notify = (event, detail) => {
    const { instance } = detail as { instance: string };
    const concerned = handlers.filter((h) => h.event === event && (h.instance ?? instance) === instance);
    if (event === "error" && !concerned.length) console.warn("Parley:", detail);
    for (const { handler } of concerned) call(handler, detail);
  };

  const run = (command: string, first: unknown, args: unknown[]) => {
    const last = args[args.length - 1];
    const options = (last && typeof last === "object" ? last : {}) as Options & { send?: boolean };
    const instance = options.instance ?? main;
    const widget = widgets[instance];
    const handler = args[1] as Handler;
    if (command === "boot") (widgets[instance] ??= createWidget(instance, notify)).update(options);
    else if (command === "on" && events[first as EventName] && typeof handler === "function") {
      handlers.push({ event: first as string, instance: options.instance, handler });
      if (first === "ready" && widget?.ready) call(handler, { instance });
    } else if (command === "off") handlers = handlers.filter((h) => h.event !== first || h.handler !== handler);
    else if (!widget) throw new Error("boot comes first");
    else if (command === "update") widget.update(options);
    else if (command === "show" || command === "hide") widget.show(command === "show");
    else if (command === "toggle") widget.toggle();
    else if (command === "ask" && typeof first === "string") widget.ask(first, !!options.send);
    else if (command === "shutdown") widget.shutdown();
    else throw new Error("it is no command, or its arguments are others");
  };

  return (command, ...args) => {
    try {
      run(command, args[0], args);
    } catch (error) {
      notify("error", { instance: main, code: "bad_call", message: `${command}: ${(error as Error).message}` });
    }
  };
}

function begin(): void {
  const script = (document.currentScript ?? document.querySelector('script[src*="/widget.js"]')) as HTMLScriptElement | null;
  const data = script?.dataset ?? {};
  const options = optionsOf(data);
  options.url = new URL(script?.src || location.href).origin;
  options.instance ??= options.tenant ?? "default";
  const run = () => {
    let parley = window.Parley;
    const kept = (!parley?.version && parley?.q) || [];
    if (!parley?.version) {
      window.Parley = parley = createApi(options.instance ?? "");
      parley.version = 1;
    }
    if (data.boot !== "manual") parley("boot", options);
    for (let at = 0; at < kept.length; at++) parley(...(Array.from(kept[at] ?? []) as [string]));
  };
  if (document.body) run();
  else document.addEventListener("DOMContentLoaded", run);
}

begin();
