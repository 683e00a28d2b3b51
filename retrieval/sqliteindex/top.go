package sqliteindex

import (
	"sort"

	"github.com/parleyhq/parley/retrieval"
)

// top keeps the best documents of a scan, best first; of equal ones those with
// the smaller id. Few candidates of a scan get in, so that inserting into a
// sorted list costs less than a heap does.
type top struct {
	corpus *corpus
	limit  int
	slots  []int32
	scores []float32
}

func (t *top) add(slot int32, score float32) {
	full := len(t.slots) == t.limit
	if full && score < t.scores[t.limit-1] {
		return
	}
	id := t.corpus.facets[slot].ID
	at := sort.Search(len(t.slots), func(i int) bool {
		return score > t.scores[i] || score == t.scores[i] && id < t.corpus.facets[t.slots[i]].ID
	})
	if at == t.limit {
		return
	}
	if !full {
		t.slots, t.scores = append(t.slots, 0), append(t.scores, 0)
	}
	copy(t.slots[at+1:], t.slots[at:])
	copy(t.scores[at+1:], t.scores[at:])
	t.slots[at], t.scores[at] = slot, score
}

func (t *top) ranked() []retrieval.Ranked {
	list := make([]retrieval.Ranked, len(t.slots))
	for i, slot := range t.slots {
		list[i] = retrieval.Ranked{ID: t.corpus.facets[slot].ID, Score: float64(t.scores[i])}
	}
	return list
}
