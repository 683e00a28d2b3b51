import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import WebSocket, { WebSocketServer } from "ws";
import { Client } from "../src/client/client";
import type { ClientOptions } from "../src/client/options";
import type { Problem, SessionEvent } from "../src/client/protocol";
import { keys, memoryStorage } from "../src/client/storage";
import { at, draft, message, opened, response } from "./make";

type Frame = Record<string, unknown> & { type: string; id?: string };
type Handle = (frame: Frame, socket: WebSocket) => void;

let http: Server;
let sockets: WebSocketServer;
let base: string;
let received: Frame[];
let handle: Handle;
const clients: Client[] = [];

const say = (socket: WebSocket, ...frames: object[]) => { for (const frame of frames) socket.send(JSON.stringify(frame)); };
const reply = (frame: Frame, error?: Partial<Problem>) => ({ type: "reply", id: frame.id, ...(error ? { error: { message: "", temporary: false, ...error } } : { result: {} }) });
const frames = (type: string) => received.filter((frame) => frame.type === type);
const soon = { timeout: 3_000, interval: 5 };
const delta = (position: number, text: string, id = "r1") => ({ type: "response.output_text.delta", response_id: id, at: position, delta: text });

beforeEach(async () => {
  received = [];
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

function client(more: Partial<ClientOptions> = {}): Client {
  const made = new Client({ url: base, WebSocket, transports: ["websocket"], storage: memoryStorage(), tab: "tab", timing: { quickest: 5, slowest: 20, patience: 2_000 }, ...more });
  clients.push(made);
  return made;
}

/** Opens a session, and answers a message as `play` does. */
const answering = (play: (id: string, socket: WebSocket) => void, reopen: (socket: WebSocket) => void = () => undefined): Handle => (frame, socket) => {
  if (frame.type === "session.open") {
    const back = frame.after !== undefined;
    say(socket, opened({ recovered: back }));
    if (back) reopen(socket);
    return;
  }
  say(socket, reply(frame));
  if (frame.type === "message.create") play(String(frame.message_id), socket);
};

async function all(events: AsyncIterable<SessionEvent>): Promise<SessionEvent[]> {
  const found: SessionEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
}

describe("a turn", () => {
  it("has its own events and no others", async () => {
    handle = answering((id, socket) => say(socket,
      { type: "message.created", offset: 1, message: message(id) },
      { type: "response.created", offset: 2, response_id: "r1", message_id: id },
      { type: "response.created", offset: 3, response_id: "r2", message_id: "other" },
      delta(0, "Not ", "r2"),
      delta(0, "Mine"),
      { type: "draft.updated", draft: draft(1, "other") },
      { type: "draft.updated", draft: draft(2, id) },
      { type: "something.new", response_id: "r1" },
      { type: "response.completed", offset: 4, response: response("r2", "other") },
      { type: "response.completed", offset: 5, response: response("r1", id, { text: "Mine" }) }));
    const turn = client().send("Hello");
    const told = await all(turn);
    expect(told.map((e) => e.type)).toEqual(["message.created", "response.created", "response.output_text.delta", "draft.updated", "something.new", "response.completed"]);
    expect((await turn.done).id).toBe("r1");
    await expect(turn.text()).resolves.toBe("Mine");
  });

  it("tells each piece of text once, however often it comes", async () => {
    handle = answering(
      (id, socket) => {
        say(socket, { type: "message.created", offset: 1, message: message(id) }, { type: "response.created", offset: 2, response_id: "r1", message_id: id }, delta(0, "One "), delta(4, "two "), delta(4, "two "));
        setTimeout(() => socket.terminate(), 20);
      },
      (socket) => say(socket, { type: "response.created", response_id: "r1", message_id: frames("message.create")[0]?.message_id }, delta(0, "One two three "), delta(14, "four."), { type: "response.completed", offset: 3, response: response("r1", String(frames("message.create")[0]?.message_id), { text: "One two three four." }) }),
    );
    const turn = client({ session: "s1" }).send("Count");
    let text = "";
    for await (const event of turn) {
      if (event.type !== "response.output_text.delta") continue;
      expect(event.at).toBe(text.length);
      text += event.delta;
    }
    expect(text).toBe("One two three four.");
  });

  it("begins its text anew when the response was run again", async () => {
    handle = answering((id, socket) => say(socket,
      { type: "message.created", offset: 1, message: message(id) },
      { type: "response.created", offset: 2, response_id: "r1", message_id: id },
      delta(0, "Lost"),
      { type: "response.replaced", offset: 3, response_id: "r1", message_id: id, by: "r2" },
      { type: "response.created", offset: 4, response_id: "r2", message_id: id },
      delta(0, "Found", "r2"),
      { type: "response.completed", offset: 5, response: response("r2", id, { text: "Found" }) }));
    const turn = client().send("Hello");
    const deltas = (await all(turn)).filter((e) => e.type === "response.output_text.delta");
    expect(deltas.map((e) => [e.response_id, e.at, e.delta])).toEqual([["r1", 0, "Lost"], ["r2", 0, "Found"]]);
    expect((await turn.done).id).toBe("r2");
  });

  it.each([["completed", "response.completed"], ["held", "moderation.held"], ["failed", "response.failed"]] as const)("that ended as %s while nobody was there ends all the same", async (status, type) => {
    handle = (frame, socket) => {
      if (frame.type === "message.create") { socket.terminate(); return; }
      const id = String(frames("message.create")[0]?.message_id);
      say(socket, opened(frames("message.create").length === 0 ? {} : { offset: 9, snapshot: { messages: [message(id)], responses: [response("r1", id, { status, text: "x" })] } }));
    };
    const turn = client({ session: "s1" }).send("Hello");
    expect((await turn.done).status).toBe(status);
    expect((await all(turn)).map((e) => e.type)).toEqual([type]);
    if (status !== "completed") await expect(turn.text()).rejects.toMatchObject({ name: "RequestError" });
  });

  it("of a message that is answered anew does not end with the former answer", async () => {
    let anew = (): void => undefined;
    handle = (frame, socket) => {
      if (frame.type === "session.open") say(socket, opened({ offset: 4, snapshot: { messages: [message("m1")], responses: [response("r1", "m1", { text: "Old" })] } }));
      else say(socket, reply(frame));
      anew = () => say(socket,
        { type: "response.replaced", offset: 5, response_id: "r1", message_id: "m1", by: "r2" },
        { type: "response.created", offset: 6, response_id: "r2", message_id: "m1" },
        { type: "response.completed", offset: 7, response: response("r2", "m1", { text: "New" }) });
    };
    const c = client({ session: "s1" });
    c.start();
    await vi.waitFor(() => expect(c.view.link.state).toBe("open"), soon);
    const turn = await c.regenerate("m1");
    anew();
    await expect(turn.text()).resolves.toBe("New");
    expect((await all(turn)).map((e) => e.type)).toEqual(["response.created", "response.completed"]);
  });

  it("is rejected with the reason when its message is refused, and takes it up again under its old id", async () => {
    handle = (frame, socket) => say(socket, frame.type === "session.open" ? opened() : reply(frame, { code: "conflict" }));
    const c = client({ session: "s1" });
    const turn = c.send("Hello");
    await expect(turn.done).rejects.toMatchObject({ problem: { code: "conflict" } });
    await expect(all(turn)).rejects.toMatchObject({ problem: { code: "conflict" } });
    expect(c.view.unsent).toMatchObject([{ message_id: turn.id, problem: { code: "conflict" } }]);
  });

  it("ends when the client is closed, and so does every iterator", async () => {
    handle = answering(() => undefined);
    const c = client();
    const events = all(c.events());
    const turn = c.send("Hello");
    await vi.waitFor(() => expect(frames("message.create")).toHaveLength(1), soon);
    c.close();
    await expect(turn.done).rejects.toMatchObject({ problem: { code: "closed" } });
    expect((await events).map((e) => e.type)).toEqual(["session.opened"]);
    await expect(all(c.events())).resolves.toEqual([]);
    await expect(c.send("More").done).rejects.toMatchObject({ problem: { code: "closed" } });
    await expect(c.ready()).resolves.toBe("s1");
  });

  it("nobody waits for does not bring the program down", async () => {
    const loud = vi.fn();
    process.on("unhandledRejection", loud);
    handle = answering(() => undefined);
    const c = client();
    c.send("Hello");
    c.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", loud);
    expect(loud).not.toHaveBeenCalled();
  });
});

describe("messages", () => {
  it("keep their order when the server cannot take one just then", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let busy = true;
      handle = (frame, socket) => {
        if (frame.type === "session.open") say(socket, opened());
        else if (frame.text === "two" && busy) { busy = false; say(socket, reply(frame, { code: "busy", temporary: true })); }
        else say(socket, reply(frame));
      };
      const c = client({ session: "s1" });
      for (const text of ["one", "two", "three"]) c.send(text);
      await vi.waitFor(() => expect(frames("message.create").map((f) => f.text)).toEqual(["one", "two"]), soon);
      await vi.waitFor(async () => {
        await vi.advanceTimersByTimeAsync(500);
        expect(frames("message.create").map((f) => f.text)).toEqual(["one", "two", "two", "three"]);
      }, soon);
      expect(new Set(frames("message.create").map((f) => f.message_id)).size).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });

  it("of two tabs that share a storage do not overwrite one another", () => {
    const storage = memoryStorage();
    const [one, two] = [client({ url: "http://127.0.0.1:9", session: "s1", storage }), client({ url: "http://127.0.0.1:9", session: "s1", storage })];
    one?.send("From one");
    two?.send("From two");
    one?.send("From one again");
    expect((JSON.parse(storage.getItem(keys.outbox("s1")) ?? "[]") as { text: string }[]).map((m) => m.text)).toEqual(["From one", "From two", "From one again"]);
    two?.discard(two.view.unsent[0]?.message_id ?? "");
    expect(client({ session: "s1", storage }).view.unsent.map((u) => u.text)).toEqual(["From one", "From one again"]);
  });

  it("carry what they are about", async () => {
    handle = answering(() => undefined);
    const c = client({ session: "s1" });
    c.context = { job_post_id: "p7" };
    c.send("Help me apply", { workflow: "proposal", files: [{ file_id: "f1", name: "cv.pdf" }], parent: "m0" });
    c.send("And now something else", { context: {} });
    await vi.waitFor(() => expect(frames("message.create")).toHaveLength(2), soon);
    expect(frames("message.create")[0]).toMatchObject({ context: { job_post_id: "p7" }, workflow: "proposal", attachments: ["f1"], parent_id: "m0" });
    expect(frames("message.create")[1]).not.toHaveProperty("context");
  });
});

describe("a connection", () => {
  it("that seems open is tried when the network comes back, and made anew when nobody answers", async () => {
    handle = (frame, socket) => {
      if (frame.type === "session.open") say(socket, { ...opened({ recovered: frame.after !== undefined }), token: frame.token ? undefined : "tok" });
    };
    const c = client({ session: "s1", timing: { quickest: 5, slowest: 20, patience: 60 } });
    c.start();
    await vi.waitFor(() => expect(c.view.link.state).toBe("open"), soon);
    c.online();
    await vi.waitFor(() => expect(frames("session.open")).toHaveLength(2), soon);
    expect(frames("session.refresh")).toMatchObject([{ token: "tok" }]);
  });

  it("of a visitor whose token is taken away ends, and nothing of the token stays", async () => {
    const storage = memoryStorage();
    handle = (frame, socket) => {
      if (frame.type === "session.open" && frame.token) { socket.close(3500); return; }
      say(socket, { ...opened(), token: "tok" });
      setTimeout(() => socket.close(3500), 20);
    };
    const c = client({ session: "s1", storage });
    c.start();
    await vi.waitFor(() => expect(c.view.link).toEqual({ state: "refused", code: 3500 }), soon);
    expect(storage.getItem(keys.token)).toBeNull();
  });

  it("of somebody else than before is not used for the conversation", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const who = ["ann", "bob", "bob"];
      const jwt = () => `h.${btoa(JSON.stringify({ sub: who.shift(), exp: Date.now() / 1000 + 600 }))}.s`;
      handle = (frame, socket) => {
        if (frame.type === "session.open" && frames("session.open").length === 1) say(socket, opened());
        else if (frame.type === "session.open") say(socket, { type: "error", error: { code: "not_found", message: "", temporary: false } });
        else say(socket, reply(frame, frame.type === "session.refresh" ? { code: "forbidden" } : undefined));
      };
      const c = client({ session: "s1", getToken: jwt });
      c.start();
      await vi.waitFor(() => expect(c.view.link.state).toBe("open"), soon);
      await vi.advanceTimersByTimeAsync(580_000);
      await vi.waitFor(() => expect(c.view.link).toEqual({ state: "refused", code: 3504 }), soon);
      expect(frames("session.refresh")).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it("calls no listener after it was closed", async () => {
    handle = answering(() => undefined);
    const c = client({ session: "s1" });
    c.start();
    await vi.waitFor(() => expect(c.view.link.state).toBe("open"), soon);
    const listener = vi.fn();
    c.subscribe(listener);
    c.close();
    for (const socket of sockets.clients) say(socket, { type: "session.updated", offset: 1, session: opened().session });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(listener).not.toHaveBeenCalled();
  });
});

describe("a draft", () => {
  it("says where the site shows what became of it", async () => {
    handle = (frame, socket) => {
      if (frame.type === "session.open") say(socket, opened({ offset: 1, snapshot: { messages: [message("m1")], drafts: [draft(1, "m1")] } }), { type: "draft.published", offset: 2, draft_id: "d1", version: 1 }, { type: "draft.published", offset: 3, draft_id: "d1", version: 1, url: "https://shop.example/jobs/1" });
    };
    const c = client({ session: "s1" });
    c.start();
    await vi.waitFor(() => expect(c.view.state.drafts[0]).toMatchObject({ published_url: "https://shop.example/jobs/1", published: expect.any(String) as string }), soon);
  });

  it("is changed from its newest version", async () => {
    handle = (frame, socket) => {
      if (frame.type === "session.open") say(socket, opened());
      else if (frame.version === 1) say(socket, reply(frame, { code: "stale_version", current: draft(4, "m1", { document: { ...draft(4, "m1").document, title: "Theirs" } }) }));
      else say(socket, reply(frame));
    };
    const c = client({ session: "s1" });
    c.start();
    await vi.waitFor(() => expect(c.view.link.state).toBe("open"), soon);
    await c.changeDraft(draft(1, "m1"), (document) => ({ title: `${document.title}, and mine` }));
    expect(frames("draft.update").map((f) => [f.version, f.patch])).toEqual([[1, { title: "A title, and mine" }], [4, { title: "Theirs, and mine" }]]);
  });
});

describe("events", () => {
  it("come once and in order over a gap that is filled", async () => {
    let second = false;
    handle = (frame, socket) => {
      if (frame.type !== "session.open") return;
      say(socket, opened({ recovered: second }));
      if (second) say(socket, { type: "message.created", offset: 1, message: message("m1") });
      say(socket, { type: "response.created", offset: 2, response_id: "r1", message_id: "m1" }, { type: "session.updated", offset: 3, session: { ...opened().session, title: "T" } });
      second = true;
    };
    const c = client({ session: "s1" });
    const offsets: number[] = [];
    void (async () => {
      for await (const event of c.events()) if (event.type !== "session.opened" && event.offset) offsets.push(event.offset);
    })();
    c.start();
    await vi.waitFor(() => expect(c.view.state.offset).toBe(3), soon);
    await vi.waitFor(() => expect(offsets).toEqual([1, 2, 3]), soon);
  });

  it("wait for a slow reader joined, and leave with it", async () => {
    const pieces = Array.from({ length: 2_000 }, (_, i) => delta(i, "x"));
    handle = answering((id, socket) => say(socket, { type: "message.created", offset: 1, message: message(id) }, { type: "response.created", offset: 2, response_id: "r1", message_id: id }, ...pieces, { type: "response.completed", offset: 3, response: response("r1", id, { text: "x".repeat(2_000), ended: at }) }));
    const c = client();
    const events = c.events();
    await c.send("Hello").done;
    const types: string[] = [];
    for await (const event of events) {
      types.push(event.type);
      if (event.type === "response.completed") break;
    }
    expect(types).toEqual(["session.opened", "message.created", "response.created", "response.output_text.delta", "response.completed"]);
    await expect(events.next()).resolves.toMatchObject({ done: true });
  });
});
