import { labels, type Agreed, type Comparison, type Label, type Period } from "../types";

/** Fewer cases than these say little. */
export const few = 20;

/** Comparisons of several periods as one. */
export function sum(list: readonly Comparison[]): Comparison {
  const total: Comparison = { cases: 0, kept: 0, removed: 0, added: 0 };
  for (const c of list) {
    total.cases += c.cases;
    total.kept += c.kept;
    total.removed += c.removed;
    total.added += c.added;
  }
  const { cases, kept, removed, added } = total;
  // Of what the machine let through nobody looked at anything: what it missed is not known.
  const recall = kept + removed === cases ? undefined : ratio(kept, kept + added);
  return { ...total, precision: ratio(kept, kept + removed), recall, kappa: kappa(cases, kept, removed, added) };
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/**
 * Agreement beyond chance, as moderation.Comparison has it on the server. Where one side
 * always says the same thing it is 0 whatever the other says, which tells nothing: not known.
 */
function kappa(n: number, kept: number, removed: number, added: number): number | undefined {
  const before = kept + removed;
  const now = kept + added;
  if (before === 0 || before === n || now === 0 || now === n) return undefined;
  const chance = before * now + (n - before) * (n - now);
  return ratio((n - removed - added) * n - chance, n * n - chance);
}

/** What is compared: one label, or whether there is any violation. */
export type Subject = Label | "any";

export interface Row { subject: Subject; machine: Comparison; judge: Comparison; reviewers: Comparison }

/** All labels that anybody gave, over all periods, with any violation before them. */
export function rows(periods: readonly Period[]): Row[] {
  return (["any", ...labels] as const)
    .map((subject) => ({ subject, found: periods.map((p) => of(p, subject)).filter((a) => a !== undefined) }))
    .filter(({ found }) => found.length > 0)
    .map(({ subject, found }) => ({ subject, machine: sum(found.map((a) => a.machine)), judge: sum(found.map((a) => a.judge)), reviewers: sum(found.map((a) => a.reviewers)) }));
}

/** What a period says of a label. */
export function of(period: Period, subject: Subject): Agreed | undefined {
  return subject === "any" ? period.any : period.labels.find((l) => l.label === subject);
}

/** The median of the periods' medians, weighted by their cases: what can be said without the times themselves. */
export function typicalSeconds(periods: readonly Period[]): number {
  const sorted = [...periods].sort((a, b) => a.median_seconds - b.median_seconds);
  const half = sorted.reduce((n, p) => n + p.cases, 0) / 2;
  let seen = 0;
  for (const period of sorted) {
    seen += period.cases;
    if (seen >= half) return period.median_seconds;
  }
  return 0;
}
