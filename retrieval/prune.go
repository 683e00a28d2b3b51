package retrieval

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// Prune drops the vectors of all embedding models but the present one, and
// returns how many there were. Given all tenants, it first makes sure that the
// present model has embedded all of their documents: otherwise nothing is
// dropped, and the error wraps ErrNotEmbedded and names the tenant.
func (r *Retriever) Prune(ctx context.Context, tenants []string) (forgotten int, err error) {
	others := make(map[string]bool)
	for _, tenant := range tenants {
		coverage, err := r.index.Coverage(ctx, tenant)
		if err != nil {
			return 0, fmt.Errorf("retrieval: prune: %w", err)
		}
		if missing := coverage.Documents - coverage.Vectors[r.embedder.Name()]; missing > 0 {
			return 0, fmt.Errorf("retrieval: prune: %w: %d documents of %s have no vector of %s yet", ErrNotEmbedded, missing, tenant, r.embedder.Name())
		}
		for name := range coverage.Vectors {
			others[name] = name != r.embedder.Name()
		}
		r.coverages.forget(tenant)
	}
	for _, name := range slices.Sorted(maps.Keys(others)) {
		if !others[name] {
			continue
		}
		n, err := r.index.Forget(ctx, name)
		forgotten += n
		if err != nil {
			return forgotten, fmt.Errorf("retrieval: prune: %w", err)
		}
	}
	return forgotten, nil
}
