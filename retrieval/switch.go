package retrieval

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
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
	mu     sync.Mutex
	known  map[string]*knownCoverage
	asking singleflight.Group // by tenant
}

type knownCoverage struct {
	coverage Coverage
	at       time.Time // asked last; zero before the first answer
}

func newCoverages() *coverages { return &coverages{known: make(map[string]*knownCoverage)} }

// of returns what is known of a tenant. When that is too old the index is asked,
// once for all who wait: the question outlives who asked it first, for
// coverageTimeout at most. When there is no answer the last one holds as long
// again, and without one the next search asks.
func (c *coverages) of(ctx context.Context, index Index, tenant string) Coverage {
	c.mu.Lock()
	known := c.known[tenant]
	if known == nil {
		known = &knownCoverage{}
		c.known[tenant] = known
	}
	last := *known
	c.mu.Unlock()
	if time.Since(last.at) < coverageAge {
		return last.coverage
	}
	answered := c.asking.DoChan(tenant, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), coverageTimeout)
		defer cancel()
		coverage, err := index.Coverage(ctx, tenant)
		return c.keep(known, coverage, err), nil
	})
	select {
	case answer := <-answered:
		return answer.Val.(Coverage)
	case <-ctx.Done():
		return last.coverage
	}
}

// keep takes in what the index answered, and returns what is known now.
func (c *coverages) keep(known *knownCoverage, coverage Coverage, err error) Coverage {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case err == nil:
		known.coverage, known.at = coverage, time.Now()
	case !known.at.IsZero():
		known.at = time.Now()
	}
	return known.coverage
}

// forget makes the next search ask the index. An answer on its way, which may be
// of before, is not kept.
func (c *coverages) forget(tenant string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, tenant)
	c.asking.Forget(tenant)
}
