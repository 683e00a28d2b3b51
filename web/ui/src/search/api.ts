import { keys } from "../client/storage";
import { fill } from "../i18n";
import { s } from "./i18n";
import { digits } from "../i18n/format";
import type { DaysFigure, PayFigure } from "../client/protocol";
import { storage } from "../view/storage";
import { count, list, type Search } from "./query";

export interface Hit {
  id: string;
  kind: string;
  title: string;
  snippet?: string;
  score: number;
  similarity?: number;
  words?: string[];
  skills?: string[];
  missing?: string[];
  repeats?: string[];
  why?: { lexical_place?: number; nearest_place?: number; fused: number; recency: number; quality: number };
  demo?: boolean;
  data: HitData;
}

export interface HitData {
  category?: string;
  skills?: string[];
  level?: string;
  pay_type?: string;
  pay_min?: number;
  pay_max?: number;
  currency?: string;
  duration_days?: number;
  hours_per_week?: number;
  country?: string;
  posted_on?: string;
  available_from?: string;
  rating?: number;
  jobs?: number;
}

export interface Companion { skill: string; posts: number; of: number; lift: number }

export interface Market {
  pay?: PayFigure[];
  levels?: PayFigure[];
  duration?: DaysFigure;
  time_to_hire?: DaysFigure;
  companions?: Companion[];
  posts: number;
  demo?: boolean;
}

export interface Period { from: string; to: string; posts: number; of: number }
export interface Growth { before: Period; after: Period; change: number; low: number; high: number }
export interface Trend {
  skill?: string;
  category?: string;
  months?: { month: string; posts: number; of: number; index: number }[];
  growth?: Growth;
}

/** The server would not do what was asked, and says why. */
export class Refused extends Error {}

export async function fetchHits(search: Search, limit: number, key: string, signal: AbortSignal): Promise<{ hits: Hit[]; partial: boolean }> {
  const body = await call("/v1/search", key, signal, { ...asked(search), limit });
  const { hits = [], partial = false } = body as { hits?: Hit[]; partial?: boolean };
  return { hits, partial };
}

export async function fetchMarket(search: Search, key: string, signal: AbortSignal): Promise<Market | null> {
  if (search.kind !== "job_post" || (!search.q && count(search) === 0)) return null;
  const query = new URLSearchParams({ q: search.q });
  for (const field of ["category", "level", "pay_type", "currency"] as const) if (search[field]) query.set(field, search[field]);
  for (const skill of list(search.skills)) query.append("skill", skill);
  return (await call(`/v1/market?${query}`, key, signal)) as Market;
}

/** How demand moves for what the hits have in common: a skill that was asked for, else their category. */
export async function fetchTrend(search: Search, hits: readonly Hit[], key: string, signal: AbortSignal): Promise<Trend | null> {
  if (search.kind !== "job_post" || (!search.q && count(search) === 0)) return null;
  const subject = trendOf(search, hits);
  if (!subject) return null;
  return (await call(`/v1/market/trend?${new URLSearchParams(subject)}`, key, signal)) as Trend;
}

export function trendOf(search: Search, hits: readonly Hit[]): Record<string, string> | null {
  const skill = list(search.skills)[0] ?? mostFrequent(hits.flatMap((hit) => hit.skills ?? []));
  if (skill) return { skill };
  const category = search.category || mostFrequent(hits.map((hit) => hit.data.category ?? "").filter(Boolean));
  return category ? { category } : null;
}

function mostFrequent(items: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].reduce<[string, number]>((best, entry) => (entry[1] > best[1] ? entry : best), ["", 0])[0];
}

/** The search as the server takes it: conditions that are not set are left out. */
export function asked(search: Search): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const set = (name: string, value: unknown, given: unknown = value) => {
    if (given) body[name] = value;
  };
  set("text", search.q);
  set("kind", search.kind);
  for (const field of ["category", "level", "pay_type", "currency", "from", "to", "available_by"] as const) set(field, search[field]);
  if (search.min || search.max) {
    // A range needs a currency; without one the page asks in its own.
    body.pay = [{ currency: search.currency || "USD", min: minor(search.min, search.currency || "USD"), max: minor(search.max, search.currency || "USD") }];
    if (search.convert) delete body.currency;
    set("convert", true, search.convert);
  }
  set("all_skills", list(search.skills), search.skills);
  set("any_skills", list(search.any_skills), search.any_skills);
  set("countries", list(search.countries).map((code) => code.toUpperCase()), search.countries);
  set("time_zone", `UTC${Number(search.zone) < 0 ? "-" : "+"}${Math.abs(Number(search.zone))}±${search.within || "2"}`, search.zone);
  set("languages", [search.language], search.language);
  set("min_hours", Number(search.min_hours), search.min_hours);
  set("credentials", [search.credential], search.credential);
  return body;
}

/** "1,500.50" in minor units. */
function minor(text: string, currency: string): number {
  const value = Number(text.replace(/[\s,]/g, ""));
  if (!(value >= 0)) throw new Refused(fill(s.badPay, { text }));
  return Math.round(value * 10 ** digits(currency));
}

async function call(path: string, key: string, signal: AbortSignal, body?: unknown): Promise<unknown> {
  const token = key || storage.getItem(keys.token);
  const response = await fetch(path, {
    method: body ? "POST" : "GET",
    signal,
    headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(body ? { "Content-Type": "application/json" } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  if (response.ok) return response.json();
  const problem = (await response.json().catch(() => null)) as { detail?: string; title?: string } | null;
  throw new Refused(problem?.detail || problem?.title || `${response.status}`);
}
