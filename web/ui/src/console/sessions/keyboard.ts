import { useEffect, useRef } from "preact/hooks";
import { lettersOn } from "../letters";

interface Keys {
  enabled: boolean;
  /** The conversations in their order, and the one that is open. */
  ids: string[];
  session: string;
  open: (id: string) => void;
  back: () => void;
  help: () => void;
}

/** The keys of the conversations. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => { if (latest.current.enabled) handle(event, latest.current); };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}

function handle(event: KeyboardEvent, keys: Keys): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const target = event.target instanceof HTMLElement ? event.target : null;
  const typing = target?.matches("input:not([type=checkbox]), textarea, select") ?? false;
  if (event.key === "Escape") {
    if (typing) target?.blur();
    else keys.back();
    return;
  }
  if (typing || !lettersOn()) return;
  const act = { j: () => step(keys, 1), k: () => step(keys, -1), "/": () => document.querySelector<HTMLElement>("#session-search")?.focus(), "?": keys.help }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

/** Moves along the list: what is reached is focused, and Enter opens it. */
function step({ ids, session }: Keys, by: number): void {
  const focused = document.activeElement?.closest<HTMLElement>("[data-session]")?.dataset.session ?? session;
  const at = ids.indexOf(focused);
  const next = at < 0 ? (by > 0 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + by));
  document.querySelector<HTMLElement>(`.row[data-session="${CSS.escape(ids[next] ?? "")}"]`)?.focus();
}
