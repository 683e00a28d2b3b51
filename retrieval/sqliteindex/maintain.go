package sqliteindex

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"github.com/parleyhq/parley/retrieval"
)

// Coverage implements [retrieval.Index].
func (x *Index) Coverage(ctx context.Context, tenant string) (retrieval.Coverage, error) {
	coverage := retrieval.Coverage{Vectors: make(map[string]int)}
	// Both sides are read from indexes: no document and no vector is looked at.
	rows, err := x.read.QueryContext(ctx, `select '', count(*) from documents where tenant = ?1
		union all select e.name, (select count(*) from documents d
				cross join document_vectors v on v.embedding = e.n and v.document = d.n where d.tenant = ?1)
			from embeddings e`, tenant)
	if err != nil {
		return coverage, wrap("count vectors", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var n int
		if err := rows.Scan(&name, &n); err != nil {
			return coverage, wrap("count vectors", err)
		}
		switch {
		case name == "": // no embedding has this name
			coverage.Documents = n
		case n > 0:
			coverage.Vectors[name] = n
		}
	}
	return coverage, wrap("count vectors", rows.Err())
}

// Settle implements [retrieval.Index]: nothing is ever put off.
func (x *Index) Settle(ctx context.Context, _ string) error { return ctx.Err() }

// forgetBatch is how many vectors one transaction drops, for the sake of others that write.
const forgetBatch = 1000

// Forget implements [retrieval.Index]. Stopped half-way, it can be called again.
func (x *Index) Forget(ctx context.Context, name string) (int, error) {
	unlock, err := x.lockWrites(ctx)
	if err != nil {
		return 0, wrap("forget vectors", err)
	}
	defer unlock()
	e := x.embeddings[name]
	if e == nil {
		return 0, nil
	}
	// Nothing of it is found from now on, whether or not all is dropped.
	x.mu.Lock()
	e.loaded = false
	for _, c := range x.corpora {
		delete(c.vectors, e)
	}
	x.mu.Unlock()
	total := 0
	for {
		n, err := x.forget(ctx, e)
		total += n
		if err != nil {
			return total, wrap("forget vectors", err)
		}
		if n < forgetBatch {
			break
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.embeddings, name)
	return total, nil
}

// forget drops some vectors of an embedding, and with the last of them the embedding.
func (x *Index) forget(ctx context.Context, e *embedding) (int, error) {
	var n int64
	err := x.transaction(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `delete from document_vectors where rowid in
			(select rowid from document_vectors where embedding = ? limit ?)`, e.n, forgetBatch)
		if err != nil {
			return err
		}
		if n, err = result.RowsAffected(); err != nil || n == forgetBatch {
			return err
		}
		_, err = tx.ExecContext(ctx, "delete from embeddings where n = ?", e.n)
		return err
	})
	if err != nil {
		return 0, err
	}
	return int(n), nil
}

// Stale implements [retrieval.Index].
func (x *Index) Stale(ctx context.Context, tenant, analysis string, limit int) ([]retrieval.Document, error) {
	docs, err := x.some(ctx, tenant, limit, func(c *corpus, slot int32) bool { return c.analyses[slot] != analysis })
	return docs, wrap("list documents to analyse", err)
}

// Unembedded implements [retrieval.Index].
func (x *Index) Unembedded(ctx context.Context, tenant, name string, limit int) ([]retrieval.Document, error) {
	e, err := x.load(ctx, name)
	if err != nil {
		return nil, wrap("list documents to embed", err)
	}
	docs, err := x.some(ctx, tenant, limit, func(c *corpus, slot int32) bool {
		m := c.vectors[e]
		return m == nil || m.row(slot) == none
	})
	return docs, wrap("list documents to embed", err)
}

// some returns up to limit documents of a tenant that memory says are wanted,
// kind by kind, those first that have not changed for the longest time.
func (x *Index) some(ctx context.Context, tenant string, limit int, wanted func(*corpus, int32) bool) ([]retrieval.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var found []int64
	x.mu.RLock()
	var scopes []scope
	for in := range x.corpora {
		if in.tenant == tenant {
			scopes = append(scopes, in)
		}
	}
	slices.SortFunc(scopes, func(a, b scope) int { return cmp.Compare(a.kind, b.kind) })
	for _, in := range scopes {
		c := x.corpora[in]
		for slot := range c.alive.each() {
			if len(found) >= limit {
				break
			}
			if wanted(c, slot) {
				found = append(found, c.documents[slot])
			}
		}
	}
	x.mu.RUnlock()
	return x.numbered(ctx, found)
}
