package retrieval

import (
	"cmp"
	"slices"
)

// fusionK damps the weight of the first places: 60 is the constant of the
// paper that introduced the method, and results hardly depend on it.
const fusionK = 60

// weightedList is one ranked list and how much its places count.
type weightedList struct {
	ranked []Ranked
	weight float64
}

// fuse merges ranked lists by reciprocal rank fusion (Cormack, Clarke and
// Büttcher, SIGIR 2009): a document scores the sum over lists of
// weight / (k + place), places counted from 1. Scores of the lists are not
// compared, only places, so that lists of different scales can be merged. A
// document that a list names twice counts with its better place. Ties are
// broken by id, so that the order is always the same.
func fuse(k float64, lists ...weightedList) []Ranked {
	scores := make(map[string]float64)
	for _, list := range lists {
		seen := make(map[string]bool, len(list.ranked))
		for place, r := range list.ranked {
			if seen[r.ID] {
				continue
			}
			seen[r.ID] = true
			scores[r.ID] += list.weight / (k + float64(place+1))
		}
	}
	fused := make([]Ranked, 0, len(scores))
	for id, score := range scores {
		fused = append(fused, Ranked{id, score})
	}
	slices.SortFunc(fused, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return fused
}
