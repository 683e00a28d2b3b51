import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentOptions, Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { declarations } from "./client/declarations.ts";

/**
 * What is built, each apart from the others: a page is then one script and one
 * style sheet (and what it loads later), and a change of the console leaves the
 * chat's files as they were. An entry names its HTML page, or a script that
 * other sites load, which is one file of that name without a hash.
 */
const pages = ["console.html", "embed.html", "index.html", "search.html"];
const scripts: Record<string, { entry: string; format: "es" | "iife" }> = {
  "widget.js": { entry: "src/widget/index.ts", format: "iife" },
  "client/parley-client.js": { entry: "src/client/index.ts", format: "es" },
};

// What the built pages are made from. The Go test in web/static hashes the same
// list, so that it can tell without Node that the committed build is stale.
const inputs = ["src", "client", ...pages, "package-lock.json", "package.json", "tsconfig.json", "vite.config.ts"];
// Everything is built beside what is served, which a build that fails leaves alone.
const served = "../static/dist";
const out = "../static/dist.new";

function files(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => files(`${path}/${name}`));
}

function sourceHash(): string {
  const hash = createHash("sha256");
  for (const path of inputs.flatMap(files).sort()) {
    const content = readFileSync(path);
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** What makes a package of the client: its types, and what a registry shows of it. */
function describeClient(): void {
  writeFileSync(join(out, "client/parley-client.d.ts"), declarations("src/client/index.ts", "tsconfig.json"));
  for (const file of ["package.json", "README.md"]) copyFileSync(`client/${file}`, join(out, "client", file));
}

function stamp(): void {
  writeFileSync(join(out, "sources.sha256"), `${sourceHash()}\n`);
  const licences = [
    ["Figtree", "@fontsource-variable/figtree"],
    ["Newsreader", "@fontsource/newsreader"],
    ["Preact", "preact"],
    ["uPlot", "uplot"],
  ] as const;
  const texts = licences.map(([name, pkg]) => `${name}\n\n${licence(pkg)}`);
  writeFileSync(join(out, "licences.txt"), texts.join("\n\n----\n\n"));
}

function licence(pkg: string): string {
  const dir = join("node_modules", pkg);
  const name = readdirSync(dir).find((file) => /^licen[cs]e/i.test(file));
  if (!name) throw new Error(`${pkg} has no licence file`);
  return readFileSync(join(dir, name), "utf8").trim();
}

const shared = {
  outDir: out,
  emptyOutDir: false,
  assetsInlineLimit: 0,
  modulePreload: false,
  target: "es2022",
  cssTarget: ["chrome123", "firefox120", "safari17.5"],
};

function page(file: string): EnvironmentOptions {
  return { consumer: "client", build: { ...shared, rollupOptions: { input: file } } };
}

function script(file: string, entry: string, format: "es" | "iife"): EnvironmentOptions {
  const output = { format, entryFileNames: file, codeSplitting: false };
  return { consumer: "client", build: { ...shared, copyPublicDir: false, rollupOptions: { input: entry, output, preserveEntrySignatures: "strict" } } };
}

const environments: Record<string, EnvironmentOptions> = {};
for (const file of pages) environments[file.replace(/\W/g, "_")] = page(file);
for (const [file, { entry, format }] of Object.entries(scripts)) {
  environments[file.replace(/\W/g, "_")] = script(file, entry, format);
}

/** JSON that a page fetches, without the blanks that it is written with. */
function lean(): Plugin {
  return {
    name: "lean-json",
    generateBundle(_, bundle) {
      for (const item of Object.values(bundle)) {
        if (item.type === "asset" && item.fileName.endsWith(".json")) item.source = JSON.stringify(JSON.parse(item.source.toString()));
      }
    },
  };
}

export default defineConfig({
  plugins: [lean()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  environments,
  builder: {
    async buildApp(builder) {
      rmSync(out, { recursive: true, force: true });
      for (const name of Object.keys(environments)) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
      describeClient();
      stamp();
      rmSync(served, { recursive: true, force: true });
      renameSync(out, served);
    },
  },
  test: { include: ["test/**/*.test.ts", "test/**/*.test.tsx"], setupFiles: ["test/setup.ts"] },
});
