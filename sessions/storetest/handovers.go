package storetest

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/sessions"
)

// version is a draft of a session, published or not.
func version(s sessions.Session, number int, published bool) sessions.Draft {
	d := sessions.Draft{
		ID: s.ID + "-d", Kind: "job_post", Version: number, Message: "m", Author: sessions.AuthorPerson,
		Document: json.RawMessage(fmt.Sprintf(`{"v":%d}`, number)), Created: now(),
	}
	if published {
		at := now()
		d.Published = &at
	}
	return d
}

func commit(t *testing.T, store sessions.Store, s sessions.Session, batch sessions.Batch) {
	t.Helper()
	_, lease := begin(t, store, key(s))
	batch.Release = true
	if _, err := store.Commit(t.Context(), lease, batch); err != nil {
		t.Fatal(err)
	}
}

func testHandovers(t *testing.T, store sessions.Store) {
	ctx := t.Context()
	a, b := newSession(t, store, "a"), newSession(t, store, "b")
	other := sessions.Session{Tenant: "t2", ID: "a", Owner: "ben", Role: sessions.RoleFreelancer, Created: now(), Updated: now()}
	if err := store.Create(ctx, other); err != nil {
		t.Fatal(err)
	}
	first, second, last, foreign := version(a, 2, true), version(b, 1, true), version(a, 4, true), version(other, 1, true)
	later := last.Published.Add(time.Second)
	last.Published = &later
	commit(t, store, a, sessions.Batch{Drafts: []sessions.Draft{version(a, 1, false), first}})
	commit(t, store, b, sessions.Batch{Drafts: []sessions.Draft{second}})
	commit(t, store, a, sessions.Batch{Drafts: []sessions.Draft{version(a, 3, false), last}})
	commit(t, store, other, sessions.Batch{Drafts: []sessions.Draft{foreign}})

	drafts := func(list []sessions.Handover, err error) (found []sessions.Draft) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		for i, h := range list {
			if i > 0 && h.Number <= list[i-1].Number {
				t.Errorf("number %d after %d", h.Number, list[i-1].Number)
			}
			found = append(found, h.Draft)
		}
		return found
	}
	all, err := store.Handovers(ctx, tenant, sessions.HandoverQuery{}, 10)
	equal(t, "all of a site", drafts(all, err), []sessions.Draft{first, second, last})
	if all[0].Session.Owner != "ann" || all[0].Key() != key(a) {
		t.Errorf("session %+v", all[0].Session)
	}
	equal(t, "a page", drafts(store.Handovers(ctx, tenant, sessions.HandoverQuery{}, 2)), []sessions.Draft{first, second})
	equal(t, "the next page", drafts(store.Handovers(ctx, tenant, sessions.HandoverQuery{After: all[1].Number}, 2)), []sessions.Draft{last})
	equal(t, "since", drafts(store.Handovers(ctx, tenant, sessions.HandoverQuery{Since: *second.Published}, 9)), []sessions.Draft{last})
	equal(t, "of a draft", drafts(store.Handovers(ctx, tenant, sessions.HandoverQuery{Draft: "a-d"}, 9)), []sessions.Draft{first, last})
	equal(t, "the last one of a draft", drafts(store.Handovers(ctx, tenant, sessions.HandoverQuery{Draft: "a-d", Last: true}, 1)), []sessions.Draft{last})
	equal(t, "of a draft at another site", drafts(store.Handovers(ctx, "t2", sessions.HandoverQuery{Draft: "b-d"}, 9)), []sessions.Draft(nil))

	equal(t, "to be told", drafts(store.Unannounced(ctx, []string{tenant, "t2", "t3"}, 3)), []sessions.Draft{first, second, last})
	equal(t, "to be told to nobody", drafts(store.Unannounced(ctx, nil, 9)), []sessions.Draft(nil))
	for range 2 {
		if err := store.Announced(ctx, all[:2]); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, "what is left", drafts(store.Unannounced(ctx, []string{tenant, "t2"}, 9)), []sessions.Draft{last, foreign})
	equal(t, "what is left of a site", drafts(store.Unannounced(ctx, []string{"t2"}, 9)), []sessions.Draft{foreign})

	commit(t, store, a, sessions.Batch{Addresses: []sessions.Address{{Draft: "a-d", Version: 2, URL: "https://shop.example/1?a=“b”"}}})
	first.URL = "https://shop.example/1?a=“b”"
	equal(t, "with an address", drafts(store.Handovers(ctx, tenant, sessions.HandoverQuery{Draft: "a-d"}, 9)), []sessions.Draft{first, last})
	named, err := store.Drafts(ctx, key(a), []sessions.DraftVersion{{Draft: "a-d", Version: 2}})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the version", named, []sessions.Draft{first})
	state, _ := begin(t, store, key(a))
	if state.Drafts[1].URL != first.URL || state.Drafts[0].URL != "" || state.Drafts[3].URL != "" {
		t.Errorf("addresses of a session's drafts: %+v", state.Drafts)
	}

	if err := store.Delete(ctx, key(b)); err != nil {
		t.Fatal(err)
	}
	equal(t, "without a session that was deleted", drafts(store.Handovers(ctx, tenant, sessions.HandoverQuery{}, 9)), []sessions.Draft{first, last})
}

// testPublishedAtOnce checks that whoever goes through the list by numbers while
// others publish misses nothing.
func testPublishedAtOnce(t *testing.T, store sessions.Store) {
	const many = 24
	var publishing sync.WaitGroup
	for i := range many {
		s := newSession(t, store, fmt.Sprintf("s%d", i))
		publishing.Go(func() {
			_, lease, err := store.Begin(t.Context(), key(s), "holder", ttl)
			if err == nil {
				_, err = store.Commit(t.Context(), lease, sessions.Batch{Drafts: []sessions.Draft{version(s, 1, true)}, Release: true})
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	done := make(chan struct{})
	go func() { publishing.Wait(); close(done) }()
	seen, after, ended := map[string]bool{}, int64(0), false
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		list, err := store.Handovers(t.Context(), tenant, sessions.HandoverQuery{After: after}, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range list {
			seen[h.Draft.ID], after = true, h.Number
		}
		if len(list) == 0 && ended {
			break
		}
		select {
		case <-done:
			ended = true
		default:
		}
	}
	<-done
	if len(seen) != many {
		t.Errorf("%d of %d seen", len(seen), many)
	}
}
