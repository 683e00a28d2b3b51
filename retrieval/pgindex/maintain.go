package pgindex

import (
	"context"

	"github.com/jackc/pgx/v5"
)

const (
	// firstAnalyze is after how many changed documents the server's statistics
	// are brought up to date. Without any, it reads whole tables for a few ids.
	firstAnalyze = 500
	// maxIndexed is the most dimensions of halfvec that an HNSW index can hold.
	maxIndexed = 4000
)

// maintain keeps the server's plans good while documents are loaded.
func (x *Index) maintain(ctx context.Context, changed int, kinds ...scope) error {
	for _, in := range kinds {
		n, ok, err := x.scopeNumber(ctx, in)
		if err == nil && ok {
			err = x.keepCounted(ctx, in, n)
		}
		if err != nil {
			return err
		}
	}
	return x.analyze(ctx, changed)
}

// Settle implements [retrieval.Index]: it builds the HNSW indexes that are due.
// A load does not, since each vector that is inserted into one costs some 2 ms,
// four times what it costs to build it when all are there.
func (x *Index) Settle(ctx context.Context, tenant string) error {
	rows, _ := x.pool.Query(ctx, "select s.n, e.n, e.dimensions from scopes s, embeddings e where s.tenant = $1", cleanText(tenant))
	type pair struct {
		scope int32
		of    embedding
	}
	pairs, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p pair, err error) {
		p.of.pgvectorSupport = x.pgvector
		return p, row.Scan(&p.scope, &p.of.n, &p.of.dimensions)
	})
	for _, p := range pairs {
		if err == nil {
			err = x.ensureIndex(ctx, p.of, p.scope)
		}
	}
	return wrap("settle", err)
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
