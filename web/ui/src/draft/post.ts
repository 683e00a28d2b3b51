import type { JobPost, Warning } from "../client/protocol";
import { diff } from "./patch";

/** The parts of a post that a person may change, in the order in which they are read. */
export const editable = [
  "title", "category", "description", "deliverables", "skills", "level", "pay", "duration", "hours_per_week",
  "start", "deadline", "location", "time_zone", "conditions", "questions",
] as const;

export type Field = (typeof editable)[number];

/** The patch that sets one field, as small as it can be; undefined where nothing changes. */
export function patchFor(post: JobPost, field: Field, value: unknown): Record<string, unknown> | undefined {
  const change = diff(post[field] ?? null, value);
  return change === undefined ? undefined : { [field]: change };
}

/** The patch that puts a warning's better wording, which it must have, in the place of the word. */
export function replacement(post: JobPost, warning: Warning): Record<string, unknown> | undefined {
  const [, name, ...rest] = warning.path.split("/");
  const field = editable.find((candidate) => candidate === name);
  if (!field) return undefined;
  const value = rewrite(post[field], rest, (text) => replaceSpan(text, warning));
  return value === undefined ? undefined : patchFor(post, field, value);
}

function rewrite(value: unknown, path: string[], edit: (text: string) => string): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return typeof value === "string" ? edit(value) : undefined;
  if (Array.isArray(value)) {
    const items: unknown[] = [...(value as unknown[])];
    items[Number(head)] = rewrite(items[Number(head)], rest, edit);
    return items;
  }
  if (typeof value === "object" && value !== null) {
    return { ...value, [head]: rewrite((value as Record<string, unknown>)[head], rest, edit) };
  }
  return undefined;
}

function replaceSpan(text: string, warning: Warning): string {
  let { start, end } = warning;
  if (text.slice(start, end) !== warning.word) {
    // The text has moved on since the warning: replace the word where it stands now.
    start = text.indexOf(warning.word);
    if (start < 0) return text;
    end = start + warning.word.length;
  }
  let better = warning.better;
  const first = text.charAt(start);
  if (better && first !== first.toLowerCase()) better = better.charAt(0).toUpperCase() + better.slice(1);
  return text.slice(0, start) + better + text.slice(end);
}

/** An address that the page may lead to: https, or http on this machine; "" for all else. */
export function safePage(address: string): string {
  try {
    const { protocol, hostname, href } = new URL(address);
    const local = hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
    return protocol === "https:" || (protocol === "http:" && local) ? href : "";
  } catch {
    return "";
  }
}

/** Whether a field holds anything to show. */
export function isSet(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object") return Object.values(value).some((part) => isSet(part) && part !== 0 && part !== false);
  return true;
}

/** The post as it is published: without what only helps to write it. */
export function published(post: JobPost): Record<string, unknown> {
  return Object.fromEntries(editable.filter((field) => isSet(post[field])).map((field) => [field, post[field]]));
}
