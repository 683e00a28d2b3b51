package pgindex

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// indexesLast is how long an index that another process made goes unnoticed.
const indexesLast = time.Minute

// indexes are the HNSW indexes that are there, by name.
type indexes struct {
	names map[string]bool
	read  time.Time
}

func prefixOf(e embedding) string { return fmt.Sprintf("document_vectors_hnsw_%d_", e.n) }

// indexName is that of the index over one scope's vectors of an embedding.
func indexName(e embedding, in int32) string { return fmt.Sprint(prefixOf(e), in) }

// hasIndex reports whether an HNSW index is there.
func (x *Index) hasIndex(ctx context.Context, name string) (bool, error) {
	x.mu.RLock()
	known := x.indexed
	x.mu.RUnlock()
	if time.Since(known.read) < indexesLast {
		return known.names[name], ctx.Err()
	}
	fresh := indexes{make(map[string]bool), time.Now()}
	rows, _ := x.pool.Query(ctx, `select relname::text from pg_class join pg_index on indexrelid = pg_class.oid
		where indrelid = 'document_vectors'::regclass and indisvalid and relname like 'document\_vectors\_hnsw\_%'`)
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return false, err
	}
	for _, name := range names {
		fresh.names[name] = true
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.indexed = fresh
	return fresh.names[name], nil
}

// forgetIndexes makes the next search look which indexes there are.
func (x *Index) forgetIndexes() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.indexed = indexes{}
}

// ensureIndex makes the HNSW index of a scope once it has enough vectors of an
// embedding. Writers of vectors wait meanwhile; searches do not.
func (x *Index) ensureIndex(ctx context.Context, e embedding, in int32) error {
	if e.n == 0 || !x.pgvector.hnsw || e.dimensions > maxIndexed {
		return nil
	}
	name := indexName(e, in)
	if there, err := x.hasIndex(ctx, name); there || err != nil {
		return err
	}
	var enough bool
	err := x.pool.QueryRow(ctx, `select count(*) > $3 from (
			select from document_vectors where scope = $1 and embedding = $2 limit $3 + 1) vectors`,
		in, e.n, x.exactUpTo).Scan(&enough)
	if err != nil || !enough {
		return err
	}
	err = x.buildIndex(ctx, name, e, fmt.Sprintf("embedding = %d and scope = %d", e.n, in))
	x.forgetIndexes()
	return err
}

func (x *Index) buildIndex(ctx context.Context, name string, e embedding, where string) error {
	return pgx.BeginFunc(ctx, x.pool, func(tx pgx.Tx) error {
		if err := lockBuilds(ctx, tx); err != nil {
			return err
		}
		if err := makeRoom(ctx, tx, e, where); err != nil {
			return err
		}
		if x.pgvector.serialBuild {
			if _, err := tx.Exec(ctx, "set local max_parallel_maintenance_workers = 0"); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, fmt.Sprintf(`create index if not exists %s on document_vectors
			using hnsw ((vector::halfvec(%d)) halfvec_ip_ops) where %s`, name, e.dimensions, where))
		return err
	})
}

// lockBuilds keeps a second process from building the same index at once, and
// from dropping it.
func lockBuilds(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, "select pg_advisory_xact_lock(7071993)")
	return err
}

// makeRoom gives a build the memory that it needs, up to a bound: a graph that
// does not fit is built many times as slowly.
func makeRoom(ctx context.Context, tx pgx.Tx, e embedding, where string) error {
	_, err := tx.Exec(ctx, `select set_config('maintenance_work_mem', greatest(pg_size_bytes(current_setting('maintenance_work_mem')) / 1024,
			least($1, (select count(*) from document_vectors where `+where+`) * $2 / 1024))::text || 'kB', true)`,
		maxBuildMemory/1024, 2*e.dimensions+graphBytes)
	return err
}

const (
	maxBuildMemory = 2 << 30 // enough for 1.3 million vectors of 384 dimensions
	graphBytes     = 800     // of each vector beside its values, with m = 16: 1 GiB was full at 715,000 vectors of 384
)

// dropIndexes drops all HNSW indexes of an embedding.
func dropIndexes(ctx context.Context, tx pgx.Tx, e embedding) error {
	rows, _ := tx.Query(ctx, "select relname::text from pg_class where relkind = 'i' and starts_with(relname, $1)", prefixOf(e))
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(names) == 0 {
		return err
	}
	_, err = tx.Exec(ctx, "drop index if exists "+strings.Join(names, ", "))
	return err
}
