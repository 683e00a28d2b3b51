package assistant_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/rules"
	"github.com/parleyhq/parley/assistant/moderation/sqlitequeue"
	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sqlitestore"
)

// breakable is a queue whose database can go away.
type breakable struct {
	moderation.Queue
	mu   sync.Mutex
	down bool
}

func (b *breakable) set(down bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.down = down
}

func (b *breakable) Open(ctx context.Context, c moderation.Case, d moderation.Decision) (moderation.Case, bool, error) {
	b.mu.Lock()
	down := b.down
	b.mu.Unlock()
	if down {
		return moderation.Case{}, false, errors.New("the database is gone")
	}
	return b.Queue.Open(ctx, c, d)
}

// values are settings in memory.
type values struct {
	mu   sync.Mutex
	kept map[string]string
}

func (v *values) Get(_ context.Context, name string) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.kept[name], nil
}

func (v *values) Swap(_ context.Context, name, old, new string) (bool, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.kept[name] != old {
		return false, nil
	}
	if v.kept == nil {
		v.kept = make(map[string]string)
	}
	v.kept[name] = new
	return true, nil
}

// site is a running installation: sessions, assistant, moderation and their database.
type site struct {
	t         testing.TB
	store     sessions.Store
	queue     *breakable
	moderator *moderation.Moderator
	manager   *sessions.Manager
}

func openSite(t testing.TB, cfg assistant.Config) *site {
	t.Helper()
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
	return startSite(t, cfg, store, &breakable{Queue: sqlitequeue.New(db)})
}

// startSite runs a process on a database.
func startSite(t testing.TB, cfg assistant.Config, store sessions.Store, queue *breakable) *site {
	s := &site{t: t, store: store, queue: queue}
	quiet := slog.New(slog.DiscardHandler)
	ready := make(chan struct{})
	s.moderator = moderation.New(moderation.Config{
		Rules: rules.Default, Queue: queue, Settings: &values{}, Log: quiet, SweepEvery: 20 * time.Millisecond,
		Released: func(ctx context.Context, c moderation.Case) error {
			<-ready
			err := s.manager.Release(ctx, sessions.Key{Tenant: c.Tenant, Session: c.Session}, c.Resp)
			if errors.Is(err, sessions.ErrNotFound) {
				return nil
			}
			return err
		},
	})
	cfg.Moderation = s.moderator
	if cfg.Retriever == nil {
		cfg.Retriever = market()
	}
	s.manager = sessions.New(store, assistant.New(cfg), sessions.Config{LeaseTTL: 300 * time.Millisecond, DrainTimeout: time.Second, Log: quiet})
	close(ready)
	t.Cleanup(s.stop)
	return s
}

func (s *site) stop() {
	s.moderator.Close()
	s.manager.Close()
}

// choose sets a tenant's settings.
func (s *site) choose(tenant string, chosen moderation.Settings) {
	s.t.Helper()
	_, tag, err := s.moderator.Settings(s.t.Context(), tenant)
	if err == nil {
		_, err = s.moderator.SetSettings(s.t.Context(), tenant, tag, chosen)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// cases are those of a tenant, the oldest first.
func (s *site) cases(tenant string) []moderation.Case {
	s.t.Helper()
	list, err := s.queue.List(s.t.Context(), tenant, moderation.Filter{Oldest: true})
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

func (s *site) decide(c moderation.Case, action moderation.Action) {
	s.t.Helper()
	r := moderation.Ruling{Action: action}
	if action == moderation.Block {
		r.Labels = c.Verdict.Labels
	}
	if _, err := s.moderator.Decide(s.t.Context(), c.Tenant, c.ID, c.Version, "ann", r); err != nil {
		s.t.Fatal(err)
	}
}

// guest is somebody with a conversation.
type guest struct {
	*site
	who     sessions.Principal
	session string

	mu     sync.Mutex
	events []sessions.Event
	news   chan struct{}
}

func (s *site) guest(tenant string) *guest {
	s.t.Helper()
	g := &guest{site: s, who: sessions.Principal{Tenant: tenant, Subject: "alice", Role: sessions.RoleClient}, news: make(chan struct{}, 1)}
	g.watch("")
	return g
}

// watch opens the conversation, "" for a new one.
func (g *guest) watch(session string) {
	g.t.Helper()
	opened, subscription, err := g.manager.Open(g.t.Context(), g.who, sessions.OpenRequest{Session: session, Locale: "en-GB"}, g)
	if err != nil {
		g.t.Fatal(err)
	}
	g.t.Cleanup(subscription.Close)
	g.session = opened.Session.ID
}

func (g *guest) Deliver(e sessions.Event) {
	g.mu.Lock()
	g.events = append(g.events, e)
	g.mu.Unlock()
	select {
	case g.news <- struct{}{}:
	default:
	}
}

func (g *guest) submit(id, text string, files ...string) {
	g.t.Helper()
	if _, err := g.manager.Submit(g.t.Context(), g.who, g.session, sessions.Submission{Message: id, Text: text, Files: files}); err != nil {
		g.t.Fatalf("submit %s: %v", id, err)
	}
}

// ended returns the nth response to a message that has ended, from 1.
func (g *guest) ended(message string, nth int) sessions.Response {
	g.t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		state, err := g.manager.State(g.t.Context(), g.who, g.session)
		if err != nil {
			g.t.Fatal(err)
		}
		n := 0
		for _, r := range state.Responses {
			if r.Message == message && r.Ended != nil {
				if n++; n == nth {
					return r
				}
			}
		}
		select {
		case <-g.news:
		case <-time.After(20 * time.Millisecond):
		case <-deadline:
			g.t.Fatalf("response %d to %s did not end: %+v", nth, message, state.Responses)
		}
	}
}

// kinds are the types of events that came.
func (g *guest) kinds() (kinds []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, e := range g.events {
		kinds = append(kinds, e.Type)
	}
	return kinds
}
