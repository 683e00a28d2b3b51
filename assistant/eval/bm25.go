package eval

import (
	"cmp"
	"math"
	"slices"

	"github.com/parleyhq/parley/retrieval"
)

// The usual constants of BM25.
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// BM25 is the baseline: Okapi BM25 (Robertson and Zaragoza 2009) over whatever
// an Analyser makes of a text, with nothing else. A feature that the query
// says twice counts twice.
type BM25 struct {
	analyse  Analyser
	ids      []string
	postings map[uint64][]posting
}

// posting is what a feature says for a document.
type posting struct {
	document int32
	weight   float32 // first how often it is there, then what that counts
}

// NewBM25 indexes the search text of documents.
func NewBM25(documents []retrieval.Document, analyse Analyser) *BM25 {
	x := &BM25{analyse: analyse, postings: make(map[uint64][]posting)}
	lengths, total := make([]float64, len(documents)), 0.0
	for at, d := range documents {
		features := analyse(d.SearchText())
		x.ids = append(x.ids, d.ID)
		lengths[at] = float64(len(features))
		total += lengths[at]
		for _, f := range counted(features) {
			x.postings[f.feature] = append(x.postings[f.feature], posting{int32(at), float32(f.count)})
		}
	}
	x.weigh(lengths, total/float64(max(len(documents), 1)))
	return x
}

// weigh turns counts into weights.
func (x *BM25) weigh(lengths []float64, mean float64) {
	for _, list := range x.postings {
		n := float64(len(list))
		rarity := math.Log(1 + (float64(len(x.ids))-n+0.5)/(n+0.5))
		for i, p := range list {
			count := float64(p.weight)
			norm := bm25K1 * (1 - bm25B + bm25B*lengths[p.document]/mean)
			list[i].weight = float32(rarity * count * (bm25K1 + 1) / (count + norm))
		}
	}
}

// Rank returns up to limit ids of documents that share a feature with the
// text, best first, without the excluded ones.
func (x *BM25) Rank(text string, exclude []string, limit int) []string {
	scores := make([]float32, len(x.ids))
	for _, f := range counted(x.analyse(text)) {
		for _, p := range x.postings[f.feature] {
			scores[p.document] += float32(f.count) * p.weight
		}
	}
	var found []int
	for at, score := range scores {
		if score > 0 && !slices.Contains(exclude, x.ids[at]) {
			found = append(found, at)
		}
	}
	slices.SortFunc(found, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(x.ids[a], x.ids[b]))
	})
	ranked := make([]string, min(limit, len(found)))
	for place := range ranked {
		ranked[place] = x.ids[found[place]]
	}
	return ranked
}

type countedFeature struct {
	feature uint64
	count   int
}

// counted returns the features of a text with how often each is there, in
// order, so that sums are the same in each run. It sorts features.
func counted(features []uint64) (list []countedFeature) {
	slices.Sort(features)
	for i, f := range features {
		if i > 0 && f == features[i-1] {
			list[len(list)-1].count++
			continue
		}
		list = append(list, countedFeature{f, 1})
	}
	return list
}
