import { closeCodes, parseFrame, type Dial } from "./transport";

/** What is used of a WebSocket; a browser's is one, and so is that of the package `ws`. */
export interface SocketLike {
  readonly readyState: number;
  send(data: string): void;
  close(): void;
  /* eslint-disable @typescript-eslint/no-explicit-any -- implementations differ in their event types */
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  /* eslint-enable @typescript-eslint/no-explicit-any */
}

export type SocketClass = new (url: string, protocol: string) => SocketLike;

/** Dials the chat's WebSocket at `address`, which begins with http. */
export function webSocketDial(address: string, Socket: SocketClass): Dial {
  return (open, handlers) => {
    const socket = new Socket(address.replace(/^http/, "ws"), "parley.v1");
    let reached = false;
    let done = false;
    const finish = (code: number) => {
      if (done) return;
      done = true;
      handlers.closed(code, reached);
    };
    socket.onopen = () => {
      reached = true;
      socket.send(JSON.stringify(open));
    };
    socket.onmessage = (event: { data: unknown }) => {
      if (done) return;
      const frame = parseFrame(String(event.data));
      if (frame) handlers.frame(frame);
      else socket.close();
    };
    socket.onerror = () => undefined; // a close always follows and says more
    socket.onclose = (event: { code?: number }) => finish(event.code || closeCodes.lost);
    return {
      send: (text) => {
        if (socket.readyState === 1) socket.send(text);
      },
      close: () => {
        socket.close();
        // A dead network may hold the close handshake back for a minute.
        finish(closeCodes.lost);
      },
    };
  };
}
