package sqlitestore_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sqlitestore"
	"github.com/parleyhq/parley/sessions/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t testing.TB, folder string) (*sqlitestore.Store, *migrations.SQLiteDB) {
	t.Helper()
	db, err := migrations.OpenSQLite(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	store, err := sqlitestore.New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return store, db
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) sessions.Store {
		store, _ := open(t, t.TempDir())
		return store
	})
}

func TestDeadProcessLeavesNoLease(t *testing.T) {
	folder := t.TempDir()
	store, db := open(t, folder)
	now := time.Now()
	if err := store.Create(t.Context(), sessions.Session{Tenant: "t", ID: "s", Owner: "o", Created: now, Updated: now}); err != nil {
		t.Fatal(err)
	}
	k := sessions.Key{Tenant: "t", Session: "s"}
	_, old, err := store.Begin(t.Context(), k, "dead", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	epoch, _ := store.Epoch(t.Context())
	db.Close()

	store, _ = open(t, folder)
	if again, _ := store.Epoch(t.Context()); again != epoch {
		t.Errorf("the epoch changed from %s to %s", epoch, again)
	}
	if _, _, err := store.Begin(t.Context(), k, "alive", time.Hour); err != nil {
		t.Errorf("begin after a restart: %v", err)
	}
	if _, err := store.Commit(t.Context(), old, sessions.Batch{}); !errors.Is(err, sessions.ErrLeaseLost) {
		t.Errorf("commit with the dead process's lease: %v", err)
	}
}

func TestFullDisk(t *testing.T) {
	store, db := open(t, t.TempDir())
	now := time.Now()
	if err := store.Create(t.Context(), sessions.Session{Tenant: "t", ID: "s", Owner: "o", Created: now, Updated: now}); err != nil {
		t.Fatal(err)
	}
	_, lease, err := store.Begin(t.Context(), sessions.Key{Tenant: "t", Session: "s"}, "h", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	var pages int
	if err := db.Write.QueryRow("pragma page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit := func(n int) {
		if _, err := db.Write.Exec(fmt.Sprintf("pragma max_page_count = %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages + 1)
	big := sessions.Batch{Messages: []sessions.Message{{ID: "m", Text: strings.Repeat("x", 100_000), Created: now}}}
	if _, err := store.Commit(t.Context(), lease, big); !errors.Is(err, sessions.ErrUnavailable) {
		t.Fatalf("commit on a full disk: %v, want ErrUnavailable", err)
	}
	limit(1 << 20)
	if _, err := store.Commit(t.Context(), lease, big); err != nil {
		t.Fatalf("with space again: %v", err)
	}
}

// BenchmarkTurn is what a turn costs the store: Begin, a commit at its start and one at its end.
func BenchmarkTurn(b *testing.B) {
	store, _ := open(b, b.TempDir())
	now := time.Now()
	i := 0
	for b.Loop() {
		i++
		k := sessions.Key{Tenant: "t", Session: fmt.Sprint("s", i/20)}
		if i%20 == 0 || i == 1 {
			if err := store.Create(b.Context(), sessions.Session{Tenant: "t", ID: k.Session, Owner: "o", Created: now, Updated: now}); err != nil {
				b.Fatal(err)
			}
		}
		_, lease, err := store.Begin(b.Context(), k, "h", time.Minute)
		if err != nil {
			b.Fatal(err)
		}
		id := fmt.Sprint("m", i)
		response := sessions.Response{ID: "r" + id, Message: id, Status: sessions.StatusRunning, Created: now}
		events := []sessions.Event{{Type: "a", Data: []byte(`{}`)}, {Type: "b", Data: []byte(`{}`)}}
		if _, err := store.Commit(b.Context(), lease, sessions.Batch{Messages: []sessions.Message{{ID: id, Created: now}}, Responses: []sessions.Response{response}, Leaf: &id, Events: events}); err != nil {
			b.Fatal(err)
		}
		response.Status, response.Text = sessions.StatusCompleted, strings.Repeat("word ", 100)
		draft := sessions.Draft{ID: "d" + k.Session, Kind: "job_post", Version: i, Message: id, Document: []byte(`"` + strings.Repeat("x", 8000) + `"`), Created: now}
		if _, err := store.Commit(b.Context(), lease, sessions.Batch{Responses: []sessions.Response{response}, Drafts: []sessions.Draft{draft}, Events: events, Release: true}); err != nil {
			b.Fatal(err)
		}
	}
}
