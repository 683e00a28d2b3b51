package eval

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

// system ranks documents for a query.
type system struct {
	name     string // for JSON
	title    string // for people
	baseline bool
	rank     func(context.Context, Query) ([]string, error)
}

// Names of the systems that a report compares.
const (
	SystemWords   = "bm25-words"
	SystemGrams   = "bm25-grams"
	SystemLexical = "lexical"
	SystemAliases = "lexical-aliases"
	SystemNearest = "nearest"
	SystemHybrid  = "hybrid"
	SystemFull    = "hybrid-aliases"
)

// systemsOf are all that rank a task's documents: the baselines and Parley's
// own ways on a Retriever that has loaded them.
func systemsOf(task Task, grams Grams, r *retrieval.Retriever) []system {
	return []system{
		baseline(SystemWords, "BM25, words", NewBM25(task.Documents, Words), task.Depth),
		baseline(SystemGrams, fmt.Sprintf("BM25, %v", grams), NewBM25(task.Documents, grams.Analyse), task.Depth),
		parley(SystemLexical, "Parley, words only", r, task.Depth, func(t *retrieval.Tuning) { t.Nearest, t.NoAliases = 0, true }),
		parley(SystemAliases, "Parley, words with aliases", r, task.Depth, func(t *retrieval.Tuning) { t.Nearest = 0 }),
		parley(SystemNearest, "Parley, vectors only", r, task.Depth, func(t *retrieval.Tuning) { t.Lexical = 0 }),
		parley(SystemHybrid, "Parley, both", r, task.Depth, func(t *retrieval.Tuning) { t.NoAliases = true }),
		parley(SystemFull, "Parley, both with aliases", r, task.Depth, func(*retrieval.Tuning) {}),
	}
}

func baseline(name, title string, x *BM25, depth int) system {
	return system{name, title, true, func(ctx context.Context, q Query) ([]string, error) {
		return x.Rank(q.Text, q.Exclude, depth), ctx.Err()
	}}
}

// unquoted takes quotation marks away: to a search they demand words that stand
// next to each other, which no title or description of these tasks means.
var unquoted = strings.NewReplacer(`"`, " ", "“", " ", "”", " ", "„", " ", "«", " ", "»", " ")

// parley is a search as people get it, but for one change to its tuning.
func parley(name, title string, r *retrieval.Retriever, depth int, change func(*retrieval.Tuning)) system {
	tuning := retrieval.DefaultTuning()
	change(&tuning)
	tuned := r.With(retrieval.Options{Tuning: &tuning})
	return system{name, title, false, func(ctx context.Context, q Query) ([]string, error) {
		hits, err := tuned.Search(ctx, retrieval.Query{
			Filter: retrieval.Filter{Tenant: tenant, Kind: retrieval.KindJobPost, Exclude: q.Exclude}, Text: unquoted.Replace(q.Text), Limit: depth,
		})
		if err != nil && !errors.Is(err, context.Canceled) {
			return nil, fmt.Errorf("search for %q: %w", q.ID, err)
		}
		return places(hits, tuning, depth), err
	}}
}

// places are the ids of hits. What a hit stands for follows it, as it does for
// people. A list that counts nothing brings no hits of its own.
func places(hits []retrieval.Hit, tuning retrieval.Tuning, depth int) (ranked []string) {
	for _, hit := range hits {
		if tuning.Nearest == 0 && hit.Why.LexicalPlace == 0 || tuning.Lexical == 0 && hit.Why.NearestPlace == 0 {
			continue
		}
		ranked = append(append(ranked, hit.ID), hit.Repeats...)
	}
	return ranked[:min(depth, len(ranked))]
}
