// Package sqlitereader reads conversations out of SQLite for the console. It
// implements [inspect.Store] and [inspect.Trail] and passes package inspecttest.
package sqlitereader

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/inspect"
)

// Reader is an [inspect.Store] and an [inspect.Trail] on a migrated SQLite database.
type Reader struct{ db *migrations.SQLiteDB }

var (
	_ inspect.Store = (*Reader)(nil)
	_ inspect.Trail = (*Reader)(nil)
)

// New returns a reader on an open database, which the caller closes.
func New(db *migrations.SQLiteDB) *Reader { return &Reader{db} }

func wrap(doing string, err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		err = sessions.ErrNotFound
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("sqlitereader: %s: %w", doing, err)
}

// collect runs a query and scans its rows.
func collect[T any](ctx context.Context, db *sql.DB, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, rows.Err()
}

func fromMicros(us int64) time.Time { return time.UnixMicro(us).UTC() }

// array is a list as json_each takes it.
func array(list []string) string {
	data, err := json.Marshal(list)
	if err != nil { // strings only
		panic(err)
	}
	return string(data)
}
