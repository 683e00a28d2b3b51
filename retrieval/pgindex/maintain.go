package pgindex

import (
	"context"
	"errors"
)

const (
	// firstAnalyze is after how many changed documents the server's statistics
	// are brought up to date. Without any, it reads whole tables for a few ids.
	firstAnalyze = 500
	// maxIndexed is the most dimensions of halfvec that an HNSW index can hold.
	maxIndexed = 4000
)

// maintain keeps the server's plans good while documents are loaded.
func (x *Index) maintain(ctx context.Context, e embedding, changed int, kinds ...scope) error {
	for _, in := range kinds {
		n, ok, err := x.scopeNumber(ctx, in)
		if err == nil && ok {
			err = errors.Join(x.ensureIndex(ctx, e, n), x.keepCounted(ctx, in, n))
		}
		if err != nil {
			return err
		}
	}
	return x.analyze(ctx, changed)
}

// analyze gathers statistics after 500 changes, 2,000 more, 8,000 more and so
// on: often while a database is young. Later the server's own timer does, which
// also looks at the wide columns: those of 20,000 documents take it seconds.
func (x *Index) analyze(ctx context.Context, changed int) error {
	x.mu.Lock()
	x.changes += changed
	due := x.changes >= x.analyzeAfter
	if due {
		x.changes = 0
		x.analyzeAfter *= 4
	}
	x.mu.Unlock()
	if !due {
		return nil
	}
	_, err := x.pool.Exec(ctx, `analyze documents (tenant, kind, id, n, category, level, pay_type, currency, posted_on, analysis, country, time_zone),
		document_vectors (document, embedding, scope)`)
	return err
}
