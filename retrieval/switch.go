package retrieval

import (
	"context"
	"sync"
	"time"
)

const (
	// coverageAge is how long a search relies on what was known of a tenant's
	// vectors: so long after another process has completed an embedding, this
	// one goes on searching by the older.
	coverageAge     = 15 * time.Second
	coverageTimeout = 2 * time.Second
)

// searched is the embedder by which a tenant is searched now: the present one,
// or while that has not embedded all of the tenant's documents, whichever has
// embedded the most. When the index cannot tell, what it told last stays true,
// and else the present one is taken: the other list answers in any case.
func (r *Retriever) searched(ctx context.Context, tenant string) Embedder {
	if len(r.older) == 0 {
		return r.embedder
	}
	known := r.coverages.of(ctx, r.index, tenant)
	best := r.embedder
	if known.Vectors[best.Name()] >= known.Documents {
		return best
	}
	for _, older := range r.older {
		if known.Vectors[older.Name()] > known.Vectors[best.Name()] {
			best = older
		}
	}
	return best
}

// coverages remember for a short time how far each tenant's embeddings are.
type coverages struct {
	mu    sync.Mutex
	known map[string]*knownCoverage
}

type knownCoverage struct {
	coverage Coverage
	at       time.Time // asked last
}

func newCoverages() *coverages { return &coverages{known: make(map[string]*knownCoverage)} }

// of returns what is known of a tenant. One caller asks the index when that is
// too old; the others go on with what they have.
func (c *coverages) of(ctx context.Context, index Index, tenant string) Coverage {
	c.mu.Lock()
	known := c.known[tenant]
	if known == nil {
		known = &knownCoverage{}
		c.known[tenant] = known
	}
	if time.Since(known.at) < coverageAge {
		defer c.mu.Unlock()
		return known.coverage
	}
	known.at = time.Now()
	c.mu.Unlock()

	ctx, cancel := context.WithTimeout(ctx, coverageTimeout)
	defer cancel()
	coverage, err := index.Coverage(ctx, tenant)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil {
		known.coverage = coverage
	}
	return known.coverage
}

// forget makes the next search ask the index.
func (c *coverages) forget(tenant string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, tenant)
}
