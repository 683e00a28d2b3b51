package sessions_test

import (
	"errors"
	"testing"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sessionstest"
)

func held() sessions.Outcome {
	return sessions.Outcome{Held: &sessions.Problem{Code: "held", Message: "This message waits for a person."}}
}

// holding is a session whose message m1 is held.
func holding(t *testing.T) (m *sessions.Manager, stage *sessionstest.Stage, v *viewer, key sessions.Key, response string) {
	t.Helper()
	stage = sessionstest.NewStage()
	m = manager(t, sessionstest.Store(t), stage.Say)
	opened, v := open(t, m, "")
	key = sessions.Key{Tenant: alice.Tenant, Session: opened.Session.ID}
	submit(t, m, key.Session, "m1", "one")
	stage.Next(t).End(held(), nil)
	ended := data[responseData](t, v.wait(t, sessions.EventHeld, 1)).Response
	if ended.Status != sessions.StatusHeld || ended.Problem == nil || ended.Problem.Code != "held" || ended.Text != "" {
		t.Fatalf("held response: %+v", ended)
	}
	return m, stage, v, key, ended.ID
}

func TestHeldMessageIsNoPartOfTheConversation(t *testing.T) {
	m, stage, v, key, _ := holding(t)
	submit(t, m, key.Session, "m2", "two")
	act := stage.Next(t)
	if len(act.Turn.History) != 0 || act.Turn.Released {
		t.Errorf("the next turn sees %+v", act.Turn.History)
	}
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 1)
}

func TestReleasedMessageIsAnsweredOnce(t *testing.T) {
	m, stage, v, key, response := holding(t)
	for range 2 {
		if err := m.Release(t.Context(), key, response); err != nil {
			t.Fatal(err)
		}
	}
	act := stage.Next(t)
	if act.Turn.Message.ID != "m1" || !act.Turn.Released || act.Turn.ResponseID == response {
		t.Errorf("turn %+v", act.Turn)
	}
	replaced := data[responseData](t, v.wait(t, sessions.EventReplaced, 1))
	if replaced.ResponseID != response || replaced.By != act.Turn.ResponseID {
		t.Errorf("told %+v", replaced)
	}
	act.Text("answer")
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 1)
	if err := m.Release(t.Context(), key, response); err != nil {
		t.Error(err)
	}
	stage.Idle(t)
	if err := m.Regenerate(t.Context(), alice, key.Session, "m1"); err != nil {
		t.Fatal(err)
	}
	again := stage.Next(t)
	if !again.Turn.Released {
		t.Error("answered anew, it counts as held")
	}
	again.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 2)
}

func TestReleasedMessageWaitsForWhatRuns(t *testing.T) {
	m, stage, v, key, response := holding(t)
	submit(t, m, key.Session, "m2", "two")
	second := stage.Next(t)
	if err := m.Release(t.Context(), key, response); err != nil {
		t.Fatal(err)
	}
	stage.Idle(t)
	if by := data[responseData](t, v.wait(t, sessions.EventReplaced, 1)).By; by != "" {
		t.Errorf("taken back in favour of %s while another answer runs", by)
	}
	second.End(sessions.Outcome{}, nil)
	first := stage.Next(t)
	if first.Turn.Message.ID != "m1" || !first.Turn.Released {
		t.Errorf("turn %+v", first.Turn)
	}
	first.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 2)
}

// Asking for another answer to a held message would hold it again, with a case
// of its own to review each time.
func TestHeldMessageIsNotAnsweredAnew(t *testing.T) {
	m, stage, v, key, response := holding(t)
	if err := m.Regenerate(t.Context(), alice, key.Session, "m1"); err != nil {
		t.Fatal(err)
	}
	submit(t, m, key.Session, "m2", "two")
	next := stage.Next(t)
	if next.Turn.Message.ID != "m2" {
		t.Fatalf("a turn for %s began", next.Turn.Message.ID)
	}
	next.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 1)
	if err := m.Release(t.Context(), key, response); err != nil {
		t.Fatal(err)
	}
	stage.Next(t).End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 2)
}

// A process that dies after the release leaves the message to the next one.
func TestReleaseSurvivesTheProcess(t *testing.T) {
	store, stageA, stageB := sessionstest.Store(t), sessionstest.NewStage(), sessionstest.NewStage()
	other := store.Another()
	a := manager(t, store, stageA.Say)
	opened, va := open(t, a, "")
	key := sessions.Key{Tenant: alice.Tenant, Session: opened.Session.ID}
	submit(t, a, key.Session, "m1", "one")
	stageA.Next(t).End(held(), nil)
	response := data[responseData](t, va.wait(t, sessions.EventHeld, 1)).Response.ID
	if err := a.Release(t.Context(), key, response); err != nil {
		t.Fatal(err)
	}
	lost := stageA.Next(t)
	store.Down(true)
	b := manager(t, other, stageB.Say)
	_, vb := open(t, b, key.Session)
	act := stageB.Next(t)
	if act.Turn.Message.ID != "m1" || !act.Turn.Released {
		t.Errorf("taken over: %+v", act.Turn)
	}
	act.End(sessions.Outcome{}, nil)
	vb.wait(t, sessions.EventCompleted, 1)
	store.Down(false)
	lost.End(sessions.Outcome{}, nil)
	lost.Stopped(t)
}

func TestWhatCannotBeReleased(t *testing.T) {
	m, stage, v, key, response := holding(t)
	submit(t, m, key.Session, "m2", "two")
	act := stage.Next(t)
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 1)
	for name, c := range map[string]struct {
		key      sessions.Key
		response string
	}{
		"an answer that was not held": {key, act.Turn.ResponseID},
		"no response":                 {key, "none"},
		"another session":             {sessions.Key{Tenant: key.Tenant, Session: "none"}, response},
		"another tenant's":            {sessions.Key{Tenant: "t2", Session: key.Session}, response},
	} {
		if err := m.Release(t.Context(), c.key, c.response); !errors.Is(err, sessions.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
	stage.Idle(t)
}
