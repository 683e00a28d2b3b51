package sessions_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sessionstest"
)

type draftData struct {
	Draft sessions.Draft `json:"draft"`
}

func draft(id, document string) sessions.Output {
	return sessions.Output{Draft: &sessions.Draft{ID: id, Kind: "job_post", Document: json.RawMessage(document),
		Suggestions: []sessions.Suggestion{{ID: "s1", Text: "hosting", Patch: json.RawMessage(`{"hosting":true}`)}}}}
}

func patch(t *testing.T, m *sessions.Manager, session, id string, version int, p string) (sessions.DraftVersion, error) {
	t.Helper()
	return m.UpdateDraft(t.Context(), alice, session, sessions.DraftUpdate{Draft: id, Version: version, Patch: json.RawMessage(p)})
}

// history tells each stored version as "version author document".
func versions(s *sessions.State) []string {
	found := []string{}
	for _, d := range s.Drafts {
		found = append(found, fmt.Sprintf("%d %s %s", d.Version, d.Author, d.Document))
	}
	return found
}

// drafted starts a session whose first turn has stored version 1 of a draft.
func drafted(t *testing.T, document string) (m *sessions.Manager, stage *sessionstest.Stage, v *viewer, session, id string) {
	t.Helper()
	stage = sessionstest.NewStage()
	m = manager(t, sessionstest.Store(t), stage.Say)
	opened, v := open(t, m, "")
	session = opened.Session.ID
	submit(t, m, session, "m1", "one")
	act := stage.Next(t)
	act.Emit(draft("", `{"early":1}`))
	act.Emit(draft("", document))
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 1)
	id = data[draftData](t, v.wait(t, sessions.EventDraftUpdated, 3)).Draft.ID
	return m, stage, v, session, id
}

func TestDraftIsStoredOnceATurn(t *testing.T) {
	m, stage, v, session, id := drafted(t, `{"a":1}`)
	if diff := cmp.Diff([]string{`1 assistant {"a":1}`}, versions(state(t, m, session))); diff != "" {
		t.Error(diff)
	}
	submit(t, m, session, "m2", "two")
	act := stage.Next(t)
	if d := act.Turn.Drafts; len(d) != 1 || d[0].ID != id || d[0].Version != 1 {
		t.Errorf("drafts of the turn %+v", d)
	}
	act.Emit(draft(id, `{"a":2}`))
	if err := act.Emit(draft(id, `{"a":`)); !errors.Is(err, sessions.ErrInvalid) {
		t.Errorf("broken document: %v", err)
	}
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 2)
	current, err := m.Draft(t.Context(), alice, id)
	if err != nil || current.Version != 2 || current.Message != "m2" {
		t.Errorf("current %+v, %v", current, err)
	}
	if _, err := m.Draft(t.Context(), alice, session+"-none"); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("unknown draft: %v", err)
	}
}

func TestPersonChangesDraft(t *testing.T) {
	m, _, v, session, id := drafted(t, `{"a":1}`)
	if got, err := patch(t, m, session, id, 1, `{"b":"nul \u0000 \\u0000"}`); err != nil || got != (sessions.DraftVersion{Draft: id, Version: 2}) {
		t.Fatalf("%+v %v", got, err)
	}
	last := data[draftData](t, v.wait(t, sessions.EventDraftUpdated, 4)).Draft
	if last.Author != sessions.AuthorPerson || last.Version != 2 || len(last.Changed) != 1 {
		t.Errorf("told %+v", last)
	}
	_, err := patch(t, m, session, id, 1, `{"b":3}`)
	var stale *sessions.StaleError
	if !errors.As(err, &stale) || stale.Current.Version != 2 {
		t.Errorf("stale version: %v", err)
	}
	for name, c := range map[string]struct {
		id, patch string
		want      error
	}{
		"no JSON":      {id, `{"b"`, sessions.ErrInvalid},
		"does not fit": {id, `[]`, sessions.ErrInvalid},
		"unknown":      {session + "-none", `{}`, sessions.ErrNotFound},
	} {
		if _, err := patch(t, m, session, c.id, 2, c.patch); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if got, err := m.AcceptSuggestion(t.Context(), alice, session, id, 2, "s1"); err != nil || got.Version != 3 {
		t.Errorf("accepted %+v %v", got, err)
	}
	if _, err := m.AcceptSuggestion(t.Context(), alice, session, id, 3, "s9"); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("unknown suggestion: %v", err)
	}
	want := []string{
		`1 assistant {"a":1}`,
		`2 person {"a":1,"b":"nul \ufffd \\u0000"}`,
		`3 person {"a":1,"b":"nul \ufffd \\u0000","hosting":true}`,
	}
	if diff := cmp.Diff(want, versions(state(t, m, session))); diff != "" {
		t.Error(diff)
	}
}

func TestPersonsChangeWinsOverRunningTurn(t *testing.T) {
	for name, c := range map[string]struct {
		play func(t *testing.T, act *sessionstest.Act, change func(version int, patch string), id string)
		want []string
	}{
		"before the turn shows anything": {
			func(t *testing.T, act *sessionstest.Act, change func(int, string), id string) {
				change(1, `{"title":"mine"}`)
				act.Emit(draft(id, `{"title":"inferred","a":2}`))
			},
			[]string{`2 person {"a":1,"title":"mine"}`, `3 assistant {"title":"mine","a":2}`},
		},
		"made on the stored version after the turn has shown another": {
			func(t *testing.T, act *sessionstest.Act, change func(int, string), id string) {
				act.Emit(draft(id, `{"title":"inferred","a":2}`))
				change(1, `{"title":"mine"}`)
			},
			[]string{`2 person {"a":1,"title":"mine"}`, `3 assistant {"title":"mine","a":2}`},
		},
		"made on the version that the turn shows": {
			func(t *testing.T, act *sessionstest.Act, change func(int, string), id string) {
				act.Emit(draft(id, `{"title":"inferred","a":2}`))
				change(2, `{"title":"mine"}`)
			},
			[]string{`2 person {"title":"mine","a":2}`},
		},
		"and over what the turn shows after that": {
			func(t *testing.T, act *sessionstest.Act, change func(int, string), id string) {
				act.Emit(draft(id, `{"title":"inferred","a":2}`))
				change(2, `{"title":"mine"}`)
				change(2, `{"place":"here"}`)
				act.Emit(draft(id, `{"title":"again","place":"there","a":3}`))
			},
			[]string{`2 person {"title":"mine","a":2}`, `3 person {"place":"here","title":"mine","a":2}`, `4 assistant {"title":"mine","place":"here","a":3}`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			m, stage, v, session, id := drafted(t, `{"a":1}`)
			submit(t, m, session, "m2", "two")
			act := stage.Next(t)
			c.play(t, act, func(version int, p string) {
				t.Helper()
				if _, err := patch(t, m, session, id, version, p); err != nil {
					t.Fatalf("change of version %d: %v", version, err)
				}
			}, id)
			act.End(sessions.Outcome{}, nil)
			v.wait(t, sessions.EventCompleted, 2)
			got := versions(state(t, m, session))[1:]
			if len(got) != len(c.want) {
				t.Fatalf("stored %v, want %v", got, c.want)
			}
			for i := range got {
				if !sameVersion(got[i], c.want[i]) {
					t.Errorf("stored %s, want %s", got[i], c.want[i])
				}
			}
		})
	}
}

// sameVersion compares what versions tells, whatever the order of fields.
func sameVersion(a, b string) bool {
	var va, vb int
	var wa, wb, da, db string
	fmt.Sscanf(a, "%d %s %s", &va, &wa, &da)
	fmt.Sscanf(b, "%d %s %s", &vb, &wb, &db)
	var ja, jb any
	return json.Unmarshal([]byte(da), &ja) == nil && json.Unmarshal([]byte(db), &jb) == nil && va == vb && wa == wb && cmp.Equal(ja, jb)
}

func TestDraftsOfBranches(t *testing.T) {
	m, stage, v, session, id := drafted(t, `{"a":1}`)
	turn := func(act *sessionstest.Act, document string) {
		act.Emit(draft(id, document))
		act.End(sessions.Outcome{}, nil)
	}
	submit(t, m, session, "m2", "two")
	turn(stage.Next(t), `{"a":2}`)
	v.wait(t, sessions.EventCompleted, 2)

	if err := m.Regenerate(t.Context(), alice, session, "m2"); err != nil {
		t.Fatal(err)
	}
	act := stage.Next(t)
	if d := act.Turn.Drafts; len(d) != 1 || d[0].Version != 1 {
		t.Errorf("a response made anew starts from version 1, not %+v", d)
	}
	turn(act, `{"a":3}`)
	v.wait(t, sessions.EventCompleted, 3)

	if _, err := m.Edit(t.Context(), alice, session, "m2", "m2b", "two, better"); err != nil {
		t.Fatal(err)
	}
	act = stage.Next(t)
	if d := act.Turn.Drafts; len(d) != 1 || d[0].Version != 1 {
		t.Errorf("another branch starts from version 1, not %+v", d)
	}
	turn(act, `{"a":4}`)
	v.wait(t, sessions.EventCompleted, 4)
	if d, err := m.Draft(t.Context(), alice, id); err != nil || d.Version != 4 {
		t.Errorf("current %+v, %v", d, err)
	}
	if err := m.SelectBranch(t.Context(), alice, session, "m2"); err != nil {
		t.Fatal(err)
	}
	_, snapshot, err := m.Snapshot(t.Context(), alice, session)
	if err != nil || len(snapshot.Drafts) != 1 || snapshot.Drafts[0].Version != 3 {
		t.Errorf("on the first branch %+v, %v", snapshot, err)
	}
	if got, err := patch(t, m, session, id, 3, `{"b":1}`); err != nil || got.Version != 5 {
		t.Errorf("version %+v %v: numbers go on over all branches", got, err)
	}
	if err := m.Regenerate(t.Context(), alice, session, "m2"); err != nil {
		t.Fatal(err)
	}
	if d := stage.Next(t).Turn.Drafts; len(d) != 1 || d[0].Version != 5 {
		t.Errorf("a person's work is not lost by a response made anew: %+v", d)
	}
}

func TestFirstDraftMadeAnewKeepsItsID(t *testing.T) {
	m, stage, v, session, id := drafted(t, `{"a":1}`)
	if err := m.Regenerate(t.Context(), alice, session, "m1"); err != nil {
		t.Fatal(err)
	}
	act := stage.Next(t)
	if len(act.Turn.Drafts) != 0 {
		t.Errorf("drafts %+v", act.Turn.Drafts)
	}
	act.Emit(draft("", `{"a":2}`))
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 2)
	if d, err := m.Draft(t.Context(), alice, id); err != nil || d.Version != 2 {
		t.Errorf("current %+v, %v", d, err)
	}
}

func TestStoppedTurnLeavesDraftAsItWas(t *testing.T) {
	m, stage, v, session, id := drafted(t, `{"a":1}`)
	submit(t, m, session, "m2", "two")
	act := stage.Next(t)
	act.Emit(draft(id, `{"a":2}`))
	if err := m.Cancel(t.Context(), alice, session, act.Turn.ResponseID); err != nil {
		t.Fatal(err)
	}
	v.wait(t, sessions.EventCancelled, 1)
	if diff := cmp.Diff([]string{`1 assistant {"a":1}`}, versions(state(t, m, session))); diff != "" {
		t.Error(diff)
	}
}

func TestPublish(t *testing.T) {
	m, _, v, session, id := drafted(t, `{"a":1}`)
	for range 2 { // the second time the reply was lost
		if got, err := m.Publish(t.Context(), alice, session, id, 1); err != nil || got.Version != 2 {
			t.Fatalf("%+v %v", got, err)
		}
	}
	told := data[sessions.DraftVersion](t, v.wait(t, sessions.EventDraftPublished, 1))
	if told != (sessions.DraftVersion{Draft: id, Version: 2}) {
		t.Errorf("told %+v", told)
	}
	if n := len(state(t, m, session).Drafts); n != 2 {
		t.Errorf("%d versions", n)
	}
	if _, err := patch(t, m, session, id, 2, `{"b":1}`); err != nil {
		t.Fatal(err)
	}
	if d, err := m.Draft(t.Context(), alice, id); err != nil || d.Published != nil {
		t.Errorf("a change is not published: %+v %v", d, err)
	}
	if _, err := m.Publish(t.Context(), alice, session, id, 2); !errors.Is(err, sessions.ErrStale) {
		t.Errorf("old version: %v", err)
	}
	if _, err := m.Publish(t.Context(), alice, session, session+"-none", 1); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("unknown: %v", err)
	}
}

// TestAnEarlierAnswerAnewUndoesNothing checks that what a later message has
// written stays current when an earlier one is answered again.
func TestAnEarlierAnswerAnewUndoesNothing(t *testing.T) {
	m, stage, v, session, id := drafted(t, `{"one":1}`)
	submit(t, m, session, "m2", "two")
	act := stage.Next(t)
	act.Emit(draft(id, `{"one":1,"two":2}`))
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 2)
	if err := m.Regenerate(t.Context(), alice, session, "m1"); err != nil {
		t.Fatal(err)
	}
	act = stage.Next(t)
	act.Emit(draft(id, `{"one":"anew"}`))
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 3)
	current, err := m.Draft(t.Context(), alice, id)
	if err != nil || current.Message != "m2" || string(current.Document) != `{"one":1,"two":2}` {
		t.Errorf("current %+v, %v", current, err)
	}
}
