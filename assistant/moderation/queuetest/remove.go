package queuetest

import (
	"errors"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/sessions"
)

func addSession(t *testing.T, db Database, tenant, id string) {
	t.Helper()
	err := db.Sessions.Create(t.Context(), sessions.Session{Tenant: tenant, ID: id, Owner: "person-1", Role: "client", Created: noon, Updated: noon})
	if err != nil {
		t.Fatal(err)
	}
}

// testSession: nothing of a deleted session stays in the queue, whoever deletes
// it, and nothing of it comes in afterwards.
func testSession(t *testing.T, db Database) {
	q := db.Queue()
	for _, key := range []sessions.Key{{Tenant: "t1", Session: "s1"}, {Tenant: "t1", Session: "s2"}, {Tenant: "t2", Session: "s1"}} {
		addSession(t, db, key.Tenant, key.Session)
	}
	turn := func(tenant, session string) moderation.Case {
		c := held(policy.Abuse)
		c.Tenant, c.Session, c.Resp = tenant, session, "r1"
		return opened(t, q, c)
	}
	first, second, other, direct := turn("t1", "s1"), turn("t1", "s2"), turn("t2", "s1"), opened(t, q, held(policy.Scam))
	same(t, "kept", "s1", got(t, q, first).Session)
	decided(t, q, first, "ann", moderation.Block, after(time.Minute), policy.Abuse)

	if err := db.Sessions.Delete(t.Context(), sessions.Key{Tenant: "t1", Session: "s1"}); err != nil {
		t.Fatal(err)
	}
	gone(t, q, first)
	if list := unannounced(t, q, 10); len(list) != 0 {
		t.Errorf("it is still announced: %+v", list)
	}
	late := held(policy.Abuse)
	late.Session = "s1"
	if _, fresh, err := q.Open(t.Context(), late, entry(moderation.Opened, "rules", noon)); fresh || !errors.Is(err, moderation.ErrNotFound) {
		t.Errorf("a case of a session that is gone: fresh %v, %v", fresh, err)
	}
	gone(t, q, late)
	for _, c := range []moderation.Case{second, other, direct} {
		got(t, q, c)
	}
	if err := q.DeleteSession(t.Context(), "t1", "s2"); err != nil {
		t.Fatal(err)
	}
	gone(t, q, second)
	if err := q.DeleteSession(t.Context(), "t1", ""); err != nil {
		t.Fatal(err)
	}
	got(t, q, direct)
	got(t, q, other)
	if _, err := db.Sessions.Get(t.Context(), sessions.Key{Tenant: "t1", Session: "s2"}); err != nil {
		t.Errorf("the session itself: %v", err)
	}
}

func testSubject(t *testing.T, db Database) {
	q := db.Queue()
	mine, more := opened(t, q, held(policy.Scam)), opened(t, q, held(policy.Spam))
	other, nobody := held(policy.Scam), held(policy.Scam)
	other.Subject, nobody.Subject = "person-2", ""
	opened(t, q, other)
	opened(t, q, nobody)
	for _, subject := range []string{"person-1", "", "unknown"} {
		if err := q.DeleteSubject(t.Context(), "t1", subject); err != nil {
			t.Fatal(err)
		}
	}
	gone(t, q, mine)
	gone(t, q, more)
	got(t, q, other)
	got(t, q, nobody)
	if _, err := q.Change(t.Context(), moderation.Change{Case: mine, Decision: entry(moderation.Judged, "judge", noon)}); !errors.Is(err, moderation.ErrNotFound) {
		t.Errorf("a verdict that comes late: %v", err)
	}
	// The same message may come again.
	opened(t, q, mine)
}

// gone checks that nothing is left of a case.
func gone(t *testing.T, q moderation.Queue, c moderation.Case) {
	t.Helper()
	for _, err := range []error{
		second(q.Get(t.Context(), c.Tenant, c.ID)),
		second(q.Find(t.Context(), c.Tenant, c.Message.ID)),
		second(q.History(t.Context(), c.Tenant, c.ID)),
	} {
		if !errors.Is(err, moderation.ErrNotFound) {
			t.Errorf("a case that is gone: %v", err)
		}
	}
	if cases, err := q.List(t.Context(), c.Tenant, moderation.Filter{Label: policy.Abuse}); err != nil || len(cases) > 0 && cases[0].ID == c.ID {
		t.Errorf("it is listed by its label: %v", err)
	}
}

func testPurge(t *testing.T, db Database) {
	q := db.Queue()
	waiting := opened(t, q, held(policy.Scam))
	var done []moderation.Case
	for i := range 4 {
		done = append(done, decided(t, q, opened(t, q, held(policy.Scam)), "ann", moderation.Block, after(time.Duration(i)*time.Minute), policy.Scam))
	}
	list := unannounced(t, q, 10)
	for _, a := range list[1:] { // the first one's decision is still to be told
		announce(t, q, a.Decision.ID)
	}
	for i, step := range []struct{ limit, want int }{{1, 1}, {10, 1}, {10, 0}} {
		n, err := q.Purge(t.Context(), "t1", after(3*time.Minute), step.limit)
		if err != nil || n != step.want {
			t.Errorf("purge %d: %d, %v", i, n, err)
		}
	}
	gone(t, q, done[1])
	gone(t, q, done[2])
	for _, c := range []moderation.Case{waiting, done[0], done[3]} {
		got(t, q, c)
	}
	announce(t, q, list[0].Decision.ID)
	if n, err := q.Purge(t.Context(), "t1", after(3*time.Minute), 10); n != 1 || err != nil {
		t.Errorf("when it is told: %d, %v", n, err)
	}
}
