package pgindex

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/retrieval"
)

// Months implements [retrieval.Index]: through documents_by_posting alone where
// there are no further conditions, through documents_words where there are.
func (x *Index) Months(ctx context.Context, filter retrieval.Filter) (map[string]int, error) {
	s, err := x.selection(ctx, filter)
	if err != nil {
		return nil, wrap("count months", err)
	}
	months := make(map[string]int)
	if s.none() {
		return months, nil
	}
	var q query
	q.add("select d.posted_on, count(*) from documents d")
	q.where(s)
	q.lexemes(s)
	q.add(" group by d.posted_on")
	var day string
	var posts int
	rows, _ := x.pool.Query(ctx, q.text.String(), q.args...)
	_, err = pgx.ForEachRow(rows, []any{&day, &posts}, func() error {
		months[retrieval.MonthOf(day)] += posts
		return nil
	})
	return months, wrap("count months", err)
}
