package pgindex

import (
	"context"
	"slices"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// exactUpTo is how many vectors are compared one by one rather than looked up
// in an HNSW index. See docs/retrieval.md for the measurements.
const exactUpTo = 10_000

// Nearest implements [retrieval.Index].
func (x *Index) Nearest(ctx context.Context, filter retrieval.Filter, name string, vector []float32, limit int) ([]retrieval.Ranked, error) {
	n, ok, err := x.near(ctx, filter, name, vector, limit)
	if err != nil || !ok {
		return nil, wrap("search vectors", err)
	}
	list, err := x.nearest(ctx, n)
	return list, wrap("search vectors", err)
}

// near is what is looked for.
type near struct {
	selection
	in    int32 // number of the scope
	e     embedding
	unit  []float32
	limit int

	clauses [][]string // that vectors are found by
	share   float64    // of the scope that the filter keeps, about
}

// near prepares a search. It returns false when there is nothing to find.
func (x *Index) near(ctx context.Context, f retrieval.Filter, name string, vector []float32, limit int) (n near, ok bool, err error) {
	n.limit = limit
	if n.selection, err = x.selection(ctx, f); err != nil {
		return n, false, err
	}
	if n.e, ok, err = x.embedding(ctx, name); err != nil || !ok { // no document has a vector of it: the length cannot be checked
		return n, false, err
	}
	if n.unit, err = record.Unit(vector, n.e.dimensions); err != nil {
		return n, false, err
	}
	if limit <= 0 || record.Zero(n.unit) || n.none() {
		return n, false, ctx.Err()
	}
	if n.in, ok, err = x.scopeNumber(ctx, n.scope()); err != nil || !ok {
		return n, false, err
	}
	if n.share = 1; !n.narrows() {
		return n, true, nil
	}
	clauses, ranges := n.values(), n.rangeClauses()
	known, err := x.frequencies(ctx, n.in, slices.Concat(append(clauses[1:], ranges...)...))
	n.clauses, n.share = known.worthwhile(append(clauses, ranges...), len(clauses))
	return n, err == nil, err
}

// nearest chooses the way by how much there is to compare:
//
//   - A scope without an HNSW index has few vectors: all are compared.
//   - A filter that keeps at most exactUpTo of them: those are found by their
//     lexemes and compared. Whether it keeps more, the same statement finds out.
//   - Else the scope's HNSW index is walked, and what the filter does not keep
//     is passed over. When the walk gives up, all that it keeps is compared.
func (x *Index) nearest(ctx context.Context, n near) ([]retrieval.Ranked, error) {
	indexed, err := x.hasIndex(ctx, indexName(n.e, n.in))
	if err != nil {
		return nil, err
	}
	if !indexed || !x.pgvector.hnsw || n.limit > maxWalk {
		return x.compareAll(ctx, n)
	}
	if n.narrows() {
		if list, few, err := x.compareFew(ctx, n); few || err != nil {
			return list, err
		}
	}
	list, err := x.walk(ctx, n)
	if err != nil || len(list) > 0 {
		return list, err
	}
	return x.compareAll(ctx, n)
}
