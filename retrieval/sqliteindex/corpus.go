package sqliteindex

import (
	"cmp"
	"slices"
	"sync"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// corpus is what is kept in memory of the documents of one tenant and kind.
//
// Documents have slots, numbered from 0. A slot is never used again: a document
// that changes gets a new one and its old one is dead until compact drops all dead ones.
type corpus struct {
	slots   map[string]int32 // of living documents by id
	facets  []retrieval.Facets
	keys    []keys
	lexicon lexicon
	vectors map[int64]*matrix // by embeddings.n
	dead    int

	values map[string]uint32 // of filtered fields, numbered for quick comparison

	ordering sync.Mutex
	newest   []int32 // living slots, newest posting first; nil when a write has come between
}

// keys are the fields that filters compare, as numbers of corpus.values.
type keys struct {
	alive                              bool
	category, level, payType, currency uint32
}

func newCorpus() *corpus {
	return &corpus{
		slots:   make(map[string]int32),
		lexicon: newLexicon(),
		vectors: make(map[int64]*matrix),
		values:  map[string]uint32{"": 0},
	}
}

// add gives a document a new slot, in place of the one it had.
func (c *corpus) add(facets retrieval.Facets, counted []record.Counted) int32 {
	c.remove(facets.ID)
	slot := int32(len(c.keys))
	c.slots[facets.ID] = slot
	c.facets = append(c.facets, facets)
	c.keys = append(c.keys, keys{
		alive:    true,
		category: c.value(facets.Category),
		level:    c.value(facets.Level),
		payType:  c.value(facets.PayType),
		currency: c.value(facets.Currency),
	})
	c.lexicon.add(slot, counted)
	c.newest = nil
	return slot
}

// remove lets go of a document, if it is there.
func (c *corpus) remove(id string) {
	slot, ok := c.slots[id]
	if !ok {
		return
	}
	delete(c.slots, id)
	c.keys[slot] = keys{}
	c.facets[slot] = retrieval.Facets{}
	for _, m := range c.vectors {
		m.clear(slot)
	}
	c.dead++
	c.newest = nil
}

// value returns the number of a value, a new one when it has none.
func (c *corpus) value(s string) uint32 {
	n, ok := c.values[s]
	if !ok {
		n = uint32(len(c.values))
		c.values[s] = n
	}
	return n
}

// matrix returns the vectors of an embedding.
func (c *corpus) matrix(e *embedding) *matrix {
	m := c.vectors[e.n]
	if m == nil {
		m = &matrix{dimensions: e.dimensions}
		c.vectors[e.n] = m
	}
	return m
}

// sparse reports whether so many slots are dead that compact should be called.
func (c *corpus) sparse() bool { return c.dead > 256 && c.dead > len(c.keys)/4 }

// compact drops dead slots. The slots of living documents change.
func (c *corpus) compact() {
	moved := make([]int32, len(c.keys)) // new slot by old one, -1 for a dead one
	living := int32(0)
	for slot, k := range c.keys {
		moved[slot] = -1
		if k.alive {
			moved[slot] = living
			c.facets[living], c.keys[living] = c.facets[slot], c.keys[slot]
			c.slots[c.facets[living].ID] = living
			living++
		}
	}
	clear(c.facets[living:])
	c.facets, c.keys = c.facets[:living], c.keys[:living]
	c.lexicon.move(moved, int(living))
	for _, m := range c.vectors {
		m.move(moved, int(living))
	}
	c.dead = 0
	c.newest = nil
}

// byNewest returns the living slots, newest posting first, then by id. It is
// called with the index locked for reading, by several goroutines at once.
func (c *corpus) byNewest() []int32 {
	c.ordering.Lock()
	defer c.ordering.Unlock()
	if c.newest == nil {
		c.newest = make([]int32, 0, len(c.slots))
		for _, slot := range c.slots {
			c.newest = append(c.newest, slot)
		}
		slices.SortFunc(c.newest, func(a, b int32) int {
			fa, fb := &c.facets[a], &c.facets[b]
			return cmp.Or(cmp.Compare(fb.PostedOn, fa.PostedOn), cmp.Compare(fa.ID, fb.ID))
		})
	}
	return c.newest
}
