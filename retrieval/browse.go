package retrieval

import (
	"context"
	"fmt"
)

// MostBrowsed is how many documents of a list can be paged through.
const MostBrowsed = 1000

// Newest returns the facets of documents that pass a filter, newest posting
// first, from the one at offset. There is none beyond MostBrowsed. Errors wrap
// ErrInvalid for a condition that cannot be meant.
func (r *Retriever) Newest(ctx context.Context, filter Filter, offset, limit int) ([]Facets, error) {
	var c checks
	filter = r.resolveFilter(filter, &c)
	if len(c) > 0 {
		return nil, fmt.Errorf("retrieval: newest: %w: %w", ErrInvalid, c[0])
	}
	end := min(offset+limit, MostBrowsed)
	if offset < 0 || limit < 0 || offset >= end {
		return nil, nil
	}
	list, err := r.index.Facets(ctx, filter, nil, end)
	if err != nil {
		return nil, fmt.Errorf("retrieval: newest: %w", err)
	}
	return list[min(offset, len(list)):], nil
}

// Coverage tells how many documents a tenant has, and how many of them each
// embedding has done.
func (r *Retriever) Coverage(ctx context.Context, tenant string) (Coverage, error) {
	coverage, err := r.index.Coverage(ctx, tenant)
	if err != nil {
		return Coverage{}, fmt.Errorf("retrieval: coverage: %w", err)
	}
	return coverage, nil
}

// Skills are the names in the vocabulary of the skills that a document lists,
// under which it is found; what the vocabulary does not have stands as it is.
func (r *Retriever) Skills(d Document) []string {
	listed, _, _ := r.analyse(d)
	return listed
}
