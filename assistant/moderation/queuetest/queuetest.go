// Package queuetest is the promise that every [moderation.Queue] keeps: a suite
// that each implementation runs.
package queuetest

import (
	"crypto/rand"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/sessions"
)

// Database is an empty, migrated database of its own for a test.
type Database struct {
	Queue    func() moderation.Queue // opens a queue on it, as another process would
	Sessions sessions.Store          // on the same database
	Close    func()                  // the database is gone
}

// Run runs the suite. Open makes a database.
func Run(t *testing.T, open func(t *testing.T) Database) {
	for name, test := range map[string]func(*testing.T, Database){
		"a case is kept":                             testKept,
		"a message has one case":                     testOnce,
		"another message with its id is refused":     testHash,
		"a race to open ends in one case":            testRace,
		"what cannot be stored is refused or mended": testTexts,
		"limits":                                     testLimits,
		"a change and its entry are one":             testChange,
		"what a change does not write":               testUnchanged,
		"one of two changes succeeds":                testConflict,
		"an appeal opens a case again":               testAppeal,
		"a case is undone and decided again":         testUndo,
		"tenants see nothing of each other":          testTenants,
		"filters":                                    testFilters,
		"search in any script":                       testSearch,
		"pages stay while cases come":                testPages,
		"what is due":                                testDue,
		"workers share what is due":                  testWorkers,
		"announcements":                              testAnnounce,
		"turns are announced beside messages":        testAnnounceTurns,
		"two processes announce":                     testAnnounceTogether,
		"cases are removed while they are announced": testRemoveTogether,
		"reviews":                           testReviews,
		"counts":                            testCounts,
		"a deleted session takes its cases": testSession,
		"a person's cases are deleted":      testSubject,
		"old cases are purged":              testPurge,
		"ten thousand cases":                testMany,
		"a database that is gone":           testGone,
		"a cancelled context":               testCancelled,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// noon is when cases come in, unless a test says otherwise.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 123_000, time.UTC)

func after(d time.Duration) time.Time { return noon.Add(d) }

// held returns a case of tenant t1 that waits for a person.
func held(labels ...policy.Label) moderation.Case {
	verdict := moderation.Verdict{
		Action: moderation.Hold, Labels: labels, Score: 0.75, Scores: map[policy.Label]float64{policy.Scam: 0.75, policy.Spam: 0.1},
		Stage: moderation.StageClassifier, Rule: "contact.phone@3",
		Marks: []moderation.Mark{{Label: policy.Scam, Quote: "code", Start: 12, End: 16}},
		Rules: "r1", Model: "m1", Policy: "p1",
	}
	return moderation.Case{
		Tenant: "t1", ID: rand.Text(), Hash: "h1", Subject: "person-1",
		Message: message.Message{ID: rand.Text(), Channel: message.Direct, Sender: "client", Text: "Send me the code, please.",
			Thread: []message.Line{{Sender: "freelancer", Text: "Hello."}, {Text: "Hi."}}},
		Verdict: verdict, First: verdict, Status: moderation.Waiting,
		Created: noon, Changed: noon, Deadline: after(time.Hour),
	}
}

// entry returns an entry of a history.
func entry(kind moderation.DecisionKind, actor string, at time.Time) moderation.Decision {
	return moderation.Decision{ID: rand.Text(), Kind: kind, Actor: actor, At: at}
}

// opened opens a case, with an entry that no site need be told of.
func opened(t *testing.T, q moderation.Queue, c moderation.Case) moderation.Case {
	t.Helper()
	kept, fresh, err := q.Open(t.Context(), c, entry(moderation.Opened, "rules", c.Created))
	if err != nil || !fresh {
		t.Fatalf("open: fresh %v, %v", fresh, err)
	}
	return kept
}

// decided has a person decide a case.
func decided(t *testing.T, q moderation.Queue, c moderation.Case, actor string, action moderation.Action, at time.Time, labels ...policy.Label) moderation.Case {
	t.Helper()
	c.Status, c.Changed, c.Deadline = moderation.Decided, at, time.Time{}
	c.Verdict.Action, c.Verdict.Labels, c.Verdict.Stage = action, labels, moderation.StageReviewer
	d := entry(moderation.Reviewed, actor, at)
	d.Action, d.Labels, d.Stage, d.Changes = action, labels, moderation.StageReviewer, true
	return changed(t, q, c, d)
}

// undone takes the last decision back: the case is as before was.
func undone(t *testing.T, q moderation.Queue, c, before moderation.Case, actor string, at time.Time) moderation.Case {
	t.Helper()
	before.Version, before.Changed = c.Version, at
	d := entry(moderation.Undone, actor, at)
	d.Changes = true
	return changed(t, q, before, d)
}

func changed(t *testing.T, q moderation.Queue, c moderation.Case, d moderation.Decision) moderation.Case {
	t.Helper()
	kept, err := q.Change(t.Context(), moderation.Change{Case: c, Decision: d})
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func got(t *testing.T, q moderation.Queue, c moderation.Case) moderation.Case {
	t.Helper()
	kept, err := q.Get(t.Context(), c.Tenant, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func history(t *testing.T, q moderation.Queue, c moderation.Case) []moderation.Decision {
	t.Helper()
	list, err := q.History(t.Context(), c.Tenant, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// kinds returns the kinds of a history, and checks its numbers.
func kinds(t *testing.T, q moderation.Queue, c moderation.Case) []moderation.DecisionKind {
	t.Helper()
	var list []moderation.DecisionKind
	for i, d := range history(t, q, c) {
		if d.Number != i+1 || d.Case != c.ID {
			t.Errorf("entry %d of %s has number %d of %s", i, c.ID, d.Number, d.Case)
		}
		list = append(list, d.Kind)
	}
	return list
}

func listed(t *testing.T, q moderation.Queue, f moderation.Filter) []string {
	t.Helper()
	cases, err := q.List(t.Context(), "t1", f)
	if err != nil {
		t.Fatal(err)
	}
	return ids(cases)
}

func ids(cases []moderation.Case) []string {
	list := []string{}
	for _, c := range cases {
		list = append(list, c.ID)
	}
	return list
}

func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
