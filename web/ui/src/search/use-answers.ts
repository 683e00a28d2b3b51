import { useEffect, useState } from "preact/hooks";
import { s } from "./i18n";
import { fetchHits, fetchMarket, fetchTrend, Refused, type Hit, type Market, type Trend } from "./api";
import type { Search } from "./query";

const usual = 20;
const most = 50;

/** What the server answered to a search, as far as it has. */
export interface Answers {
  hits: Hit[] | null;
  partial: boolean;
  market: Market | null;
  trend: Trend | null;
  problem: string;
  busy: boolean;
  again: () => void;
  /** Asks for more hits; absent when there are none, or no more are given. */
  more: (() => void) | null;
}

interface State {
  /** The search that hits and problem answer. */
  of: Search | null;
  hits: Hit[] | null;
  partial: boolean;
  market: Market | null;
  trend: Trend | null;
  problem: string;
}

const nothing: State = { of: null, hits: null, partial: false, market: null, trend: null, problem: "" };

/** Asks the server whenever the search changes. Answers to an earlier search are dropped. */
export function useAnswers(search: Search, key: string): Answers {
  const [state, setState] = useState(nothing);
  const [round, setRound] = useState(0);
  const [limit, setLimit] = useState(usual);
  useEffect(() => setLimit(usual), [search]);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const add = (part: Partial<State>) => {
      if (!signal.aborted) setState((known) => ({ ...known, ...part }));
    };
    add({ of: null });
    fetchHits(search, limit, key, signal)
      .then(({ hits, partial }) => {
        add({ of: search, hits, partial, problem: "" });
        // Figures are beside the point of the page: without them it is whole enough.
        fetchTrend(search, hits, key, signal).then((trend) => add({ trend })).catch(() => add({ trend: null }));
      })
      .catch((error: unknown) => add({ of: search, hits: [], partial: false, problem: error instanceof Refused ? error.message : s.failed }));
    fetchMarket(search, key, signal).then((market) => add({ market })).catch(() => add({ market: null }));
    return () => controller.abort();
  }, [search, key, round, limit]);
  const full = (state.hits?.length ?? 0) >= limit && limit < most;
  return { ...state, busy: state.of !== search, again: () => setRound(round + 1), more: full ? () => setLimit(most) : null };
}
