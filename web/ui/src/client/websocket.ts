import { closeCodes, parseFrame, type Dial } from "./transport";

type SocketClass = new (url: string, protocol: string) => WebSocket;

/** Dials the chat's WebSocket. `base` is the site's origin. */
export function webSocketDial(base: string, Socket: SocketClass = WebSocket): Dial {
  const url = `${base.replace(/^http/, "ws")}/v1/chat`;
  return (open, handlers) => {
    const socket = new Socket(url, "parley.v1");
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
    socket.onmessage = (event: MessageEvent) => {
      if (done) return;
      const frame = parseFrame(String(event.data));
      if (frame) handlers.frame(frame);
      else socket.close();
    };
    socket.onerror = () => undefined; // a close always follows and says more
    socket.onclose = (event: CloseEvent) => finish(event.code || closeCodes.lost);
    return {
      send: (frame) => {
        if (socket.readyState === 1) socket.send(JSON.stringify(frame));
      },
      close: () => {
        socket.close();
        // A dead network may hold the close handshake back for a minute.
        finish(closeCodes.lost);
      },
    };
  };
}
