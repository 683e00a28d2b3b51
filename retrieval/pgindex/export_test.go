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
	e, _, err := x.embedding(ctx, name)
	if err != nil {
		return "", err
	}
	q := nearestQuery(filter, e, vector, limit, false)
	rows, _ := x.pool.Query(ctx, "explain "+q.text.String(), q.args...)
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return strings.Join(lines, "\n"), err
}

var ParseVersion = parseVersion
