package pgreader

import (
	"context"
	"math"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/sessions/inspect"
)

// Note implements [inspect.Trail]. It reads the index console_views_by_operator.
func (r *Reader) Note(ctx context.Context, tenant string, v inspect.View) error {
	_, err := r.pool.Exec(ctx, `insert into console_views (tenant, session, operator, name, at) select $1, $2, $3, $4, $5
		where not exists (select from console_views where tenant = $1 and operator = $3 and session = $2 and at > $6)`,
		tenant, v.Session, v.Operator, v.Name, v.At, v.At.Add(-inspect.Again))
	return wrap("note a view", err)
}

// Views implements [inspect.Trail]. It reads the index console_views_by_session or console_views_by_site.
func (r *Reader) Views(ctx context.Context, tenant, session string, before int64, limit int) ([]inspect.View, error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	query := "select seq, session, operator, name, at from console_views where tenant = $1 and seq < $2"
	args := []any{tenant, before, limit}
	if session != "" {
		query += " and session = $4"
		args = append(args, session)
	}
	rows, _ := r.pool.Query(ctx, query+" order by seq desc limit $3", args...)
	views, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (v inspect.View, err error) {
		err = row.Scan(&v.Number, &v.Session, &v.Operator, &v.Name, &v.At)
		v.At = v.At.UTC()
		return v, err
	})
	return views, wrap("list views", err)
}
