package sqliteindex

import (
	"context"
	"fmt"
	"sync"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// Lexical implements [retrieval.Index] by BM25. Its cost is that of the
// documents that have one of the words: about 2 ns each.
func (x *Index) Lexical(ctx context.Context, filter retrieval.Filter, terms []string, limit int) ([]retrieval.Ranked, error) {
	if err := check(ctx, filter); err != nil {
		return nil, wrap("search words", err)
	}
	stems := record.Terms(terms)
	if len(stems) == 0 || limit <= 0 {
		return nil, nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.corpus(filter)
	if c == nil {
		return nil, nil
	}
	scores := borrow(len(c.keys))
	defer giveBack(scores)
	c.lexicon.score(stems, *scores)
	best := top{corpus: c, limit: limit}
	wanted := c.selection(filter)
	for slot, score := range *scores {
		if score > 0 && wanted.keeps(int32(slot), c.keys[slot]) {
			best.add(int32(slot), score)
		}
	}
	return best.ranked(), nil
}

// scoreBuffers are reused: a search needs one number for each document.
var scoreBuffers = sync.Pool{New: func() any { return new([]float32) }}

func borrow(n int) *[]float32 {
	buffer := scoreBuffers.Get().(*[]float32)
	if cap(*buffer) < n {
		*buffer = make([]float32, n+n/4)
	}
	*buffer = (*buffer)[:n]
	clear(*buffer)
	return buffer
}

func giveBack(buffer *[]float32) { scoreBuffers.Put(buffer) }

// Nearest implements [retrieval.Index] by an exact scan.
func (x *Index) Nearest(ctx context.Context, filter retrieval.Filter, name string, vector []float32, limit int) ([]retrieval.Ranked, error) {
	if err := check(ctx, filter); err != nil {
		return nil, wrap("search vectors", err)
	}
	e, err := x.load(ctx, name)
	if err != nil {
		return nil, wrap("search vectors", err)
	}
	if e == nil { // no document has a vector of it; the query's shape cannot be checked
		return nil, nil
	}
	unit, err := record.Unit(vector, e.dimensions)
	if err != nil {
		return nil, wrap("search vectors", err)
	}
	if limit <= 0 || record.Zero(unit) {
		return nil, nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.corpus(filter)
	if c == nil || c.vectors[e.n] == nil {
		return nil, nil
	}
	return c.nearest(c.vectors[e.n], c.selection(filter), unit, limit), nil
}

func (c *corpus) nearest(m *matrix, wanted selection, unit []float32, limit int) []retrieval.Ranked {
	best := top{corpus: c, limit: limit}
	for i, present := range m.present {
		if slot := int32(i); present && wanted.keeps(slot, c.keys[slot]) {
			best.add(slot, m.cosine(slot, unit))
		}
	}
	return best.ranked()
}

// Count implements [retrieval.Index].
func (x *Index) Count(ctx context.Context, filter retrieval.Filter) (int, error) {
	if err := check(ctx, filter); err != nil {
		return 0, wrap("count", err)
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.corpus(filter)
	if c == nil {
		return 0, nil
	}
	wanted, n := c.selection(filter), 0
	for slot, k := range c.keys {
		if wanted.keeps(int32(slot), k) {
			n++
		}
	}
	return n, nil
}

// Facets implements [retrieval.Index]. The returned slices of skills belong to the index.
func (x *Index) Facets(ctx context.Context, filter retrieval.Filter, ids []string, limit int) ([]retrieval.Facets, error) {
	if err := check(ctx, filter); err != nil {
		return nil, wrap("read facets", err)
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.corpus(filter)
	switch {
	case c == nil:
		return nil, nil
	case ids != nil:
		return c.facetsOf(ids), nil
	}
	var list []retrieval.Facets
	wanted := c.selection(filter)
	for _, slot := range c.byNewest() {
		if len(list) >= limit {
			break
		}
		if wanted.keeps(slot, c.keys[slot]) {
			list = append(list, c.facets[slot])
		}
	}
	return list, nil
}

func (c *corpus) facetsOf(ids []string) []retrieval.Facets {
	list := make([]retrieval.Facets, 0, len(ids))
	for _, id := range ids {
		if slot, ok := c.slots[id]; ok {
			list = append(list, c.facets[slot])
		}
	}
	return list
}

// corpus returns what a filter searches, nil when there is nothing.
func (x *Index) corpus(filter retrieval.Filter) *corpus {
	return x.corpora[scope{filter.Tenant, filter.Kind}]
}

func check(ctx context.Context, filter retrieval.Filter) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("not begun: %w", err)
	}
	return record.CheckFilter(filter)
}
