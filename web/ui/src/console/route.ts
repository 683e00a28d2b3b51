// The address of the review queue.

import { actions, channels, labels, stages } from "./types";

export const tabs = ["waiting", "judging", "decided", "appeals"] as const;
export type Tab = (typeof tabs)[number];

/** Which cases are listed. Empty fields choose all. */
export interface Query {
  tab: Tab;
  label: string;
  channel: string;
  stage: string;
  decision: string;
  assignee: string;
  text: string;
  oldest: boolean;
}

export interface Route {
  view: "queue" | "agreement";
  site: string;
  query: Query;
  /** The case that is open, or empty. */
  case: string;
}

export const nothing: Query = { tab: "waiting", label: "", channel: "", stage: "", decision: "", assignee: "", text: "", oldest: false };

const choices: Record<"label" | "channel" | "stage" | "decision", readonly string[]> = { label: labels, channel: channels, stage: stages, decision: actions };

export function fromAddress(search: string): Route {
  const p = new URLSearchParams(search);
  const query: Query = { ...nothing };
  const tab = tabs.find((name) => name === p.get("status"));
  if (tab) query.tab = tab;
  for (const name of ["label", "channel", "stage", "decision"] as const) {
    const value = p.get(name) ?? "";
    if (choices[name].includes(value)) query[name] = value;
  }
  query.assignee = p.get("assignee") ?? "";
  query.text = p.get("text") ?? "";
  query.oldest = p.get("oldest") === "true";
  return { view: p.get("view") === "agreement" ? "agreement" : "queue", site: p.get("site") ?? "", query, case: p.get("case") ?? "" };
}

export function toAddress(route: Route): string {
  const p = new URLSearchParams();
  if (route.site) p.set("site", route.site);
  if (route.view !== "queue") {
    p.set("view", route.view);
    return address(p);
  }
  const { tab, oldest, ...rest } = route.query;
  if (tab !== "waiting") p.set("status", tab);
  for (const [name, value] of Object.entries(rest)) if (value) p.set(name, value);
  if (oldest) p.set("oldest", "true");
  if (route.case) p.set("case", route.case);
  return address(p);
}

function address(p: URLSearchParams): string {
  const query = p.toString();
  return `/console/moderation${query ? `?${query}` : ""}`;
}

/** How many filters are set, beside the tab, the text and the order. */
export function filtered(query: Query): number {
  return [query.label, query.channel, query.stage, query.decision, query.assignee].filter(Boolean).length;
}
