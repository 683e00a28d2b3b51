// A stand-in for the server, for working on the page: it speaks the wire of
// docs/wire.md and plays a written conversation. `npm run dev` starts it on
// the built page; PORT, PACE (milliseconds a word) and STATE (a file that
// keeps the conversations over a restart) may be set. NO_SOCKET=1 refuses
// WebSockets, so that the page falls back to Server-Sent Events.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { WebSocketServer } from "ws";
import { Fault, MockSession } from "./mock-session.mjs";

const port = Number(process.env.PORT ?? 8090);
const pace = Number(process.env.PACE ?? 35);
const stateFile = process.env.STATE ?? "";
const dist = new URL("../../static/dist/", import.meta.url).pathname;
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

const saved = stateFile && existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, "utf8")) : {};
const epoch = saved.epoch ?? "e1";
const sessions = new Map((saved.sessions ?? []).map((s) => [s.session.id, new MockSession(s, pace)]));

function sessionOf(id) {
  if (!id) {
    const fresh = new MockSession(undefined, pace);
    sessions.set(fresh.session.id, fresh);
    return fresh;
  }
  const found = sessions.get(id);
  if (!found) throw new Fault("not_found", "There is no such conversation.");
  return found;
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  const json = (status, body) => {
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  try {
    if (url.pathname.startsWith("/v1/")) await api(request, response, url, json);
    else page(url.pathname, response);
  } catch (error) {
    if (error instanceof Fault) json(error.problem.code === "not_found" ? 404 : 400, error.problem);
    else json(500, { code: "internal", message: String(error) });
  }
});

function page(path, response) {
  const file = normalize(join(dist, path === "/" ? "index.html" : path));
  if (!file.startsWith(dist) || !existsSync(file)) return void response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": types[extname(file)] ?? "text/plain", "Content-Security-Policy": csp, "Cache-Control": "no-cache" });
  response.end(readFileSync(file));
}

async function api(request, response, url, json) {
  const [, , , id, part] = url.pathname.split("/");
  let text = "";
  for await (const chunk of request) text += chunk;
  const body = text ? JSON.parse(text) : {};
  if (!id && request.method === "GET") {
    const list = [...sessions.values()].map((s) => s.session).sort((a, b) => b.updated.localeCompare(a.updated));
    return json(200, { sessions: list });
  }
  if (!id) return json(201, { session: sessionOf("").session, token: "visitor" });
  const session = sessionOf(id);
  if (part === "events") return events(response, session, url.searchParams);
  if (part === "frames") return json(200, { type: "reply", id: body.id, result: session.handle(body) });
  if (request.method === "PATCH") {
    session.session.title = body.title;
    session.durable({ type: "session.updated", session: { ...session.session } });
    return json(200, session.session);
  }
  if (request.method === "DELETE") {
    session.live({ type: "session.deleted" });
    sessions.delete(id);
    return json(204);
  }
  return json(200, session.session);
}

function events(response, session, query) {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  const send = (event) => response.write(`data: ${JSON.stringify(event)}\n\n`);
  const after = query.has("epoch") ? { epoch: query.get("epoch"), offset: Number(query.get("offset")) } : undefined;
  session.open(send, after, epoch);
  response.on("close", () => session.subscribers.delete(send));
}

const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });
server.on("upgrade", (request, socket, head) => {
  if (process.env.NO_SOCKET) return void socket.destroy();
  sockets.handleUpgrade(request, socket, head, (ws) => talk(ws));
});

function talk(ws) {
  let session = null;
  const send = (event) => ws.send(JSON.stringify(event));
  ws.on("message", (data) => {
    const frame = JSON.parse(String(data));
    const answer = (rest) => send(frame.id ? { type: "reply", id: frame.id, ...rest } : { type: "error", ...rest });
    try {
      if (frame.type === "session.open") {
        session = sessionOf(frame.session);
        session.open(send, frame.after, epoch, frame.token ? undefined : "visitor");
      } else {
        answer({ result: session.handle(frame) });
      }
    } catch (error) {
      answer({ error: error instanceof Fault ? error.problem : { code: "internal", message: String(error), temporary: false } });
    }
  });
  ws.on("close", () => session?.subscribers.delete(send));
}

function stop() {
  if (stateFile) writeFileSync(stateFile, JSON.stringify({ epoch, sessions: [...sessions.values()].map((s) => s.saved()) }));
  for (const ws of sockets.clients) ws.close(3001, "shutting down");
  setTimeout(() => process.exit(0), 50);
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
server.listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/`));
