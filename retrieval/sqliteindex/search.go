package sqliteindex

import (
	"context"
	"fmt"
	"sync"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// Lexical implements [retrieval.Index] by BM25. Its cost is that of the
// postings of the words, some 2 ns each; where a filter keeps few documents,
// only theirs are looked for.
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
	c := x.corpora[scope{filter.Tenant, filter.Kind}]
	if c == nil {
		return nil, nil
	}
	wanted := c.selection(filter, x.zones)
	defer wanted.release()
	if wanted.n == 0 {
		return nil, nil
	}
	scores := borrow(len(c.ids))
	defer giveBack(scores)
	c.lexicon.score(stems, wanted, *scores)
	best := newTop(c, limit)
	for slot := range wanted.kept.each() {
		if score := (*scores)[slot]; score > 0 && score >= best.least {
			best.add(slot, score)
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

// Nearest implements [retrieval.Index] by an exact scan of what the filter keeps.
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
	c := x.corpora[scope{filter.Tenant, filter.Kind}]
	if c == nil || c.vectors[e] == nil {
		return nil, nil
	}
	wanted := c.selection(filter, x.zones)
	defer wanted.release()
	best := newTop(c, limit)
	if wanted.n > 0 {
		c.vectors[e].nearest(wanted, unit, best)
	}
	return best.ranked(), nil
}

// Count implements [retrieval.Index].
func (x *Index) Count(ctx context.Context, filter retrieval.Filter) (int, error) {
	if err := check(ctx, filter); err != nil {
		return 0, wrap("count", err)
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.corpora[scope{filter.Tenant, filter.Kind}]
	if c == nil {
		return 0, nil
	}
	wanted := c.selection(filter, x.zones)
	defer wanted.release()
	return wanted.n, nil
}

// Facets implements [retrieval.Index].
func (x *Index) Facets(ctx context.Context, filter retrieval.Filter, ids []string, limit int) ([]retrieval.Facets, error) {
	if err := check(ctx, filter); err != nil {
		return nil, wrap("read facets", err)
	}
	list := x.encodedFacets(filter, ids, limit)
	if len(list) == 0 {
		return nil, nil
	}
	var err error
	facets := make([]retrieval.Facets, len(list))
	for i, encoded := range list {
		if facets[i], err = decodeFacets(encoded); err != nil {
			return nil, wrap("read facets", err)
		}
	}
	return facets, nil
}

func (x *Index) encodedFacets(filter retrieval.Filter, ids []string, limit int) []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.corpora[scope{filter.Tenant, filter.Kind}]
	if c == nil {
		return nil
	}
	var list []string
	if ids != nil {
		for _, id := range ids {
			if slot, ok := c.slots[id]; ok {
				list = append(list, c.facets[slot])
			}
		}
		return list
	}
	wanted := c.selection(filter, x.zones)
	defer wanted.release()
	for _, slot := range c.newest(wanted.kept, limit) {
		list = append(list, c.facets[slot])
	}
	return list
}

func check(ctx context.Context, filter retrieval.Filter) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("not begun: %w", err)
	}
	return record.CheckFilter(filter)
}
