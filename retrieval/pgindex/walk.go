package pgindex

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/retrieval"
)

const (
	// breadth is how many candidates a walk through an HNSW index keeps at once:
	// on vectors in clusters 400 finds 997 of 1,000 nearest ones where 100 finds
	// 963. The server allows up to 1,000, which bounds what is walked for.
	breadth = 400
	maxWalk = 1000
	// reserve is how many times as many candidates are kept as should be enough
	// by the share of the vectors that a filter keeps.
	reserve = 1.5
	// evenly is the least part of the expected number that a filter keeps of the
	// nearest third, where it does not go with another topic than the query's.
	evenly = 0.5
	// mostPassed bounds how many vectors one walk comes by.
	mostPassed = 20_000
)

// walk looks vectors up in the HNSW index of their scope. It returns nothing
// when it gives up.
func (x *Index) walk(ctx context.Context, n near) ([]retrieval.Ranked, error) {
	if !n.narrows() {
		q := walkQuery(n, n.limit)
		list, err := x.ranked(ctx, &q, walkSettings(max(n.limit, breadth), mostPassed)...)
		return fullOrNone(list, n.limit), err
	}
	candidates := min(max(int(reserve*float64(n.limit)/n.share), n.limit, breadth), maxWalk)
	list, even, err := x.look(ctx, n, candidates)
	if err != nil || !even {
		return nil, err
	}
	if len(list) < n.limit {
		pass := int(min(2*reserve*float64(n.limit)/n.share, mostPassed))
		q := walkQuery(n, n.limit)
		list, err = x.ranked(ctx, &q, walkSettings(candidates, pass)...)
	}
	return fullOrNone(list, n.limit), err
}

// fullOrNone puts a list in order. A walk's own order is only nearly right.
func fullOrNone(list []retrieval.Ranked, limit int) []retrieval.Ranked {
	if len(list) < limit {
		return nil
	}
	slices.SortFunc(list, func(a, b retrieval.Ranked) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID))
	})
	return list[:limit]
}

// look walks without the filter until the candidates are used up, and returns
// those of them that the filter keeps, and whether it keeps them evenly. Where
// it does not, what it keeps is far off, and a walk would find it late and badly.
func (x *Index) look(ctx context.Context, n near, candidates int) (list []retrieval.Ranked, even bool, err error) {
	expected := max(int(evenly*n.share*float64(candidates)/3), 1)
	q := lookQuery(n, candidates, max(n.limit, expected))
	var places []int
	batch := settingsBatch(walkSettings(candidates, 1))
	batch.Queue(q.text.String(), q.args...).Query(func(rows pgx.Rows) error {
		var r retrieval.Ranked
		var place int
		_, err := pgx.ForEachRow(rows, []any{&r.ID, &r.Score, &place}, func() error {
			list, places = append(list, r), append(places, place)
			return nil
		})
		return err
	})
	err = x.pool.SendBatch(ctx, batch).Close()
	return list, len(places) >= expected && places[expected-1] <= candidates/3, err
}

func lookQuery(n near, candidates, find int) query {
	var q query
	distance := q.distance(n)
	q.add("with near as materialized (select *, row_number() over () as place from (select v.document, ", distance, " as distance, true")
	q.kept(n)
	q.add(" as kept")
	q.scope(n)
	q.add(" order by ", distance, " limit ", q.arg(candidates), ") nearest), best as (select * from near where kept order by place limit ", q.arg(find), ")")
	q.add(" select d.id, -best.distance, best.place from best join documents d on d.n = best.document order by best.place")
	return q
}

func walkQuery(n near, fetch int) query {
	var q query
	distance := q.distance(n)
	q.add("select d.id, -best.distance from (select v.document, ", distance, " as distance")
	q.vectors(n)
	q.add(" order by ", distance, " limit ", q.arg(fetch), ") best join documents d on d.n = best.document")
	return q
}

// walkSettings leave the server the one plan that is meant: a filter is
// compared with each vector that the walk comes by.
func walkSettings(breadth, pass int) []string {
	return []string{
		"hnsw.ef_search", strconv.Itoa(breadth), "hnsw.iterative_scan", "relaxed_order", "hnsw.max_scan_tuples", strconv.Itoa(pass),
		"enable_seqscan", "off", "enable_bitmapscan", "off", "enable_sort", "off",
	}
}

// ranked runs a query for ids and scores under settings, which are names and
// values in turn: both are one batch, which is one round trip and one
// transaction, and the settings end with it.
func (x *Index) ranked(ctx context.Context, q *query, settings ...string) (list []retrieval.Ranked, err error) {
	batch := settingsBatch(settings)
	batch.Queue(q.text.String(), q.args...).Query(func(rows pgx.Rows) (err error) {
		list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (r retrieval.Ranked, err error) {
			err = row.Scan(&r.ID, &r.Score)
			return r, err
		})
		return err
	})
	return list, x.pool.SendBatch(ctx, batch).Close()
}

// settingsBatch begins a batch with settings. Compiling a plan takes longer than
// any of these searches, and the server would whenever an option that is
// switched off makes a plan look costly.
func settingsBatch(settings []string) *pgx.Batch {
	settings = append([]string{"jit", "off"}, settings...)
	batch := &pgx.Batch{}
	batch.Queue("select set_config(name, value, true) from unnest($1::text[], $2::text[]) as settings (name, value)",
		everySecond(settings, 0), everySecond(settings, 1))
	return batch
}

func everySecond(list []string, from int) (picked []string) {
	for i := from; i < len(list); i += 2 {
		picked = append(picked, list[i])
	}
	return picked
}
