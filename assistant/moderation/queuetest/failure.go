package queuetest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// testGone: nothing of what is known is said of a database that is gone.
func testGone(t *testing.T, db Database) {
	q := db.Queue()
	c := opened(t, q, held(policy.Scam))
	db.Close()
	ctx := t.Context()
	_, fresh, opening := q.Open(ctx, held(policy.Scam), entry(moderation.Opened, "rules", noon))
	if fresh {
		t.Error("a case is fresh in a database that is gone")
	}
	for i, err := range slices.Concat([]error{opening}, everything(ctx, q, c)) {
		if err == nil || errors.Is(err, moderation.ErrNotFound) || errors.Is(err, moderation.ErrConflict) || errors.Is(err, moderation.ErrInvalid) {
			t.Errorf("method %d: %v", i, err)
		}
	}
}

func testCancelled(t *testing.T, db Database) {
	q := db.Queue()
	c := opened(t, q, held(policy.Scam))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for i, err := range everything(ctx, q, c) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("method %d: %v", i, err)
		}
	}
	same(t, "the case", c, got(t, q, c))
	same(t, "its history", 1, len(history(t, q, c)))
}

// everything calls each method for a case that is there.
func everything(ctx context.Context, q moderation.Queue, c moderation.Case) []error {
	return []error{
		second(q.Get(ctx, "t1", c.ID)),
		second(q.Find(ctx, "t1", c.Message.ID)),
		second(q.List(ctx, "t1", moderation.Filter{Label: policy.Scam})),
		second(q.List(ctx, "t1", moderation.Filter{After: c.ID})),
		second(q.Change(ctx, moderation.Change{Case: c, Decision: entry(moderation.Judged, "judge", noon)})),
		second(q.History(ctx, "t1", c.ID)),
		second(q.Due(ctx, noon, noon, 1)),
		second(q.Unannounced(ctx, 1)),
		q.Announced(ctx, []string{"d"}),
		q.Delete(ctx, "t1", c.ID),
		q.DeleteSession(ctx, "t1", "s1"),
		q.DeleteSubject(ctx, "t1", c.Subject),
		second(q.Purge(ctx, "t1", noon, 1)),
		second(q.Tenants(ctx)),
		second(q.Reviewed(ctx, "t1", noon, noon, 1)),
		second(q.Counts(ctx, "t1", noon)),
	}
}
