import type { Attachment, MessageContext, Problem } from "./protocol";

/** A message that the server has not confirmed yet. */
export interface Unsent {
  message_id: string;
  text: string;
  /** Files that were uploaded before. */
  attachments?: readonly Attachment[];
  /** The message that this one is another version of. */
  source_id?: string;
  parent_id?: string;
  workflow?: string;
  context?: MessageContext;
  /** Set when the server refused it for good: the person decides. */
  problem?: Problem;
}

/** Where things are kept: `localStorage` is such a place. */
export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The most messages that wait to be sent. */
export const maxUnsent = 100;

/**
 * Keeps unsent messages of one conversation over a reload. A message keeps its
 * id however often it is sent, so that the server never doubles it. Tabs share
 * what is kept, so each changes only its own messages in it.
 */
export class Outbox {
  items: readonly Unsent[];

  constructor(
    private readonly storage: Keep,
    private key: string,
  ) {
    this.items = this.read(key);
  }

  /** Answers whether there was room. */
  add(item: Unsent): boolean {
    if (this.items.length >= maxUnsent) return false;
    this.change((items) => [...items.filter((other) => other.message_id !== item.message_id), item]);
    return true;
  }

  remove(id: string): void {
    if (this.items.some((item) => item.message_id === id)) this.change((items) => items.filter((item) => item.message_id !== id));
  }

  fail(id: string, problem: Problem | undefined): void {
    this.change((items) => items.map((item) => (item.message_id === id ? { ...item, problem } : item)));
  }

  /** The conversation has got its id: what was kept without one moves there. */
  move(key: string): void {
    if (key === this.key) return;
    const moving = this.items;
    this.storage.removeItem(this.key);
    this.key = key;
    this.items = [...this.read(key), ...moving];
    this.write(this.items);
  }

  /** Nothing stays, here and in the storage. */
  clear(): void {
    this.items = [];
    this.write([]);
  }

  private change(edit: (items: readonly Unsent[]) => readonly Unsent[]): void {
    const kept = this.read(this.key);
    this.items = edit(this.items);
    this.write(edit(kept));
  }

  private write(items: readonly Unsent[]): void {
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
      return Array.isArray(value) ? value.filter(isUnsent).slice(0, maxUnsent) : [];
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
