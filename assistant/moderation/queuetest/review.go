package queuetest

import (
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

func testReviews(t *testing.T, db Database) {
	q := db.Queue()
	opened(t, q, held(policy.Spam)) // nobody decided it
	expired := opened(t, q, held(policy.Spam))
	expired.Status, expired.Verdict.Stage = moderation.Decided, moderation.StageDeadline
	changed(t, q, expired, entry(moderation.Expired, "deadline", after(time.Minute)))

	judged := opened(t, q, held(policy.Scam))
	verdict := entry(moderation.Judged, "judge", after(time.Minute))
	verdict.Labels, verdict.Action, verdict.Stage = []policy.Label{policy.Scam}, moderation.Hold, moderation.StageJudge
	judged.Verdict.Stage = moderation.StageJudge
	judged = changed(t, q, judged, verdict)
	judged = decided(t, q, judged, "ann", moderation.Block, after(10*time.Minute), policy.Scam)
	// Who it belongs to afterwards does not matter.
	judged.Assignee = "bob"
	judged = changed(t, q, judged, entry(moderation.Assigned, "bob", after(time.Hour)))
	early := decided(t, q, opened(t, q, held(policy.Scam)), "bob", moderation.Deliver, after(5*time.Minute))

	at := func(from, until time.Duration, limit int) (list []string) {
		reviews, err := q.Reviewed(t.Context(), "t1", after(from), after(until), limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range reviews {
			list = append(list, r.Case.ID)
		}
		return list
	}
	same(t, "all", []string{early.ID, judged.ID}, at(0, time.Hour, 0))
	same(t, "one", []string{early.ID}, at(0, time.Hour, 1))
	same(t, "from is in", []string{judged.ID}, at(10*time.Minute, time.Hour, 0))
	same(t, "until is out", []string{early.ID}, at(5*time.Minute, 10*time.Minute, 0))
	same(t, "none", nil, at(time.Hour, 2*time.Hour, 0))

	reviews := reviewed(t, q)
	h := history(t, q, judged)
	same(t, "a review", moderation.Review{Case: judged, Decision: h[2], Earlier: h[1:2]}, reviews[1])
}

func testCounts(t *testing.T, db Database) {
	q := db.Queue()
	empty, err := q.Counts(t.Context(), "t1", noon)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "nothing", moderation.Counts{Status: map[moderation.Status]int{}, Label: map[policy.Label]int{}, Assigned: map[string]int{},
		Days: []moderation.Day{}}, empty)

	late := held(policy.Scam, policy.Spam)
	late.Created = after(-50 * time.Hour)
	opened(t, q, late)
	for i, change := range []func(*moderation.Case){
		func(c *moderation.Case) { c.Assignee = "ann" },
		func(c *moderation.Case) { c.Assignee, c.Appealed = "ann", noon },
		func(c *moderation.Case) { c.Status, c.Verdict.Labels = moderation.Judging, nil },
	} {
		c := held(policy.Scam)
		c.Created = after(time.Duration(i) * time.Hour)
		change(&c)
		opened(t, q, c)
	}
	done := held(policy.Scam)
	done.Assignee, done.Appealed, done.Created = "ann", noon, after(-100*time.Hour)
	decided(t, q, opened(t, q, done), "ann", moderation.Block, after(12*time.Hour-time.Second), policy.Abuse)

	counts, err := q.Counts(t.Context(), "t1", after(-50*time.Hour+time.Minute)) // the whole of that day
	if err != nil {
		t.Fatal(err)
	}
	same(t, "counts", moderation.Counts{
		Status:   map[moderation.Status]int{moderation.Waiting: 3, moderation.Judging: 1, moderation.Decided: 1},
		Label:    map[policy.Label]int{policy.Scam: 3, policy.Spam: 1},
		Appeals:  1,
		Assigned: map[string]int{"": 2, "ann": 2},
		Oldest:   late.Created,
		Days: []moderation.Day{
			{Date: "2026-02-28", Entries: map[moderation.DecisionKind]int{moderation.Opened: 1}},
			{Date: "2026-03-02", Entries: map[moderation.DecisionKind]int{moderation.Opened: 3, moderation.Reviewed: 1}},
		},
	}, counts)
}
