package retrieval

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// mostSkipped documents that are not valid, or as many without a usable vector, and Fill gives them up.
const mostSkipped = 1_000

// Fill brings a tenant's documents up to date with the present rules and the
// present embedding model: those analysed by other rules are analysed again,
// those without a vector are embedded. It returns how many it embedded.
// progress, which may be nil, is told after each batch how many of how many
// that is. Fill may be stopped and called again at any time, in any process.
//
// A document that the present rules refuse keeps its old analysis, and one that
// the embedder cannot do is passed over: the others are done, and the error says
// so.
func (r *Retriever) Fill(ctx context.Context, tenant string, progress func(done, total int)) (int, error) {
	a := analysing{Retriever: r, tenant: tenant}
	if err := a.run(ctx); err != nil {
		return 0, fmt.Errorf("retrieval: fill: %w", err)
	}
	f := filling{Retriever: r, tenant: tenant, embedding: embedding{Embedder: r.embedder}, tell: progress}
	defer r.coverages.forget(tenant)
	err := f.run(ctx)
	if settled := r.index.Settle(ctx, tenant); err == nil {
		err = settled
	}
	err = errors.Join(a.err(), err)
	if err != nil {
		return f.done, fmt.Errorf("retrieval: fill: %w", err)
	}
	return f.done, nil
}

// Settle is to be called after much was loaded, so that it is found quickly: see
// [Index]. Fill does so itself.
func (r *Retriever) Settle(ctx context.Context, tenant string) error {
	if err := r.index.Settle(ctx, tenant); err != nil {
		return fmt.Errorf("retrieval: settle: %w", err)
	}
	return nil
}

// filling is one Fill on its way.
type filling struct {
	*Retriever
	embedding
	tenant      string
	tell        func(done, total int)
	done, total int
	skipped     map[string]bool // documents that the embedder cannot do, by nameOf
}

func (f *filling) run(ctx context.Context) error {
	if coverage, err := f.index.Coverage(ctx, f.tenant); err == nil { // else the total is not known beforehand
		f.total = max(coverage.Documents-coverage.Vectors[f.Name()], 0)
	}
	f.skipped = make(map[string]bool)
	for last := ""; ; {
		docs, err := f.missing(ctx)
		if err != nil {
			return err
		}
		if len(docs) == 0 {
			return f.embedding.err()
		}
		if first := nameOf(docs[0]); first == last {
			return fmt.Errorf("%w: the vector of %s is not kept", ErrUnavailable, first)
		} else {
			last = first
		}
		if err := f.batch(ctx, docs); err != nil {
			return err
		}
	}
}

// missing are some documents without a vector, without those passed over.
func (f *filling) missing(ctx context.Context) ([]Document, error) {
	docs, err := f.index.Unembedded(ctx, f.tenant, f.Name(), loadBatch+len(f.skipped))
	return slices.DeleteFunc(docs, func(d Document) bool { return f.skipped[nameOf(d)] }), err
}

func (f *filling) batch(ctx context.Context, docs []Document) error {
	vectors := f.vectors(ctx, searchTexts(docs))
	if err := ctx.Err(); err != nil {
		return err
	}
	if f.gaveUp {
		return f.embedding.err()
	}
	for i, d := range docs {
		if vectors[i] == nil {
			f.skipped[nameOf(d)] = true
		}
	}
	if len(f.skipped) > mostSkipped {
		return f.embedding.err()
	}
	if err := f.put(ctx, docs, vectors); err != nil {
		return err
	}
	if f.total = max(f.total, f.done); f.tell != nil {
		f.tell(f.done, f.total)
	}
	return nil
}

// put stores vectors of those documents that are still what was embedded. One
// that was changed or deleted meanwhile was embedded by who changed it, or
// comes up again.
func (f *filling) put(ctx context.Context, docs []Document, vectors [][]float32) error {
	f.writes.Lock()
	defer f.writes.Unlock()
	same, _, err := f.compare(ctx, f.tenant, docs)
	if err != nil {
		return err
	}
	byName := make(map[string][]float32, len(docs))
	for i, d := range docs {
		byName[nameOf(d)] = vectors[i]
	}
	current := make([][]float32, len(same))
	for i, d := range same {
		if current[i] = byName[nameOf(d)]; current[i] != nil {
			f.done++
		}
	}
	return f.putVectors(ctx, f.tenant, f.Name(), same, current)
}

func nameOf(d Document) string { return string(d.Kind) + " " + d.ID }
