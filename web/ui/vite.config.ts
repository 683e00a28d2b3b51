import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// What the built page is made from. The Go test in web/static hashes the same
// list, so that it can tell without Node that the committed build is stale.
const inputs = ["src", "console.html", "index.html", "search.html", "package-lock.json", "package.json", "tsconfig.json", "vite.config.ts"];
const out = "../static/dist";

function files(path: string): string[] {
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

function stamp(): Plugin {
  return {
    name: "stamp-sources",
    apply: "build",
    writeBundle() {
      writeFileSync(join(out, "sources.sha256"), `${sourceHash()}\n`);
      const licences = [
        ["Figtree", "@fontsource-variable/figtree"],
        ["Newsreader", "@fontsource/newsreader"],
        ["Preact", "preact"],
        ["marked", "marked"],
        ["uPlot", "uplot"],
      ] as const;
      const texts = licences.map(([name, pkg]) => `${name}\n\n${licence(pkg)}`);
      writeFileSync(join(out, "licences.txt"), texts.join("\n\n----\n\n"));
    },
  };
}

function licence(pkg: string): string {
  const dir = join("node_modules", pkg);
  const name = readdirSync(dir).find((file) => /^licen[cs]e/i.test(file));
  if (!name) throw new Error(`${pkg} has no licence file`);
  return readFileSync(join(dir, name), "utf8").trim();
}

export default defineConfig({
  plugins: [stamp()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: out,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: { input: ["console.html", "index.html", "search.html"] },
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
  },
  test: { include: ["test/**/*.test.ts", "test/**/*.test.tsx"] },
});
