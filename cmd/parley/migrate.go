package main

import (
	"context"
	"fmt"

	"github.com/parleyhq/parley/migrations"
)

// migrateCmd brings the database up, or tells how far it is.
type migrateCmd struct {
	Up     migrateUpCmd     `cmd:"" default:"1" help:"Bring the database to the schema of this version. The server does this by itself when it starts."`
	Status migrateStatusCmd `cmd:"" help:"Tell how far the database is, and change nothing."`
}

type migrateUpCmd struct{}

// Run migrates.
func (migrateUpCmd) Run(env *environ) error {
	return withDatabase(env, func(db database) error {
		if err := db.up(env.ctx); err != nil {
			return err
		}
		status, err := db.status(env.ctx)
		if err == nil {
			fmt.Fprintf(env.out, "The database is at schema %d.\n", status.Current)
		}
		return err
	})
}

type migrateStatusCmd struct{}

// Run prints where the database is.
func (migrateStatusCmd) Run(env *environ) error {
	return withDatabase(env, func(db database) error {
		status, err := db.status(env.ctx)
		if err != nil {
			return err
		}
		switch {
		case status.Current == status.Latest:
			fmt.Fprintf(env.out, "The database is at schema %d, which is the latest.\n", status.Current)
		case status.Current > status.Latest:
			return fmt.Errorf("%w: it is at schema %d, this program knows %d", migrations.ErrNewer, status.Current, status.Latest)
		default:
			fmt.Fprintf(env.out, "The database is at schema %d; \"parley migrate\" brings it to %d.\n", status.Current, status.Latest)
		}
		return nil
	})
}

// database is one that was opened and not yet migrated.
type database struct {
	up     func(context.Context) error
	status func(context.Context) (migrations.Status, error)
}

func withDatabase(env *environ, do func(database) error) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	if cfg.DatabaseURL != "" {
		err = withPostgres(env.ctx, cfg.DatabaseURL, do)
	} else {
		err = withSQLite(cfg.Data, do)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errStorage, err)
	}
	return nil
}

func withPostgres(ctx context.Context, url string, do func(database) error) error {
	pool, err := migrations.OpenPostgres(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	return do(database{
		up:     func(ctx context.Context) error { return migrations.Postgres(ctx, pool) },
		status: func(ctx context.Context) (migrations.Status, error) { return migrations.PostgresStatus(ctx, pool) },
	})
}

func withSQLite(folder string, do func(database) error) error {
	db, err := migrations.OpenSQLite(folder)
	if err != nil {
		return err
	}
	defer db.Close()
	return do(database{
		up:     func(ctx context.Context) error { return migrations.SQLite(ctx, db.Write) },
		status: func(ctx context.Context) (migrations.Status, error) { return migrations.SQLiteStatus(ctx, db.Write) },
	})
}
