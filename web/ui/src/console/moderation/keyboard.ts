import { useEffect, useRef } from "preact/hooks";
import { lettersOn } from "../letters";
import { labelsOf } from "../types";
import type { Desk } from "./desk";

interface Keys {
  desk: Desk;
  enabled: boolean;
  help: () => void;
  policies: () => void;
}

/** The keys of the queue. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => { if (latest.current.enabled) handle(event, latest.current); };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}

function handle(event: KeyboardEvent, { desk, help, policies }: Keys): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (event.key === "Escape") {
    if (target?.matches("input, textarea, select")) target.blur();
    else document.querySelector<HTMLElement>(".case-bar .back")?.click();
    return;
  }
  if (!lettersOn() || target?.matches("input:not([type=checkbox]), textarea, select")) return;
  const act = action(event.key, desk, help, policies);
  if (!act) return;
  event.preventDefault();
  if (!event.repeat || event.key === "j" || event.key === "k") act();
}

function action(key: string, desk: Desk, help: () => void, policies: () => void): (() => void) | undefined {
  if (/^[1-9]$/.test(key)) {
    const c = desk.state.detail?.case;
    const label = c && labelsOf(c)[Number(key) - 1];
    return label && desk.mayDecide ? () => desk.toggle(label) : undefined;
  }
  const decide = (ruling: "deliver" | "block") => () => {
    if (!desk.decide(ruling) && ruling === "block") document.querySelector<HTMLElement>(".label-choice button")?.focus();
  };
  const actions: Record<string, (() => void) | undefined> = {
    j: () => desk.step(1),
    k: () => desk.step(-1),
    "/": () => document.querySelector<HTMLElement>("#case-search")?.focus(),
    "?": help,
    p: policies,
    ...(desk.mayDecide && {
      d: decide("deliver"),
      b: decide("block"),
      h: () => desk.step(1),
      n: () => document.querySelector<HTMLElement>("#case-note")?.focus(),
      a: () => void desk.assign(),
      u: () => void desk.undo(),
    }),
  };
  return actions[key];
}
