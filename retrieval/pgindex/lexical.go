package pgindex

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

const (
	// enough is how many documents the words that a search matches should bring:
	// ranked by all its words, they have the best among them.
	enough = 1_000
	// Where more documents are expected to match than sampleFrom, about
	// sampleSize of them are looked at: to collect the rest costs more than
	// everything else, and a word that so many have tells little between them.
	sampleFrom = 8_000
	sampleSize = 4_000
)

// Lexical implements [retrieval.Index].
func (x *Index) Lexical(ctx context.Context, filter retrieval.Filter, terms []string, limit int) ([]retrieval.Ranked, error) {
	list, err := x.lexical(ctx, filter, cleanTexts(record.Terms(terms)), limit)
	return list, wrap("search words", err)
}

func (x *Index) lexical(ctx context.Context, f retrieval.Filter, words []string, limit int) ([]retrieval.Ranked, error) {
	m, ok, err := x.match(ctx, f, words, limit)
	if err != nil || !ok {
		return nil, err
	}
	list, err := x.rank(ctx, m)
	if err == nil && len(list) < limit && len(m.matched) < len(m.all) {
		rare := list
		m.widen(m.all)
		list, err = x.rank(ctx, m)
		list = best(append(list, rare...), limit)
	}
	if err == nil && len(list) < limit && m.sample < 1 {
		m.sample = 1
		return x.rank(ctx, m)
	}
	return list, err
}

// best orders a list in which a document may stand twice, with one score.
func best(list []retrieval.Ranked, limit int) []retrieval.Ranked {
	slices.SortFunc(list, func(a, b retrieval.Ranked) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID))
	})
	list = slices.CompactFunc(list, func(a, b retrieval.Ranked) bool { return a.ID == b.ID })
	return list[:min(limit, len(list))]
}

// match prepares a search. It returns false when there is nothing to find.
func (x *Index) match(ctx context.Context, f retrieval.Filter, words []string, limit int) (m match, ok bool, err error) {
	filter, err := x.selection(ctx, f)
	if err != nil {
		return m, false, err
	}
	if err := ctx.Err(); err != nil || limit <= 0 || len(words) == 0 || filter.none() {
		return m, false, err
	}
	in, ok, err := x.scopeNumber(ctx, filter.scope())
	if err != nil || !ok {
		return m, false, err
	}
	clauses := filter.clauses()
	known, err := x.frequencies(ctx, in, slices.Concat(words, slices.Concat(clauses[1:]...)))
	if err != nil {
		return m, false, err
	}
	m = match{selection: filter, candidates: max(sampleFrom, limit), limit: limit, all: weigh(known, words)}
	m.clauses, m.share = known.worthwhile(clauses, 1)
	m.widen(rarest(m.all, float64(max(enough, limit))/m.share))
	return m, true, nil
}

// widen makes it a search for documents that have one of some words.
func (m *match) widen(matched []weightedWord) {
	m.matched, m.sample = matched, sampleOf(m.share*documentsOf(matched))
}

// match is a search for words.
type match struct {
	selection
	share      float64        // of the scope that the filter keeps, about
	clauses    [][]string     // conditions that the index is asked for; columns are compared with all
	all        []weightedWord // rarest first
	matched    []weightedWord // those that documents are found by
	sample     float64        // share of the documents that is looked at, 1 for all
	candidates int            // most documents that are ranked
	limit      int
}

// worthwhile leaves out conditions, from a given one on, that keep most
// documents of a scope: to look them up costs more than to compare what is found
// without them. It returns the share that all together are expected to keep.
func (f frequencies) worthwhile(clauses [][]string, from int) (kept [][]string, share float64) {
	const most = 0.3
	share, kept = 1, clauses[:1:1]
	for i, clause := range clauses[1:] {
		documents := 0
		for _, lexeme := range clause {
			documents += f.of(lexeme)
		}
		part := min(1, float64(documents)/float64(max(f.documents, 1)))
		if part <= most || i+1 < from {
			kept = append(kept, clause)
		}
		share *= part
	}
	return kept, max(share, 1e-6)
}

// sampleOf returns what share of some matching documents to look at.
func sampleOf(matching float64) float64 {
	if matching <= sampleFrom {
		return 1
	}
	return sampleSize / matching
}

// rank scores documents that have one of the matched words by all words.
func (x *Index) rank(ctx context.Context, m match) ([]retrieval.Ranked, error) {
	q := rankQuery(m)
	// The server takes matching words for cheaper than it is, and would rather
	// do so for every document, or for those of a period, than look words up.
	return x.ranked(ctx, &q, lexicalSettings...)
}

var lexicalSettings = []string{"enable_seqscan", "off", "enable_indexscan", "off"}

// rankQuery reads the index documents_words in its inner query, which stops
// where more documents match than was expected: it has them in the order in
// which they are stored, and those left out may be better.
func rankQuery(m match) query {
	q := query{unindexed: true}
	var scores []string
	for _, g := range groups(m.all) {
		// ts_rank gives the mean over the words of a query.
		scores = append(scores, "ts_rank('"+levelWeights+"', words, "+q.arg(quotedAny(g.words))+"::tsquery) * "+q.arg(g.rarity*float64(len(g.words)))+"::float8")
	}
	clauses := append(slices.Clone(m.clauses), wordsOf(m.matched))
	if m.sample < 1 {
		clauses[0] = sampleLexemes(m.scope(), m.sample)
	}
	q.add("select id, ", strings.Join(scores, " + "), " as score from (select d.id, d.words from documents d")
	q.where(m.selection)
	q.add(" and d.words @@ ", q.arg(allOf(clauses)), "::tsquery")
	q.add(" limit ", q.arg(m.candidates), ") candidates")
	q.add(" order by score desc, id limit ", q.arg(m.limit))
	return q
}
