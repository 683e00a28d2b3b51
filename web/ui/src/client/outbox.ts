import type { Attachment, Problem } from "./protocol";

/** A message that the server has not confirmed yet. */
export interface Unsent {
  message_id: string;
  text: string;
  /** Files that were uploaded before. */
  attachments?: readonly Attachment[];
  /** The message that this one is another version of. */
  source_id?: string;
  /** Set when the server refused it for good: the person decides. */
  problem?: Problem;
}

export type Keep = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * Keeps unsent messages of one conversation over a reload. A message keeps its
 * id however often it is sent, so that the server never doubles it.
 */
export class Outbox {
  items: readonly Unsent[];

  constructor(
    private readonly storage: Keep,
    private key: string,
  ) {
    this.items = this.read(key);
  }

  add(item: Unsent): void {
    this.write([...this.items.filter((other) => other.message_id !== item.message_id), item]);
  }

  remove(id: string): void {
    if (this.items.some((item) => item.message_id === id)) this.write(this.items.filter((item) => item.message_id !== id));
  }

  fail(id: string, problem: Problem | undefined): void {
    this.write(this.items.map((item) => (item.message_id === id ? { ...item, problem } : item)));
  }

  /** The conversation has got its id: what was kept without one moves there. */
  move(key: string): void {
    if (key === this.key) return;
    const items = this.items;
    this.storage.removeItem(this.key);
    this.key = key;
    this.write([...this.read(key), ...items]);
  }

  private write(items: readonly Unsent[]): void {
    this.items = items;
    try {
      if (items.length > 0) this.storage.setItem(this.key, JSON.stringify(items));
      else this.storage.removeItem(this.key);
    } catch {
      // Storage full or forbidden: the messages still live as long as the page.
    }
  }

  private read(key: string): Unsent[] {
    try {
      const value: unknown = JSON.parse(this.storage.getItem(key) ?? "[]");
      return Array.isArray(value) ? value.filter(isUnsent) : [];
    } catch {
      return [];
    }
  }
}

function isUnsent(value: unknown): value is Unsent {
  return (
    typeof value === "object" && value !== null && "message_id" in value && typeof value.message_id === "string" &&
    "text" in value && typeof value.text === "string"
  );
}
