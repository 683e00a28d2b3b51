import { make } from "./launcher";
import { Channel, dataOf, listen, originOf, post, sourceOf, start, windowOf } from "./natives";
import { version, type Hail, type ToFrame, type ToLoader } from "./protocol";

export interface Frame {
  element: HTMLIFrameElement;
  /** Sends, if the frame's page is there to listen; tells whether it is. */
  send(message: ToFrame): boolean;
  /** Removes the frame and hears nothing more of it. */
  end(): void;
}

/** How long after its load the frame's page may take to say hello: its script has run by then. */
const grace = 3_000;

/**
 * A frame for Parley at `origin`, which begins to load once the caller has put its
 * element into the page. `connected` is called when the frame's page runs, for the
 * first time or loaded anew; `failed` when something else than that was loaded, or nothing.
 */
export function createFrame(
  origin: string, site: string, instance: string, title: string,
  connected: () => void, heard: (message: ToLoader) => void, failed: () => void,
): Frame {
  const element = make("iframe", {
    title,
    allow: "clipboard-write",
    referrerpolicy: "no-referrer",
    sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads",
    src: `${origin}/embed?site=${encodeURIComponent(site)}&origin=${encodeURIComponent(location.origin)}&instance=${encodeURIComponent(instance)}`,
  });
  let port: MessagePort | undefined;

  const hear = (event: MessageEvent) => {
    const from = windowOf(element);
    if (!from || sourceOf(event) !== from || originOf(event) !== origin) return;
    const hail = dataOf(event) as Hail | null;
    if (hail?.parley !== version || hail.type !== "hello") return;
    const channel = new Channel();
    const near = (port = channel.port1);
    listen(near, "message", (said: MessageEvent) => {
      if (near === port) heard(dataOf(said) as ToLoader);
    });
    start(near);
    from.postMessage({ parley: version, type: "connect" } satisfies Hail, origin, [channel.port2]);
    connected();
  };
  listen(window, "message", hear);
  listen(element, "load", () => {
    setTimeout(() => {
      if (!port && element.isConnected) failed();
    }, grace);
  });

  return {
    element,
    send(message) {
      if (port) post(port, message);
      return !!port;
    },
    end() {
      removeEventListener("message", hear);
      port = undefined;
      element.remove();
    },
  };
}
