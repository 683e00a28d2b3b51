package retrieval

import (
	"slices"

	"github.com/parleyhq/parley/retrieval/skills"
)

// What tests of this package look at beside its exported names.
var (
	Quantile = quantile
)

// SearchTerms is searchTerms for a text whose language is found out.
func SearchTerms(text string, named []skills.Skill) []string {
	return searchTerms(text, "", named, true)
}

// Fuse is fuse of the list by words and the one by vectors.
func Fuse(k, lexical, nearest float64, words, vectors []Ranked) []Ranked {
	var fused []Ranked
	for _, c := range fuse(k, [listCount]rankedList{byWords: {words, lexical}, byVector: {vectors, nearest}}) {
		fused = append(fused, Ranked{c.id, c.fused})
	}
	return fused
}

// Repeats reports whether two posts are taken for the same work.
func Repeats(a, b Facets) bool {
	if differ(a.Sign, b.Sign) > nearSign {
		return false
	}
	return repeats(&Hit{Facets: a}, &Hit{Facets: b}, titleWords(a.Title), titleWords(b.Title))
}

// Favour orders hits by what their titles have of a query.
func Favour(share float64, query string, hits []Hit) []Hit {
	hits = slices.Clone(hits)
	Tuning{Titles: share}.favour(hits, newWanted(query, nil))
	return hits
}
