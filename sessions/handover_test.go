package sessions_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sessionstest"
)

// published starts a session whose draft was published as version 2.
func published(t *testing.T) (m *sessions.Manager, v *viewer, stage *sessionstest.Stage, session, id string) {
	t.Helper()
	m, stage, v, session, id = drafted(t, `{"a":1}`)
	if _, err := m.Publish(t.Context(), alice, session, id, 1); err != nil {
		t.Fatal(err)
	}
	v.wait(t, sessions.EventDraftPublished, 1)
	return m, v, stage, session, id
}

func TestSiteSaysWhereAPostStands(t *testing.T) {
	m, v, _, session, id := published(t)
	found, err := m.Handover(t.Context(), alice.Tenant, id)
	if err != nil || found.Draft.Version != 2 || found.Draft.URL != "" || found.Session.Owner != alice.Subject || string(found.Draft.Document) != `{"a":1}` {
		t.Fatalf("%+v, %v", found, err)
	}
	at := sessions.Address{Draft: id, Version: 2, URL: "https://shop.example/1"}
	for range 2 {
		if err := m.Answered(t.Context(), alice.Tenant, at); err != nil {
			t.Fatal(err)
		}
	}
	if told := data[sessions.Address](t, v.wait(t, sessions.EventDraftPublished, 2)); told != at {
		t.Errorf("told %+v", told)
	}
	at.URL = "https://shop.example/moved"
	if err := m.Answered(t.Context(), alice.Tenant, at); err != nil {
		t.Fatal(err)
	}
	if told := data[sessions.Address](t, v.wait(t, sessions.EventDraftPublished, 3)); told != at {
		t.Errorf("told %+v, though the first address again tells nothing", told)
	}
	if d, err := m.Draft(t.Context(), alice, id); err != nil || d.URL != at.URL {
		t.Errorf("the draft: %+v, %v", d, err)
	}
	// Whoever comes later sees it too; a changed draft is not published, and has no address.
	opened, _ := open(t, m, session)
	if d := opened.Snapshot.Drafts[0]; d.URL != at.URL || d.Published == nil {
		t.Errorf("in a snapshot: %+v", d)
	}
	if _, err := patch(t, m, session, id, 2, `{"b":1}`); err != nil {
		t.Fatal(err)
	}
	if d, err := m.Draft(t.Context(), alice, id); err != nil || d.URL != "" || d.Published != nil {
		t.Errorf("after a change: %+v, %v", d, err)
	}
	if _, err := m.Publish(t.Context(), alice, session, id, 3); err != nil {
		t.Fatal(err)
	}
	if again, err := m.Handover(t.Context(), alice.Tenant, id); err != nil || again.Draft.Version != 4 || again.Draft.URL != "" {
		t.Errorf("published again: %+v, %v", again.Draft, err)
	}
	list, err := m.Handovers(t.Context(), alice.Tenant, sessions.HandoverQuery{}, 10)
	if err != nil || len(list) != 2 || list[0].Draft.URL != at.URL {
		t.Errorf("all: %+v, %v", list, err)
	}
}

// The site's answer may reach another process than the one that people look through.
func TestAddressReachesOtherProcesses(t *testing.T) {
	store, stage := sessionstest.Store(t), sessionstest.NewStage()
	here, there := manager(t, store, stage.Say), manager(t, store.Another(), stage.Say)
	opened, v := open(t, here, "")
	session := opened.Session.ID
	submit(t, here, session, "m1", "one")
	act := stage.Next(t)
	act.Emit(draft("", `{"a":1}`))
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 1)
	id := data[draftData](t, v.wait(t, sessions.EventDraftUpdated, 2)).Draft.ID
	if _, err := here.Publish(t.Context(), alice, session, id, 1); err != nil {
		t.Fatal(err)
	}
	_, late := open(t, there, session) // a tab that comes later, through the other one
	for i, by := range []*sessions.Manager{there, here} {
		a := sessions.Address{Draft: id, Version: 2, URL: fmt.Sprint("https://shop.example/", i)}
		if err := by.Answered(t.Context(), alice.Tenant, a); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if told := data[sessions.Address](t, v.wait(t, sessions.EventDraftPublished, 2)); told != a {
				t.Errorf("told %+v", told)
			}
			late.wait(t, sessions.EventDraftPublished, 1)
		}
	}
}

func TestAddressWhileATurnRuns(t *testing.T) {
	m, v, stage, session, id := published(t)
	submit(t, m, session, "m2", "two")
	act := stage.Next(t)
	if err := m.Answered(t.Context(), alice.Tenant, sessions.Address{Draft: id, Version: 2, URL: "https://shop.example/1"}); err != nil {
		t.Fatal(err)
	}
	v.wait(t, sessions.EventDraftPublished, 2)
	act.End(sessions.Outcome{}, nil)
	v.wait(t, sessions.EventCompleted, 2)
	if d, err := m.Draft(t.Context(), alice, id); err != nil || d.URL == "" {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestWhatWasNotPublishedHasNoAddress(t *testing.T) {
	m, _, _, session, id := published(t)
	ctx := t.Context()
	for name, a := range map[string]struct {
		tenant string
		at     sessions.Address
	}{
		"another version": {alice.Tenant, sessions.Address{Draft: id, Version: 1, URL: "https://shop.example/1"}},
		"no version":      {alice.Tenant, sessions.Address{Draft: id, Version: 9, URL: "https://shop.example/1"}},
		"another draft":   {alice.Tenant, sessions.Address{Draft: session + "-none", Version: 2, URL: "https://shop.example/1"}},
		"no draft":        {alice.Tenant, sessions.Address{Draft: "none", Version: 2, URL: "https://shop.example/1"}},
		"another site":    {"other", sessions.Address{Draft: id, Version: 2, URL: "https://shop.example/1"}},
	} {
		if err := m.Answered(ctx, a.tenant, a.at); !errors.Is(err, sessions.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := m.Handover(ctx, "other", id); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("another site reads it: %v", err)
	}
	if err := m.Delete(ctx, alice, session); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Handover(ctx, alice.Tenant, id); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("of a deleted session: %v", err)
	}
	if err := m.Answered(ctx, alice.Tenant, sessions.Address{Draft: id, Version: 2, URL: "https://shop.example/1"}); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("an address for a deleted session: %v", err)
	}
}

// A client that was away gets the address with the gap.
func TestAddressIsPartOfTheGap(t *testing.T) {
	m, _, _, session, id := published(t)
	opened, _ := open(t, m, session)
	if err := m.Answered(t.Context(), alice.Tenant, sessions.Address{Draft: id, Version: 2, URL: "https://shop.example/1"}); err != nil {
		t.Fatal(err)
	}
	again, _ := reopen(t, m, session, opened.Epoch, opened.Offset)
	if !again.Recovered || len(again.Events) != 1 {
		t.Fatalf("recovered %t, %d events", again.Recovered, len(again.Events))
	}
	e := again.Events[0]
	var told sessions.Address
	if err := json.Unmarshal(e.Data, &told); err != nil || e.Type != sessions.EventDraftPublished || told.URL == "" || e.Offset != opened.Offset+1 {
		t.Errorf("%+v, %v", e, err)
	}
}
