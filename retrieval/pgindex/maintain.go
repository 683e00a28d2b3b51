package pgindex

import (
	"context"
	"fmt"

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
func (x *Index) maintain(ctx context.Context, e embedding, changed int) error {
	if err := x.ensureIndex(ctx, e); err != nil {
		return err
	}
	return x.analyze(ctx, changed)
}

// analyze gathers statistics after 500 changes, 1,000 more, 2,000 more and so
// on: often while a database is young. Later the server's own timer does.
func (x *Index) analyze(ctx context.Context, changed int) error {
	x.mu.Lock()
	x.changes += changed
	due := x.changes >= x.analyzeAfter
	if due {
		x.changes = 0
		x.analyzeAfter *= 2
	}
	x.mu.Unlock()
	if !due {
		return nil
	}
	_, err := x.pool.Exec(ctx, "analyze documents, document_vectors")
	return err
}

// ensureIndex makes the HNSW index of an embedding once it has enough vectors.
// Writers of vectors wait meanwhile; searches do not.
func (x *Index) ensureIndex(ctx context.Context, e embedding) error {
	x.mu.RLock()
	done := x.indexed[e.n]
	x.mu.RUnlock()
	if done || e.n == 0 || !x.hnsw || e.dimensions > maxIndexed {
		return nil
	}
	var enough bool
	err := x.pool.QueryRow(ctx, `select count(*) = $2 from (select from document_vectors where embedding = $1 limit $2) vectors`,
		e.n, x.exactUpTo).Scan(&enough)
	if err != nil || !enough {
		return err
	}
	if err := x.buildIndex(ctx, e); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.indexed[e.n] = true
	return nil
}

func (x *Index) buildIndex(ctx context.Context, e embedding) error {
	return pgx.BeginFunc(ctx, x.pool, func(tx pgx.Tx) error {
		// The lock keeps a second process from building the same index at once.
		if _, err := tx.Exec(ctx, "select pg_advisory_xact_lock(7071993)"); err != nil {
			return err
		}
		if x.serialBuild {
			if _, err := tx.Exec(ctx, "set local max_parallel_maintenance_workers = 0"); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, fmt.Sprintf(`create index if not exists document_vectors_hnsw_%d on document_vectors
			using hnsw ((vector::halfvec(%d)) halfvec_ip_ops) where embedding = %d`, e.n, e.dimensions, e.n))
		return err
	})
}
