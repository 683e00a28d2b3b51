// Package migrations holds the database schema, for PostgreSQL and for SQLite,
// as embedded SQL files, and brings a database up to it.
//
// [Postgres] and [SQLite] are safe to call from several processes at once: one
// migrates under a lock, the others wait for it. Each file runs in a
// transaction, so a migration that fails leaves the schema of the last one
// that did not. A database that is newer than this program is refused.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed postgres/*.sql sqlite/*.sql
var files embed.FS

// ErrNewer means that a later version of Parley has migrated the database.
var ErrNewer = errors.New("migrations: the database is newer than this program")

// Status is how far a database has been migrated.
type Status struct {
	Current int64 // the version it is at; 0 for an empty database
	Latest  int64 // the version this program needs
}

// Postgres migrates a PostgreSQL database to the latest version.
func Postgres(ctx context.Context, pool *pgxpool.Pool) error {
	return withPostgres(pool, files, func(p *goose.Provider) error { return up(ctx, p) })
}

// PostgresStatus tells how far a PostgreSQL database has been migrated.
func PostgresStatus(ctx context.Context, pool *pgxpool.Pool) (status Status, err error) {
	err = withPostgres(pool, files, func(p *goose.Provider) error {
		status, err = statusOf(ctx, p)
		return err
	})
	return status, err
}

// SQLite migrates a SQLite database to the latest version. Other processes are
// kept out by the lock on the data folder (see [OpenSQLite]).
func SQLite(ctx context.Context, db *sql.DB) error {
	return withSQLite(db, files, func(p *goose.Provider) error { return up(ctx, p) })
}

// SQLiteStatus tells how far a SQLite database has been migrated.
func SQLiteStatus(ctx context.Context, db *sql.DB) (status Status, err error) {
	err = withSQLite(db, files, func(p *goose.Provider) error {
		status, err = statusOf(ctx, p)
		return err
	})
	return status, err
}

func withPostgres(pool *pgxpool.Pool, from fs.FS, do func(*goose.Provider) error) error {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	db := stdlib.OpenDBFromPool(pool)
	defer db.Close()
	return with(goose.DialectPostgres, db, from, "postgres", do, goose.WithSessionLocker(locker))
}

func withSQLite(db *sql.DB, from fs.FS, do func(*goose.Provider) error) error {
	return with(goose.DialectSQLite3, db, from, "sqlite", do)
}

func with(dialect goose.Dialect, db *sql.DB, from fs.FS, folder string, do func(*goose.Provider) error, options ...goose.ProviderOption) error {
	sub, err := fs.Sub(from, folder)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	provider, err := goose.NewProvider(dialect, db, sub, options...)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return do(provider)
}

func up(ctx context.Context, p *goose.Provider) error {
	status, err := statusOf(ctx, p)
	if err != nil {
		return err
	}
	if status.Current > status.Latest {
		return fmt.Errorf("%w: it is at version %d, this program knows %d", ErrNewer, status.Current, status.Latest)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return nil
}

func statusOf(ctx context.Context, p *goose.Provider) (Status, error) {
	current, latest, err := p.GetVersions(ctx)
	if err != nil {
		return Status{}, fmt.Errorf("migrations: read version: %w", err)
	}
	return Status{Current: current, Latest: latest}, nil
}
