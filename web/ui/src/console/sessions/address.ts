import { address, type Place } from "../place";
import { statuses, workflows } from "./types";

const base = "/console/sessions";

/** Which conversations are listed. Empty fields choose all. */
export interface Query {
  text: string;
  status: string;
  workflow: string;
  role: string;
  rating: string;
  person: string;
  problem: string;
  /** Days of activity, as the person's own calendar has them: 2026-03-02. */
  from: string;
  to: string;
}

export interface Route {
  site: string;
  query: Query;
  /** The conversation that is open, and the response whose trace is. Or empty. */
  session: string;
  turn: string;
}

export const nothing: Query = { text: "", status: "", workflow: "", role: "", rating: "", person: "", problem: "", from: "", to: "" };

const choices: Partial<Record<keyof Query, readonly string[]>> = { status: statuses, workflow: workflows, role: ["client", "freelancer"], rating: ["down"] };
const day = /^\d{4}-\d\d-\d\d$/;

export function fromPlace(place: Place): Route {
  const p = new URLSearchParams(place.search);
  const query = { ...nothing };
  for (const name of Object.keys(nothing) as (keyof Query)[]) {
    const value = p.get(name) ?? "";
    const known = choices[name];
    if (known ? known.includes(value) : (name !== "from" && name !== "to") || day.test(value)) query[name] = value;
  }
  return { site: p.get("site") ?? "", query, session: decodeURIComponent(place.path.slice(base.length + 1)), turn: p.get("turn") ?? "" };
}

export function toAddress(route: Route): string {
  const path = route.session ? `${base}/${encodeURIComponent(route.session)}` : base;
  return address(path, { site: route.site, ...route.query, turn: route.session ? route.turn : "" });
}

/** The query of the server's list. Days begin and end where the operator is. */
export function asked(query: Query): string {
  const p = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [keyof Query, string][]) {
    if (!value) continue;
    if (name === "from") p.set(name, new Date(`${value}T00:00`).toISOString());
    else if (name === "to") p.set(name, new Date(new Date(`${value}T00:00`).getTime() + 86_400_000).toISOString());
    else p.set(name, value);
  }
  return p.toString();
}

/** How many filters are set, beside the text. */
export function filtered(query: Query): number {
  return Object.entries(query).filter(([name, value]) => name !== "text" && value).length;
}
