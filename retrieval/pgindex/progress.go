package pgindex

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/retrieval"
)

// Unembedded implements [retrieval.Index], oldest documents first. It looks at
// every document of the tenant: it is for work in the background.
func (x *Index) Unembedded(ctx context.Context, tenant, name string, limit int) ([]retrieval.Document, error) {
	rows, _ := x.pool.Query(ctx, `select body from documents d where tenant = $1 and not exists (
			select from document_vectors v where v.document = d.n and v.embedding = (select n from embeddings where name = $2))
		order by n limit $3`, cleanText(tenant), cleanText(name), max(limit, 0))
	docs, err := pgx.CollectRows(rows, fromJSON[retrieval.Document])
	return docs, wrap("list documents to embed", err)
}

// Stale implements [retrieval.Index], in no order. Both halves of what differs
// from the present analysis are ranges of the index documents_by_analysis, so
// that finding nothing is quick.
func (x *Index) Stale(ctx context.Context, tenant, analysis string, limit int) ([]retrieval.Document, error) {
	rows, _ := x.pool.Query(ctx, `
		select body from documents where tenant = $1 and analysis < $2
		union all
		select body from documents where tenant = $1 and analysis > $2
		limit $3`, cleanText(tenant), cleanText(analysis), max(limit, 0))
	docs, err := pgx.CollectRows(rows, fromJSON[retrieval.Document])
	return docs, wrap("list documents to analyse", err)
}

// Coverage implements [retrieval.Index]. It counts index entries: some 50 ms for a million vectors.
func (x *Index) Coverage(ctx context.Context, tenant string) (retrieval.Coverage, error) {
	coverage := retrieval.Coverage{Vectors: make(map[string]int)}
	batch := &pgx.Batch{}
	batch.Queue("select count(*) from documents where tenant = $1", cleanText(tenant)).
		QueryRow(func(row pgx.Row) error { return row.Scan(&coverage.Documents) })
	batch.Queue(`select e.name, v.vectors from embeddings e join (
			select embedding, count(*) as vectors from document_vectors
			where scope in (select n from scopes where tenant = $1) group by embedding
		) v on v.embedding = e.n`, cleanText(tenant)).
		Query(func(rows pgx.Rows) error {
			var name string
			var vectors int
			_, err := pgx.ForEachRow(rows, []any{&name, &vectors}, func() error {
				coverage.Vectors[name] = vectors
				return nil
			})
			return err
		})
	return coverage, wrap("count vectors", x.pool.SendBatch(ctx, batch).Close())
}

// forgetBatch is how many vectors one transaction of Forget deletes.
const forgetBatch = 10_000

// Forget implements [retrieval.Index]. Searches go on meanwhile, and writers up
// to its last transaction. After an error calling again goes on. The name may be
// registered again, with other dimensions, under another number.
func (x *Index) Forget(ctx context.Context, name string) (int, error) {
	e, ok, err := x.embedding(ctx, name)
	if err != nil || !ok {
		return 0, wrap("forget vectors", err)
	}
	forgotten, err := x.forgetMost(ctx, e)
	if err == nil {
		var rest int
		rest, err = x.forgetRest(ctx, e)
		forgotten += rest
	}
	if err != nil {
		return forgotten, wrap("forget vectors", err)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.embeddings, name)
	x.indexed = indexes{}
	return forgotten, nil
}

// forgetMost deletes the vectors of an embedding a batch at a time, but for
// those that a writer is at, for which it does not wait.
func (x *Index) forgetMost(ctx context.Context, e embedding) (forgotten int, err error) {
	for last, n := int64(0), forgetBatch; n == forgetBatch; forgotten += n {
		err := x.pool.QueryRow(ctx, `with part as (
				select document from document_vectors where embedding = $1 and document > $2 order by document limit $3 for update skip locked
			), gone as (
				delete from document_vectors v using part where v.document = part.document and v.embedding = $1 returning v.document
			) select count(*), coalesce(max(document), 0) from gone`, e.n, last, forgetBatch).Scan(&n, &last)
		if err != nil {
			return forgotten, err
		}
	}
	return forgotten, nil
}

// forgetRest deletes what has been written meanwhile, the embedding and its
// HNSW indexes. It locks in an order in which nobody waits for it who holds what
// it needs: first builders of indexes are through, then writers, and searches
// wait only while the indexes are dropped.
func (x *Index) forgetRest(ctx context.Context, e embedding) (forgotten int, err error) {
	err = pgx.BeginFunc(ctx, x.pool, func(tx pgx.Tx) error {
		if err := lockBuilds(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "lock table document_vectors in share row exclusive mode"); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, "delete from document_vectors where embedding = $1", e.n)
		if err != nil {
			return err
		}
		forgotten = int(tag.RowsAffected())
		if _, err := tx.Exec(ctx, "delete from embeddings where n = $1", e.n); err != nil {
			return err
		}
		return dropIndexes(ctx, tx, e)
	})
	if err != nil {
		return 0, err
	}
	return forgotten, nil
}
