// Where the console is stands in its address, so that it can be sent to a
// colleague, and going back does what one expects.

import { useCallback, useEffect, useState } from "preact/hooks";

export interface Place {
  path: string;
  /** The query with its question mark, or empty. */
  search: string;
}

/** An address of the console; empty parameters are left out. */
export function address(path: string, params: Record<string, string> = {}): string {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value)).toString();
  return query ? `${path}?${query}` : path;
}

/** Where the page is, and the way to another place. A place that replaces the present one is not gone back to. */
export function usePlace(): [Place, (to: string, replace?: boolean) => void] {
  const [place, set] = useState(here);
  useEffect(() => {
    const back = () => set(here());
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, []);
  const go = useCallback((to: string, replace = false) => {
    if (to !== location.pathname + location.search) history[replace ? "replaceState" : "pushState"](null, "", to);
    set(here());
  }, []);
  return [place, go];
}

function here(): Place {
  return { path: location.pathname, search: location.search };
}
