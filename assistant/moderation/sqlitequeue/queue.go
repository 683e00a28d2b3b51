// Package sqlitequeue keeps the review queue in SQLite, for an installation of
// one process. It implements [moderation.Queue] and passes package queuetest.
package sqlitequeue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/migrations"
)

// Queue is a [moderation.Queue] on a migrated SQLite database.
type Queue struct {
	db *migrations.SQLiteDB
}

var _ moderation.Queue = (*Queue)(nil)

// New returns a queue on an open database, which the caller closes.
func New(db *migrations.SQLiteDB) *Queue { return &Queue{db} }

// Get implements [moderation.Queue].
func (q *Queue) Get(ctx context.Context, tenant, id string) (moderation.Case, error) {
	return q.one(ctx, "get case", "c.id", tenant, id)
}

// Find implements [moderation.Queue].
func (q *Queue) Find(ctx context.Context, tenant, message string) (moderation.Case, error) {
	return q.one(ctx, "find case", "c.message", tenant, message)
}

// one reads the case that a unique column names.
func (q *Queue) one(ctx context.Context, doing, column, tenant, key string) (moderation.Case, error) {
	c, err := scanCase(q.db.Read.QueryRowContext(ctx, "select "+caseColumns+" from moderation_cases c where c.tenant = ? and "+column+" = ?", tenant, key))
	return c, wrap(doing, err)
}

// History implements [moderation.Queue]. A case has at least the entry that opened it.
func (q *Queue) History(ctx context.Context, tenant, id string) ([]moderation.Decision, error) {
	history, err := collect(ctx, q.db.Read, scanDecision, "select "+decisionColumns+` from moderation_decisions d
		where d.tenant = ? and d."case" = ? order by d.number`, tenant, id)
	if err == nil && len(history) == 0 {
		err = sql.ErrNoRows
	}
	return history, wrap("read history", err)
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func collect[T any](ctx context.Context, from querier, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := from.QueryContext(ctx, query, args...)
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

// transact runs do in a transaction; writers come one after the other.
func (q *Queue) transact(ctx context.Context, do func(*sql.Tx) error) error {
	return within(ctx, q.db.Write, nil, do)
}

// snapshot runs do on one state of the database.
func (q *Queue) snapshot(ctx context.Context, do func(*sql.Tx) error) error {
	return within(ctx, q.db.Read, &sql.TxOptions{ReadOnly: true}, do)
}

func within(ctx context.Context, db *sql.DB, options *sql.TxOptions, do func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// wrap says what was being done and turns the driver's errors into sentinels.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("sqlitequeue: %s: %w", doing, moderation.ErrNotFound)
	}
	var failure *sqlite.Error
	if errors.As(err, &failure) {
		switch failure.Code() {
		case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: // its session
			return fmt.Errorf("sqlitequeue: %s: %w: %w", doing, moderation.ErrNotFound, err)
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
			return fmt.Errorf("sqlitequeue: %s: %w: %w", doing, moderation.ErrConflict, err)
		}
	}
	return fmt.Errorf("sqlitequeue: %s: %w", doing, err)
}
