import { useCallback, useMemo } from "preact/hooks";
import type { ChatClient, View } from "../client/chat";
import type { Response } from "../client/protocol";
import { useStore } from "./hooks";

/**
 * The conversation with every piece of text that arrives: for what draws the
 * answer under way, and nothing else.
 */
export function useLive(client: ChatClient): View {
  return useStore(useCallback((f: () => void) => client.subscribe(f), [client]), useCallback(() => client.view, [client]));
}

/**
 * The conversation for the rest of the page, which is not drawn again for a
 * piece of text: the same view until something else has changed.
 */
export function useSteady(client: ChatClient): View {
  const get = useMemo(() => {
    let kept = client.view;
    return () => (kept = steady(kept, client.view));
  }, [client]);
  return useStore(useCallback((f: () => void) => client.subscribe(f), [client]), get);
}

/** The view before where the one now differs from it in the text of a running response alone. */
export function steady(before: View, now: View): View {
  const same = before.link === now.link && before.unsent === now.unsent && before.trouble === now.trouble && sameState(before.state, now.state);
  return same ? before : now;
}

function sameState(a: View["state"], b: View["state"]): boolean {
  const keys = Object.keys(b) as (keyof View["state"])[];
  return keys.every((key) => (key === "responses" ? a.responses.length === b.responses.length && b.responses.every((r, at) => sameButText(a.responses[at], r)) : a[key] === b[key]));
}

function sameButText(a: Response | undefined, b: Response): boolean {
  if (a === b) return true;
  if (a?.status !== "running" || b.status !== "running") return false;
  const keys = Object.keys(b) as (keyof Response)[];
  return keys.every((key) => key === "text" || a[key] === b[key]);
}
