import type { Keep } from "./outbox";

/** The page's storage, or one in memory where the browser forbids it. */
export function safeStorage(pick: () => Keep): Keep {
  try {
    const storage = pick();
    storage.getItem("parley");
    return storage;
  } catch {
    return memoryStorage();
  }
}

export function memoryStorage(): Keep {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

/** Sets a value where that is possible; what cannot be kept is kept by nobody. */
export function put(storage: Keep, key: string, value: string): void {
  try {
    if (value) storage.setItem(key, value);
    else storage.removeItem(key);
  } catch {
    // Full or forbidden.
  }
}

/** Under which names things are kept: those of one site are apart from those of another. */
export interface Keys {
  token: string;
  tab: string;
  theme: string;
  outbox: (session: string) => string;
  composer: (session: string) => string;
}

export function keysOf(site = ""): Keys {
  const prefix = site ? `parley.${site}` : "parley";
  return {
    token: `${prefix}.token`,
    tab: "parley.tab",
    theme: "parley.theme",
    outbox: (session) => `${prefix}.outbox.${session}`,
    composer: (session) => `${prefix}.composer.${session}`,
  };
}

/** Those of a page that is for the server's default site. */
export const keys = keysOf();
