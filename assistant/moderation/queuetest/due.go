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
