package hooks_test

import (
	"crypto/rand"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/hooks/pgoutbox"
	"github.com/parleyhq/parley/web/hooks/sqliteoutbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const secret = "a-secret-that-signs-what-the-shop-is-told"

func sqliteStore(t *testing.T) hooks.Store {
	t.Helper()
	db, err := migrations.OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	return sqliteoutbox.New(db)
}

// onStores runs a test on both kinds of database.
func onStores(t *testing.T, test func(t *testing.T, store hooks.Store)) {
	t.Run("sqlite", func(t *testing.T) { test(t, sqliteStore(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, pgoutbox.New(pgtest.Pool(t))) })
}

// receiver is a host's server that keeps what it is told.
type receiver struct {
	*httptest.Server
	t *testing.T

	mu     sync.Mutex
	got    []received
	answer func(w http.ResponseWriter, r *http.Request, n int) // to the nth request, from 1; nil: 204
	told   chan struct{}
}

type received struct {
	id   string
	body string
	at   time.Time
}

func newReceiver(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, n int)) *receiver {
	t.Helper()
	r := &receiver{t: t, answer: answer, told: make(chan struct{}, 1000)}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

// ServeHTTP refuses what is not signed, as a host would.
func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body := make([]byte, q.ContentLength)
	if _, err := q.Body.Read(body); err != nil && q.ContentLength > 0 && err.Error() != "EOF" {
		r.t.Error(err)
	}
	if err := hooks.Verify(q.Header, body, time.Now(), secret); err != nil {
		r.t.Errorf("%s: %v", q.URL.Path, err)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	r.mu.Lock()
	r.got = append(r.got, received{q.Header.Get(hooks.HeaderID), string(body), time.Now()})
	n, answer := len(r.got), r.answer
	r.mu.Unlock()
	defer func() { r.told <- struct{}{} }()
	if answer == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	answer(w, q, n)
}

// wait waits for n more requests.
func (r *receiver) wait(n int) {
	r.t.Helper()
	for range n {
		select {
		case <-r.told:
		case <-time.After(20 * time.Second):
			r.t.Fatalf("%s was not told in time; it has had %d", r.URL, len(r.requests()))
		}
	}
}

func (r *receiver) requests() []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]received(nil), r.got...)
}

func (r *receiver) ids() (ids []string) {
	for _, one := range r.requests() {
		ids = append(ids, one.id)
	}
	return ids
}

func endpoint(tenant, url string) hooks.Endpoint {
	return hooks.Endpoint{Tenant: tenant, URL: url, Secrets: []string{secret}}
}

func newOutbox(t *testing.T, store hooks.Store, list ...hooks.Endpoint) *hooks.Outbox {
	t.Helper()
	endpoints, err := hooks.NewEndpoints(list...)
	if err != nil {
		t.Fatal(err)
	}
	return hooks.NewOutbox(store, endpoints, nil)
}

// soon are pauses for tests.
func soon(int) time.Duration { return 20 * time.Millisecond }

// start starts a sender that is closed with the test; change may be nil.
func start(t *testing.T, outbox *hooks.Outbox, change func(*hooks.SenderConfig)) *hooks.Sender {
	t.Helper()
	cfg := hooks.SenderConfig{Poll: 20 * time.Millisecond, Timeout: 5 * time.Second, Pause: soon, Log: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(&cfg)
	}
	s := hooks.NewSender(outbox, cfg)
	t.Cleanup(s.Close)
	return s
}

func event(tenant, key string) hooks.Event {
	return hooks.Event{
		ID: rand.Text(), Tenant: tenant, Type: hooks.ModerationDecided, Key: key,
		Data: json.RawMessage(`{"case_id":"c1"}`), Created: time.Now().UTC().Truncate(time.Microsecond),
	}
}

func add(t *testing.T, outbox *hooks.Outbox, events ...hooks.Event) {
	t.Helper()
	if err := outbox.Add(t.Context(), events...); err != nil {
		t.Fatal(err)
	}
}

// settled waits until a site has that many deliveries of a status.
func settled(t *testing.T, outbox *hooks.Outbox, tenant string, status hooks.Status, n int) []hooks.Delivery {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		list, err := outbox.List(t.Context(), tenant, hooks.Filter{Status: status}, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) >= n {
			return list
		}
		if time.Now().After(end) {
			all, _ := outbox.List(t.Context(), tenant, hooks.Filter{}, 1000)
			t.Fatalf("%d are %s, want %d: %+v", len(list), status, n, all)
		}
	}
}
