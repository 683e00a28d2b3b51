package pgstore

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/sessions"
)

// PutFile implements [sessions.Store]. The session's row is locked, so that
// uploads at the same moment count each other.
func (s *Store) PutFile(ctx context.Context, key sessions.Key, f sessions.File) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var n int
		if err := tx.QueryRow(ctx, "select 1 from sessions where tenant = $1 and id = $2 for no key update", key.Tenant, key.Session).Scan(&n); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, "select count(*) from files where tenant = $1 and session = $2", key.Tenant, key.Session).Scan(&n); err != nil {
			return err
		}
		if n >= sessions.MaxFiles {
			return sessions.ErrTooLarge
		}
		_, err := tx.Exec(ctx, "insert into files (tenant, session, id, name, type, text, cut, created) values ($1, $2, $3, $4, $5, $6, $7, $8)",
			key.Tenant, key.Session, f.ID, f.Name, f.Type, f.Text, f.Cut, f.Created)
		return err
	})
	return wrap("put file", err)
}

// Files implements [sessions.Store].
func (s *Store) Files(ctx context.Context, key sessions.Key, ids []string) ([]sessions.File, error) {
	rows, _ := s.pool.Query(ctx, `select id, name, type, text, cut, created from files
		where tenant = $1 and session = $2 and ($3::text[] is null or id = any($3))
		order by array_position($3, id), created, id`, key.Tenant, key.Session, ids)
	files, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (f sessions.File, err error) {
		err = row.Scan(&f.ID, &f.Name, &f.Type, &f.Text, &f.Cut, &f.Created)
		f.Created = f.Created.UTC()
		return f, err
	})
	return files, wrap("read files", err)
}
