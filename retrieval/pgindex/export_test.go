package pgindex

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/retrieval"
)

// SetExactUpTo makes the index use HNSW from so many documents on.
func (x *Index) SetExactUpTo(n int) { x.exactUpTo = n }

// PlanNearest returns the server's plan of a walk.
func (x *Index) PlanNearest(ctx context.Context, filter retrieval.Filter, name string, vector []float32, limit int) (string, error) {
	n, ok, err := x.near(ctx, filter, name, vector, limit)
	if err != nil || !ok {
		return "", err
	}
	q := walkQuery(n, limit)
	return x.plan(ctx, &q, walkSettings(breadth, mostPassed)...)
}

// PlanFew returns the server's plan of a comparison of what a filter keeps.
func (x *Index) PlanFew(ctx context.Context, filter retrieval.Filter, name string, vector []float32, limit int) (string, error) {
	n, ok, err := x.near(ctx, filter, name, vector, limit)
	if err != nil || !ok {
		return "", err
	}
	q := fewQuery(n, x.exactUpTo)
	return x.plan(ctx, &q, "enable_seqscan", "off")
}

// PlanLexical returns the server's plan of a search for words.
func (x *Index) PlanLexical(ctx context.Context, filter retrieval.Filter, words []string, limit int) (string, error) {
	m, ok, err := x.match(ctx, filter, words, limit)
	if err != nil || !ok {
		return "", err
	}
	q := rankQuery(m)
	return x.plan(ctx, &q, lexicalSettings...)
}

func (x *Index) plan(ctx context.Context, q *query, settings ...string) (plan string, err error) {
	batch := settingsBatch(settings)
	batch.Queue("explain "+q.text.String(), q.args...).Query(func(rows pgx.Rows) error {
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		plan = strings.Join(lines, "\n")
		return err
	})
	return plan, x.pool.SendBatch(ctx, batch).Close()
}

var ParseVersion = parseVersion
