// Package sqlitestaff keeps operators in SQLite, for an installation of one
// process. It implements [operators.Store] and passes package operatorstest.
package sqlitestaff

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/web/operators"
)

// Store is an [operators.Store] on a migrated SQLite database. Its
// transactions run one after the other.
type Store struct {
	db *migrations.SQLiteDB
}

var _ operators.Store = (*Store)(nil)

// New returns a store on an open database, which the caller closes.
func New(db *migrations.SQLiteDB) *Store { return &Store{db} }

const columns = "o.id, o.name, o.email, o.subject, o.role, o.sites, o.created, o.revoked, o.seen"

type scanner interface{ Scan(...any) error }

func scan(row scanner, more ...any) (o operators.Operator, err error) {
	var sites string
	var created int64
	var revoked, seen sql.NullInt64
	if err := row.Scan(append([]any{&o.ID, &o.Name, &o.Email, &o.Subject, &o.Role, &sites, &created, &revoked, &seen}, more...)...); err != nil {
		return o, err
	}
	o.Created = time.UnixMicro(created).UTC()
	if revoked.Valid {
		o.Revoked = time.UnixMicro(revoked.Int64).UTC()
	}
	if seen.Valid {
		o.Seen = time.UnixMicro(seen.Int64).UTC()
	}
	return o, json.Unmarshal([]byte(sites), &o.Sites)
}

// Add implements [operators.Store].
func (s *Store) Add(ctx context.Context, o operators.Operator) error {
	return wrap("add", s.transact(ctx, func(tx *sql.Tx) error { return add(ctx, tx, o) }))
}

func add(ctx context.Context, tx *sql.Tx, o operators.Operator) error {
	sites, err := json.Marshal(append([]string{}, o.Sites...))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "insert into operators (id, name, email, subject, role, sites, created, revoked) values (?, ?, ?, ?, ?, ?, ?, ?)",
		o.ID, o.Name, o.Email, o.Subject, o.Role, string(sites), o.Created.UnixMicro(), null(o.Revoked))
	return err
}

// Get implements [operators.Store].
func (s *Store) Get(ctx context.Context, id string) (operators.Operator, error) {
	o, err := scan(s.db.Read.QueryRowContext(ctx, "select "+columns+" from operators o where o.id = ?", id))
	return o, wrap("get", err)
}

// List implements [operators.Store].
func (s *Store) List(ctx context.Context) (list []operators.Operator, err error) {
	rows, err := s.db.Read.QueryContext(ctx, "select "+columns+" from operators o order by o.created, o.id")
	if err != nil {
		return nil, wrap("list", err)
	}
	defer rows.Close()
	for rows.Next() {
		o, err := scan(rows)
		if err != nil {
			return nil, wrap("list", err)
		}
		list = append(list, o)
	}
	return list, wrap("list", rows.Err())
}

// Change implements [operators.Store].
func (s *Store) Change(ctx context.Context, id string, change func(operators.Operator, bool) (operators.Operator, error)) (after operators.Operator, err error) {
	err = s.transact(ctx, func(tx *sql.Tx) error {
		before, err := scan(tx.QueryRowContext(ctx, "select "+columns+" from operators o where o.id = ?", id))
		if err != nil {
			return err
		}
		var others bool
		err = tx.QueryRowContext(ctx, "select exists (select 1 from operators where id <> ? and revoked is null and role = ? and sites = '[]')", id, operators.Admin).Scan(&others)
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

func write(ctx context.Context, tx *sql.Tx, o operators.Operator) error {
	sites, err := json.Marshal(append([]string{}, o.Sites...))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "update operators set name = ?, email = ?, subject = ?, role = ?, sites = ?, revoked = ? where id = ?",
		o.Name, o.Email, o.Subject, o.Role, string(sites), null(o.Revoked), o.ID)
	if err != nil || o.Revoked.IsZero() {
		return err
	}
	if _, err := tx.ExecContext(ctx, "delete from operator_tokens where operator = ?", o.ID); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "delete from operator_sessions where operator = ?", o.ID)
	return err
}

func (s *Store) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.Write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func null(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// wrap says what was being done and turns the driver's errors into sentinels.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("sqlitestaff: %s: %w", doing, operators.ErrNotFound)
	}
	var failure *sqlite.Error
	if errors.As(err, &failure) {
		switch failure.Code() {
		case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
			return fmt.Errorf("sqlitestaff: %s: %w: %w", doing, operators.ErrNotFound, err)
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
			return fmt.Errorf("sqlitestaff: %s: %w: %w", doing, operators.ErrConflict, err)
		}
	}
	return fmt.Errorf("sqlitestaff: %s: %w", doing, err)
}
