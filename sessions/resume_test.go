package sessions_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sessionstest"
)

// reopen subscribes with a position.
func reopen(t *testing.T, m *sessions.Manager, id, epoch string, offset int64) (sessions.Opened, *viewer) {
	t.Helper()
	v := newViewer()
	req := sessions.OpenRequest{Session: id, After: &sessions.Position{Epoch: epoch, Offset: offset}}
	opened, subscription, err := m.Open(t.Context(), alice, req, v)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(subscription.Close)
	return opened, v
}

func offsets(events []sessions.Event) []int64 {
	found := []int64{}
	for _, e := range events {
		if e.Offset > 0 {
			found = append(found, e.Offset)
		}
	}
	return found
}

func TestResume(t *testing.T) {
	m := manager(t, sessionstest.Store(t), sessionstest.Echo)
	opened, v := open(t, m, "")
	id, epoch := opened.Session.ID, opened.Epoch
	submit(t, m, id, "m1", "one") // 4 events: the last one names the session
	v.wait(t, sessions.EventSessionUpdated, 1)

	for name, c := range map[string]struct {
		epoch     string
		offset    int64
		recovered bool
		gap       []int64
	}{
		"saw nothing":       {epoch, 0, true, []int64{1, 2, 3, 4}},
		"missed the answer": {epoch, 2, true, []int64{3, 4}},
		"missed nothing":    {epoch, 4, true, []int64{}},
		"from the future":   {epoch, 5, false, []int64{}},
		"negative":          {epoch, -1, false, []int64{}},
		"another epoch":     {"restored", 2, false, []int64{}},
	} {
		opened, _ := reopen(t, m, id, c.epoch, c.offset)
		if opened.Recovered != c.recovered || (opened.Snapshot == nil) != c.recovered || opened.Offset != 4 {
			t.Errorf("%s: recovered %t, offset %d, snapshot %v", name, opened.Recovered, opened.Offset, opened.Snapshot)
		}
		if diff := cmp.Diff(c.gap, offsets(opened.Events)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}

	if err := m.SelectBranch(t.Context(), alice, id, "m1"); err != nil {
		t.Fatal(err)
	}
	if opened, _ := reopen(t, m, id, epoch, 4); opened.Recovered {
		t.Error("a gap in which another branch was selected needs a snapshot")
	}
}

func TestResumeAfterManyEventsGivesSnapshot(t *testing.T) {
	m := manager(t, sessionstest.Store(t), sessionstest.Echo)
	opened, v := open(t, m, "")
	id := opened.Session.ID
	submit(t, m, id, "m1", "one")
	response := data[responseData](t, v.wait(t, sessions.EventCompleted, 1)).Response.ID
	for i := range 497 {
		rating := []string{"up", "down"}[i%2]
		if err := m.Feedback(t.Context(), alice, id, sessions.Feedback{Response: response, Rating: rating}); err != nil {
			t.Fatal(err)
		}
	}
	if opened, _ := reopen(t, m, id, opened.Epoch, 1); !opened.Recovered || len(opened.Events) != 500 {
		t.Errorf("500 missed events: recovered %t with %d", opened.Recovered, len(opened.Events))
	}
	if opened, _ := reopen(t, m, id, opened.Epoch, 0); opened.Recovered || len(opened.Snapshot.Feedback) != 1 {
		t.Errorf("501 missed events: recovered %t", opened.Recovered)
	}
}

func TestRunningResponseIsCaughtUp(t *testing.T) {
	stage := sessionstest.NewStage()
	m := manager(t, sessionstest.Store(t), stage.Say)
	opened, _ := open(t, m, "")
	id := opened.Session.ID
	submit(t, m, id, "m1", "one")
	act := stage.Next(t)
	act.Emit(sessions.Output{Route: &sessions.Route{Workflow: "job_post", Model: "builtin"}})
	act.Emit(sessions.Output{Evidence: []sessions.Evidence{{ID: "p1", Kind: "job_post", Title: "A post"}}})
	act.Text("Hello ")
	act.Text("🐕 and")
	act.Emit(sessions.Output{Draft: &sessions.Draft{Kind: "job_post", Document: []byte(`{"title":"x"}`)}})
	act.Emit(sessions.Output{Question: &sessions.Question{Slot: "pay", Text: "How much?"}})

	kinds := func(events []sessions.Event) []string {
		var found []string
		for _, e := range events {
			found = append(found, fmt.Sprintf("%s %d", e.Type, e.Offset))
		}
		return found
	}
	shown := []string{"response.in_progress 0", "response.evidence 0", "draft.updated 0", "response.question 0", "response.output_text.delta 0"}
	text := "Hello 🐕 and"
	for name, c := range map[string]struct {
		offset int64
		first  []string
	}{
		"created in the gap":     {0, []string{"message.created 1", "response.created 2"}},
		"created before the gap": {2, []string{"response.created 0"}},
	} {
		opened, late := reopen(t, m, id, opened.Epoch, c.offset)
		if diff := cmp.Diff(append(c.first, shown...), kinds(opened.Events)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		last := opened.Events[len(opened.Events)-1].Delta
		if last == nil || last.At != 0 || last.Text != text {
			t.Errorf("%s: %+v", name, last)
		}
		act.Text(".")
		if d := late.wait(t, sessions.EventTextDelta, 1).Delta; d.At != len(utf16of(text)) {
			t.Errorf("%s: next piece at %d, want %d", name, d.At, len(utf16of(text)))
		}
		text += "."
	}
	if r := state(t, m, id).Responses[0]; r.Text != "" || r.Status != sessions.StatusRunning {
		t.Errorf("stored while it runs: %+v", r)
	}
	opened, _ = open(t, m, id)
	if opened.Recovered || len(opened.Snapshot.Responses) != 1 {
		t.Errorf("without a position: %+v", opened)
	}
	if diff := cmp.Diff(append([]string{"response.created 0"}, shown...), kinds(opened.Events)); diff != "" {
		t.Errorf("without a position: %s", diff)
	}
	act.End(sessions.Outcome{}, nil)
}

// Subscribers that come and go while a turn streams must see every piece of
// text exactly once.
func TestJoiningWhileTextStreams(t *testing.T) {
	stage := sessionstest.NewStage()
	m := manager(t, sessionstest.Store(t), stage.Say)
	opened, first := open(t, m, "")
	id := opened.Session.ID
	submit(t, m, id, "m1", "one")
	act := stage.Next(t)
	const pieces, joiners = 300, 20
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range pieces {
			act.Text(fmt.Sprintf("%03d ", i))
		}
		act.End(sessions.Outcome{}, nil)
	}()
	type joined struct {
		opened sessions.Opened
		v      *viewer
	}
	var all []joined
	for range joiners {
		o, v := reopen(t, m, id, opened.Epoch, 2)
		all = append(all, joined{o, v})
	}
	<-done
	want := data[responseData](t, first.wait(t, sessions.EventCompleted, 1)).Response.Text
	for i, j := range all {
		if last := offsets(j.opened.Events); len(last) > 0 && last[len(last)-1] == 3 {
			continue // it came after the end
		}
		j.v.wait(t, sessions.EventCompleted, 1)
		text := ""
		for _, e := range append(j.opened.Events, j.v.all()...) {
			if e.Delta == nil {
				continue
			}
			if e.Delta.At != len(text) {
				t.Fatalf("joiner %d: piece at %d after %d", i, e.Delta.At, len(text))
			}
			text += e.Delta.Text
		}
		if text != want {
			t.Errorf("joiner %d saw %d of %d bytes", i, len(text), len(want))
		}
	}
}
