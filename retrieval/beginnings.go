package retrieval

import (
	"context"

	"github.com/parleyhq/parley/retrieval/words"
)

// titleTerms are what titles are looked for by when too few documents have any
// of a query's words: how its words begin.
func titleTerms(text, language string) []string {
	list := newTermList(text, language)
	list.add(text)
	var chosen []string
	for _, t := range list.terms[:min(len(list.terms), maxTerms)] {
		if beginning, ok := words.Beginning(t.word); ok {
			chosen = append(chosen, words.Exact(beginning))
		}
	}
	return chosen
}

// lexical ranks documents by a query's terms. When fewer than depth have any,
// those whose titles have words that begin alike follow them: a search for
// "bookkeeping" in a small market goes on with the bookkeeper and the book editor.
func (s *search) lexical(ctx context.Context, depth int) ([]Ranked, error) {
	ranked, err := s.index.Lexical(ctx, s.q.Filter, s.terms, depth)
	if err != nil || len(ranked) >= depth {
		return ranked, err
	}
	more := titleTerms(s.text, s.q.Language)
	if len(more) == 0 {
		return ranked, nil
	}
	alike, err := s.index.Lexical(ctx, s.q.Filter, more, depth)
	if err != nil {
		return nil, err
	}
	return followedBy(ranked, alike, depth), nil
}

// followedBy appends what only the second list has, scored below the first.
func followedBy(ranked, alike []Ranked, limit int) []Ranked {
	if len(alike) == 0 {
		return ranked
	}
	scale := 1.0
	has := make(map[string]bool, len(ranked))
	for _, r := range ranked {
		has[r.ID] = true
		scale = r.Score / max(alike[0].Score, r.Score, 1e-9)
	}
	for _, r := range alike {
		if !has[r.ID] && len(ranked) < limit {
			ranked = append(ranked, Ranked{r.ID, r.Score * scale})
		}
	}
	return ranked
}
