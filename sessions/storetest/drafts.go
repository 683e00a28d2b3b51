package storetest

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/parleyhq/parley/sessions"
)

// testDraftVersions checks that whoever begins gets the newest documents
// whole and can ask for any other, and that reading gives all of them.
func testDraftVersions(t *testing.T, store sessions.Store) {
	s := newSession(t, store, "a")
	_, lease := begin(t, store, key(s))
	var batch sessions.Batch
	for i := 1; i <= 5; i++ {
		message := fmt.Sprintf("m%d", i)
		batch.Messages = append(batch.Messages, sessions.Message{ID: message, Created: now()})
		for _, id := range []string{"d1", "d2"} {
			batch.Drafts = append(batch.Drafts, sessions.Draft{ID: id, Kind: "job_post", Version: i, Message: message, Author: sessions.AuthorPerson, Created: now(),
				Document: json.RawMessage(fmt.Sprintf(`{"v":%d}`, i)), Changed: []string{"/v"}})
		}
	}
	if _, err := store.Commit(t.Context(), lease, batch); err != nil {
		t.Fatal(err)
	}
	if err := store.Release(t.Context(), lease); err != nil {
		t.Fatal(err)
	}
	state, _ := begin(t, store, key(s))
	if len(state.Drafts) != 10 {
		t.Fatalf("%d drafts", len(state.Drafts))
	}
	for i, d := range state.Drafts {
		want := batch.Drafts[i]
		if d.Version >= 4 {
			equal(t, "a new version", d, want)
			continue
		}
		want.Document, want.Changed = d.Document, d.Changed // may be left out
		equal(t, "an old version", d, want)
	}
	old, err := store.Drafts(t.Context(), key(s), []sessions.DraftVersion{{Draft: "d2", Version: 1}, {Draft: "d1", Version: 3}, {Draft: "d1", Version: 99}})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "versions asked for", old, []sessions.Draft{batch.Drafts[1], batch.Drafts[4]})
	whole, err := store.Read(t.Context(), key(s))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "all versions", whole.Drafts, batch.Drafts)
}
