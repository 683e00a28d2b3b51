import type { Call, TimeSpan, Turn } from "./types";

/** A line of the waterfall. Times are milliseconds after the turn began. */
export interface Bar {
  name: string;
  kind: "stage" | "call";
  start: number;
  took: number;
  /** Of a call: until its first text. */
  first: number;
  failed: boolean;
  call?: Call;
}

const order = ["screen", "route", "understand", "retrieve", "decide", "phrase", "say", "describe"];

/** The parts of a turn with the calls of models beneath the part that made them, and the end of the axis. */
export function bars(turn: Turn): { list: Bar[]; end: number } {
  const spans = turn.spans.length > 0 ? turn.spans : inOrder(turn.response.timings.stages_ms ?? {});
  const calls = turn.calls.map(bar);
  const list: Bar[] = [];
  spans.forEach((span, i) => {
    const next = spans[i + 1]?.start_ms ?? Infinity;
    list.push({ name: span.name, kind: "stage", start: span.start_ms, took: span.ms, first: 0, failed: false });
    list.push(...take(calls, (c) => c.start < next - 0.1));
  });
  list.push(...calls);
  const end = Math.max(turn.response.timings.total_ms, ...list.map((b) => b.start + b.took), 1);
  return { list, end };
}

function bar(call: Call): Bar {
  return { name: call.task || call.purpose || call.model, kind: "call", start: Math.max(0, call.start_ms), took: call.total_ms, first: call.first_ms, failed: call.status === "failed", call };
}

/** Turns from before starts were kept: their parts ran one after another. */
function inOrder(stages: Record<string, number>): TimeSpan[] {
  let at = 0;
  return Object.entries(stages)
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([name, ms]) => {
      const span = { name, start_ms: at, ms };
      at += ms;
      return span;
    });
}

function take(list: Bar[], fits: (bar: Bar) => boolean): Bar[] {
  const n = list.findIndex((b) => !fits(b));
  return list.splice(0, n < 0 ? list.length : n);
}

/** Round places for an axis that ends there. */
export function ticks(end: number): number[] {
  const raw = end / 3;
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((n) => n * size).find((n) => n >= raw) ?? raw;
  const list: number[] = [];
  for (let at = 0; at <= end; at += step) list.push(at);
  return list;
}
