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

// Forget implements [retrieval.Index]. The name may be registered again, with
// other dimensions, under another number.
func (x *Index) Forget(ctx context.Context, name string) (int, error) {
	e, ok, err := x.embedding(ctx, name)
	if err != nil || !ok {
		return 0, wrap("forget vectors", err)
	}
	var forgotten int64
	err = pgx.BeginFunc(ctx, x.pool, func(tx pgx.Tx) error {
		if err := dropIndexes(ctx, tx, e); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, "delete from document_vectors where embedding = $1", e.n)
		if err != nil {
			return err
		}
		forgotten = tag.RowsAffected()
		_, err = tx.Exec(ctx, "delete from embeddings where n = $1", e.n)
		return err
	})
	if err != nil {
		return 0, wrap("forget vectors", err)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.embeddings, name)
	x.indexed = indexes{}
	return int(forgotten), nil
}
