// Package pgreader reads conversations out of PostgreSQL for the console. It
// implements [inspect.Store] and [inspect.Trail] and passes package inspecttest.
package pgreader

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/inspect"
)

// Reader is an [inspect.Store] and an [inspect.Trail] on a migrated PostgreSQL database.
type Reader struct{ pool *pgxpool.Pool }

var (
	_ inspect.Store = (*Reader)(nil)
	_ inspect.Trail = (*Reader)(nil)
)

// New returns a reader on an open pool, which the caller closes.
func New(pool *pgxpool.Pool) *Reader { return &Reader{pool} }

// planned has the server plan a query for its arguments and the present size of
// the tables: which index is the best differs between sites and between filters.
const planned = pgx.QueryExecModeCacheDescribe

func wrap(doing string, err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		err = sessions.ErrNotFound
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("pgreader: %s: %w", doing, err)
}
