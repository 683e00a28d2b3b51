package inspect_test

import (
	"log/slog"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/inspect"
	"github.com/parleyhq/parley/sessions/inspect/sqlitereader"
	"github.com/parleyhq/parley/sessions/sqlitestore"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type desk struct {
	t     *testing.T
	store *sqlitestore.Store
	feed  *inspect.Feed
}

func newDesk(t *testing.T) *desk {
	db, err := migrations.OpenSQLite(t.TempDir())
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
	feed := inspect.NewFeed(sqlitereader.New(db), time.Millisecond, slog.New(slog.DiscardHandler))
	t.Cleanup(feed.Close) // before the database
	return &desk{t, store, feed}
}

func (d *desk) begin(tenant, id string) {
	d.t.Helper()
	now := time.Now().UTC()
	if err := d.store.Create(d.t.Context(), sessions.Session{Tenant: tenant, ID: id, Owner: "ann", Role: sessions.RoleClient, Created: now, Updated: now}); err != nil {
		d.t.Fatal(err)
	}
}

func next(t *testing.T, v *inspect.Viewer) (id string, open bool) {
	t.Helper()
	select {
	case s, open := <-v.Changes:
		return s.ID, open
	case <-time.After(20 * time.Second):
		t.Fatal("nothing is told")
	}
	return "", false
}

// All viewers of a site are told of each change once, and of no other site's.
func TestViewersAreTold(t *testing.T) {
	d := newDesk(t)
	one, two, other := d.feed.View("shop"), d.feed.View("shop"), d.feed.View("else")
	d.begin("shop", "a")
	d.begin("else", "x")
	d.begin("shop", "b")
	for _, v := range []*inspect.Viewer{one, two} {
		got := map[string]bool{}
		for range 2 {
			id, _ := next(t, v)
			got[id] = true
		}
		if !got["a"] || !got["b"] {
			t.Errorf("told of %v", got)
		}
	}
	if id, _ := next(t, other); id != "x" {
		t.Errorf("the other site is told of %s", id)
	}
	one.Close()
	one.Close()
	if _, open := next(t, one); open {
		t.Error("a viewer that is closed is told more")
	}
	d.begin("shop", "c")
	if id, _ := next(t, two); id != "c" {
		t.Errorf("told of %s", id)
	}
}

// A viewer who does not read is let go, and nobody waits for them.
func TestSlowViewersAreLetGo(t *testing.T) {
	d := newDesk(t)
	slow, quick := d.feed.View("shop"), d.feed.View("shop")
	got := 0
	for n := range 100 {
		d.begin("shop", string(rune('A'+n/26))+string(rune('a'+n%26)))
		if _, open := next(t, quick); open {
			got++
		}
	}
	if got != 100 {
		t.Errorf("%d of 100 came", got)
	}
	told := 0
	for range slow.Changes { // ends: it was closed
		told++
	}
	if told == 0 || told >= 100 {
		t.Errorf("the slow viewer has %d", told)
	}
}

// The goroutine ends with the last viewer, and a new one begins with the next.
func TestTheFeedEndsAndBeginsAgain(t *testing.T) {
	d := newDesk(t)
	for _, id := range []string{"a", "b"} {
		v := d.feed.View("shop")
		d.begin("shop", id)
		for got := ""; got != id; {
			got, _ = next(t, v)
		}
		v.Close()
	}
	last := d.feed.View("shop")
	d.feed.Close()
	if _, open := next(t, last); open {
		t.Error("a viewer outlives the feed")
	}
	if _, open := next(t, d.feed.View("shop")); open {
		t.Error("a closed feed takes viewers")
	}
}
