const types: Record<string, string> = { md: "text/markdown;charset=utf-8", json: "application/json;charset=utf-8" };

/** Saves a text or a blob as a file that is called by a title. */
export function download(title: string, extension: "md" | "json", content: string | Blob): void {
  const name = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60);
  const url = URL.createObjectURL(new Blob([content], { type: types[extension] }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name || "parley"}.${extension}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
