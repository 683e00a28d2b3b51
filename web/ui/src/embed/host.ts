import { version, type Hail, type ToFrame, type ToLoader } from "../widget/protocol";

/** The page around, as the frame knows it. */
export interface Host {
  tell(message: ToLoader): void;
}

/**
 * Says hello to the page around and waits for its loader, as widget/protocol.ts
 * describes. Only the parent at exactly this origin is believed, and only its
 * first answer. Whoever else posts to this window is not heard.
 */
export function connectHost(origin: string, heard: (message: ToFrame) => void): Host {
  const { parent } = window;
  let port: MessagePort | undefined;
  const hear = (event: MessageEvent<unknown>) => {
    const [offered] = event.ports;
    if (event.source !== parent || event.origin !== origin || !connects(event.data) || !offered) return;
    window.removeEventListener("message", hear);
    port = offered;
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isMessage(data)) heard(data);
    };
  };
  window.addEventListener("message", hear);
  parent.postMessage({ parley: version, type: "hello" } satisfies Hail, origin);
  return { tell: (message) => port?.postMessage(message) };
}

function connects(data: unknown): boolean {
  const hail = data as Hail | null;
  return typeof hail === "object" && hail !== null && hail.parley === version && hail.type === "connect";
}

function isMessage(data: unknown): data is ToFrame {
  return typeof data === "object" && data !== null && "type" in data && typeof data.type === "string";
}
