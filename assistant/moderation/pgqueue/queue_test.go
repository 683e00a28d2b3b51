package pgqueue_test

import (
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/pgqueue"
	"github.com/parleyhq/parley/assistant/moderation/queuetest"
	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/sessions/pgstore"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func openPool(t *testing.T) *pgxpool.Pool {
	t.Helper()
	pool := pgtest.Pool(t)
	// The suite writes much and survives no crash of the machine.
	_, err := pool.Exec(t.Context(), "do $$ begin execute format('alter database %I set synchronous_commit = off', current_database()); end $$")
	if err != nil {
		t.Fatal(err)
	}
	pool.Reset()
	return pool
}

func TestQueue(t *testing.T) {
	queuetest.Run(t, func(t *testing.T) queuetest.Database {
		pool := openPool(t)
		store, err := pgstore.New(t.Context(), pool)
		if err != nil {
			t.Fatal(err)
		}
		return queuetest.Database{
			Queue:    func() moderation.Queue { return pgqueue.New(pool) },
			Sessions: store,
			Close:    pool.Close,
		}
	})
}
