import type { Keep } from "../client/outbox";
import { memoryStorage, safeStorage } from "../client/storage";

/** What a frame keeps for a visitor, apart from other hosts, other widgets and the chat page. */
export interface OwnKeep extends Keep {
  /** Leaves nothing of it. */
  clear(): void;
}

/** The part of the browser's storage whose names begin with `prefix`; in memory where the browser forbids it. */
export function ownKeep(prefix: string, pick: () => Storage = () => window.localStorage): OwnKeep {
  let memory = memoryStorage();
  const storage = safeStorage(pick);
  const kept = "length" in storage ? storage : null;
  const place = () => kept ?? memory;
  return {
    getItem: (name) => place().getItem(prefix + name),
    setItem: (name, value) => place().setItem(prefix + name, value),
    removeItem: (name) => place().removeItem(prefix + name),
    clear() {
      memory = memoryStorage();
      for (const name of kept ? Object.keys(kept) : []) if (name.startsWith(prefix)) kept?.removeItem(name);
    },
  };
}
