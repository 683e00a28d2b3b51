package sqliteindex

import (
	"cmp"
	"math"
	"slices"

	"github.com/parleyhq/parley/retrieval"
)

// top keeps the best documents of a search: those with the highest scores, of
// equal ones those with the smaller id.
type top struct {
	corpus *corpus
	limit  int
	least  float32 // what is below is not among the best
	list   []scored
}

type scored struct {
	slot  int32
	score float32
}

func newTop(c *corpus, limit int) *top {
	return &top{corpus: c, limit: limit, least: float32(math.Inf(-1))}
}

func (t *top) add(slot int32, score float32) {
	if score < t.least {
		return
	}
	t.list = append(t.list, scored{slot, score})
	if len(t.list) >= 2*min(t.limit, 1<<30)+64 {
		t.cut()
	}
}

// cut sorts the list and drops what is too much.
func (t *top) cut() {
	slices.SortFunc(t.list, func(a, b scored) int {
		if a.score != b.score {
			return cmp.Compare(b.score, a.score)
		}
		return cmp.Compare(t.corpus.ids[a.slot], t.corpus.ids[b.slot])
	})
	if len(t.list) >= t.limit {
		t.list = t.list[:t.limit]
		t.least = t.list[t.limit-1].score
	}
}

func (t *top) ranked() []retrieval.Ranked {
	t.cut()
	ranked := make([]retrieval.Ranked, len(t.list))
	for i, s := range t.list {
		ranked[i] = retrieval.Ranked{ID: t.corpus.ids[s.slot], Score: float64(s.score)}
	}
	return ranked
}
