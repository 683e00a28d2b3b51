// What is looked at stands in the address, so that it can be sent to a colleague.

import { address, type Place } from "../place";
import type { Failure } from "./types";

export const spans = ["24h", "7d", "30d"] as const;

/** A span until now, or days; empty filters take all. */
export interface Query { span: string; from: string; to: string; purpose: string; model: string; workflow: string }

export const filters = ["purpose", "model", "workflow"] as const;

const day = /^\d{4}-\d\d-\d\d$/;

export function read(place: Place): Query {
  const p = new URLSearchParams(place.search);
  const text = (name: string) => p.get(name) ?? "";
  const [from, to] = [text("from"), text("to")];
  const days = day.test(from) && day.test(to);
  const span = spans.find((name) => name === text("span")) ?? "7d";
  return { span: days ? "" : span, from: days ? from : "", to: days ? to : "", purpose: text("purpose"), model: text("model"), workflow: text("workflow") };
}

export function write(place: Place, { span, ...query }: Query): string {
  const site = new URLSearchParams(place.search).get("site") ?? "";
  return address(place.path, { site, span: span === "7d" ? "" : span, ...query });
}

/** The query of the server's routes, in the time zone of whoever looks. */
export function ask(path: string, { span, from, to, purpose, model, workflow }: Query): string {
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  return address(path, { span, from, to, purpose, model, workflow, time_zone });
}

/** Whether a failure is one of what is looked at: purposes are of calls, workflows of turns. */
export function concerns(query: Query, f: Failure): boolean {
  return (!query.model || f.model === query.model) && (f.source === "turn" ? !query.workflow || f.workflow === query.workflow : !query.purpose || f.purpose === query.purpose);
}

/** A day of this place's calendar, as dates are written in fields. */
export function dayOf(date: Date): string {
  const two = (n: number) => `${n}`.padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
