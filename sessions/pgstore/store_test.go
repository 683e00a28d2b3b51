package pgstore_test

import (
	"errors"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/pgstore"
	"github.com/parleyhq/parley/sessions/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) sessions.Store {
		store, err := pgstore.New(t.Context(), pgtest.Pool(t))
		if err != nil {
			t.Fatal(err)
		}
		return store
	})
}

func TestConnectionsCutInMidFlight(t *testing.T) {
	pool := pgtest.Pool(t)
	store, err := pgstore.New(t.Context(), pool)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	if err := store.Create(t.Context(), sessions.Session{Tenant: "t", ID: "s", Owner: "o", Created: now, Updated: now}); err != nil {
		t.Fatal(err)
	}
	k := sessions.Key{Tenant: "t", Session: "s"}
	_, lease, err := store.Begin(t.Context(), k, "h", time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		// Every connection of this database goes, the asking one included.
		_, err = pool.Exec(t.Context(), "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()")
		if err == nil {
			t.Fatal("the connection that ended all connections lives")
		}
		_, err := store.Commit(t.Context(), lease, sessions.Batch{})
		if err != nil && !errors.Is(err, sessions.ErrUnavailable) {
			t.Fatalf("commit over a dead connection: %v, want ErrUnavailable or success on a fresh one", err)
		}
	}
	if _, err := store.Commit(t.Context(), lease, sessions.Batch{Events: []sessions.Event{{Type: "x", Data: []byte("{}")}}}); err != nil {
		t.Fatalf("once the server is back: %v", err)
	}
}
