import type { DaysFigure, PayFigure } from "../../client/protocol";

export const categories = [
  "web", "mobile", "data", "ml", "design", "video_audio", "writing", "translation", "marketing", "sales", "finance", "legal", "admin", "engineering", "science", "education",
] as const;
export const levels = ["entry", "intermediate", "expert"] as const;
export const payTypes = ["hourly", "fixed"] as const;

/** The work that is asked about; empty fields ask for any. */
export interface Work { q: string; skill: string; category: string; level: string; pay_type: string; currency: string }

export const nothing: Work = { q: "", skill: "", category: "", level: "", pay_type: "", currency: "" };

export interface Market {
  category?: string;
  pay?: PayFigure[];
  levels?: PayFigure[];
  duration?: DaysFigure;
  time_to_hire?: DaysFigure;
  companions?: { skill: string; posts: number; of: number; lift: number }[];
  posts: number;
  demo?: boolean;
}

export interface PayTrend {
  skill?: string;
  category?: string;
  level?: string;
  pay_type?: string;
  currency?: string;
  every?: "month" | "quarter" | "year";
  periods?: { from: string; posts: number; pay?: PayFigure }[];
  posts: number;
}

export interface Trend {
  skill?: string;
  category?: string;
  months?: { month: string; posts: number; of: number }[];
  growth?: { change: number };
}

export interface Answer { market: Market; pay: PayTrend; trend: Trend | null }

export function empty(work: Work): boolean {
  return !work.q && !work.skill && !work.category;
}

/** Reads the work of an address, whose parameters begin with a prefix. */
export function workOf(p: URLSearchParams, prefix: string): Work {
  const work = { ...nothing };
  for (const field of Object.keys(nothing) as (keyof Work)[]) work[field] = p.get(prefix + field) ?? "";
  return work;
}

export function paramsOf(work: Work, prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(work).map(([field, value]) => [prefix + field, value]));
}
