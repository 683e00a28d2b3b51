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

// Facets implements [retrieval.Index].
func (x *Index) Facets(ctx context.Context, filter retrieval.Filter, ids []string, limit int) ([]retrieval.Facets, error) {
	if ids == nil && limit > 0 {
		list, err := x.newest(ctx, filter, limit)
		return list, wrap("list facets", err)
	}
	if err := record.CheckFilter(filter); err != nil {
		return nil, wrap("read facets", err)
	}
	filter = clean(filter)
	if len(ids) == 0 {
		return nil, wrap("read facets", ctx.Err())
	}
	rows, _ := x.pool.Query(ctx, "select facets from documents where tenant = $1 and kind = $2 and id = any($3)",
		filter.Tenant, filter.Kind, cleanTexts(ids))
	found, err := pgx.CollectRows(rows, fromJSON[retrieval.Facets])
	return inOrder(found, ids, func(f retrieval.Facets) string { return f.ID }), wrap("read facets", err)
}

// newest lists what passes a filter by date: through the index
// documents_by_posting where much passes, through documents_words where little does.
func (x *Index) newest(ctx context.Context, filter retrieval.Filter, limit int) ([]retrieval.Facets, error) {
	s, err := x.selection(ctx, filter)
	if err != nil || s.none() {
		return nil, err
	}
	var q query
	q.add("select d.facets from documents d")
	q.where(s)
	q.lexemes(s)
	q.add(" order by d.posted_on desc, d.id limit ", q.arg(limit))
	rows, _ := x.pool.Query(ctx, q.text.String(), q.args...)
	return pgx.CollectRows(rows, fromJSON[retrieval.Facets])
}

// Count implements [retrieval.Index].
func (x *Index) Count(ctx context.Context, filter retrieval.Filter) (n int, err error) {
	s, err := x.selection(ctx, filter)
	if err != nil || s.none() {
		return 0, wrap("count", err)
	}
	var q query
	q.add("select count(*) from documents d")
	q.where(s)
	q.lexemes(s)
	err = x.pool.QueryRow(ctx, q.text.String(), q.args...).Scan(&n)
	return n, wrap("count", err)
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
