package queuetest

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

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

// testAnnounceTurns: turns with the assistant and other messages do not wait
// behind each other.
func testAnnounceTurns(t *testing.T, db Database) {
	q := db.Queue()
	addSession(t, db, "t1", "s1")
	var want []string // decisions: three of messages, three of turns
	for i := range 6 {
		c := held(policy.Abuse)
		if i >= 3 {
			c.Session, c.Resp = "s1", "r1"
		}
		c = decided(t, q, opened(t, q, c), "ann", moderation.Deliver, noon)
		want = append(want, history(t, q, c)[1].ID)
	}
	for limit, chosen := range map[int][]string{0: {}, 1: {want[0], want[3]}, 2: {want[0], want[1], want[3], want[4]}, 5: want} {
		got := []string{}
		for _, a := range unannounced(t, q, limit) {
			got = append(got, a.Decision.ID)
		}
		same(t, fmt.Sprint("at most ", limit), chosen, got)
	}
	announce(t, q, want[0], want[4])
	if left := unannounced(t, q, 1); len(left) != 2 || left[0].Decision.ID != want[1] || left[1].Decision.ID != want[3] {
		t.Errorf("left %+v", left)
	}
}

// testAnnounceTogether: two processes announce while decisions are made. Each
// decision is told at least once.
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

// testRemoveTogether: announcing, deleting and purging the same cases in
// different orders fails for nobody.
func testRemoveTogether(t *testing.T, db Database) {
	const cases = 60
	q := db.Queue()
	var decisions []string
	for i := range cases {
		c := held(policy.Scam)
		c.Subject = fmt.Sprintf("person-%d", i%3)
		c = decided(t, q, opened(t, q, c), "ann", moderation.Block, after(time.Minute), policy.Scam)
		decisions = append(decisions, history(t, q, c)[1].ID)
	}
	var all sync.WaitGroup
	do := func(what func(moderation.Queue) error) {
		queue := db.Queue()
		all.Go(func() {
			if err := what(queue); err != nil {
				t.Error(err)
			}
		})
	}
	for i := range 4 {
		order := slices.Clone(decisions)
		if i%2 == 1 {
			slices.Reverse(order)
		}
		do(func(q moderation.Queue) error { return q.Announced(t.Context(), order) })
		do(func(q moderation.Queue) error {
			return q.DeleteSubject(t.Context(), "t1", fmt.Sprintf("person-%d", i%2))
		})
		do(func(q moderation.Queue) error {
			_, err := q.Purge(t.Context(), "t1", after(time.Hour), cases)
			return err
		})
	}
	all.Wait()
	if left := unannounced(t, q, cases); len(left) != 0 {
		t.Errorf("%d are still to be announced", len(left))
	}
	for _, c := range listed(t, q, moderation.Filter{}) {
		if subject := got(t, q, moderation.Case{Tenant: "t1", ID: c}).Subject; subject != "person-2" {
			t.Errorf("a case of %s is left", subject)
		}
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
