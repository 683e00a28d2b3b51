// Tests run without a server: what a page fetches of its own is read from the disk.

import { readFile } from "node:fs/promises";
import { vi } from "vitest";
import { speak } from "../src/i18n";
import "../src/search/i18n";

const root = new URL("..", import.meta.url);
const real = globalThis.fetch;

vi.stubGlobal("fetch", async (address: string | URL | Request, init?: RequestInit) => {
  if (typeof address !== "string" || !address.startsWith("/src/")) return real(address, init);
  return new Response(await readFile(new URL(`.${address}`, root)));
});

const page = { documentElement: { lang: "", dir: "" } };
const had = "document" in globalThis;
if (!had) vi.stubGlobal("document", page);
await speak("en");
if (!had) Reflect.deleteProperty(globalThis, "document");
