package loads

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Postgres returns the records in a migrated PostgreSQL database.
func Postgres(pool *pgxpool.Pool) Log { return postgresLog{pool} }

type postgresLog struct{ pool *pgxpool.Pool }

func (s postgresLog) Save(ctx context.Context, tenant string, l Load) error {
	body, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("loads: save: %w", err)
	}
	_, err = s.pool.Exec(ctx, `insert into document_loads (tenant, id, started, touched, running, body) values ($1, $2, $3, $4, $5, $6)
		on conflict (tenant, id) do update set touched = excluded.touched, running = excluded.running, body = excluded.body`,
		tenant, l.ID, l.Started, l.Touched, l.State == Running, body)
	if err == nil {
		_, err = s.pool.Exec(ctx, `delete from document_loads where tenant = $1 and id in
			(select id from document_loads where tenant = $1 order by started desc offset $2)`, tenant, Kept)
	}
	if err != nil {
		return fmt.Errorf("loads: save: %w", err)
	}
	return nil
}

func (s postgresLog) List(ctx context.Context, tenant string, limit int) ([]Load, error) {
	rows, _ := s.pool.Query(ctx, "select body from document_loads where tenant = $1 order by started desc limit $2", tenant, max(limit, 0))
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Load, error) {
		var body []byte
		if err := row.Scan(&body); err != nil {
			return Load{}, err
		}
		return parse(body)
	})
	if err != nil {
		return nil, fmt.Errorf("loads: list: %w", err)
	}
	return list, nil
}
