// Package pgfigures reads the rows that figures are made of from PostgreSQL, and
// keeps their sums. It implements [figures.Store] and passes package figurestest.
package pgfigures

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parleyhq/parley/web/figures"
)

// Store is a [figures.Store] on a migrated PostgreSQL database.
type Store struct {
	pool *pgxpool.Pool
}

var _ figures.Store = (*Store)(nil)

// New returns a store on an open pool, which the caller closes.
func New(pool *pgxpool.Pool) *Store { return &Store{pool} }

// Sums implements [figures.Store]. It reads the primary key of figure_sums.
func (s *Store) Sums(ctx context.Context, tenant string, from, until time.Time) ([]figures.Sum, error) {
	rows, _ := s.pool.Query(ctx, "select slot, body from figure_sums where tenant = $1 and slot >= $2 and slot < $3", tenant, from, until)
	sums, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (sum figures.Sum, err error) {
		var slot time.Time
		var body []byte
		if err = row.Scan(&slot, &body); err == nil {
			err = json.Unmarshal(body, &sum)
		}
		sum.At = slot.UTC()
		return sum, err
	})
	return sums, wrap("read sums", err)
}

// Standing implements [figures.Store]. It reads the first row of each index.
func (s *Store) Standing(ctx context.Context, tenant string) (standing figures.Standing, err error) {
	var until, first *time.Time
	err = s.pool.QueryRow(ctx, `select (select until from figure_standing where tenant = $1), least(
		(select min(created) from responses where tenant = $1), (select min(created) from sessions where tenant = $1),
		(select min(created) from model_calls where tenant = $1), (select min(created) from drafts where tenant = $1),
		(select min(created) from feedback where tenant = $1))`, tenant).Scan(&until, &first)
	if until != nil {
		standing.Until = until.UTC()
	}
	if first != nil {
		standing.First = first.UTC()
	}
	return standing, wrap("read standing", err)
}

// Keep implements [figures.Store].
func (s *Store) Keep(ctx context.Context, tenant string, until time.Time, sums []figures.Sum) error {
	slots, bodies := make([]time.Time, len(sums)), make([]string, len(sums))
	for i, sum := range sums {
		body, err := json.Marshal(sum)
		if err != nil {
			return wrap("keep sums", err)
		}
		slots[i], bodies[i] = sum.At, string(body)
	}
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into figure_sums (tenant, slot, body) select $1, * from unnest($2::timestamptz[], $3::text[]) on conflict do nothing`, tenant, slots, bodies)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `insert into figure_standing as s (tenant, until) values ($1, $2)
			on conflict (tenant) do update set until = greatest(s.until, excluded.until)`, tenant, until)
		return err
	})
	return wrap("keep sums", err)
}

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("pgfigures: %s: %w", doing, err)
}
