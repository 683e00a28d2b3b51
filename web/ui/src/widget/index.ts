// The loader: `<script async src="https://parley.example/widget.js" data-tenant="shop"></script>`.
//
// It makes `Parley(command, …)` of the page, runs what a stub has kept until now,
// and shows a launcher. Nothing of it throws into the page, and nothing is
// requested before a widget is opened for the first time.

import { listen } from "./natives";
import { optionsOf, type Options } from "./options";
import { createWidget, type Widget } from "./widget";

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

/** Makes the page's Parley. Calls that name no instance mean `main`; widgets that name no tenant or url have these. */
function createApi(main: string, { tenant, url }: Options): Api {
  const widgets: Record<string, Widget> = {};
  let handlers: { event: string; handler: Handler }[] = [];

  const on = (event: string, handler: Handler) => {
    const entry = { event, handler };
    handlers.push(entry);
    listen(document, event, ({ detail }: CustomEvent<object>) => {
      if (handlers.includes(entry)) handler(detail);
    });
  };
  const off = (event: string, handler: Handler) => {
    handlers = handlers.filter((entry) => entry.event !== event || entry.handler !== handler);
  };

  const run = (command: string, args: unknown[]) => {
    const [first, second] = args;
    const last = args[args.length - 1];
    const options = (last && typeof last === "object" ? last : {}) as Options;
    const instance = options.instance ?? main;
    if (command === "on" || command === "off") (command === "on" ? on : off)(`parley:${first as string}`, second as Handler);
    else {
      if (command === "boot") widgets[instance] ??= createWidget(instance, { tenant, url });
      const widget = widgets[instance] as unknown as Record<string, (options: Options, first: unknown) => void>;
      (widget[command] as (typeof widget)[string])(options, first);
    }
  };

  return (command, ...args) => {
    try {
      run(command, args);
    } catch (error) {
      document.dispatchEvent(new CustomEvent("parley:error", { detail: { code: "bad_call", message: `${command}: ${error as Error}`, instance: main } }));
    }
  };
}

function begin(): void {
  const script = document.currentScript as HTMLScriptElement | null;
  const data = script?.dataset ?? {};
  const options = optionsOf(data);
  options.url = new URL(script?.src || location.href).origin;
  options.instance ??= options.tenant ?? "default";
  const run = () => {
    let parley = window.Parley;
    const kept = (!parley?.version && parley?.q) || [];
    if (!parley?.version) {
      window.Parley = parley = createApi(options.instance ?? "", options);
      parley.version = 1;
    }
    if (data.boot !== "manual") parley("boot", options);
    for (let at = 0; at < kept.length; at++) parley(...(Array.from(kept[at] ?? []) as [string]));
  };
  if (document.body) run();
  else document.addEventListener("DOMContentLoaded", run);
}

begin();
