import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

const node = {
  globalThis: "readonly", process: "readonly", console: "readonly", setTimeout: "readonly", clearTimeout: "readonly", setInterval: "readonly",
  clearInterval: "readonly", URL: "readonly", Buffer: "readonly", document: "readonly", window: "readonly", localStorage: "readonly",
  Blob: "readonly", File: "readonly", AbortSignal: "readonly", fetch: "readonly", location: "readonly", getComputedStyle: "readonly", structuredClone: "readonly",
  performance: "readonly", requestAnimationFrame: "readonly", MutationObserver: "readonly", PerformanceObserver: "readonly", Element: "readonly", URLSearchParams: "readonly",
  sessionStorage: "readonly",
};

export default ts.config(
  { ignores: ["node_modules/", "dist/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [ts.configs.strictTypeChecked],
    plugins: { "react-hooks": hooks },
    languageOptions: { parserOptions: { project: "./tsconfig.json" } },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_" }],
      eqeqeq: "error",
    },
  },
  { files: ["**/*.mjs", "eslint.config.js"], languageOptions: { globals: node } },
);
