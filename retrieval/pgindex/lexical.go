package pgindex

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

const (
	maxCandidates = 1_000     // documents that one search ranks
	maxDocuments  = 1_000_000 // those of a scope are counted up to here
)

// Lexical implements [retrieval.Index].
func (x *Index) Lexical(ctx context.Context, filter retrieval.Filter, terms []string, limit int) ([]retrieval.Ranked, error) {
	list, err := x.lexical(ctx, clean(filter), record.Terms(terms), limit)
	return list, wrap("search words", err)
}

func (x *Index) lexical(ctx context.Context, filter retrieval.Filter, words []string, limit int) ([]retrieval.Ranked, error) {
	if err := record.CheckFilter(filter); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil || limit <= 0 || len(words) == 0 {
		return nil, err
	}
	weighted, err := x.weigh(ctx, filter, words)
	if err != nil {
		return nil, err
	}
	candidates := max(maxCandidates, limit)
	matched := rarest(weighted, candidates)
	list, err := x.rank(ctx, filter, weighted[:matched], weighted, candidates, limit)
	if err == nil && len(list) < limit && matched < len(weighted) {
		return x.rank(ctx, filter, weighted, weighted, candidates, limit)
	}
	return list, err
}

// weightedWord is a word of a search.
type weightedWord struct {
	word      string
	documents int     // that have it, about
	rarity    float64 // its inverse document frequency, as BM25 has it
}

// weigh returns the words of a search, rarest first.
func (x *Index) weigh(ctx context.Context, filter retrieval.Filter, words []string) ([]weightedWord, error) {
	known, err := x.frequencies(ctx, scope{filter.Tenant, filter.Kind})
	if err != nil {
		return nil, err
	}
	weighted := make([]weightedWord, len(words))
	for i, word := range words {
		n := known.of(word)
		rest := float64(max(known.documents-n, 0))
		weighted[i] = weightedWord{word, n, math.Log(1 + (rest+0.5)/(float64(n)+0.5))}
	}
	slices.SortStableFunc(weighted, func(a, b weightedWord) int { return a.documents - b.documents })
	return weighted, nil
}

// rarest returns how many of the rarest words bring enough documents.
func rarest(weighted []weightedWord, enough int) int {
	sum := 0
	for i, w := range weighted {
		if sum += w.documents; sum > enough && i > 0 {
			return i
		}
	}
	return len(weighted)
}

// rank scores documents that have one of the matched words by all words. The
// inner query reads the index documents_words and stops at enough candidates.
func (x *Index) rank(ctx context.Context, filter retrieval.Filter, matched, all []weightedWord, candidates, limit int) ([]retrieval.Ranked, error) {
	var q query
	terms := make([]string, len(all))
	for i, w := range all {
		terms[i] = "ts_rank('" + levelWeights + "', words, " + q.arg(quote(w.word)) + "::tsquery) * " + q.arg(w.rarity) + "::float8"
	}
	q.add("select id, ", strings.Join(terms, " + "), " as score from (select id, words from documents")
	q.add(" where words @@ ", q.arg(tsquery(filter, wordsOf(matched))), "::tsquery")
	// Checked beside the lexemes for safety's sake, in a form that no other index serves.
	q.add(" and tenant || '' = ", q.arg(filter.Tenant), " and kind || '' = ", q.arg(filter.Kind))
	if len(filter.Exclude) > 0 {
		q.add(" and id <> all(", q.arg(filter.Exclude), ")")
	}
	q.add(" limit ", q.arg(candidates), ") candidates")
	q.add(" order by score desc, id limit ", q.arg(limit))
	// The server takes matching words for cheaper than it is, and would rather
	// do so for every document than look words up.
	return x.ranked(ctx, &q, "select set_config('enable_seqscan', 'off', true)")
}

func wordsOf(weighted []weightedWord) []string {
	words := make([]string, len(weighted))
	for i, w := range weighted {
		words[i] = w.word
	}
	return words
}
