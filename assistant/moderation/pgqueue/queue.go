// Package pgqueue keeps the review queue in PostgreSQL, for any number of
// processes. It implements [moderation.Queue] and passes package queuetest.
package pgqueue

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parleyhq/parley/assistant/moderation"
)

// Queue is a [moderation.Queue] on a migrated PostgreSQL database.
type Queue struct {
	pool *pgxpool.Pool
}

var _ moderation.Queue = (*Queue)(nil)

// New returns a queue on an open pool, which the caller closes.
func New(pool *pgxpool.Pool) *Queue { return &Queue{pool} }

// planned has the server plan a query for its arguments and the present size of
// the tables. A prepared statement would go on with a plan for an empty table
// until that is analyzed, which walks all cases of a tenant.
const planned = pgx.QueryExecModeCacheDescribe

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
	if !moderation.Key(tenant) || !moderation.Key(key) {
		return moderation.Case{}, wrap(doing, pgx.ErrNoRows)
	}
	rows, _ := q.pool.Query(ctx, "select "+caseColumns+" from moderation_cases c where c.tenant = $1 and "+column+" = $2", planned, tenant, key)
	c, err := pgx.CollectExactlyOneRow(rows, scanCase)
	return c, wrap(doing, err)
}

// History implements [moderation.Queue]. A case has at least the entry that opened it.
func (q *Queue) History(ctx context.Context, tenant, id string) ([]moderation.Decision, error) {
	if !moderation.Key(tenant) || !moderation.Key(id) {
		return nil, wrap("read history", pgx.ErrNoRows)
	}
	rows, _ := q.pool.Query(ctx, "select "+decisionColumns+` from moderation_decisions d
		where d.tenant = $1 and d."case" = $2 order by d.number`, tenant, id)
	history, err := pgx.CollectRows(rows, scanDecision)
	if err == nil && len(history) == 0 {
		err = pgx.ErrNoRows
	}
	return history, wrap("read history", err)
}

// transact runs do in a transaction, again when the server chose it as the
// victim of a deadlock: two processes remove or announce the same rows.
func (q *Queue) transact(ctx context.Context, do func(pgx.Tx) error) error {
	const tries = 5
	for try := 1; ; try++ {
		err := pgx.BeginFunc(ctx, q.pool, do)
		if try == tries || !failedWith(err, "40P01") && !failedWith(err, "40001") {
			return err
		}
	}
}

// failedWith tells whether an error is the server's, with a code of
// PostgreSQL's Appendix A.
func failedWith(err error, code string) bool {
	var failure *pgconn.PgError
	return errors.As(err, &failure) && failure.Code == code
}

// wrap says what was being done and turns the server's errors into sentinels.
func wrap(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pgx.ErrNoRows):
		return fmt.Errorf("pgqueue: %s: %w", doing, moderation.ErrNotFound)
	case failedWith(err, "23503"): // foreign_key_violation: its session
		return fmt.Errorf("pgqueue: %s: %w: %w", doing, moderation.ErrNotFound, err)
	case failedWith(err, "23505"): // unique_violation
		return fmt.Errorf("pgqueue: %s: %w: %w", doing, moderation.ErrConflict, err)
	}
	return fmt.Errorf("pgqueue: %s: %w", doing, err)
}
