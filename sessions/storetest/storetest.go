// Package storetest is the promise that every [sessions.Store] keeps: a suite
// that each implementation runs.
package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/parleyhq/parley/sessions"
)

const tenant = "t1"

var ttl = 10 * time.Second

// Run runs the suite on stores that open makes, each on an empty database.
func Run(t *testing.T, open func(t *testing.T) sessions.Store) {
	for name, test := range map[string]func(*testing.T, sessions.Store){
		"create, get, list, delete": testSessions,
		"commit and read back":      testCommit,
		"a failed batch":            testAtomic,
		"leases":                    testLeases,
		"concurrent holders":        testConcurrent,
		"abandoned":                 testAbandoned,
		"events":                    testEvents,
		"hard texts":                testTexts,
		"versions of drafts":        testDraftVersions,
		"handovers":                 testHandovers,
		"published at once":         testPublishedAtOnce,
		"files":                     testFiles,
		"too many files":            testFileLimit,
		"a cancelled context":       testCancelled,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// now has the precision that stores keep: microseconds, UTC.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

func newSession(t *testing.T, store sessions.Store, id string) sessions.Session {
	t.Helper()
	s := sessions.Session{Tenant: tenant, ID: id, Owner: "ann", Role: sessions.RoleClient, Locale: "en-GB", TimeZone: "Europe/Lisbon", Created: now(), Updated: now()}
	if err := store.Create(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return s
}

func key(s sessions.Session) sessions.Key { return sessions.Key{Tenant: s.Tenant, Session: s.ID} }

func begin(t *testing.T, store sessions.Store, k sessions.Key) (*sessions.State, sessions.Lease) {
	t.Helper()
	state, lease, err := store.Begin(t.Context(), k, "holder", ttl)
	if err != nil {
		t.Fatal(err)
	}
	return state, lease
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s: -want +got\n%s", what, diff)
	}
}

func isError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func testSessions(t *testing.T, store sessions.Store) {
	ctx := t.Context()
	a := newSession(t, store, "a")
	b := newSession(t, store, "b")
	other := sessions.Session{Tenant: "t2", ID: "a", Owner: "ann", Role: sessions.RoleFreelancer, Profile: "p7", Created: now(), Updated: now()}
	if err := store.Create(ctx, other); err != nil {
		t.Fatalf("the same id at another tenant: %v", err)
	}
	isError(t, "the same id again", store.Create(ctx, a), sessions.ErrConflict)

	got, err := store.Get(ctx, key(a))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "session", got, a)
	_, err = store.Get(ctx, sessions.Key{Tenant: "t2", Session: "b"})
	isError(t, "get at another tenant", err, sessions.ErrNotFound)

	list, err := store.List(ctx, tenant, "ann", time.Time{}, 10)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "list", list, []sessions.Session{b, a})
	list, err = store.List(ctx, tenant, "ann", b.Updated, 10)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "next page", list, []sessions.Session{a})
	list, err = store.List(ctx, tenant, "ben", time.Time{}, 10)
	if err != nil || len(list) != 0 {
		t.Errorf("another owner sees %v, %v", list, err)
	}

	if err := store.Delete(ctx, key(a)); err != nil {
		t.Fatal(err)
	}
	isError(t, "delete again", store.Delete(ctx, key(a)), sessions.ErrNotFound)
	_, err = store.Read(ctx, key(a))
	isError(t, "read a deleted session", err, sessions.ErrNotFound)
	got, err = store.Get(ctx, key(other))
	if err != nil {
		t.Fatalf("the other tenant's session went too: %v", err)
	}
	equal(t, "a freelancer's session", got, other)
}

// fullBatch touches every table.
func fullBatch() sessions.Batch {
	at := now()
	leaf, title := "m1", "Pet shop"
	return sessions.Batch{
		Messages: []sessions.Message{{ID: "m1", Text: "hello", Created: at}, {ID: "m2", Parent: "m1", Text: "more", Workflow: "job_post", Created: at}},
		Responses: []sessions.Response{{ID: "r1", Message: "m1", Status: sessions.StatusCompleted, Route: "job_post", Model: "builtin", Text: "answer",
			Evidence: []sessions.Evidence{{ID: "post-1", Kind: "job_post", Title: "A shop", Similarity: 0.5, Data: json.RawMessage(`{"a":1}`)}},
			Question: &sessions.Question{Slot: "pay", Text: "How much?", Suggestions: []sessions.QuickReply{{Text: "$10"}}},
			Usage:    sessions.Usage{InputTokens: 3}, Annotations: json.RawMessage(`{"decided":"ask"}`), Created: at, Ended: &at}},
		Drafts: []sessions.Draft{{ID: "d1", Kind: "job_post", Version: 1, Message: "m1", Author: "assistant", Document: json.RawMessage(`{"title":"x"}`),
			Claims: []sessions.Claim{{ID: "c1", Path: "/title", Text: "x", Kind: "wording", Sources: []sessions.Source{{Kind: "message", ID: "m1", Start: 1, End: 2}}}}, Created: at}},
		Feedback: []sessions.Feedback{{Response: "r1", Rating: "up", Created: at}},
		Leaf:     &leaf, Title: &title,
		Events: []sessions.Event{{Type: "message.created", Data: json.RawMessage(`{"n":1}`)}, {Type: "response.completed", Data: json.RawMessage(`{"n":2}`)}},
	}
}

func testCommit(t *testing.T, store sessions.Store) {
	ctx := t.Context()
	k := key(newSession(t, store, "s"))
	_, lease := begin(t, store, k)
	batch := fullBatch()
	last, err := store.Commit(ctx, lease, batch)
	if err != nil || last != 2 {
		t.Fatalf("commit: offset %d, %v; want 2", last, err)
	}
	state, err := store.Read(ctx, k)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "messages", state.Messages, batch.Messages)
	equal(t, "responses", state.Responses, batch.Responses)
	equal(t, "drafts", state.Drafts, batch.Drafts)
	equal(t, "feedback", state.Feedback, batch.Feedback)
	if state.Session.Leaf != "m1" || state.Session.Title != "Pet shop" || state.Session.Offset != 2 {
		t.Errorf("session: %+v", state.Session)
	}

	// A second commit upserts responses and feedback, keeps their places, and leaves the rest alone.
	second := batch.Responses[0]
	second.Text, second.Annotations = "a better answer", json.RawMessage(`{}`)
	last, err = store.Commit(ctx, lease, sessions.Batch{
		Responses: []sessions.Response{{ID: "r2", Message: "m2", Status: sessions.StatusRunning, Created: now()}, second},
		Feedback:  []sessions.Feedback{{Response: "r1", Rating: "down", Reason: "wrong", Comment: "no", Created: batch.Feedback[0].Created}},
		Release:   true,
	})
	if err != nil || last != 2 {
		t.Fatalf("second commit: offset %d, %v", last, err)
	}
	state, _ = begin(t, store, k)
	if len(state.Responses) != 2 || state.Responses[0].Text != "a better answer" || state.Feedback[0].Rating != "down" || state.Session.Title != "Pet shop" {
		t.Errorf("after the second commit: %+v", state)
	}
}

func testAtomic(t *testing.T, store sessions.Store) {
	k := key(newSession(t, store, "s"))
	_, lease := begin(t, store, k)
	if _, err := store.Commit(t.Context(), lease, fullBatch()); err != nil {
		t.Fatal(err)
	}
	before, err := store.Read(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	bad := sessions.Batch{
		Messages: []sessions.Message{{ID: "m3", Text: "new", Created: now()}, {ID: "m1", Text: "there already", Created: now()}},
		Events:   []sessions.Event{{Type: "message.created", Data: json.RawMessage(`{}`)}},
		Release:  true,
	}
	_, err = store.Commit(t.Context(), lease, bad)
	isError(t, "a message id twice", err, sessions.ErrConflict)
	after, err := store.Read(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "state", after, before)
	_, _, err = store.Begin(t.Context(), k, "other", ttl)
	isError(t, "the lease after a failed release", err, sessions.ErrLeased)
}

func testEvents(t *testing.T, store sessions.Store) {
	k := key(newSession(t, store, "s"))
	_, lease := begin(t, store, k)
	for i := range 5 {
		if _, err := store.Commit(t.Context(), lease, sessions.Batch{Events: []sessions.Event{
			{Type: "a", Data: json.RawMessage(fmt.Sprintf(`{"i":%d}`, 2*i))}, {Type: "b", Data: json.RawMessage(fmt.Sprintf(`{"i":%d}`, 2*i+1))}}}); err != nil {
			t.Fatal(err)
		}
	}
	events, err := store.Events(t.Context(), k, 4, 3)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "events", events, []sessions.Event{
		{Type: "a", Offset: 5, Data: json.RawMessage(`{"i":4}`)}, {Type: "b", Offset: 6, Data: json.RawMessage(`{"i":5}`)}, {Type: "a", Offset: 7, Data: json.RawMessage(`{"i":6}`)}})
	events, err = store.Events(t.Context(), sessions.Key{Tenant: "t2", Session: "s"}, 0, 10)
	if err != nil || len(events) != 0 {
		t.Errorf("another tenant reads %d events, %v", len(events), err)
	}
}

func testTexts(t *testing.T, store sessions.Store) {
	k := key(newSession(t, store, "s"))
	_, lease := begin(t, store, k)
	texts := []string{"", "עברית וערבית العربية", "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301", `"quotes" \ and 'such' $1 ? ; drop table messages; --`, strings.Repeat("äß🙂", 8000), "line\r\n\ttab\u2028\u0001"}
	var batch sessions.Batch
	for i, text := range texts {
		id := fmt.Sprintf("m%d", i)
		batch.Messages = append(batch.Messages, sessions.Message{ID: id, Text: text, Created: now()})
		data, _ := json.Marshal(map[string]string{"text": text + "\x00"})
		batch.Responses = append(batch.Responses, sessions.Response{ID: "r" + id, Message: id, Status: sessions.StatusCompleted, Text: text + "\x00 in JSON is escaped", Annotations: data, Created: now()})
		batch.Events = append(batch.Events, sessions.Event{Type: "x", Data: data})
	}
	if _, err := store.Commit(t.Context(), lease, batch); err != nil {
		t.Fatal(err)
	}
	state, err := store.Read(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "messages", state.Messages, batch.Messages)
	equal(t, "responses", state.Responses, batch.Responses)
	events, err := store.Events(t.Context(), k, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for i, event := range events {
		if string(event.Data) != string(batch.Events[i].Data) {
			t.Errorf("event %d differs", i)
		}
	}
}
