package sessions_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sessionstest"
)

func TestStoreDownAtTheEndOfATurn(t *testing.T) {
	stage, store := sessionstest.NewStage(), sessionstest.Store(t)
	m := manager(t, store, stage.Say)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	submit(t, m, id, "m1", "one")
	act := stage.Next(t)
	act.Text("all of it")
	act.Emit(draft("", `{"a":1}`))
	store.Down(true)
	if _, err := m.Submit(t.Context(), alice, id, sessions.Submission{Message: "m2", Text: "two"}); !errors.Is(err, sessions.ErrUnavailable) {
		t.Errorf("submit: %v, want ErrUnavailable", err)
	}
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventError, 1)
	if strings.Contains(v.kinds(), sessions.EventCompleted) {
		t.Error("completed was told and not stored")
	}
	store.Down(false)
	v.wait(t, sessions.EventCompleted, 1)
	stored := state(t, m, id)
	if diff := cmp.Diff(map[string]string{"m1": "completed:all of it"}, texts(stored)); diff != "" || len(stored.Drafts) != 1 {
		t.Errorf("%d drafts, %s", len(stored.Drafts), diff)
	}
}

func TestCancelWhileStoreIsDown(t *testing.T) {
	stage, store := sessionstest.NewStage(), sessionstest.Store(t)
	m := manager(t, store, stage.Say)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	submit(t, m, id, "m1", "one")
	act := stage.Next(t)
	act.Text("so far")
	store.Down(true)
	if err := m.Cancel(t.Context(), alice, id, act.Turn.ResponseID); err != nil {
		t.Fatal(err)
	}
	act.Stopped(t)
	v.wait(t, sessions.EventError, 1)
	store.Down(false)
	v.wait(t, sessions.EventCancelled, 1)
	if diff := cmp.Diff(map[string]string{"m1": "cancelled:so far"}, texts(state(t, m, id))); diff != "" {
		t.Error(diff)
	}
}

// A connection that breaks after a commit was stored must not double anything.
func TestCommitStoredButReportedAsFailed(t *testing.T) {
	stage, store := sessionstest.NewStage(), sessionstest.Store(t)
	m := manager(t, store, stage.Say)
	opened, v := open(t, m, "")
	id := opened.Session.ID

	submit(t, m, id, "m1", "one")
	act := stage.Next(t)
	store.Forget(1)
	sub := sessions.Submission{Message: "m2", Text: "two"}
	if _, err := m.Submit(t.Context(), alice, id, sub); !errors.Is(err, sessions.ErrUnavailable) {
		t.Fatalf("submit: %v, want ErrUnavailable", err)
	}
	if receipt, err := m.Submit(t.Context(), alice, id, sub); err != nil || receipt.Offset != 3 {
		t.Errorf("sent again: %+v %v", receipt, err)
	}
	act.Text("one answer")
	store.Forget(1)
	act.End(sessions.Outcome{}, nil)
	second := stage.Next(t) // begun with the commit that was reported as failed: run again
	second.Text("another")
	second.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 2)
	want := map[string]string{"m1": "completed:one answer", "m2": "completed:another"}
	if diff := cmp.Diff(want, texts(state(t, m, id))); diff != "" {
		t.Error(diff)
	}
	for i, offset := range offsets(v.all()) {
		if offset != int64(i)+1 {
			t.Fatalf("offsets %v", offsets(v.all()))
		}
	}
}

func TestTakeoverFromADeadProcess(t *testing.T) {
	storeA, stageA, stageB := sessionstest.Store(t), sessionstest.NewStage(), sessionstest.NewStage()
	storeB := storeA.Another()
	a := manager(t, storeA, stageA.Say)
	b := manager(t, storeB, stageB.Say)
	opened, va := open(t, a, "")
	id := opened.Session.ID
	submit(t, a, id, "m1", "one")
	act := stageA.Next(t)
	act.Text("of the dead")
	submit(t, a, id, "m2", "waits")

	openedB, vb := open(t, b, id) // looks on while A lives
	if n := len(openedB.Snapshot.Responses); n != 1 {
		t.Fatalf("%d responses", n)
	}
	if _, err := b.Submit(t.Context(), alice, id, sessions.Submission{Message: "m3", Text: "x"}); !errors.Is(err, sessions.ErrLeased) {
		t.Errorf("submit to the other process: %v, want ErrLeased", err)
	}
	storeA.Down(true) // cut off, as good as dead
	again := stageB.Next(t)
	if again.Turn.Message.ID != "m1" || again.Turn.ResponseID == act.Turn.ResponseID {
		t.Errorf("run again: %+v", again.Turn)
	}
	again.Text("anew")
	again.End(sessions.Outcome{}, nil)
	waited := stageB.Next(t)
	waited.Text("too")
	waited.End(sessions.Outcome{}, nil)
	vb.wait(t, sessions.EventCompleted, 2)

	storeA.Down(false) // it wakes up
	act.Text(" and gone")
	act.End(sessions.Outcome{}, nil)
	act.Stopped(t)
	va.wait(t, sessions.EventCompleted, 2) // told what B did
	want := map[string]string{"m1": "completed:anew", "m2": "completed:too"}
	if diff := cmp.Diff(want, texts(state(t, b, id))); diff != "" {
		t.Error(diff)
	}
	for name, v := range map[string]*viewer{"A": va, "B": vb} {
		seen := offsets(v.all())
		for i := 1; i < len(seen); i++ {
			if seen[i] != seen[i-1]+1 {
				t.Errorf("%s saw offsets %v", name, seen)
			}
		}
		replaced := data[responseData](t, v.wait(t, sessions.EventReplaced, 1))
		if replaced.ResponseID != act.Turn.ResponseID || replaced.By != again.Turn.ResponseID {
			t.Errorf("%s was told %+v", name, replaced)
		}
	}
}

func TestMessageThatKillsItsProcessFailsInTheEnd(t *testing.T) {
	first := sessionstest.Store(t)
	stage := sessionstest.NewStage()
	m := manager(t, first, stage.Say)
	created, err := m.Create(t.Context(), alice, "", "")
	if err != nil {
		t.Fatal(err)
	}
	submit(t, m, created.ID, "m1", "poison")
	submit(t, m, created.ID, "m2", "harmless")
	stage.Next(t)
	for store := first; ; {
		dead := store
		store = store.Another()
		m = manager(t, store, stage.Say)
		dead.Down(true)
		act := stage.Next(t)
		if act.Turn.Message.ID == "m2" {
			act.End(sessions.Outcome{}, nil)
			break
		}
	}
	_, v := open(t, m, created.ID)
	if state(t, m, created.ID).Responses[3].Status == sessions.StatusRunning {
		v.wait(t, sessions.EventCompleted, 1)
	}
	var statuses []string
	for _, r := range state(t, m, created.ID).Responses {
		statuses = append(statuses, r.Message+" "+string(r.Status))
	}
	want := []string{"m1 replaced", "m1 replaced", "m1 failed", "m2 completed"}
	if diff := cmp.Diff(want, statuses); diff != "" {
		t.Error(diff)
	}
}

func TestDrain(t *testing.T) {
	store, stage := sessionstest.Store(t), sessionstest.NewStage()
	m := manager(t, store, stage.Say, func(c *sessions.Config) { c.DrainTimeout = 200 * time.Millisecond })
	slow, _ := open(t, m, "")
	quick, v := open(t, m, "")
	submit(t, m, slow.Session.ID, "m1", "slow")
	slowAct := stage.Next(t)
	submit(t, m, quick.Session.ID, "m1", "quick")
	quickAct := stage.Next(t)
	submit(t, m, quick.Session.ID, "m2", "waits")
	quickAct.Text("done")

	drained := make(chan struct{})
	go func() {
		defer close(drained)
		m.Drain(t.Context())
	}()
	for !m.Draining() {
		time.Sleep(time.Millisecond)
	}
	if _, err := m.Submit(t.Context(), alice, slow.Session.ID, sessions.Submission{Message: "m9", Text: "x"}); !errors.Is(err, sessions.ErrDraining) {
		t.Errorf("submit: %v, want ErrDraining", err)
	}
	if _, err := m.Edit(t.Context(), alice, slow.Session.ID, "m1", "m9", "x"); !errors.Is(err, sessions.ErrDraining) {
		t.Errorf("edit: %v, want ErrDraining", err)
	}
	if err := m.Regenerate(t.Context(), alice, quick.Session.ID, "m1"); !errors.Is(err, sessions.ErrDraining) {
		t.Errorf("regenerate: %v, want ErrDraining", err)
	}
	if again := submit(t, m, slow.Session.ID, "m1", "slow"); again.Offset != 1 {
		t.Errorf("a stored message is still found: %+v", again)
	}
	quickAct.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 1)
	<-drained
	slowAct.Stopped(t)
	stage.Idle(t)

	next := manager(t, store.Another(), stage.Say) // takes over at once: the leases are free
	begun := map[string]bool{}
	for range 2 {
		act := stage.Next(t)
		begun[act.Turn.Message.Text] = true
		act.End(sessions.Outcome{}, nil)
	}
	if !begun["slow"] || !begun["waits"] {
		t.Errorf("begun %v", begun)
	}
	if got := texts(state(t, next, quick.Session.ID))["m1"]; got != "completed:done" {
		t.Errorf("the turn that ended in time: %s", got)
	}
}

func TestDeleteStopsTheTurn(t *testing.T) {
	stage := sessionstest.NewStage()
	m := manager(t, sessionstest.Store(t), stage.Say)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	submit(t, m, id, "m1", "one")
	act := stage.Next(t)
	if err := m.Delete(t.Context(), alice, id); err != nil {
		t.Fatal(err)
	}
	act.Stopped(t)
	v.wait(t, sessions.EventSessionDeleted, 1)
	if _, err := m.State(t.Context(), alice, id); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("state: %v", err)
	}
	if _, err := m.Submit(t.Context(), alice, id, sessions.Submission{Message: "m2", Text: "x"}); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("submit: %v", err)
	}
}

func TestRenameAndFeedback(t *testing.T) {
	m := manager(t, sessionstest.Store(t), sessionstest.Echo)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	submit(t, m, id, "m1", "one")
	response := data[responseData](t, v.wait(t, sessions.EventCompleted, 1)).Response.ID
	if renamed, err := m.Rename(t.Context(), alice, id, " My shop "); err != nil || renamed.Title != "My shop" {
		t.Errorf("renamed %+v %v", renamed, err)
	}
	for _, title := range []string{"", strings.Repeat("x", sessions.MaxTitle+1)} {
		if _, err := m.Rename(t.Context(), alice, id, title); !errors.Is(err, sessions.ErrInvalid) {
			t.Errorf("title of %d bytes: %v", len(title), err)
		}
	}
	for _, f := range []sessions.Feedback{{Response: response, Rating: "down", Comment: "dull"}, {Response: response, Rating: "up"}} {
		if err := m.Feedback(t.Context(), alice, id, f); err != nil {
			t.Fatal(err)
		}
	}
	for name, f := range map[string]sessions.Feedback{
		"rating":  {Response: response, Rating: "great"},
		"comment": {Response: response, Rating: "up", Comment: strings.Repeat("x", sessions.MaxComment+1)},
	} {
		if err := m.Feedback(t.Context(), alice, id, f); !errors.Is(err, sessions.ErrInvalid) {
			t.Errorf("wrong %s: %v", name, err)
		}
	}
	if err := m.Feedback(t.Context(), alice, id, sessions.Feedback{Response: "none", Rating: "up"}); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("unknown response: %v", err)
	}
	stored := state(t, m, id)
	if len(stored.Feedback) != 1 || stored.Feedback[0].Rating != "up" || stored.Session.Title != "My shop" {
		t.Errorf("stored %+v", stored)
	}
	list, err := m.Sessions(t.Context(), alice, time.Time{}, 10)
	if err != nil || len(list) != 1 || list[0].Title != "My shop" {
		t.Errorf("list %+v %v", list, err)
	}
}

func TestLogsTellNothingThatWasSaid(t *testing.T) {
	var log lockedBuffer
	stage := sessionstest.NewStage()
	m := manager(t, sessionstest.Store(t), stage.Say, func(c *sessions.Config) {
		c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	opened, v := open(t, m, "")
	submit(t, m, opened.Session.ID, "m1", "a secret")
	stage.Next(t).Panic("quotes a secret")
	v.wait(t, sessions.EventFailed, 1)
	if got := log.String(); !strings.Contains(got, "responder panicked") || strings.Contains(got, "secret") {
		t.Errorf("log: %s", got)
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// Many people at once write to one session from several tabs.
func TestConcurrentCalls(t *testing.T) {
	m := manager(t, sessionstest.Store(t), sessionstest.Echo)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 5 {
				_, err := m.Submit(context.Background(), alice, id, sessions.Submission{Message: "m" + string(rune('a'+i)) + string(rune('a'+j)), Text: "x"})
				if err != nil && !errors.Is(err, sessions.ErrBusy) {
					t.Error(err)
				}
				if _, err := m.Rename(context.Background(), alice, id, "title"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for {
		s := state(t, m, id)
		if len(texts(s)) == len(s.Messages) && !strings.Contains(strings.Join(values(texts(s)), " "), "running") {
			break
		}
		<-v.news
	}
	for i, offset := range offsets(v.all()) {
		if offset != int64(i)+1 {
			t.Fatalf("offsets %v", offsets(v.all()))
		}
	}
}

func values(m map[string]string) []string {
	var found []string
	for _, v := range m {
		found = append(found, v)
	}
	return found
}
