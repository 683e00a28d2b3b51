package sites

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Settings keeps small values of the installation by name, in the table meta.
type Settings interface {
	// Get returns a value, "" when there is none.
	Get(ctx context.Context, name string) (string, error)
	// Swap sets a value if it still is old ("" for none) and tells whether it did.
	Swap(ctx context.Context, name, old, new string) (bool, error)
}

// SQLite returns the settings in a migrated SQLite database.
func SQLite(db *sql.DB) Settings { return sqliteSettings{db} }

type sqliteSettings struct{ db *sql.DB }

func (s sqliteSettings) Get(ctx context.Context, name string) (value string, err error) {
	err = s.db.QueryRowContext(ctx, "select value from meta where key = ?", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("sites: read setting %s: %w", name, err)
	}
	return value, nil
}

func (s sqliteSettings) Swap(ctx context.Context, name, old, new string) (bool, error) {
	statement, args := "insert into meta (key, value) values (?, ?) on conflict do nothing", []any{name, new}
	if old != "" {
		statement, args = "update meta set value = ? where key = ? and value = ?", []any{new, name, old}
	}
	result, err := s.db.ExecContext(ctx, statement, args...)
	if err != nil {
		return false, fmt.Errorf("sites: write setting %s: %w", name, err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// Postgres returns the settings in a migrated PostgreSQL database.
func Postgres(pool *pgxpool.Pool) Settings { return postgresSettings{pool} }

type postgresSettings struct{ pool *pgxpool.Pool }

func (s postgresSettings) Get(ctx context.Context, name string) (value string, err error) {
	err = s.pool.QueryRow(ctx, "select value from meta where key = $1", name).Scan(&value)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("sites: read setting %s: %w", name, err)
	}
	return value, nil
}

func (s postgresSettings) Swap(ctx context.Context, name, old, new string) (bool, error) {
	statement, args := "insert into meta (key, value) values ($1, $2) on conflict do nothing", []any{name, new}
	if old != "" {
		statement, args = "update meta set value = $1 where key = $2 and value = $3", []any{new, name, old}
	}
	tag, err := s.pool.Exec(ctx, statement, args...)
	if err != nil {
		return false, fmt.Errorf("sites: write setting %s: %w", name, err)
	}
	return tag.RowsAffected() == 1, nil
}
