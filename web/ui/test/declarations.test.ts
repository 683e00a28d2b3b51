import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, it } from "vitest";
import { declarations } from "../client/declarations";

// What somebody writes who has installed the package.
const program = `
import WebSocket from "ws";
import { branch, connect, currentDrafts, RequestError, type ClientOptions, type SessionEvent } from "parley-client";

const options: ClientOptions = { url: "http://127.0.0.1:8080", WebSocket, getToken: async (why) => (why === "first" ? "" : "token"), storage: null };
const client = connect(options);
const turn = client.send("Hello", { workflow: "advice", context: { job_post_id: "p1" } });
for await (const event of turn) {
  const each: SessionEvent = event;
  if (each.type === "response.output_text.delta") console.log(each.at + each.delta.length);
}
const text: string = await turn.text();
const { status } = await (await client.regenerate(turn.id)).done;
const file = await client.upload(new Blob([text]), { name: "a.txt", progress: (part) => console.log(part.toFixed(2)) });
client.edit(turn.id, text).cancel().catch((error: unknown) => console.log(error instanceof RequestError ? error.problem.code : status));
const [draft] = currentDrafts(client.view.state);
if (draft) await client.changeDraft(draft, (document) => ({ title: document.title.trim() }));
for (const { message, response } of branch(client.view.state)) console.log(message.text, response?.status, file.file_id);
for (const { title } of (await client.sessions.list()).sessions) console.log(title);
client.close();
`;

// Mistakes that the types have to find: where there is none, that is an error.
const mistakes = [
  "connect({});",
  'connect({ url: "x", transports: ["pigeon"] });',
  "client.send(3);",
  'client.view.state.leaf.session = "m1";',
  "client.outbox;",
  'client.rate("r1", "maybe");',
  'import { Turn } from "parley-client"; new Turn("m1");',
].map((line) => `// @ts-expect-error\n${line}`).join("\n");

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-client-"));
  const packages = join(folder, "node_modules");
  mkdirSync(join(packages, "parley-client"), { recursive: true });
  mkdirSync(join(packages, "@types"));
  for (const name of ["@types/node", "@types/ws", "undici-types"]) symlinkSync(resolve("node_modules", name), join(packages, name));
  writeFileSync(join(packages, "parley-client/package.json"), readFileSync("client/package.json"));
  writeFileSync(join(packages, "parley-client/parley-client.js"), "");
  writeFileSync(join(packages, "parley-client/parley-client.d.ts"), declarations("src/client/index.ts", "tsconfig.json"));
  writeFileSync(join(folder, "package.json"), `{"type": "module"}`);
  writeFileSync(join(folder, "program.ts"), program + mistakes);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is wrong with the program and with the types themselves; the libraries around are not looked at. */
function wrong(options: ts.CompilerOptions): string[] {
  const file = join(folder, "program.ts");
  const checked = ts.createProgram([file], { strict: true, noEmit: true, noUncheckedIndexedAccess: true, typeRoots: [join(folder, "node_modules/@types")], target: ts.ScriptTarget.ES2022, ...options });
  const ours = checked.getSourceFiles().filter((f) => f.fileName === file || f.fileName.endsWith("parley-client.d.ts"));
  expect(ours).toHaveLength(2);
  return [...checked.getOptionsDiagnostics(), ...ours.flatMap((f) => [...checked.getSyntacticDiagnostics(f), ...checked.getSemanticDiagnostics(f)])]
    .map((d) => `${d.file?.getLineAndCharacterOfPosition(d.start ?? 0).line ?? ""}: ${ts.flattenDiagnosticMessageText(d.messageText, "\n")}`);
}

const node: ts.CompilerOptions = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, lib: ["lib.es2022.d.ts"], types: ["node"] };
const browser: ts.CompilerOptions = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"], types: ["node"] };

it.each([["Node", node], ["a browser", browser]])("the types serve a strict program for %s, and find its mistakes", (_, options) => {
  expect(wrong(options)).toEqual([]);
}, 300_000);

it("the types say nothing of what is inside", () => {
  const text = readFileSync(join(folder, "node_modules/parley-client/parley-client.d.ts"), "utf8");
  for (const inside of ["class Http", "class Tokens", "class Connection", "class Outbox", "@internal", "import "]) expect(text).not.toContain(inside);
});
