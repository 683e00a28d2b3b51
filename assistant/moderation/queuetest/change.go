package queuetest

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

func testChange(t *testing.T, db Database) {
	q, other := db.Queue(), db.Queue()
	c := opened(t, q, held(policy.Scam))
	c.Assignee, c.Changed = "ann", after(time.Minute)
	d := entry(moderation.Assigned, "bob", after(time.Minute))
	d.Note = "ann"
	want := c
	want.Version = 2
	same(t, "returned", want, changed(t, q, c, d))
	same(t, "got", want, got(t, other, c))
	d.Case, d.Number = c.ID, 2
	same(t, "entry", d, history(t, other, c)[1])

	// The same decision again, by somebody who has seen the newest version.
	if _, err := q.Change(t.Context(), moderation.Change{Case: want, Decision: d}); !errors.Is(err, moderation.ErrConflict) {
		t.Errorf("a decision twice: %v", err)
	}
	bad := entry(moderation.Reviewed, "ann", noon)
	bad.Note = strings.Repeat("x", moderation.MaxNote+1)
	wrong := want
	wrong.Status = "lost"
	for _, change := range []moderation.Change{{Case: want, Decision: bad}, {Case: wrong, Decision: entry(moderation.Reviewed, "ann", noon)}} {
		if _, err := q.Change(t.Context(), change); !errors.Is(err, moderation.ErrInvalid) {
			t.Errorf("an invalid change: %v", err)
		}
	}
	same(t, "after refused changes", want, got(t, q, c))
	same(t, "history", []moderation.DecisionKind{moderation.Opened, moderation.Assigned}, kinds(t, q, c))

	missing := held(policy.Scam)
	missing.Version = 1
	if _, err := q.Change(t.Context(), moderation.Change{Case: missing, Decision: entry(moderation.Reviewed, "ann", noon)}); !errors.Is(err, moderation.ErrNotFound) {
		t.Errorf("a case that is not there: %v", err)
	}
}

func testUnchanged(t *testing.T, db Database) {
	q := db.Queue()
	c := opened(t, q, held(policy.Scam))
	lie := c
	lie.Message = message.Message{ID: "other", Text: "other"}
	lie.Hash, lie.Subject, lie.Session, lie.Resp = "other", "other", "other", "other"
	lie.First, lie.Created = moderation.Verdict{}, after(time.Hour)
	lie.Verdict.Reason = "seen"
	want := c
	want.Verdict.Reason, want.Version = "seen", 2
	same(t, "returned", want, changed(t, q, lie, entry(moderation.Judged, "judge", noon)))
	same(t, "kept", want, got(t, q, c))
}

// testConflict: 20 operators of two processes decide the version that they saw.
func testConflict(t *testing.T, db Database) {
	queues := []moderation.Queue{db.Queue(), db.Queue()}
	c := opened(t, queues[0], held(policy.Scam))
	var all sync.WaitGroup
	var won atomic.Int32
	for i := range 20 {
		all.Go(func() {
			mine := c
			mine.Status, mine.Verdict.Stage = moderation.Decided, moderation.StageReviewer
			_, err := queues[i%2].Change(t.Context(), moderation.Change{Case: mine, Decision: entry(moderation.Reviewed, "ann", noon)})
			switch {
			case err == nil:
				won.Add(1)
			case !errors.Is(err, moderation.ErrConflict):
				t.Error(err)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 {
		t.Errorf("%d changes succeeded", won.Load())
	}
	same(t, "history", []moderation.DecisionKind{moderation.Opened, moderation.Reviewed}, kinds(t, queues[0], c))
	for _, version := range []int{0, 1, 3} {
		c.Version = version
		if _, err := queues[0].Change(t.Context(), moderation.Change{Case: c, Decision: entry(moderation.Reviewed, "ann", noon)}); !errors.Is(err, moderation.ErrConflict) {
			t.Errorf("version %d: %v", version, err)
		}
	}
}

func testAppeal(t *testing.T, db Database) {
	q := db.Queue()
	c := decided(t, q, opened(t, q, held(policy.Scam)), "ann", moderation.Block, after(time.Minute), policy.Scam)
	appeals := moderation.Filter{Appealed: true}
	same(t, "appeals before", []string{}, listed(t, q, appeals))
	c.Status, c.Appeal, c.Appealed, c.Changed = moderation.Waiting, "It was about the test data.", after(time.Hour), after(time.Hour)
	c = changed(t, q, c, entry(moderation.AppealMade, "sender", after(time.Hour)))
	same(t, "appeals", []string{c.ID}, listed(t, q, appeals))
	same(t, "waiting", []string{c.ID}, listed(t, q, moderation.Filter{Status: moderation.Waiting, Label: policy.Scam}))
	if reviews := reviewed(t, q); len(reviews) != 0 {
		t.Errorf("an appealed case counts as reviewed: %+v", reviews)
	}
	c = decided(t, q, c, "bob", moderation.Deliver, after(2*time.Hour))
	same(t, "appeals after", []string{}, listed(t, q, appeals))
	if c.Appeal == "" || c.Appealed.IsZero() {
		t.Error("the appeal is gone")
	}
	reviews := reviewed(t, q)
	if len(reviews) != 1 || reviews[0].Decision.Actor != "bob" || len(reviews[0].Earlier) != 1 || reviews[0].Earlier[0].Actor != "ann" {
		t.Errorf("reviews %+v", reviews)
	}
	same(t, "history", []moderation.DecisionKind{moderation.Opened, moderation.Reviewed, moderation.AppealMade, moderation.Reviewed}, kinds(t, q, c))
}

func testUndo(t *testing.T, db Database) {
	q := db.Queue()
	before := opened(t, q, held(policy.Scam))
	c := decided(t, q, before, "ann", moderation.Block, after(time.Minute), policy.Scam)
	c = undone(t, q, c, before, "ann", after(2*time.Minute))
	same(t, "waiting", []string{c.ID}, listed(t, q, moderation.Filter{Status: moderation.Waiting}))
	if !c.Deadline.Equal(before.Deadline) || c.Version != 3 {
		t.Errorf("undone is %+v", c)
	}
	if reviews := reviewed(t, q); len(reviews) != 0 {
		t.Errorf("an undone case counts as reviewed: %+v", reviews)
	}
	c = decided(t, q, c, "bob", moderation.Deliver, after(3*time.Minute))
	better := decided(t, q, c, "cy", moderation.Hold, after(4*time.Minute), policy.Spam)
	c = undone(t, q, better, c, "cy", after(5*time.Minute))
	reviews := reviewed(t, q)
	if len(reviews) != 1 || reviews[0].Decision.Actor != "bob" {
		t.Fatalf("reviews %+v", reviews)
	}
	if e := reviews[0].Earlier; len(e) != 1 || e[0].Actor != "ann" || e[0].Action != moderation.Block {
		t.Errorf("earlier %+v", e)
	}
	same(t, "the newest labels find it no longer", []string{}, listed(t, q, moderation.Filter{Label: policy.Spam}))
	same(t, "history", []moderation.DecisionKind{moderation.Opened, moderation.Reviewed, moderation.Undone,
		moderation.Reviewed, moderation.Reviewed, moderation.Undone}, kinds(t, q, c))
}

func reviewed(t *testing.T, q moderation.Queue) []moderation.Review {
	t.Helper()
	reviews, err := q.Reviewed(t.Context(), "t1", time.Time{}, after(24*time.Hour), 0)
	if err != nil {
		t.Fatal(err)
	}
	return reviews
}

// testTenants: what another tenant has is not there, whoever knows its ids.
func testTenants(t *testing.T, db Database) {
	q := db.Queue()
	mine := opened(t, q, held(policy.Scam))
	theirs := held(policy.Scam)
	theirs.Tenant, theirs.ID, theirs.Message.ID = "t2", mine.ID, mine.Message.ID // both ids may be the same
	theirs.Assignee, theirs.Appealed = "ann", noon
	theirs = opened(t, q, theirs)
	secret := held(policy.Spam)
	secret.Tenant, secret.Assignee, secret.Appealed = "t2", "ann", noon
	secret.Verdict.Stage = moderation.StageJudge
	secret = opened(t, q, secret)
	decided(t, q, secret, "ann", moderation.Block, after(time.Minute), policy.Spam)

	for name, err := range map[string]error{
		"get":     second(q.Get(t.Context(), "t1", secret.ID)),
		"find":    second(q.Find(t.Context(), "t1", secret.Message.ID)),
		"history": second(q.History(t.Context(), "t1", secret.ID)),
		"after":   second(q.List(t.Context(), "t1", moderation.Filter{After: secret.ID})),
	} {
		if !errors.Is(err, moderation.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, f := range []moderation.Filter{{Label: policy.Spam}, {Assignee: "ann"}, {Appealed: true}, {Status: moderation.Decided}, {Stage: moderation.StageReviewer}} {
		same(t, "list", []string{}, listed(t, q, f))
	}
	same(t, "all", []string{mine.ID}, listed(t, q, moderation.Filter{Text: "code"}))
	if reviews := reviewed(t, q); len(reviews) != 0 {
		t.Errorf("reviews %+v", reviews)
	}
	counts, err := q.Counts(t.Context(), "t1", noon)
	if err != nil || counts.Appeals != 0 || counts.Status[moderation.Decided] != 0 || counts.Label[policy.Scam] != 1 || counts.Days[0].Entries[moderation.Opened] != 1 {
		t.Errorf("counts %+v, %v", counts, err)
	}
	stranger := secret
	stranger.Tenant = "t1"
	if _, err := q.Change(t.Context(), moderation.Change{Case: stranger, Decision: entry(moderation.Reviewed, "ann", noon)}); !errors.Is(err, moderation.ErrNotFound) {
		t.Errorf("change: %v", err)
	}
	if n, err := q.Purge(t.Context(), "t1", after(time.Hour), 10); n != 0 || err != nil {
		t.Errorf("purge: %d, %v", n, err)
	}
	for _, remove := range []func(context.Context, string, string) error{q.Delete, q.DeleteSession, q.DeleteSubject} {
		for _, key := range []string{secret.ID, secret.Subject, mine.ID} {
			if err := remove(t.Context(), "t1", key); err != nil {
				t.Fatal(err)
			}
		}
	}
	same(t, "t2's case with the same ids", theirs, got(t, q, theirs))
	same(t, "its history", 1, len(history(t, q, theirs)))
	tenants, err := q.Tenants(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "tenants", []string{"t2"}, tenants)
}

func second[T any](_ T, err error) error { return err }
