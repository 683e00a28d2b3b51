import type { Pay, PayFigure } from "../client/protocol";

/** Where a figure's marks stand on a scale from 0 to 1. */
export interface Scale {
  min: number;
  p25: number;
  p50: number;
  p75: number;
  max: number;
  /** Ends of the interval of the median. */
  low?: number;
  high?: number;
  /** The person's own budget; absent where it cannot be compared. */
  budget?: { from: number; to: number };
  verdict?: "below" | "within" | "above";
}

/** Whether a budget and a figure speak of the same thing. */
export function comparable(figure: PayFigure, budget: Pay | null | undefined): boolean {
  if (!budget || (!budget.min && !budget.max)) return false;
  return budget.currency === figure.currency && (!budget.type || budget.type === figure.pay_type);
}

/**
 * Lays a figure out. A few high outliers would press the box into a corner, so
 * the axis is logarithmic where the largest value is over twelve times the smallest.
 */
export function scale(figure: PayFigure, budget: Pay | null | undefined): Scale {
  const own = budget && comparable(figure, budget) ? { from: budget.min || budget.max, to: budget.max || budget.min } : null;
  const low = Math.min(figure.min, own?.from ?? figure.min);
  const high = Math.max(figure.max, own?.to ?? figure.max);
  const project = low > 0 && high / low > 12 ? Math.log : (value: number) => value;
  const span = project(high) - project(low);
  const at = (value: number) => (span > 0 ? 0.03 + (0.94 * (project(value) - project(low))) / span : 0.5);
  const result: Scale = { min: at(figure.min), p25: at(figure.p25), p50: at(figure.p50), p75: at(figure.p75), max: at(figure.max) };
  if (figure.low && figure.high) Object.assign(result, { low: at(Math.max(figure.low, low)), high: at(Math.min(figure.high, high)) });
  if (own) {
    result.budget = { from: at(own.from), to: at(own.to) };
    const middle = (own.from + own.to) / 2;
    result.verdict = middle < figure.p25 ? "below" : middle > figure.p75 ? "above" : "within";
  }
  return result;
}

/** The figure to show first: of the budget's kind and currency where there is one, else the one with most posts. */
export function bestFigure(figures: readonly PayFigure[] | undefined, budget: Pay | null | undefined): PayFigure | undefined {
  if (!figures) return undefined;
  return figures.find((f) => comparable(f, budget)) ?? figures.find((f) => f.pay_type === budget?.type) ?? figures[0];
}
