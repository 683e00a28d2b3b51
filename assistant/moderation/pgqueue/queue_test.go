package pgqueue_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/pgqueue"
	"github.com/parleyhq/parley/assistant/moderation/queuetest"
	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/sessions/pgstore"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func openPool(t *testing.T) *pgxpool.Pool {
	t.Helper()
	// The suite writes much and survives no crash of the machine.
	pool, err := migrations.OpenPostgres(t.Context(), pgtest.URL(t)+" synchronous_commit=off")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
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

// sample opens a case.
func sample(t *testing.T, q *pgqueue.Queue) moderation.Case {
	t.Helper()
	now := time.Now()
	c, _, err := q.Open(t.Context(), moderation.Case{
		Tenant: "t", ID: "c", Message: message.Message{ID: "m", Text: "Hello."}, Status: moderation.Waiting,
		Verdict: moderation.Verdict{Action: moderation.Hold}, First: moderation.Verdict{Action: moderation.Hold}, Created: now, Changed: now,
	}, moderation.Decision{ID: "d1", Kind: moderation.Opened, Actor: "rules", At: now})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestHistoryCannotBeRewritten(t *testing.T) {
	pool := openPool(t)
	q := pgqueue.New(pool)
	sample(t, q)
	for _, statement := range []string{
		"update moderation_decisions set note = 'other'",
		"update moderation_decisions set actor = 'other' where id = 'd1'",
		"update moderation_decisions set at = now(), pending = false",
	} {
		if _, err := pool.Exec(t.Context(), statement); err == nil {
			t.Errorf("done: %s", statement)
		}
	}
	if _, err := pool.Exec(t.Context(), "update moderation_decisions set pending = false"); err != nil {
		t.Error(err)
	}
}

// TestConnectionsCut: a change whose connection ends is done or not, never half.
func TestConnectionsCut(t *testing.T) {
	pool := openPool(t)
	q := pgqueue.New(pool)
	c := sample(t, q)
	for i := range 5 {
		// Every connection of this database goes, the asking one included.
		_, err := pool.Exec(t.Context(), "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()")
		if err == nil {
			t.Fatal("the connection that ended all connections lives")
		}
		_, err = q.Change(t.Context(), moderation.Change{Case: c, Decision: moderation.Decision{
			ID: "change" + string(rune('0'+i)), Kind: moderation.Assigned, Actor: "ann", At: time.Now(),
		}})
		if errors.Is(err, moderation.ErrNotFound) || errors.Is(err, moderation.ErrConflict) || errors.Is(err, moderation.ErrInvalid) {
			t.Fatalf("over a dead connection: %v", err)
		}
		if c, err = q.Get(t.Context(), "t", "c"); err != nil {
			t.Fatalf("once the server is back: %v", err)
		}
		history, err := q.History(t.Context(), "t", "c")
		if err != nil || len(history) != c.Version {
			t.Errorf("version %d has a history of %d, %v", c.Version, len(history), err)
		}
	}
}
