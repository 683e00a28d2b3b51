package pgindex

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

const (
	maxCandidates = 2_000     // documents that one search ranks
	maxFrequency  = 10_000    // a word's documents are counted up to here
	maxDocuments  = 1_000_000 // and those of a scope up to here
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
	documents int     // that have it, counted up to maxFrequency
	rarity    float64 // its inverse document frequency, as BM25 has it
}

// weigh counts the documents of each word and returns the words, rarest first.
func (x *Index) weigh(ctx context.Context, filter retrieval.Filter, words []string) ([]weightedWord, error) {
	total, err := x.countScope(ctx, filter)
	if err != nil {
		return nil, err
	}
	numbers, err := x.frequencies(ctx, scope{filter.Tenant, filter.Kind}, words)
	if err != nil {
		return nil, err
	}
	weighted := make([]weightedWord, len(words))
	for i, word := range words {
		n := float64(numbers[i])
		rest := max(float64(total)-n, 0)
		weighted[i] = weightedWord{word, numbers[i], math.Log(1 + (rest+0.5)/(n+0.5))}
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

// countScope counts the documents of a tenant and kind.
func (x *Index) countScope(ctx context.Context, filter retrieval.Filter) (int, error) {
	in := scope{filter.Tenant, filter.Kind}
	if n, ok := x.counts.get(in, ""); ok {
		return n, nil
	}
	n, err := x.count(ctx, retrieval.Filter{Tenant: filter.Tenant, Kind: filter.Kind}, maxDocuments)
	if err == nil {
		x.counts.put(in, "", n)
	}
	return n, err
}

// frequencies returns how many documents of a scope have each word.
func (x *Index) frequencies(ctx context.Context, in scope, words []string) ([]int, error) {
	numbers := make([]int, len(words))
	var missing []int // of words
	var queries []string
	for i, word := range words {
		n, ok := x.counts.get(in, word)
		if numbers[i] = n; !ok {
			missing = append(missing, i)
			queries = append(queries, tsquery(retrieval.Filter{Tenant: in.tenant, Kind: in.kind}, []string{word}))
		}
	}
	if len(missing) == 0 {
		return numbers, nil
	}
	// Each word is one look-up in the index documents_words.
	rows, _ := x.pool.Query(ctx, `select (select count(*) from (select from documents where words @@ q::tsquery limit $2) has)
		from unnest($1::text[]) with ordinality as asked(q, nth) order by nth`, queries, maxFrequency)
	found, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		return nil, err
	}
	for k, n := range found {
		numbers[missing[k]] = n
		x.counts.put(in, words[missing[k]], n)
	}
	return numbers, nil
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
	q.where(filter)
	q.add(" and words @@ ", q.arg(tsquery(filter, wordsOf(matched))), "::tsquery limit ", q.arg(candidates), ") candidates")
	q.add(" order by score desc, id limit ", q.arg(limit))
	return x.ranked(ctx, &q)
}

func wordsOf(weighted []weightedWord) []string {
	words := make([]string, len(weighted))
	for i, w := range weighted {
		words[i] = w.word
	}
	return words
}

// ranked runs a query for ids and scores.
func (x *Index) ranked(ctx context.Context, q *query) ([]retrieval.Ranked, error) {
	rows, _ := x.pool.Query(ctx, q.text.String(), q.args...)
	return pgx.CollectRows(rows, scanRanked)
}

func scanRanked(row pgx.CollectableRow) (r retrieval.Ranked, err error) {
	err = row.Scan(&r.ID, &r.Score)
	return r, err
}
