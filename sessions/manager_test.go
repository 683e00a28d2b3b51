package sessions_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sessionstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var alice = sessions.Principal{Tenant: "t1", Subject: "alice", Role: sessions.RoleClient}

// viewer is a subscriber that keeps what it was told.
type viewer struct {
	mu     sync.Mutex
	events []sessions.Event
	news   chan struct{}
}

func newViewer() *viewer { return &viewer{news: make(chan struct{}, 1)} }

func (v *viewer) Deliver(e sessions.Event) {
	v.mu.Lock()
	v.events = append(v.events, e)
	v.mu.Unlock()
	select {
	case v.news <- struct{}{}:
	default:
	}
}

func (v *viewer) all() []sessions.Event {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.events)
}

// wait returns the nth event of a type (from 1) once it has come.
func (v *viewer) wait(t *testing.T, kind string, nth int) sessions.Event {
	t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		n := 0
		for _, e := range v.all() {
			if e.Type == kind {
				if n++; n == nth {
					return e
				}
			}
		}
		select {
		case <-v.news:
		case <-deadline:
			t.Fatalf("no %s number %d; came: %s", kind, nth, v.kinds())
		}
	}
}

func (v *viewer) kinds() string {
	var kinds []string
	for _, e := range v.all() {
		kinds = append(kinds, e.Type)
	}
	return strings.Join(kinds, " ")
}

type respond = func(context.Context, sessions.Turn, func(sessions.Output) error) (sessions.Outcome, error)

func manager(t *testing.T, store sessions.Store, say respond, change ...func(*sessions.Config)) *sessions.Manager {
	t.Helper()
	cfg := sessions.Config{LeaseTTL: 300 * time.Millisecond, DrainTimeout: time.Second, Log: slog.New(slog.DiscardHandler)}
	for _, c := range change {
		c(&cfg)
	}
	m := sessions.New(store, &sessionstest.Responder{Say: say}, cfg)
	t.Cleanup(m.Close)
	return m
}

// open opens a session ("" for a new one) and watches it.
func open(t *testing.T, m *sessions.Manager, id string) (sessions.Opened, *viewer) {
	t.Helper()
	v := newViewer()
	opened, subscription, err := m.Open(t.Context(), alice, sessions.OpenRequest{Session: id}, v)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(subscription.Close)
	return opened, v
}

func submit(t *testing.T, m *sessions.Manager, session, id, text string) sessions.Receipt {
	t.Helper()
	receipt, err := m.Submit(t.Context(), alice, session, sessions.Submission{Message: id, Text: text})
	if err != nil {
		t.Fatalf("submit %s: %v", id, err)
	}
	return receipt
}

func state(t *testing.T, m *sessions.Manager, session string) *sessions.State {
	t.Helper()
	s, err := m.State(t.Context(), alice, session)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// data decodes an event's data.
func data[T any](t *testing.T, e sessions.Event) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(e.Data, &v); err != nil {
		t.Fatalf("%s: %v", e.Data, err)
	}
	return v
}

type responseData struct {
	Response   sessions.Response `json:"response"`
	ResponseID string            `json:"response_id"`
	MessageID  string            `json:"message_id"`
	By         string            `json:"by"`
}

// TestProfileReachesTheTurn: a freelancer's own profile comes from the token and
// is there for the Responder, also when another process goes on.
func TestProfileReachesTheTurn(t *testing.T) {
	store := sessionstest.Store(t)
	freelancer := sessions.Principal{Tenant: "t1", Subject: "fred", Role: sessions.RoleFreelancer, Profile: "prof-7"}
	seen := make(chan sessions.Session, 2)
	say := func(_ context.Context, turn sessions.Turn, _ func(sessions.Output) error) (sessions.Outcome, error) {
		seen <- turn.Session
		return sessions.Outcome{}, nil
	}
	id := ""
	for _, message := range []string{"m1", "m2"} {
		m := manager(t, store, say)
		if id == "" {
			created, err := m.Create(t.Context(), freelancer, "en-GB", "Europe/Lisbon")
			if err != nil {
				t.Fatal(err)
			}
			id = created.ID
		}
		if _, err := m.Submit(t.Context(), freelancer, id, sessions.Submission{Message: message, Text: "help me apply"}); err != nil {
			t.Fatal(err)
		}
		if s := <-seen; s.Profile != "prof-7" || s.Role != sessions.RoleFreelancer {
			t.Errorf("%s: session %+v", message, s)
		}
		m.Close()
	}
}

func TestTurnIsStoredAndTold(t *testing.T) {
	store := sessionstest.Store(t)
	m := manager(t, store, sessionstest.Echo)
	opened, v := open(t, m, "")
	id := opened.Session.ID

	receipt := submit(t, m, id, "m1", "a shop 🐕")
	if receipt.Offset != 1 || receipt.Message != "m1" {
		t.Errorf("receipt %+v", receipt)
	}
	done := data[responseData](t, v.wait(t, sessions.EventCompleted, 1)).Response
	if done.Text != "You said: a shop 🐕" || done.Status != sessions.StatusCompleted || done.Ended == nil {
		t.Errorf("completed %+v", done)
	}
	v.wait(t, sessions.EventSessionUpdated, 1)
	want := "message.created response.created response.output_text.delta response.output_text.delta response.completed session.updated"
	if got := v.kinds(); got != want {
		t.Errorf("events\n %s\nwant\n %s", got, want)
	}
	if n := store.Commits(); n != 2 {
		t.Errorf("%d commits, want 2", n)
	}
	stored := state(t, m, id)
	if stored.Session.Title != "a shop 🐕" || stored.Session.Leaf != "m1" || len(stored.Responses) != 1 || stored.Responses[0].Text != done.Text {
		t.Errorf("stored %+v", stored)
	}
}

func utf16of(s string) []uint16 { return utf16.Encode([]rune(s)) }
