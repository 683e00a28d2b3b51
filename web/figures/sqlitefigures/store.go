// Package sqlitefigures reads the rows that figures are made of from SQLite, and
// keeps their sums. It implements [figures.Store] and passes package figurestest.
package sqlitefigures

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/web/figures"
)

// Store is a [figures.Store] on a migrated SQLite database.
type Store struct {
	db *migrations.SQLiteDB
}

var _ figures.Store = (*Store)(nil)

// New returns a store on an open database, which the caller closes.
func New(db *migrations.SQLiteDB) *Store { return &Store{db} }

// Sums implements [figures.Store]. It reads the primary key of figure_sums.
func (s *Store) Sums(ctx context.Context, tenant string, from, until time.Time) ([]figures.Sum, error) {
	sums, err := list(ctx, s.db.Read, func(rows *sql.Rows) (sum figures.Sum, err error) {
		var slot int64
		var body []byte
		if err = rows.Scan(&slot, &body); err == nil {
			err = json.Unmarshal(body, &sum)
		}
		sum.At = at(slot)
		return sum, err
	}, "select slot, body from figure_sums where tenant = ? and slot >= ? and slot < ?", tenant, micros(from), micros(until))
	return sums, wrap("read sums", err)
}

// Standing implements [figures.Store]. It reads the first row of each index.
func (s *Store) Standing(ctx context.Context, tenant string) (standing figures.Standing, err error) {
	var until, first sql.NullInt64
	err = s.db.Read.QueryRowContext(ctx, `select (select until from figure_standing where tenant = ?1), (select min(t) from (
		select min(created) as t from responses where tenant = ?1 union all select min(created) from sessions where tenant = ?1
		union all select min(created) from model_calls where tenant = ?1 union all select min(created) from drafts where tenant = ?1
		union all select min(created) from feedback where tenant = ?1))`, tenant).Scan(&until, &first)
	if until.Valid {
		standing.Until = at(until.Int64)
	}
	if first.Valid {
		standing.First = at(first.Int64)
	}
	return standing, wrap("read standing", err)
}

// Keep implements [figures.Store].
func (s *Store) Keep(ctx context.Context, tenant string, until time.Time, sums []figures.Sum) error {
	return wrap("keep sums", s.keep(ctx, tenant, until, sums))
}

func (s *Store) keep(ctx context.Context, tenant string, until time.Time, sums []figures.Sum) error {
	tx, err := s.db.Write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, sum := range sums {
		body, err := json.Marshal(sum)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "insert into figure_sums (tenant, slot, body) values (?, ?, ?) on conflict do nothing", tenant, micros(sum.At), string(body)); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "insert into figure_standing (tenant, until) values (?, ?) on conflict (tenant) do update set until = max(until, excluded.until)", tenant, micros(until))
	return errors.Join(err, tx.Commit())
}

// list reads all rows of a query.
func list[T any](ctx context.Context, db *sql.DB, scan func(*sql.Rows) (T, error), query string, args ...any) (found []T, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, rows.Err()
}

func micros(t time.Time) int64  { return t.UnixMicro() }
func at(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("sqlitefigures: %s: %w", doing, err)
}
