package pgindex

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// The breadth of a walk through an HNSW index: 100 finds 99 of 100 nearest
// ones where 40, the server's default, finds 94. The server allows up to 1,000.
const (
	minBreadth = 100
	maxBreadth = 1000
)

// Nearest implements [retrieval.Index].
func (x *Index) Nearest(ctx context.Context, filter retrieval.Filter, name string, vector []float32, limit int) ([]retrieval.Ranked, error) {
	list, err := x.nearest(ctx, clean(filter), name, vector, limit)
	return list, wrap("search vectors", err)
}

func (x *Index) nearest(ctx context.Context, filter retrieval.Filter, name string, vector []float32, limit int) ([]retrieval.Ranked, error) {
	if err := record.CheckFilter(filter); err != nil {
		return nil, err
	}
	e, ok, err := x.embedding(ctx, name)
	if err != nil || !ok { // no document has a vector of it; the query's shape cannot be checked
		return nil, err
	}
	unit, err := record.Unit(vector, e.dimensions)
	if err != nil || limit <= 0 || record.Zero(unit) {
		return nil, err
	}
	matching, err := x.countFilter(ctx, filter)
	if err != nil {
		return nil, err
	}
	if x.hnsw && matching > x.exactUpTo && limit <= maxBreadth {
		list, err := x.walk(ctx, filter, e, unit, limit)
		if err != nil || len(list) >= limit {
			return list, err
		}
	}
	q := nearestQuery(filter, e, unit, limit, true)
	return x.ranked(ctx, &q, "")
}

// nearestQuery ranks by the inner product, which for vectors of unit length is
// the cosine. An exact query adds zero to the distance: no index serves that
// expression, so that the server scans what the filter keeps.
//
// The embedding's number and its dimensions are written into the statement:
// the HNSW index is partial, and a plan for any number could not use it.
func nearestQuery(filter retrieval.Filter, e embedding, unit []float32, limit int, exact bool) query {
	var q query
	distance := fmt.Sprintf("(vector::halfvec(%d) <#> %s)", e.dimensions, q.arg(pgvector.NewHalfVector(unit)))
	order := distance
	if exact {
		order = distance + " + 0, id"
	}
	q.add("select id, -", distance, " from document_vectors")
	q.where(filter)
	q.add(" and embedding = ", strconv.Itoa(int(e.n)), " order by ", order, " limit ", q.arg(limit))
	return q
}

// walk looks vectors up in the HNSW index, if the server finds that cheapest.
func (x *Index) walk(ctx context.Context, filter retrieval.Filter, e embedding, unit []float32, limit int) ([]retrieval.Ranked, error) {
	q := nearestQuery(filter, e, unit, limit, false)
	list, err := x.ranked(ctx, &q, "select set_config('hnsw.ef_search', $1, true), set_config('hnsw.iterative_scan', 'relaxed_order', true)",
		strconv.Itoa(max(limit, minBreadth)))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b retrieval.Ranked) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID))
	})
	return list, nil
}

// countFilter counts how many documents pass a filter, up to one more than are
// scanned exactly. Excluded ids are few and not counted.
func (x *Index) countFilter(ctx context.Context, filter retrieval.Filter) (int, error) {
	filter.Exclude = nil
	in, key := scope{filter.Tenant, filter.Kind}, strings.Join(filterLexemes(filter), "\x00")
	if n, ok := x.counts.get(in, key); ok {
		return n, nil
	}
	n, err := x.count(ctx, filter, x.exactUpTo+1)
	if err == nil {
		x.counts.put(in, key, n)
	}
	return n, err
}

// ranked runs a query for ids and scores, after a statement that changes
// settings: both are one batch, which is one round trip and one transaction,
// and the settings end with it.
func (x *Index) ranked(ctx context.Context, q *query, settings string, args ...any) (list []retrieval.Ranked, err error) {
	batch := &pgx.Batch{}
	if settings != "" {
		batch.Queue(settings, args...)
	}
	batch.Queue(q.text.String(), q.args...).Query(func(rows pgx.Rows) (err error) {
		list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (r retrieval.Ranked, err error) {
			err = row.Scan(&r.ID, &r.Score)
			return r, err
		})
		return err
	})
	return list, x.pool.SendBatch(ctx, batch).Close()
}
