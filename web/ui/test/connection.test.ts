import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import WebSocket, { WebSocketServer } from "ws";
import { ChatClient } from "../src/client/chat";
import type { ClientOptions } from "../src/client/options";
import { keys, memoryStorage } from "../src/client/storage";
import { branch } from "../src/client/tree";
import { message, opened, response } from "./make";

type Frame = Record<string, unknown> & { type: string; id?: string };
type Handle = (frame: Frame, socket: WebSocket) => void;

// A real server on a real socket, told by each test what to answer.
let http: Server;
let sockets: WebSocketServer;
let base: string;
let received: Frame[];
let handle: Handle;
const clients: ChatClient[] = [];

const answer = (socket: WebSocket, body: object) => socket.send(JSON.stringify(body));
const friendly: Handle = (frame, socket) => {
  if (frame.type === "session.open") { answer(socket, { ...opened({ recovered: frame.after !== undefined, offset: 0 }), token: frame.token ? undefined : "tok" }); return; }
  answer(socket, { type: "reply", id: frame.id, result: {} });
};

beforeEach(async () => {
  received = [];
  handle = friendly;
  http = createServer();
  sockets = new WebSocketServer({ server: http, path: "/v1/chat" });
  sockets.on("connection", (socket) => {
    socket.on("message", (data) => {
      const frame = JSON.parse((data as Buffer).toString()) as Frame;
      received.push(frame);
      handle(frame, socket);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
});

function client(more: Partial<ClientOptions> = {}): ChatClient {
  const made = new ChatClient({
    url: base, WebSocket, transports: ["websocket"], storage: memoryStorage(), tab: "tab", ...more, timing: { quickest: 5, slowest: 20, patience: 2_000, ...more.timing },
  });
  clients.push(made);
  return made;
}

const link = (c: ChatClient, state: string) => vi.waitFor(() => expect(c.view.link.state).toBe(state), { timeout: 3_000, interval: 5 });
const frames = (type: string) => received.filter((frame) => frame.type === type);
const until = (type: string, count = 1) => vi.waitFor(() => expect(frames(type).length).toBeGreaterThanOrEqual(count), { timeout: 3_000, interval: 5 });
const closeAll = (code: number) => { for (const socket of sockets.clients) socket.close(code); };

describe("a new conversation", () => {
  it("asks the server for nothing before there is something to say", async () => {
    client().start();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sockets.clients.size).toBe(0);
  });

  it("is opened with the first message, keeps the visitor's token and tells its id", async () => {
    const storage = memoryStorage();
    const named = vi.fn();
    const c = client({ storage, named });
    c.send("Hello");
    await until("message.create");
    expect(frames("session.open")[0]).not.toHaveProperty("session");
    expect(frames("message.create")[0]).toMatchObject({ text: "Hello" });
    expect(storage.getItem(keys.token)).toBe("tok");
    expect(named).toHaveBeenCalledWith("s1");
  });
});

describe("reconnecting", () => {
  it.each([1006, 3001, 3008, 3012])("after close code %i resumes where it was", async (code) => {
    const c = client({ session: "s1" });
    handle = (frame, socket) => {
      friendly(frame, socket);
      if (frame.type === "session.open" && !frame.after) answer(socket, { type: "message.created", offset: 1, message: message("m1") });
    };
    c.start();
    await vi.waitFor(() => expect(c.view.state.offset).toBe(1));
    if (code === 1006) for (const socket of sockets.clients) socket.terminate();
    else closeAll(code);
    await until("session.open", 2);
    expect(frames("session.open")[1]).toMatchObject({ session: "s1", token: "tok", after: { epoch: "e1", offset: 1 } });
    await link(c, "open");
    expect(branch(c.view.state)).toHaveLength(1);
  });

  it.each([3500, 3501, 3502, 3503, 3504, 3505])("does not happen after close code %i", async (code) => {
    const c = client({ session: "s1" });
    c.start();
    await link(c, "open");
    closeAll(code);
    await link(c, "refused");
    expect(c.view.link).toEqual({ state: "refused", code });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(frames("session.open")).toHaveLength(1);
  });

  it.each([["not_found", 3504], ["unauthorized", 3500], ["invalid", 3501]])("does not happen when opening is refused with %s", async (code, closed) => {
    handle = (_, socket) => answer(socket, { type: "error", error: { code, message: "", temporary: false } });
    const c = client({ session: "s1" });
    c.start();
    await link(c, "refused");
    expect(c.view.link).toEqual({ state: "refused", code: closed });
  });

  it("fills a gap by resuming from the last event that fits", async () => {
    let second = false;
    handle = (frame, socket) => {
      friendly(frame, socket);
      if (frame.type !== "session.open") return;
      if (second) answer(socket, { type: "message.created", offset: 1, message: message("m1") });
      answer(socket, { type: "response.created", offset: 2, response_id: "r1", message_id: "m1" });
      second = true;
    };
    const c = client({ session: "s1" });
    c.start();
    await vi.waitFor(() => expect(c.view.state.offset).toBe(2), { timeout: 3_000 });
    expect(frames("session.open")[1]).toMatchObject({ after: { epoch: "e1", offset: 0 } });
    expect(c.view.state.behind).toBe(false);
  });

  it("treats a server that does not answer as gone", async () => {
    handle = (frame, socket) => { if (frame.type === "session.open") friendly(frame, socket); };
    const c = client({ session: "s1", timing: { patience: 60 } });
    c.start();
    await link(c, "open");
    await expect(c.cancel("r1")).rejects.toMatchObject({ problem: { code: "offline", temporary: true } });
    await until("session.open", 2);
  });

  it("waits for a connection that never opens no longer than it is patient", async () => {
    handle = () => undefined;
    client({ session: "s1", timing: { patience: 40 } }).start();
    await until("session.open", 3);
  });
});

describe("messages", () => {
  it("that were cut off are sent again under the same id, and once only when confirmed", async () => {
    handle = (frame, socket) => {
      if (frame.type === "session.open") { friendly(frame, socket); return; }
      if (frames("message.create").length === 1) { socket.terminate(); return; }
      answer(socket, { type: "message.created", offset: 1, message: { ...message("x"), id: frame.message_id as string, text: frame.text as string } });
      friendly(frame, socket);
    };
    const c = client({ session: "s1" });
    c.send("Only once");
    await until("message.create", 2);
    await vi.waitFor(() => expect(c.view.unsent).toEqual([]));
    const [first, second] = frames("message.create");
    expect(second?.message_id).toBe(first?.message_id);
    expect(branch(c.view.state).map((e) => e.message.text)).toEqual(["Only once"]);
  });

  it("are kept over a reload and sent by the page that comes after", async () => {
    const storage = memoryStorage();
    const before = client({ storage, url: "http://127.0.0.1:9" });
    before.send("Written without a network");
    const id = before.view.unsent[0]?.message_id;
    before.close();
    const after = client({ storage });
    expect(after.view.unsent[0]?.text).toBe("Written without a network");
    after.start();
    await until("message.create");
    expect(frames("message.create")[0]?.message_id).toBe(id);
  });

  it("keep their order", async () => {
    const c = client({ session: "s1" });
    for (const text of ["one", "two", "three"]) c.send(text);
    await until("message.create", 3);
    expect(frames("message.create").map((f) => f.text)).toEqual(["one", "two", "three"]);
  });

  it("that are refused stay, say why, and go out again when asked to", async () => {
    let refuse = true;
    handle = (frame, socket) => {
      if (frame.type === "session.open" || !refuse) { friendly(frame, socket); return; }
      answer(socket, { type: "reply", id: frame.id, error: { code: "invalid", message: "No.", temporary: false } });
    };
    const c = client({ session: "s1" });
    c.send("Hm");
    await vi.waitFor(() => expect(c.view.unsent[0]?.problem?.message).toBe("No."));
    refuse = false;
    c.retry(c.view.unsent[0]?.message_id ?? "");
    await until("message.create", 2);
    expect(c.view.unsent[0]?.problem).toBeUndefined();
  });

  it("found in a snapshot are not sent again", async () => {
    const storage = memoryStorage();
    storage.setItem(keys.outbox("s1"), JSON.stringify([{ message_id: "m1", text: "text of m1" }]));
    handle = (frame, socket) => { if (frame.type === "session.open") answer(socket, opened({ snapshot: { messages: [message("m1")], responses: [response("r1", "m1")] } })); };
    const c = client({ session: "s1", storage });
    c.start();
    await link(c, "open");
    expect(c.view.unsent).toEqual([]);
    expect(frames("message.create")).toEqual([]);
  });

  it("survive a broken store of unsent ones", () => {
    const storage = memoryStorage();
    storage.setItem(keys.outbox("s1"), '[{"message_id": 3}, null, "x"');
    expect(client({ session: "s1", storage }).view.unsent).toEqual([]);
  });
});

describe("a token that is refused", () => {
  const refuseOld: Handle = (frame, socket) => {
    if (frame.type === "session.open" && frame.token === "old") { socket.close(3500); return; }
    friendly(frame, socket);
  };
  it("is forgotten, and a first message goes out as a new visitor", async () => {
    handle = refuseOld;
    const storage = memoryStorage();
    storage.setItem(keys.token, "old");
    client({ storage }).send("Hello");
    await until("message.create");
    expect(storage.getItem(keys.token)).toBe("tok");
  });
  it("ends a conversation that was its own", async () => {
    handle = refuseOld;
    const storage = memoryStorage();
    storage.setItem(keys.token, "old");
    const c = client({ storage, session: "s1" });
    c.start();
    await link(c, "refused");
    expect(storage.getItem(keys.token)).toBeNull();
    expect(frames("session.open")).toHaveLength(1);
  });
});

describe("requests", () => {
  it("are matched with their replies, whatever their order", async () => {
    const waiting: [Frame, WebSocket][] = [];
    handle = (frame, socket) => {
      if (frame.type === "session.open") { friendly(frame, socket); return; }
      waiting.push([frame, socket]);
      if (waiting.length < 2) return;
      for (const [f, s] of waiting.reverse()) answer(s, { type: "reply", id: f.id, result: { for: f.type } });
    };
    const c = client({ session: "s1" });
    c.start();
    await link(c, "open");
    const results = await Promise.all([c.cancel("r1"), c.publish("d1", 1)]);
    expect(results).toEqual([{ for: "response.cancel" }, { for: "draft.publish" }]);
  });

  it("without a connection fail at once and plainly", async () => {
    await expect(client({ session: "s1" }).publish("d1", 1)).rejects.toMatchObject({ problem: { code: "offline" } });
  });

  it("carry the current draft of a stale edit back", async () => {
    handle = (frame, socket) => {
      if (frame.type === "session.open") { friendly(frame, socket); return; }
      answer(socket, { type: "reply", id: frame.id, error: { code: "stale_version", message: "", temporary: false, current: { version: 7 } } });
    };
    const c = client({ session: "s1" });
    c.start();
    await link(c, "open");
    await expect(c.updateDraft("d1", 3, { title: "x" })).rejects.toMatchObject({ problem: { current: { version: 7 } } });
  });
});

describe("without WebSocket", () => {
  it("falls back to Server-Sent Events, and sends frames by POST", async () => {
    sockets.close();
    http.on("upgrade", (_, socket) => socket.destroy());
    const posted: Frame[] = [];
    let stream: import("node:http").ServerResponse | undefined;
    http.on("request", (request, reply) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        if (request.url === "/v1/sessions") {
          reply.writeHead(201, { "Content-Type": "application/json" }).end(JSON.stringify({ session: { id: "s9" }, token: "tok9" }));
        } else if (request.url?.startsWith("/v1/sessions/s9/events")) {
          if (request.headers.authorization !== "Bearer tok9") return void reply.writeHead(401).end();
          stream = reply.writeHead(200, { "Content-Type": "text/event-stream" });
          stream.write(`: hello\n\ndata: ${JSON.stringify(opened({ session: { ...opened().session, id: "s9" } }))}\n\n`);
        } else {
          const frame = JSON.parse(body) as Frame;
          posted.push(frame);
          const event = JSON.stringify({ type: "message.created", offset: 1, message: { ...message("x"), id: frame.message_id, text: frame.text } });
          stream?.write(`data: ${event.slice(0, 20)}`);
          setTimeout(() => stream?.write(`${event.slice(20)}\n\n`), 5);
          reply.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ type: "reply", id: frame.id, result: {} }));
        }
      });
    });
    const storage = memoryStorage();
    const c = client({ storage, transports: ["websocket", "sse"] });
    c.send("Through a narrow network");
    await vi.waitFor(() => expect(branch(c.view.state).map((e) => e.message.text)).toEqual(["Through a narrow network"]), { timeout: 3_000 });
    expect(posted).toHaveLength(1);
    expect(storage.getItem(keys.token)).toBe("tok9");
    expect(c.view.unsent).toEqual([]);
  });
});
