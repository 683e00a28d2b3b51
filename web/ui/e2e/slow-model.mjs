// A model server that takes its time: it speaks just enough of the OpenAI API
// for a server under test to have answers that last. `node slow-model.mjs [port]`
// prints its base URL when it listens; SLOW_MS is how long an answer takes.

import { createServer } from "node:http";

const pieces = ["Here ", "is ", "what ", "I ", "have ", "understood ", "so ", "far."];
const total = Number(process.env.SLOW_MS ?? 1600);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const server = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  if (request.method !== "POST" || !request.url.endsWith("/chat/completions")) return void response.writeHead(404).end();
  const { model = "slow", stream = false } = text ? JSON.parse(text) : {};
  const base = { id: "slow", created: 0, model };
  if (!stream) {
    await sleep(total);
    const choice = { index: 0, finish_reason: "stop", message: { role: "assistant", content: pieces.join("") } };
    response.writeHead(200, { "Content-Type": "application/json" });
    return void response.end(JSON.stringify({ ...base, object: "chat.completion", choices: [choice], usage: { prompt_tokens: 1, completion_tokens: 8, total_tokens: 9 } }));
  }
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  const send = (delta, finish_reason = null) => response.write(`data: ${JSON.stringify({ ...base, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason }] })}\n\n`);
  for (const content of pieces) {
    await sleep(total / pieces.length);
    if (response.destroyed) return;
    send({ content });
  }
  send({}, "stop");
  response.end("data: [DONE]\n\n");
});

server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/v1`));
