// What a person searches for, as it stands in the page's address and as the
// server takes it. The address can be kept and sent to somebody.

export const kinds = ["job_post", "profile", "proposal"] as const;
export type Kind = (typeof kinds)[number];

/** The form as it is filled in: texts, "" where nothing is asked for. */
export interface Search {
  q: string;
  kind: Kind;
  category: string;
  level: string;
  pay_type: string;
  min: string;
  max: string;
  currency: string;
  convert: string;
  skills: string;
  any_skills: string;
  countries: string;
  zone: string;
  within: string;
  language: string;
  from: string;
  to: string;
  available_by: string;
  min_hours: string;
  credential: string;
}

export const empty: Search = {
  q: "", kind: "job_post", category: "", level: "", pay_type: "", min: "", max: "", currency: "", convert: "", skills: "", any_skills: "",
  countries: "", zone: "", within: "", language: "", from: "", to: "", available_by: "", min_hours: "", credential: "",
};

/** Fields that narrow a search down, with those that belong together counted once. */
const conditions: (keyof Search)[][] = [
  ["category"], ["level"], ["pay_type"], ["min", "max"], ["skills"], ["any_skills"], ["countries"], ["zone"], ["language"], ["from", "to"],
  ["available_by"], ["min_hours"], ["credential"],
];

/** How many conditions are set. */
export function count(search: Search): number {
  return conditions.filter((fields) => fields.some((field) => search[field] !== "")).length;
}

/** The search without its conditions. */
export function widened(search: Search): Search {
  return { ...empty, q: search.q, kind: search.kind };
}

export function fromAddress(query: string): Search {
  const given = new URLSearchParams(query);
  const search = { ...empty };
  for (const field of Object.keys(empty) as (keyof Search)[]) {
    const value = given.get(field);
    if (value === null) continue;
    if (field === "kind") search.kind = kinds.find((kind) => kind === value) ?? "job_post";
    else search[field] = value;
  }
  return search;
}

export function toAddress(search: Search): string {
  const given = new URLSearchParams();
  for (const field of Object.keys(empty) as (keyof Search)[]) {
    if (search[field] !== empty[field]) given.set(field, search[field]);
  }
  const query = given.toString();
  return query ? `?${query}` : "";
}

/** "React, Node.js" as a list. */
export function list(text: string): string[] {
  return text.split(",").map((part) => part.trim()).filter(Boolean);
}

/** Adds a name to a list, unless it is there. */
export function withItem(text: string, item: string): string {
  const items = list(text);
  return items.some((known) => known.toLowerCase() === item.toLowerCase()) ? text : [...items, item].join(", ");
}
