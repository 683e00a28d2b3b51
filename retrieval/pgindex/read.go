package pgindex

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// Get implements [retrieval.Index].
func (x *Index) Get(ctx context.Context, tenant string, kind retrieval.Kind, ids []string) ([]retrieval.Document, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, _ := x.pool.Query(ctx, `select body from documents where tenant = $1 and kind = $2 and id = any($3)`,
		cleanText(tenant), kind, cleanTexts(ids))
	found, err := pgx.CollectRows(rows, fromJSON[retrieval.Document])
	return inOrder(found, ids, func(d retrieval.Document) string { return d.ID }), wrap("get documents", err)
}

// Facets implements [retrieval.Index]. Lists by date read the index documents_by_posting.
func (x *Index) Facets(ctx context.Context, filter retrieval.Filter, ids []string, limit int) ([]retrieval.Facets, error) {
	if err := record.CheckFilter(filter); err != nil {
		return nil, wrap("read facets", err)
	}
	filter = clean(filter)
	if ids == nil && limit > 0 {
		var q query
		q.add("select facets from documents")
		q.where(filter)
		q.add(" order by posted_on desc, id limit ", q.arg(limit))
		rows, _ := x.pool.Query(ctx, q.text.String(), q.args...)
		list, err := pgx.CollectRows(rows, fromJSON[retrieval.Facets])
		return list, wrap("list facets", err)
	}
	if len(ids) == 0 {
		return nil, wrap("read facets", ctx.Err())
	}
	rows, _ := x.pool.Query(ctx, "select facets from documents where tenant = $1 and kind = $2 and id = any($3)",
		filter.Tenant, filter.Kind, cleanTexts(ids))
	found, err := pgx.CollectRows(rows, fromJSON[retrieval.Facets])
	return inOrder(found, ids, func(f retrieval.Facets) string { return f.ID }), wrap("read facets", err)
}

// Unembedded implements [retrieval.Index], oldest documents first. It looks at
// every document of the tenant: it is for work in the background.
func (x *Index) Unembedded(ctx context.Context, tenant, name string, limit int) ([]retrieval.Document, error) {
	rows, _ := x.pool.Query(ctx, `select body from documents d where tenant = $1 and not exists (
			select from document_vectors v where v.tenant = d.tenant and v.kind = d.kind and v.id = d.id
				and v.embedding = (select n from embeddings where name = $2))
		order by stored limit $3`, cleanText(tenant), cleanText(name), max(limit, 0))
	docs, err := pgx.CollectRows(rows, fromJSON[retrieval.Document])
	return docs, wrap("list documents to embed", err)
}

// Count implements [retrieval.Index].
func (x *Index) Count(ctx context.Context, filter retrieval.Filter) (int, error) {
	if err := record.CheckFilter(filter); err != nil {
		return 0, wrap("count", err)
	}
	var q query
	q.add("select count(*) from documents")
	q.where(clean(filter))
	var n int
	err := x.pool.QueryRow(ctx, q.text.String(), q.args...).Scan(&n)
	return n, wrap("count", err)
}

// count counts how many documents pass a filter, up to a limit.
func (x *Index) count(ctx context.Context, filter retrieval.Filter, limit int) (n int, err error) {
	var q query
	q.add("select count(*) from (select from documents")
	q.where(filter)
	q.add(" limit ", q.arg(limit), ") passing")
	err = x.pool.QueryRow(ctx, q.text.String(), q.args...).Scan(&n)
	return n, err
}

// fromJSON reads a row of one column of JSON.
func fromJSON[T any](row pgx.CollectableRow) (value T, err error) {
	var text []byte
	if err := row.Scan(&text); err != nil {
		return value, err
	}
	return value, json.Unmarshal(text, &value)
}

// inOrder returns what was found in the order in which it was asked for.
func inOrder[T any](found []T, ids []string, id func(T) string) []T {
	byID := make(map[string]T, len(found))
	for _, item := range found {
		byID[id(item)] = item
	}
	list := make([]T, 0, len(found))
	for _, id := range ids {
		if item, ok := byID[id]; ok {
			list = append(list, item)
		}
	}
	return list
}
