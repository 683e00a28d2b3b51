package queuetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

func testDue(t *testing.T, db Database) {
	q := db.Queue()
	now, stale := after(time.Hour), after(30*time.Minute)
	add := func(id, tenant string, status moderation.Status, changed, deadline time.Duration) {
		c := held(policy.Scam)
		c.ID, c.Tenant, c.Status, c.Changed, c.Deadline = id, tenant, status, after(changed), time.Time{}
		if deadline != 0 {
			c.Deadline = after(deadline)
		}
		opened(t, q, c)
	}
	add("overdue", "t1", moderation.Waiting, 0, 50*time.Minute)
	add("long overdue", "t2", moderation.Judging, 0, 10*time.Minute) // and stale
	add("stale", "t2", moderation.Judging, 20*time.Minute, 0)
	add("long stale", "t1", moderation.Judging, 10*time.Minute, 2*time.Hour)
	add("judging", "t1", moderation.Judging, 40*time.Minute, 2*time.Hour)
	add("waiting", "t1", moderation.Waiting, 0, 2*time.Hour)
	add("without deadline", "t1", moderation.Waiting, 0, 0)
	add("decided", "t1", moderation.Decided, 0, 10*time.Minute)
	add("at this moment", "t1", moderation.Waiting, 0, time.Hour)
	all := []string{"long overdue", "overdue", "long stale", "stale"}
	for limit := range 6 {
		cases, err := q.Due(t.Context(), now, stale, limit)
		if err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprint(limit), all[:min(limit, len(all))], ids(cases))
	}
	cases, err := q.Due(t.Context(), now, stale, 1)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "whole", got(t, q, cases[0]), cases[0])
}

// testWorkers: four workers decide what is due, by its version, until nothing is.
func testWorkers(t *testing.T, db Database) {
	const cases = 40
	q := db.Queue()
	var all []moderation.Case
	for range cases {
		all = append(all, opened(t, q, held(policy.Scam)))
	}
	var workers sync.WaitGroup
	for range 4 {
		queue := db.Queue()
		workers.Go(func() {
			for {
				due, err := queue.Due(t.Context(), after(2*time.Hour), noon, 5)
				if err != nil {
					t.Error(err)
				}
				if err != nil || len(due) == 0 {
					return
				}
				for _, c := range due {
					c.Status, c.Verdict.Stage, c.Verdict.Action = moderation.Decided, moderation.StageDeadline, moderation.Block
					_, err := queue.Change(t.Context(), moderation.Change{Case: c, Decision: entry(moderation.Expired, "deadline", after(2*time.Hour))})
					if err != nil && !errors.Is(err, moderation.ErrConflict) {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	workers.Wait()
	for _, c := range all {
		same(t, "history", []moderation.DecisionKind{moderation.Opened, moderation.Expired}, kinds(t, q, c))
	}
}

func testAnnounce(t *testing.T, db Database) {
	q := db.Queue()
	quiet := opened(t, q, held(policy.Scam)) // its entry changes nothing
	loud := held(policy.Scam)
	d := entry(moderation.Opened, "rules", noon)
	d.Changes = true
	loud, _, err := q.Open(t.Context(), loud, d)
	if err != nil {
		t.Fatal(err)
	}
	quiet = decided(t, q, quiet, "ann", moderation.Block, after(-time.Hour), policy.Scam) // by a clock that is slow
	loud = decided(t, q, loud, "ann", moderation.Deliver, after(-time.Hour))

	list := unannounced(t, db.Queue(), 10)
	if len(list) != 3 {
		t.Fatalf("%d to announce", len(list))
	}
	same(t, "the first entry", d.ID, list[0].Decision.ID)
	same(t, "its case as it is now", loud, list[0].Case)
	same(t, "then", quiet, list[1].Case)
	same(t, "the second entry of a case after its first", 2, list[2].Decision.Number)
	same(t, "a page", list[:2], unannounced(t, q, 2))

	for range 2 { // telling again changes nothing
		announce(t, q, list[0].Decision.ID, list[2].Decision.ID, "unknown", list[0].Decision.ID)
		same(t, "left", list[1:2], unannounced(t, q, 10))
	}
	if err := q.Announced(t.Context(), nil); err != nil {
		t.Error(err)
	}
	if h := history(t, q, loud); len(h) != 2 || !h[0].Changes {
		t.Errorf("history %+v", h)
	}
	if err := q.Delete(t.Context(), "t1", quiet.ID); err != nil {
		t.Fatal(err)
	}
	if left := unannounced(t, q, 10); len(left) != 0 {
		t.Errorf("a deleted case is announced: %+v", left)
	}
}

// testAnnounceTogether: two processes announce while decisions are made. Each
// decision is told at least once, and in its case's order.
func testAnnounceTogether(t *testing.T, db Database) {
	const writers, each = 4, 15
	var made, telling sync.WaitGroup
	var mu sync.Mutex
	told, all := map[string]int{}, map[string]bool{}
	for range writers {
		queue := db.Queue()
		made.Go(func() {
			for range each {
				c := held(policy.Scam)
				d := entry(moderation.Opened, "rules", noon)
				d.Changes = true
				kept, _, err := queue.Open(t.Context(), c, d)
				if err != nil {
					t.Error(err)
					return
				}
				kept.Status = moderation.Decided
				next := entry(moderation.Expired, "deadline", noon)
				next.Changes = true
				if _, err := queue.Change(t.Context(), moderation.Change{Case: kept, Decision: next}); err != nil {
					t.Error(err)
				}
				mu.Lock()
				all[d.ID], all[next.ID] = true, true
				mu.Unlock()
			}
		})
	}
	finished := make(chan struct{})
	for range 2 {
		queue := db.Queue()
		telling.Go(func() {
			for last := false; ; {
				list, err := queue.Unannounced(t.Context(), 7)
				if err != nil {
					t.Error(err)
					return
				}
				var done []string
				for _, a := range list {
					mu.Lock()
					told[a.Decision.ID]++
					mu.Unlock()
					done = append(done, a.Decision.ID)
				}
				if err := queue.Announced(t.Context(), done); err != nil {
					t.Error(err)
					return
				}
				if len(list) > 0 {
					continue
				}
				if last {
					return
				}
				select {
				case <-finished:
					last = true
				default:
				}
			}
		})
	}
	made.Wait()
	close(finished)
	telling.Wait()
	for id := range all {
		if told[id] == 0 {
			t.Errorf("decision %s was never told", id)
		}
	}
	if len(all) != 2*writers*each || len(told) != len(all) {
		t.Errorf("%d decisions, %d told", len(all), len(told))
	}
}

func unannounced(t *testing.T, q moderation.Queue, limit int) []moderation.Announcement {
	t.Helper()
	list, err := q.Unannounced(t.Context(), limit)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func announce(t *testing.T, q moderation.Queue, decisions ...string) {
	t.Helper()
	if err := q.Announced(t.Context(), decisions); err != nil {
		t.Fatal(err)
	}
}
