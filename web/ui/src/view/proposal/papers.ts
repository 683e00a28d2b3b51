/** A job post as it is stored or was pasted. Money in minor units. */
export interface PostPaper {
  title: string;
  description?: string;
  skills?: string[];
  level?: string;
  pay_type?: string;
  pay_min?: number;
  pay_max?: number;
  currency?: string;
  hours_per_week?: number;
  duration_days?: number;
  country?: string;
}

/** A freelancer's own profile. `rate` is in minor units an hour. */
export interface ProfilePaper {
  headline?: string;
  overview?: string;
  experience?: { title: string; from: string; to: string; text: string }[];
  skills?: string[];
  level?: string;
  rate?: number;
  currency?: string;
  languages?: { code: string; level: string }[];
  country?: string;
  hours_per_week?: number;
  credentials?: string[];
}

/** Where quotes stand in a text, in order. Case does not matter; what is a part of another is left to that one. */
export function quotesIn(text: string, quotes: readonly string[]): { start: number; end: number }[] {
  const lower = text.toLowerCase();
  const found = [...new Set(quotes)].filter((quote) => quote.trim().length > 1).flatMap((quote) => {
    const start = lower.indexOf(quote.toLowerCase());
    return start < 0 ? [] : [{ start, end: start + quote.length }];
  });
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}
