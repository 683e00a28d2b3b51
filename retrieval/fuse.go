package retrieval

import (
	"cmp"
	"slices"
)

// The lists that a search asks for, as places in candidate.places.
const (
	byWords = iota
	byVector
	byPhrase // by the words of quoted phrases
	listCount
)

// candidate is a document in one of the ranked lists.
type candidate struct {
	id     string
	fused  float64
	places [listCount]int // from 1; 0 is not in the list
	scores [listCount]float64
}

// rankedList is one list and how much its places count.
type rankedList struct {
	ranked []Ranked
	weight float64
}

// fuse merges ranked lists by reciprocal rank fusion (Cormack, Clarke and
// Büttcher, SIGIR 2009): a document scores the sum over lists of
// weight / (k + place), places counted from 1. Scores of the lists are not
// compared, only places, so that lists of different scales can be merged.
// Documents of equal score share the first of their places. One that a list
// names twice counts with its better place. Ties are broken by id, so that the
// order is always the same.
func fuse(k float64, lists [listCount]rankedList) []candidate {
	total := 0
	for _, list := range lists {
		total += len(list.ranked)
	}
	at := make(map[string]int, total)
	fused := make([]candidate, 0, total)
	for which, list := range lists {
		place := 0
		for n, r := range list.ranked {
			if n == 0 || r.Score != list.ranked[n-1].Score {
				place = n + 1
			}
			i, known := at[r.ID]
			if !known {
				i = len(fused)
				at[r.ID] = i
				fused = append(fused, candidate{id: r.ID})
			}
			c := &fused[i]
			if c.places[which] != 0 {
				continue
			}
			c.places[which], c.scores[which] = place, r.Score
			c.fused += list.weight / (k + float64(place))
		}
	}
	slices.SortFunc(fused, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.fused, a.fused), cmp.Compare(a.id, b.id))
	})
	return fused
}

// favour orders hits by their fused scores, each raised by the share of its title
// that the query has too. Places do not tell a title that is the work asked for
// from one that is about more: "baker" from "baker of wedding cakes and pastry".
// A hit takes the fused score of its new place, so that scores stay as far apart
// as priors and variety expect. Without words of the query nothing changes.
func (t Tuning) favour(hits []Hit, w *wanted) {
	fused := make([]float64, len(hits))
	for i := range hits {
		fused[i] = hits[i].Why.Fused
		hits[i].Score = fused[i] * (1 + t.Titles*w.covers(hits[i].Facets.Title))
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	for i := range hits {
		hits[i].Why.Fused, hits[i].Score = fused[i], fused[i]
	}
}
