package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/sessions"
)

func testLeases(t *testing.T, store sessions.Store) {
	ctx := t.Context()
	k := key(newSession(t, store, "s"))
	_, first, err := store.Begin(ctx, k, "one", 400*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = store.Begin(ctx, k, "two", ttl)
	isError(t, "begin while it is held", err, sessions.ErrLeased)
	_, _, err = store.Begin(ctx, sessions.Key{Tenant: tenant, Session: "none"}, "one", ttl)
	isError(t, "begin of a session that is not there", err, sessions.ErrNotFound)
	if lost, err := store.Renew(ctx, []sessions.Lease{first}, 400*time.Millisecond); err != nil || len(lost) != 0 {
		t.Fatalf("renew: lost %v, %v", lost, err)
	}

	second := takeOver(t, store, k)
	if second.Fence <= first.Fence {
		t.Errorf("the fence went from %d to %d", first.Fence, second.Fence)
	}
	_, err = store.Commit(ctx, first, fullBatch())
	isError(t, "commit with the old lease", err, sessions.ErrLeaseLost)
	lost, err := store.Renew(ctx, []sessions.Lease{first, second}, ttl)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "lost leases", lost, []sessions.Lease{first})
	if err := store.Release(ctx, first); err != nil {
		t.Errorf("release of a lost lease: %v", err)
	}
	_, _, err = store.Begin(ctx, k, "one", ttl)
	isError(t, "begin after the old holder released", err, sessions.ErrLeased)
	if err := store.Release(ctx, second); err != nil {
		t.Fatal(err)
	}
	if _, _, err := store.Begin(ctx, k, "three", ttl); err != nil {
		t.Errorf("begin after release: %v", err)
	}
}

// takeOver waits until a lease that nobody renews has run out.
func takeOver(t *testing.T, store sessions.Store, k sessions.Key) sessions.Lease {
	t.Helper()
	for range 500 {
		_, lease, err := store.Begin(t.Context(), k, "two", ttl)
		if err == nil {
			return lease
		}
		if !errors.Is(err, sessions.ErrLeased) {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the lease never ran out")
	return sessions.Lease{}
}

// testConcurrent lets holders fight for one session: each that gets the lease
// commits, and offsets must have no gaps.
func testConcurrent(t *testing.T, store sessions.Store) {
	k := key(newSession(t, store, "s"))
	var group sync.WaitGroup
	var mu sync.Mutex
	committed := 0
	for range 6 {
		group.Go(func() {
			for range 10 {
				_, lease, err := store.Begin(t.Context(), k, "h", ttl)
				if errors.Is(err, sessions.ErrLeased) || errors.Is(err, sessions.ErrUnavailable) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				_, err = store.Commit(t.Context(), lease, sessions.Batch{Events: []sessions.Event{{Type: "x", Data: json.RawMessage(`{}`)}}, Release: true})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				committed++
				mu.Unlock()
			}
		})
	}
	group.Wait()
	events, err := store.Events(t.Context(), k, 0, 1000)
	if err != nil || len(events) != committed || committed == 0 {
		t.Fatalf("%d events, %d commits, %v", len(events), committed, err)
	}
	for i, event := range events {
		if event.Offset != int64(i+1) {
			t.Fatalf("event %d has offset %d", i, event.Offset)
		}
	}
}

func testAbandoned(t *testing.T, store sessions.Store) {
	ctx := t.Context()
	abandoned := func() []sessions.Key {
		t.Helper()
		keys, err := store.Abandoned(ctx, 10)
		if err != nil {
			t.Fatal(err)
		}
		return keys
	}
	k := key(newSession(t, store, "s"))
	newSession(t, store, "idle")
	_, lease := begin(t, store, k)
	running := sessions.Response{ID: "r1", Message: "m1", Status: sessions.StatusRunning, Created: now()}
	commit := func(batch sessions.Batch) {
		t.Helper()
		if _, err := store.Commit(ctx, lease, batch); err != nil {
			t.Fatal(err)
		}
	}
	commit(sessions.Batch{Messages: []sessions.Message{{ID: "m1", Created: now()}}, Responses: []sessions.Response{running}})
	equal(t, "abandoned while the lease holds", abandoned(), []sessions.Key(nil))
	if err := store.Release(ctx, lease); err != nil {
		t.Fatal(err)
	}
	equal(t, "abandoned with a running response", abandoned(), []sessions.Key{k})

	_, lease = begin(t, store, k)
	running.Status = sessions.StatusCompleted
	commit(sessions.Batch{Responses: []sessions.Response{running}, Messages: []sessions.Message{{ID: "m2", Parent: "m1", Created: now()}}, Release: true})
	equal(t, "abandoned with a waiting message", abandoned(), []sessions.Key{k})

	_, lease = begin(t, store, k)
	commit(sessions.Batch{Responses: []sessions.Response{{ID: "r2", Message: "m2", Status: sessions.StatusFailed, Created: now()}}, Release: true})
	equal(t, "abandoned with nothing to do", abandoned(), []sessions.Key(nil))

	_, lease = begin(t, store, k)
	commit(sessions.Batch{Responses: []sessions.Response{{ID: "r2", Message: "m2", Status: sessions.StatusReleased, Created: now()}}, Release: true})
	equal(t, "abandoned with a message that was released", abandoned(), []sessions.Key{k})
}

func testCancelled(t *testing.T, store sessions.Store) {
	k := key(newSession(t, store, "s"))
	_, lease := begin(t, store, k)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := store.Commit(ctx, lease, fullBatch()); !errors.Is(err, context.Canceled) {
		t.Errorf("commit: %v, want context.Canceled", err)
	}
	state, err := store.Read(t.Context(), k)
	if err != nil || len(state.Messages) != 0 {
		t.Errorf("after it: %+v, %v", state, err)
	}
	if _, err := store.Commit(t.Context(), lease, fullBatch()); err != nil {
		t.Errorf("the same batch again: %v", err)
	}
}
