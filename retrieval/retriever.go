package retrieval

import (
	"context"
	"fmt"

	"github.com/parleyhq/parley/retrieval/skills"
)

// Retriever loads and finds documents. It is safe for concurrent use.
type Retriever struct {
	index      Index
	embedder   Embedder
	vocabulary *skills.Vocabulary
	histories  *histories
}

// New returns a Retriever on an index. All three are required.
func New(index Index, embedder Embedder, vocabulary *skills.Vocabulary) *Retriever {
	return &Retriever{index: index, embedder: embedder, vocabulary: vocabulary, histories: newHistories(index, vocabulary)}
}

// Embedding names the embedding model in use.
func (r *Retriever) Embedding() string { return r.embedder.Name() }

// Delete removes documents and returns how many there were.
func (r *Retriever) Delete(ctx context.Context, tenant string, kind Kind, ids []string) (int, error) {
	defer r.histories.forget(tenant)
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
