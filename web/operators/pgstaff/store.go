// Package pgstaff keeps operators in PostgreSQL, for any number of processes.
// It implements [operators.Store] and passes package operatorstest.
package pgstaff

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parleyhq/parley/web/operators"
)

// Store is an [operators.Store] on a migrated PostgreSQL database.
type Store struct {
	pool *pgxpool.Pool
}

var _ operators.Store = (*Store)(nil)

// New returns a store on an open pool, which the caller closes.
func New(pool *pgxpool.Pool) *Store { return &Store{pool} }

const columns = "o.id, o.name, o.email, o.subject, o.role, o.sites, o.created, o.revoked, o.seen"

func scan(row pgx.Row, more ...any) (o operators.Operator, err error) {
	var sites string
	var revoked, seen *time.Time
	if err := row.Scan(append([]any{&o.ID, &o.Name, &o.Email, &o.Subject, &o.Role, &sites, &o.Created, &revoked, &seen}, more...)...); err != nil {
		return o, err
	}
	o.Created = o.Created.UTC()
	if revoked != nil {
		o.Revoked = revoked.UTC()
	}
	if seen != nil {
		o.Seen = seen.UTC()
	}
	return o, json.Unmarshal([]byte(sites), &o.Sites)
}

// Add implements [operators.Store].
func (s *Store) Add(ctx context.Context, o operators.Operator) error {
	return wrap("add", s.transact(ctx, func(tx pgx.Tx) error { return add(ctx, tx, o) }))
}

func add(ctx context.Context, tx pgx.Tx, o operators.Operator) error {
	sites, err := json.Marshal(append([]string{}, o.Sites...))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "insert into operators (id, name, email, subject, role, sites, created, revoked) values ($1, $2, $3, $4, $5, $6, $7, $8)",
		o.ID, o.Name, o.Email, o.Subject, o.Role, string(sites), o.Created, null(o.Revoked))
	return err
}

// Get implements [operators.Store].
func (s *Store) Get(ctx context.Context, id string) (operators.Operator, error) {
	o, err := scan(s.pool.QueryRow(ctx, "select "+columns+" from operators o where o.id = $1", id))
	return o, wrap("get", err)
}

// List implements [operators.Store].
func (s *Store) List(ctx context.Context) ([]operators.Operator, error) {
	rows, _ := s.pool.Query(ctx, "select "+columns+` from operators o order by o.created, o.id collate "C"`)
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (operators.Operator, error) { return scan(row) })
	return list, wrap("list", err)
}

// lockChanging makes changes one after the other: of two admins who revoke each
// other at once one stays.
const lockChanging = "select pg_advisory_xact_lock(7071997)"

// Change implements [operators.Store].
func (s *Store) Change(ctx context.Context, id string, change func(operators.Operator, bool) (operators.Operator, error)) (after operators.Operator, err error) {
	err = s.transact(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, lockChanging); err != nil {
			return err
		}
		before, err := scan(tx.QueryRow(ctx, "select "+columns+" from operators o where o.id = $1 for update", id))
		if err != nil {
			return err
		}
		var others bool
		err = tx.QueryRow(ctx, "select exists (select from operators where id <> $1 and revoked is null and role = $2 and sites = '[]')", id, operators.Admin).Scan(&others)
		if err != nil {
			return err
		}
		if after, err = change(before, before.Rules() && !others); err != nil {
			return err
		}
		return write(ctx, tx, after)
	})
	return after, wrap("change", err)
}

func write(ctx context.Context, tx pgx.Tx, o operators.Operator) error {
	sites, err := json.Marshal(append([]string{}, o.Sites...))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "update operators set name = $1, email = $2, subject = $3, role = $4, sites = $5, revoked = $6 where id = $7",
		o.Name, o.Email, o.Subject, o.Role, string(sites), null(o.Revoked), o.ID)
	if err != nil || o.Revoked.IsZero() {
		return err
	}
	if _, err := tx.Exec(ctx, "delete from operator_tokens where operator = $1", o.ID); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "delete from operator_sessions where operator = $1", o.ID)
	return err
}

// transact runs do in a transaction, again when the server chose it as the
// victim of a deadlock: somebody signs in while they are revoked.
func (s *Store) transact(ctx context.Context, do func(pgx.Tx) error) error {
	const tries = 5
	for try := 1; ; try++ {
		err := pgx.BeginFunc(ctx, s.pool, do)
		var failure *pgconn.PgError
		if try == tries || !errors.As(err, &failure) || failure.Code != "40P01" {
			return err
		}
	}
}

func null(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// wrap says what was being done and turns the server's errors into sentinels.
func wrap(doing string, err error) error {
	var failure *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pgx.ErrNoRows):
		return fmt.Errorf("pgstaff: %s: %w", doing, operators.ErrNotFound)
	case errors.As(err, &failure) && failure.Code == "23503": // foreign_key_violation
		return fmt.Errorf("pgstaff: %s: %w: %w", doing, operators.ErrNotFound, err)
	case errors.As(err, &failure) && failure.Code == "23505": // unique_violation
		return fmt.Errorf("pgstaff: %s: %w: %w", doing, operators.ErrConflict, err)
	}
	return fmt.Errorf("pgstaff: %s: %w", doing, err)
}
