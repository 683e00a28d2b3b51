package moderation_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/modeltest"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/sqlitequeue"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sqlitestore"
)

func TestDeadline(t *testing.T) {
	for settings, want := range map[string]struct {
		after  time.Duration
		action moderation.Action
	}{
		`{}`: {24 * time.Hour, moderation.Block},
		`{"hold": {"hours": 2, "then": "deliver"}}`: {2 * time.Hour, moderation.Deliver},
	} {
		q, _ := openQueue(t)
		clock := newClock()
		m := start(t, moderation.Config{Queue: q, Now: clock.Now, Settings: with(settings)})
		_, c := check(t, m, text("1", likelyScam))
		_, out := check(t, m, text("2", likelyPayment))
		if !c.Deadline.Equal(clock.Now().Add(want.after)) {
			t.Errorf("deadline %v", c.Deadline)
		}
		clock.pass(want.after + time.Second)
		after := until(t, q, c.ID, isDecided)
		if after.Verdict.Action != want.action || after.Verdict.Stage != moderation.StageDeadline || !after.Deadline.IsZero() {
			t.Errorf("case %+v", after)
		}
		h, err := q.History(t.Context(), tenant, c.ID)
		if err != nil || len(h) != 2 || h[1].Kind != moderation.Expired || h[1].Actor != "deadline" || !h[1].Changes {
			t.Errorf("history %+v, %v", h, err)
		}
		if c, err := q.Get(t.Context(), tenant, out.ID); err != nil || c.Status != moderation.Waiting {
			t.Errorf("a delivered message has a deadline: %+v, %v", c, err)
		}
	}
}

// TestTwoProcesses has two Moderators sweep one queue: each case is decided once.
func TestTwoProcesses(t *testing.T) {
	q, _ := openQueue(t)
	clock := newClock()
	cfg := moderation.Config{Queue: q, Now: clock.Now, SweepEvery: time.Millisecond}
	m := start(t, cfg)
	start(t, cfg)
	var ids []string
	for i := range 50 {
		_, c := check(t, m, text(fmt.Sprint(i), likelyScam))
		ids = append(ids, c.ID)
	}
	clock.pass(25 * time.Hour)
	for _, id := range ids {
		until(t, q, id, isDecided)
		if got := kinds(t, q, id); len(got) != 2 {
			t.Errorf("history %v", got)
		}
	}
}

// TestKilledWhileJudging has a process die with a question open: the next one asks it.
func TestKilledWhileJudging(t *testing.T) {
	q, _ := openQueue(t)
	clock := newClock()
	server := modeltest.NewServer(t, modeltest.Stall(""), judges(clean))
	cfg := moderation.Config{Queue: q, Now: clock.Now, Judge: judgeAt(t, server), JudgeTimeout: time.Minute}
	m := start(t, cfg)
	_, c := check(t, m, text("1", likelyScam))
	<-server.Came()
	m.Close()
	if c, err := q.Get(t.Context(), tenant, c.ID); err != nil || c.Status != moderation.Judging {
		t.Fatalf("case %+v, %v", c, err)
	}
	clock.pass(3 * time.Minute)
	start(t, cfg)
	if after := until(t, q, c.ID, isDecided); after.Verdict.Action != moderation.Deliver || after.Verdict.Stage != moderation.StageJudge {
		t.Errorf("case %+v", after)
	}
}

// TestNobodyJudgesAnyMore has cases left behind by a process that had a judge, in an
// installation that has none, or whose judge does not get to them.
func TestNobodyJudgesAnyMore(t *testing.T) {
	for name, pass := range map[string]time.Duration{"no judge": 2 * time.Minute, "too late": time.Hour} {
		t.Run(name, func(t *testing.T) {
			q, _ := openQueue(t)
			clock := newClock()
			server := modeltest.NewServer(t, modeltest.Stall(""))
			cfg := moderation.Config{Queue: q, Now: clock.Now, Judge: judgeAt(t, server), Settings: with(`{"judge": {"down": "hold"}}`)}
			m := start(t, cfg)
			_, c := check(t, m, text("1", likelyPayment))
			<-server.Came()
			m.Close()
			if name == "no judge" {
				cfg.Judge = nil
			}
			clock.pass(pass)
			start(t, cfg)
			if after := until(t, q, c.ID, notJudging); after.Status != moderation.Waiting || after.Verdict.Action != moderation.Hold || after.Deadline.IsZero() {
				t.Errorf("case %+v", after)
			}
		})
	}
}

func TestRetention(t *testing.T) {
	q, _ := openQueue(t)
	clock := newClock()
	cfg := moderation.Config{Queue: q, Now: clock.Now, Settings: with(`{"retention_days": 30}`)}
	m := start(t, cfg)
	_, old := check(t, m, text("1", certainScam))
	_, open := check(t, m, text("2", likelyPayment))
	clock.pass(20 * 24 * time.Hour)
	_, young := check(t, m, text("3", certainScam))
	m.Close()
	clock.pass(11 * 24 * time.Hour)
	start(t, cfg)
	for {
		_, err := q.Get(t.Context(), tenant, old.ID)
		if errors.Is(err, moderation.ErrNotFound) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Millisecond)
	}
	for _, c := range []*moderation.Case{open, young} {
		if _, err := q.Get(t.Context(), tenant, c.ID); err != nil {
			t.Errorf("case of message %s: %v", c.Message.ID, err)
		}
	}
}

func TestAnnouncements(t *testing.T) {
	q, _ := openQueue(t)
	m := start(t, moderation.Config{Queue: q})
	_, a := check(t, m, text("a", likelyScam))
	_, b := check(t, m, text("b", likelyPayment))
	if list, err := m.Announcements(t.Context(), 10); err != nil || len(list) != 0 {
		t.Fatalf("what the answer said is announced: %+v, %v", list, err)
	}
	if _, err := m.Decide(t.Context(), tenant, a.ID, a.Version, "ann", letGo); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Decide(t.Context(), tenant, b.ID, b.Version, "ann", letGo); err != nil {
		t.Fatal(err)
	}
	list, err := m.Announcements(t.Context(), 10)
	if err != nil || len(list) != 1 || list[0].Case.ID != a.ID || list[0].Decision.Action != moderation.Deliver {
		t.Fatalf("announcements %+v, %v: want that of the held message only, the other one was out", list, err)
	}
	if err := m.Announced(t.Context(), list[0].Decision.ID); err != nil {
		t.Fatal(err)
	}
	if list, err := m.Announcements(t.Context(), 10); err != nil || len(list) != 0 {
		t.Errorf("announced twice: %+v, %v", list, err)
	}
}

// queueWithSession is a queue, and the id of a session in its database, which turns need.
func queueWithSession(t *testing.T) (*sqlitequeue.Queue, string) {
	t.Helper()
	db := openDatabase(t)
	store, err := sqlitestore.New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	s := sessions.Session{Tenant: tenant, ID: "s1", Owner: "u1", Role: sessions.RoleClient, Created: time.Now(), Updated: time.Now()}
	if err := store.Create(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return sqlitequeue.New(db), s.ID
}

// releases counts what is released, and fails as often as it is told to.
type releases struct {
	mu    sync.Mutex
	fails int
	got   []string
}

func (r *releases) run(_ context.Context, c moderation.Case) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fails--; r.fails >= 0 {
		return errors.New("the session is busy")
	}
	r.got = append(r.got, c.Session+"/"+c.Resp)
	return nil
}

func (r *releases) list() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.got)
}

func TestHeldTurnsAreReleased(t *testing.T) {
	q, session := queueWithSession(t)
	released := &releases{fails: 3}
	m := start(t, moderation.Config{Queue: q, Released: released.run})
	held := func(id string) *moderation.Case {
		t.Helper()
		msg := message.Message{ID: id, Channel: message.Assistant, Text: certainScam}
		_, c, err := m.Check(t.Context(), tenant, msg, moderation.Origin{Subject: "u1", Session: session, Response: "r" + id})
		if err != nil || c.Verdict.Action != moderation.Hold {
			t.Fatalf("case %+v, %v", c, err)
		}
		return c
	}
	one, two := held("1"), held("2")
	if _, err := m.Decide(t.Context(), tenant, one.ID, one.Version, "ann", letGo); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Decide(t.Context(), tenant, two.ID, two.Version, "ann", stop); err != nil {
		t.Fatal(err)
	}
	for {
		open, err := q.Unannounced(t.Context(), 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(open) == 0 {
			break
		}
		if list, err := m.Announcements(t.Context(), 10); err != nil || len(list) > 0 {
			t.Fatalf("a site is told of a turn: %+v, %v", list, err)
		}
		time.Sleep(time.Millisecond)
	}
	if got := released.list(); !slices.Equal(got, []string{"s1/r1"}) {
		t.Errorf("released %s", strings.Join(got, ", "))
	}
}

// TestReleaseTakenBack has a decision undone before its turn could run.
func TestReleaseTakenBack(t *testing.T) {
	q, session := queueWithSession(t)
	m := start(t, moderation.Config{Queue: q, Released: func(context.Context, moderation.Case) error { return errors.New("not now") }})
	msg := message.Message{ID: "1", Channel: message.Assistant, Text: certainScam}
	_, c, err := m.Check(t.Context(), tenant, msg, moderation.Origin{Session: session, Response: "r1"})
	if err != nil {
		t.Fatal(err)
	}
	decided, err := m.Decide(t.Context(), tenant, c.ID, c.Version, "ann", letGo)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Undo(t.Context(), tenant, c.ID, decided.Version, "ann"); err != nil {
		t.Fatal(err)
	}
	m.Close()
	released := &releases{}
	start(t, moderation.Config{Queue: q, Released: released.run})
	for {
		open, err := q.Unannounced(t.Context(), 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(open) == 0 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if got := released.list(); len(got) != 0 {
		t.Errorf("released %v", got)
	}
}
