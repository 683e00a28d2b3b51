// Serves the built page, and the two routes by the snippet for Node.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { comesFromParley, tokenFor } from "./parley.mjs";
import { saveJob, userOf } from "./shop.mjs";

createServer(async (request, response) => {
  const answer = (status, body) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  if (request.url === "/parley/events") {
    const parts = [];
    for await (const part of request) parts.push(part);
    const raw = Buffer.concat(parts);
    if (!comesFromParley(request.headers, raw)) return answer(401, {});
    const { data } = JSON.parse(raw);
    return answer(200, { url: saveJob(data.draft_id, data.document) });
  }
  if (request.url === "/parley/token") {
    const user = userOf(request);
    return user ? answer(200, { token: tokenFor(user) }) : answer(401, {});
  }
  const script = request.url.endsWith(".js");
  response.writeHead(200, { "Content-Type": script ? "text/javascript" : "text/html" });
  response.end(readFileSync(script ? `dist${request.url}` : "dist/index.html"));
}).listen(process.env.PORT, "127.0.0.1");
