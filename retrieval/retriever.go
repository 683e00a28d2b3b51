package retrieval

import (
	"context"
	"fmt"
	"sync"

	"github.com/parleyhq/parley/retrieval/skills"
)

// Retriever loads and finds documents. It is safe for concurrent use.
type Retriever struct {
	index      Index
	embedder   Embedder
	vocabulary *skills.Vocabulary
	histories  *histories
	older      []Embedder
	rates      *Rates
	tuning     Tuning
	coverages  *coverages
	// writes keeps what is filled in beside a document from being written after
	// the document was changed: Load and Delete write under its read lock, Fill
	// looks again and writes under its write lock.
	writes *sync.RWMutex
}

// New returns a Retriever on an index. All three are required.
func New(index Index, embedder Embedder, vocabulary *skills.Vocabulary) *Retriever {
	return &Retriever{
		index: index, embedder: embedder, vocabulary: vocabulary, histories: newHistories(index, vocabulary),
		tuning: DefaultTuning(), coverages: newCoverages(), writes: new(sync.RWMutex),
	}
}

// Options are what a Retriever can do without.
type Options struct {
	// Older are embedders of models that were in use before. While the present
	// one has not embedded all of a tenant's documents, the tenant is searched by
	// the most complete one.
	Older  []Embedder
	Rates  *Rates  // exchange rates; nil: currencies are never converted
	Tuning *Tuning // nil for DefaultTuning
}

// With returns a Retriever on the same index with these options.
func (r *Retriever) With(o Options) *Retriever {
	changed := *r
	changed.older, changed.rates = o.Older, o.Rates
	if o.Tuning != nil {
		changed.tuning = *o.Tuning
	}
	return &changed
}

// Embedding names the embedding model in use.
func (r *Retriever) Embedding() string { return r.embedder.Name() }

// Delete removes documents and returns how many there were.
func (r *Retriever) Delete(ctx context.Context, tenant string, kind Kind, ids []string) (int, error) {
	defer r.histories.forget(tenant)
	r.writes.RLock()
	defer r.writes.RUnlock()
	n, err := r.index.Delete(ctx, tenant, kind, ids)
	if err != nil {
		return n, fmt.Errorf("retrieval: delete: %w", err)
	}
	return n, nil
}

// Documents returns those documents that exist, in the order of ids.
func (r *Retriever) Documents(ctx context.Context, tenant string, kind Kind, ids []string) ([]Document, error) {
	docs, err := r.index.Get(ctx, tenant, kind, ids)
	if err != nil {
		return nil, fmt.Errorf("retrieval: documents: %w", err)
	}
	return docs, nil
}

// Count returns how many documents pass a filter.
func (r *Retriever) Count(ctx context.Context, filter Filter) (int, error) {
	n, err := r.index.Count(ctx, filter)
	if err != nil {
		return 0, fmt.Errorf("retrieval: count: %w", err)
	}
	return n, nil
}
