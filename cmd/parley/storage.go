package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/gateway/pgledger"
	"github.com/parleyhq/parley/assistant/gateway/sqliteledger"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/pgqueue"
	"github.com/parleyhq/parley/assistant/moderation/sqlitequeue"
	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/loads"
	"github.com/parleyhq/parley/retrieval/pgindex"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/inspect"
	"github.com/parleyhq/parley/sessions/inspect/pgreader"
	"github.com/parleyhq/parley/sessions/inspect/sqlitereader"
	"github.com/parleyhq/parley/sessions/pgstore"
	"github.com/parleyhq/parley/sessions/sqlitestore"
	"github.com/parleyhq/parley/web/figures"
	"github.com/parleyhq/parley/web/figures/pgfigures"
	"github.com/parleyhq/parley/web/figures/sqlitefigures"
	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/hooks/pgoutbox"
	"github.com/parleyhq/parley/web/hooks/sqliteoutbox"
	"github.com/parleyhq/parley/web/operators"
	"github.com/parleyhq/parley/web/operators/pgstaff"
	"github.com/parleyhq/parley/web/operators/sqlitestaff"
	"github.com/parleyhq/parley/web/sites"
	"github.com/parleyhq/parley/web/sites/pgsites"
	"github.com/parleyhq/parley/web/sites/sqlitesites"
)

// storage is the open and migrated database, and what is kept in it.
type storage struct {
	name     string // for people
	store    sessions.Store
	index    retrieval.Index
	ledger   gateway.Ledger
	cases    moderation.Queue
	inspect  inspect.Store
	trail    inspect.Trail
	settings sites.Settings
	staff    operators.Store
	outbox   hooks.Store
	choices  sites.Store
	figures  figures.Store
	loads    loads.Log
	ping     func(context.Context) error
	status   func(context.Context) (migrations.Status, error)
	close    func() error
}

// openStorage opens the database that the configuration names, and migrates it.
// Errors wrap errStorage.
func openStorage(ctx context.Context, cfg Config, log *slog.Logger) (*storage, error) {
	open := openSQLite
	if cfg.DatabaseURL != "" {
		open = openPostgres
	}
	s, err := open(ctx, cfg, log)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errStorage, err)
	}
	return s, nil
}

func openSQLite(ctx context.Context, cfg Config, _ *slog.Logger) (*storage, error) {
	db, err := migrations.OpenSQLite(cfg.Data)
	if err != nil {
		return nil, err
	}
	s := &storage{
		name: "embedded SQLite in " + cfg.Data, settings: sites.SQLite(db.Write), staff: sqlitestaff.New(db), outbox: sqliteoutbox.New(db), choices: sqlitesites.New(db), figures: sqlitefigures.New(db), loads: loads.SQLite(db), ledger: sqliteledger.New(db), cases: sqlitequeue.New(db), ping: db.Read.PingContext, close: db.Close,
		status: func(ctx context.Context) (migrations.Status, error) { return migrations.SQLiteStatus(ctx, db.Write) },
	}
	err = migrations.SQLite(ctx, db.Write)
	reader := sqlitereader.New(db)
	s.inspect, s.trail = reader, reader
	if err == nil {
		s.store, err = sqlitestore.New(ctx, db)
	}
	if err == nil {
		s.index, err = sqliteindex.New(ctx, db)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

func openPostgres(ctx context.Context, cfg Config, log *slog.Logger) (*storage, error) {
	pool, err := migrations.OpenPostgres(ctx, cfg.DatabaseURL)
	if err != nil {
		return nil, err
	}
	s := &storage{
		name: "PostgreSQL", settings: sites.Postgres(pool), staff: pgstaff.New(pool), outbox: pgoutbox.New(pool), choices: pgsites.New(pool), figures: pgfigures.New(pool), loads: loads.Postgres(pool), ledger: pgledger.New(pool), cases: pgqueue.New(pool), ping: pool.Ping,
		status: func(ctx context.Context) (migrations.Status, error) { return migrations.PostgresStatus(ctx, pool) },
		close:  func() error { pool.Close(); return nil },
	}
	if c := pool.Config().ConnConfig; !strings.HasPrefix(c.Host, "/") {
		s.name += fmt.Sprintf(" at %s:%d, database %s", c.Host, c.Port, c.Database)
	} else {
		s.name += " on a local socket, database " + c.Database
	}
	err = migrations.Postgres(ctx, pool)
	reader := pgreader.New(pool)
	s.inspect, s.trail = reader, reader
	if err == nil {
		s.store, err = pgstore.New(ctx, pool)
	}
	if err == nil {
		s.index, err = pgindex.New(ctx, pool, log)
	}
	if err != nil {
		pool.Close()
		return nil, err
	}
	return s, nil
}

// ready tells why the database cannot be used now, if it cannot.
func (s *storage) ready(ctx context.Context) error {
	if err := s.ping(ctx); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	status, err := s.status(ctx)
	if err != nil {
		return err
	}
	if status.Current != status.Latest {
		return fmt.Errorf("database: at schema %d, this program needs %d", status.Current, status.Latest)
	}
	return nil
}
