// A stand-in for the socket of a server, for measuring the page alone: it serves
// the built page and speaks as much of the wire as a long conversation with an
// answer that streams needs.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { WebSocketServer } from "ws";

const dist = new URL("../../static/dist/", import.meta.url).pathname;
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const created = "2026-11-21T10:00:00Z";
const sentence = "The post should say **what the shop sells**, about 850 products with a CSV file, and card payments. ";

/** A conversation of this many turns, each answered with two paragraphs and a list. */
export function conversation(turns) {
  const messages = [];
  const responses = [];
  for (let n = 0; n < turns; n++) {
    messages.push({ id: `m${n}`, parent_id: n > 0 ? `m${n - 1}` : undefined, text: `Turn ${n}: the shop should also show a page about our vet and opening hours.`, created });
    const text = `${sentence.repeat(3)}\n\n- one page a topic\n- the team, with photographs\n- opening hours\n\n${sentence}`;
    responses.push({ id: `r${n}`, message_id: `m${n}`, status: "completed", text, created, citations: [{ id: `c${n}`, path: "", start: 0, end: 60, text: "", kind: "entity", sources: [{ kind: "message", id: `m${n}`, start: 0, end: 6, quote: "Turn" }] }] });
  }
  return { messages, responses, drafts: [], feedback: [] };
}

/** Serves the page, and a conversation to whoever connects. */
export async function talking(turns) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    try {
      const file = join(dist, path === "/" ? "index.html" : path.replaceAll("..", ""));
      response.writeHead(200, { "Content-Type": types[extname(file)] ?? "text/plain" }).end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  const sockets = new Set();
  new WebSocketServer({ server, path: "/v1/chat" }).on("connection", (socket) => {
    sockets.add(socket);
    socket.on("message", (data) => {
      const frame = JSON.parse(data);
      const session = { id: "s1", role: "client", title: "A long one", leaf: `m${turns - 1}`, created, updated: created };
      if (frame.type === "session.open") socket.send(JSON.stringify({ type: "session.opened", id: frame.id, session, token: "t", epoch: "e1", offset: 1, recovered: false, snapshot: conversation(turns) }));
      else if (frame.id) socket.send(JSON.stringify({ type: "reply", id: frame.id, result: {} }));
    });
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const words = sentence.split(/(?<= )/);
  let text = "";
  const send = (frame) => { for (const socket of sockets) socket.send(JSON.stringify(frame)); };
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Begins an answer, which `say` goes on with and `end` ends. */
    begin() {
      text = "";
      send({ type: "message.created", message: { id: "next", parent_id: `m${turns - 1}`, text: "Go on, please.", created } });
      send({ type: "response.created", response_id: "answer", message_id: "next" });
    },
    /** Streams so many tokens, one every `gap` milliseconds. */
    async say(tokens, gap) {
      const begin = performance.now();
      for (let n = 0; n < tokens; n++) {
        const delta = n % 60 === 59 ? "\n\n" : words[n % words.length];
        send({ type: "response.output_text.delta", response_id: "answer", at: text.length, delta });
        text += delta;
        await new Promise((later) => setTimeout(later, Math.max(0, begin + (n + 1) * gap - performance.now())));
      }
    },
    end: () => send({ type: "response.completed", response: { id: "answer", message_id: "next", status: "completed", text, created } }),
    close() {
      for (const socket of sockets) socket.terminate();
      server.close();
    },
  };
}
