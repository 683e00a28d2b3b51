package sessions_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sessionstest"
)

// texts are the responses that count, by message.
func texts(s *sessions.State) map[string]string {
	found := map[string]string{}
	for _, r := range s.Responses {
		if r.Status != sessions.StatusReplaced {
			found[r.Message] = string(r.Status) + ":" + r.Text
		}
	}
	return found
}

func TestMessagesAreAnsweredInOrder(t *testing.T) {
	stage := sessionstest.NewStage()
	m := manager(t, sessionstest.Store(t), stage.Say)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	submit(t, m, id, "m1", "one")
	first := stage.Next(t)
	for i := 2; i <= 5; i++ {
		submit(t, m, id, fmt.Sprintf("m%d", i), "more")
	}
	_, err := m.Submit(t.Context(), alice, id, sessions.Submission{Message: "m6", Text: "too many"})
	if !errors.Is(err, sessions.ErrBusy) {
		t.Errorf("sixth message: %v, want ErrBusy", err)
	}
	stage.Idle(t)
	first.Text("answer")
	first.End(sessions.Outcome{}, nil)
	for i := 2; i <= 5; i++ {
		act := stage.Next(t)
		var history []string
		for _, exchange := range act.Turn.History {
			history = append(history, exchange.Message.ID+"="+exchange.Response.Text)
		}
		want := strings.TrimSuffix(strings.Repeat("answer ", i-1), " ")
		if got := len(history); act.Turn.Message.ID != fmt.Sprintf("m%d", i) || got != i-1 {
			t.Errorf("turn %s with history %v, want %d times %s", act.Turn.Message.ID, history, i-1, want)
		}
		act.Text("answer")
		act.End(sessions.Outcome{}, nil)
	}
	v.wait(t, sessions.EventCompleted, 5)
	if leaf := state(t, m, id).Session.Leaf; leaf != "m5" {
		t.Errorf("leaf %s", leaf)
	}
}

func TestSameMessageTwice(t *testing.T) {
	stage := sessionstest.NewStage()
	m := manager(t, sessionstest.Store(t), stage.Say)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	first := submit(t, m, id, "m1", "hello")
	act := stage.Next(t)
	if again := submit(t, m, id, "m1", "hello"); again != first {
		t.Errorf("while it runs: %+v, want %+v", again, first)
	}
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 1)
	if again := submit(t, m, id, "m1", "hello"); again != first {
		t.Errorf("afterwards: %+v, want %+v", again, first)
	}
	if _, err := m.Submit(t.Context(), alice, id, sessions.Submission{Message: "m1", Text: "other"}); !errors.Is(err, sessions.ErrConflict) {
		t.Errorf("with another text: %v, want ErrConflict", err)
	}
	stage.Idle(t)
	if n := len(state(t, m, id).Messages); n != 1 {
		t.Errorf("%d messages stored", n)
	}
}

func TestWhatIsNoMessage(t *testing.T) {
	m := manager(t, sessionstest.Store(t), sessionstest.Echo)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	for name, c := range map[string]struct {
		sub  sessions.Submission
		want error
	}{
		"empty":          {sessions.Submission{Message: "a", Text: " \n"}, sessions.ErrInvalid},
		"too large":      {sessions.Submission{Message: "a", Text: strings.Repeat("x", sessions.MaxMessage+1)}, sessions.ErrTooLarge},
		"no id":          {sessions.Submission{Text: "x"}, sessions.ErrInvalid},
		"id with spaces": {sessions.Submission{Message: "a b", Text: "x"}, sessions.ErrInvalid},
		"id too long":    {sessions.Submission{Message: strings.Repeat("a", 65), Text: "x"}, sessions.ErrInvalid},
		"unknown parent": {sessions.Submission{Message: "a", Text: "x", Parent: "none"}, sessions.ErrInvalid},
	} {
		if _, err := m.Submit(t.Context(), alice, id, c.sub); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if n := len(state(t, m, id).Messages); n != 0 {
		t.Errorf("%d messages stored", n)
	}
	submit(t, m, id, "big", strings.Repeat("x", sessions.MaxMessage))
	submit(t, m, id, "odd", "nul \x00, שלום, 👩‍👧‍👦, \u2028")
	v.wait(t, sessions.EventCompleted, 2)
	if got := state(t, m, id).Messages[1].Text; got != "nul \ufffd, שלום, 👩‍👧‍👦, \u2028" {
		t.Errorf("stored %q", got)
	}
}

func TestOthersSeeNothing(t *testing.T) {
	m := manager(t, sessionstest.Store(t), sessionstest.Echo)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	submit(t, m, id, "m1", "mine")
	done := data[responseData](t, v.wait(t, sessions.EventCompleted, 1)).Response
	for name, who := range map[string]sessions.Principal{
		"another person": {Tenant: "t1", Subject: "mallory"},
		"another tenant": {Tenant: "t2", Subject: "alice"},
		"nobody":         {Tenant: "t1"},
	} {
		ctx := t.Context()
		calls := map[string]func() error{
			"open": func() error {
				_, _, err := m.Open(ctx, who, sessions.OpenRequest{Session: id}, newViewer())
				return err
			},
			"submit": func() error {
				_, err := m.Submit(ctx, who, id, sessions.Submission{Message: "x", Text: "x"})
				return err
			},
			"edit":       func() error { _, err := m.Edit(ctx, who, id, "m1", "x", "x"); return err },
			"cancel":     func() error { return m.Cancel(ctx, who, id, done.ID) },
			"regenerate": func() error { return m.Regenerate(ctx, who, id, "m1") },
			"select":     func() error { return m.SelectBranch(ctx, who, id, "m1") },
			"update": func() error {
				_, err := m.UpdateDraft(ctx, who, id, sessions.DraftUpdate{Draft: "d", Patch: []byte("{}")})
				return err
			},
			"accept":   func() error { _, err := m.AcceptSuggestion(ctx, who, id, "d", 1, "s"); return err },
			"publish":  func() error { _, err := m.Publish(ctx, who, id, "d", 1); return err },
			"feedback": func() error { return m.Feedback(ctx, who, id, sessions.Feedback{Response: done.ID, Rating: "up"}) },
			"session":  func() error { _, err := m.Session(ctx, who, id); return err },
			"state":    func() error { _, err := m.State(ctx, who, id); return err },
			"rename":   func() error { _, err := m.Rename(ctx, who, id, "x"); return err },
			"draft":    func() error { _, err := m.Draft(ctx, who, id+"-1"); return err },
			"delete":   func() error { return m.Delete(ctx, who, id) },
		}
		for call, do := range calls {
			if err := do(); !errors.Is(err, sessions.ErrNotFound) {
				t.Errorf("%s by %s: %v, want ErrNotFound", call, name, err)
			}
		}
		if list, err := m.Sessions(ctx, who, time.Time{}, 10); err != nil || len(list) != 0 {
			t.Errorf("list of %s: %v %v", name, list, err)
		}
	}
}

func TestCancelKeepsWhatWasSaid(t *testing.T) {
	stage := sessionstest.NewStage()
	m := manager(t, sessionstest.Store(t), stage.Say)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	submit(t, m, id, "m1", "one")
	submit(t, m, id, "m2", "two")
	act := stage.Next(t)
	act.Text("half an ans")
	if err := m.Cancel(t.Context(), alice, id, act.Turn.ResponseID); err != nil {
		t.Fatal(err)
	}
	act.Stopped(t)
	if err := m.Cancel(t.Context(), alice, id, act.Turn.ResponseID); err != nil {
		t.Errorf("cancelled again: %v", err)
	}
	if err := m.Cancel(t.Context(), alice, id, "none"); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("unknown response: %v", err)
	}
	stage.Next(t).End(sessions.Outcome{}, nil) // m2 goes on
	v.wait(t, sessions.EventCompleted, 1)
	want := map[string]string{"m1": "cancelled:half an ans", "m2": "completed:"}
	if diff := cmp.Diff(want, texts(state(t, m, id))); diff != "" {
		t.Error(diff)
	}
}

func TestEditReplacesWhatRuns(t *testing.T) {
	stage := sessionstest.NewStage()
	m := manager(t, sessionstest.Store(t), stage.Say)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	submit(t, m, id, "m1", "one")
	old := stage.Next(t)
	old.Text("to be dropped")
	submit(t, m, id, "m2", "waits")
	receipt, err := m.Edit(t.Context(), alice, id, "m1", "m1b", "one, better")
	if err != nil {
		t.Fatal(err)
	}
	old.Stopped(t)
	if err := old.Text("late"); err == nil {
		t.Error("a replaced turn may still emit")
	}
	replaced := data[responseData](t, v.wait(t, sessions.EventReplaced, 1))
	act := stage.Next(t)
	if act.Turn.Message.ID != "m1b" || act.Turn.Message.Parent != "" || len(act.Turn.History) != 0 || replaced.By != act.Turn.ResponseID {
		t.Errorf("turn %+v, replaced %+v", act.Turn, replaced)
	}
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 1)
	stage.Idle(t)
	stored := state(t, m, id)
	want := map[string]string{"m2": "cancelled:", "m1b": "completed:"}
	if diff := cmp.Diff(want, texts(stored)); diff != "" || stored.Session.Leaf != "m1b" {
		t.Errorf("leaf %s, %s", stored.Session.Leaf, diff)
	}
	if again, err := m.Edit(t.Context(), alice, id, "m1", "m1b", "one, better"); err != nil || again != receipt {
		t.Errorf("edited again: %+v %v, want %+v", again, err, receipt)
	}
	if _, err := m.Edit(t.Context(), alice, id, "none", "m9", "x"); !errors.Is(err, sessions.ErrInvalid) {
		t.Errorf("unknown source: %v", err)
	}
}

func TestRegenerateKeepsEarlierAnswerAndWaitingMessages(t *testing.T) {
	stage := sessionstest.NewStage()
	m := manager(t, sessionstest.Store(t), stage.Say)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	answer := func(text string) {
		act := stage.Next(t)
		act.Text(text)
		act.End(sessions.Outcome{}, nil)
	}
	submit(t, m, id, "m1", "one")
	answer("first")
	v.wait(t, sessions.EventCompleted, 1)
	if err := m.Regenerate(t.Context(), alice, id, "m1"); err != nil {
		t.Fatal(err)
	}
	running := stage.Next(t)
	submit(t, m, id, "m2", "two")
	if err := m.Regenerate(t.Context(), alice, id, "m1"); err != nil {
		t.Fatal(err)
	}
	running.Stopped(t)
	answer("third")
	act := stage.Next(t)
	if h := act.Turn.History; len(h) != 1 || h[0].Response.Text != "third" {
		t.Errorf("history %+v", h)
	}
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 3)
	var statuses []string
	for _, r := range state(t, m, id).Responses {
		statuses = append(statuses, r.Message+" "+string(r.Status)+" "+r.Text)
	}
	want := []string{"m1 completed first", "m1 replaced ", "m1 completed third", "m2 completed "}
	if diff := cmp.Diff(want, statuses); diff != "" {
		t.Error(diff)
	}
	if err := m.Regenerate(t.Context(), alice, id, "none"); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("unknown message: %v", err)
	}
}

func TestBranches(t *testing.T) {
	m := manager(t, sessionstest.Store(t), sessionstest.Echo)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	submit(t, m, id, "m1", "one")
	submit(t, m, id, "m2", "two")
	v.wait(t, sessions.EventCompleted, 2)
	if _, err := m.Edit(t.Context(), alice, id, "m1", "m1b", "uno"); err != nil {
		t.Fatal(err)
	}
	v.wait(t, sessions.EventCompleted, 3)
	if err := m.SelectBranch(t.Context(), alice, id, "m1"); err != nil {
		t.Fatal(err)
	}
	type update struct {
		Session  sessions.Session   `json:"session"`
		Snapshot *sessions.Snapshot `json:"snapshot"`
	}
	last := data[update](t, v.wait(t, sessions.EventSessionUpdated, 2)) // the first one names the session
	if last.Session.Leaf != "m2" || last.Snapshot == nil || len(last.Snapshot.Messages) != 3 {
		t.Errorf("session.updated %+v", last)
	}
	submit(t, m, id, "m3", "three") // follows the selected branch
	done := data[responseData](t, v.wait(t, sessions.EventCompleted, 4)).Response
	stored := state(t, m, id)
	if got := stored.Messages[3]; got.Parent != "m2" || done.Message != "m3" {
		t.Errorf("message %+v", got)
	}
	if err := m.SelectBranch(t.Context(), alice, id, "none"); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("unknown message: %v", err)
	}
}

func TestResponderThatFails(t *testing.T) {
	own := &sessions.Problem{Code: "unavailable", Message: "The model is away.", Temporary: true}
	for name, c := range map[string]struct {
		end    func(*sessionstest.Act)
		status sessions.Status
		code   string
	}{
		"error":       {func(a *sessionstest.Act) { a.End(sessions.Outcome{}, errors.New("secret detail")) }, sessions.StatusFailed, "internal"},
		"own problem": {func(a *sessionstest.Act) { a.End(sessions.Outcome{}, fmt.Errorf("model: %w", own)) }, sessions.StatusFailed, "unavailable"},
		"panic":       {func(a *sessionstest.Act) { a.Panic("secret detail") }, sessions.StatusFailed, "internal"},
		"timeout":     {func(a *sessionstest.Act) { a.End(sessions.Outcome{}, context.DeadlineExceeded) }, sessions.StatusFailed, "unavailable"},
		"broken off":  {func(a *sessionstest.Act) { a.End(sessions.Outcome{Incomplete: own}, nil) }, sessions.StatusIncomplete, "unavailable"},
		"no number":   {func(a *sessionstest.Act) { a.End(sessions.Outcome{Stages: map[string]float64{"x": nan()}}, nil) }, sessions.StatusFailed, "internal"},
	} {
		t.Run(name, func(t *testing.T) {
			stage := sessionstest.NewStage()
			m := manager(t, sessionstest.Store(t), stage.Say)
			opened, v := open(t, m, "")
			id := opened.Session.ID
			submit(t, m, id, "m1", "one")
			act := stage.Next(t)
			act.Text("so far")
			c.end(act)
			v.wait(t, "response."+string(c.status), 1)
			r := state(t, m, id).Responses[0]
			if r.Status != c.status || r.Text != "so far" || r.Problem == nil || r.Problem.Code != c.code || strings.Contains(r.Problem.Message, "secret") {
				t.Errorf("stored %+v, problem %+v", r, r.Problem)
			}
			submit(t, m, id, "m2", "two") // the session goes on
			stage.Next(t).End(sessions.Outcome{}, nil)
			v.wait(t, sessions.EventCompleted, 1)
		})
	}
}

func nan() float64 {
	var zero float64
	return zero / zero
}

func TestTextInOddPieces(t *testing.T) {
	stage := sessionstest.NewStage()
	m := manager(t, sessionstest.Store(t), stage.Say)
	opened, v := open(t, m, "")
	submit(t, m, opened.Session.ID, "m1", "one")
	act := stage.Next(t)
	dog := "🐕"
	for _, piece := range []string{"a", dog[:1], dog[1:3], dog[3:] + "b", "\xff", "c\x00", dog} {
		if err := act.Text(piece); err != nil {
			t.Fatal(err)
		}
	}
	act.End(sessions.Outcome{}, nil)
	done := data[responseData](t, v.wait(t, sessions.EventCompleted, 1)).Response
	want := "a🐕b\ufffdc\ufffd🐕"
	if done.Text != want {
		t.Errorf("text %q, want %q", done.Text, want)
	}
	shown, at := "", 0
	for _, e := range v.all() {
		if e.Delta == nil {
			continue
		}
		if e.Delta.At != at {
			t.Errorf("piece %q at %d, want %d", e.Delta.Text, e.Delta.At, at)
		}
		shown += e.Delta.Text
		at += len(utf16of(e.Delta.Text))
	}
	if shown != want {
		t.Errorf("shown %q, want %q", shown, want)
	}
}

func TestSubmitterWhoLeavesDoesNotStopTheTurn(t *testing.T) {
	stage := sessionstest.NewStage()
	m := manager(t, sessionstest.Store(t), stage.Say)
	created, err := m.Create(t.Context(), alice, "en-GB", "Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := m.Submit(ctx, alice, created.ID, sessions.Submission{Message: "m1", Text: "hi"}); err != nil {
		t.Fatal(err)
	}
	cancel()
	act := stage.Next(t)
	if err := act.Text("still here"); err != nil {
		t.Fatal(err)
	}
	_, v := open(t, m, created.ID)
	act.End(sessions.Outcome{}, nil)
	if done := data[responseData](t, v.wait(t, sessions.EventCompleted, 1)).Response; done.Text != "still here" {
		t.Errorf("text %q", done.Text)
	}
}
