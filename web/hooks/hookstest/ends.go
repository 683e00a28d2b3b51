package hookstest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/web/hooks"
)

func testRetry(t *testing.T, open func() hooks.Store) {
	s, d := open(), delivery(shop, "")
	add(t, s, d)
	failed := claim(t, s, noon, 9, d)[0]
	failed.Answer = 503
	next := noon.Add(5 * time.Second)
	check(t, "retry", s.Retry(t.Context(), failed, noon.Add(time.Second), next, "status 503"), nil)
	kept := list(t, s, "shop", hooks.Pending)[0]
	want := d
	want.Seq, want.Answer = kept.Seq, 503
	want.Attempts, want.Error, want.Next, want.Changed = 1, "status 503", next, noon.Add(time.Second)
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Errorf("kept another (-want +got):\n%s", diff)
	}
	claim(t, s, next.Add(-time.Microsecond), 9)
	if again := claim(t, s, next, 9, d)[0]; again.Attempts != 2 {
		t.Errorf("%+v", again)
	}
}

func testDead(t *testing.T, open func() hooks.Store) {
	s, d := open(), delivery(shop, "")
	add(t, s, d)
	check(t, "dead", s.Dead(t.Context(), claim(t, s, noon, 9, d)[0], noon, "status 410"), nil)
	claim(t, s, noon.Add(24*time.Hour), 9)
	dead := list(t, s, "shop", hooks.Dead)
	if len(dead) != 1 || dead[0].Error != "status 410" || dead[0].Attempts != 1 || !dead[0].Next.IsZero() {
		t.Errorf("%+v", dead)
	}
	if pending := list(t, s, "shop", hooks.Pending); len(pending) != 0 {
		t.Errorf("%+v", pending)
	}
}

func testExpire(t *testing.T, open func() hooks.Store) {
	s := open()
	failed, never, sending, living := delivery(shop, ""), delivery(shop, ""), delivery(crm, ""), delivery(shop, "")
	living.Expires = noon.Add(2 * time.Hour)
	add(t, s, failed, never, sending, living)
	claimed := claim(t, s, noon, 9, failed, sending)
	check(t, "retry", s.Retry(t.Context(), claimed[0], noon, noon.Add(time.Hour), "timeout"), nil)
	expire := func(at time.Time, want int) {
		t.Helper()
		if n, err := s.Expire(t.Context(), at, 9); err != nil || n != want {
			t.Errorf("%d expired, %v; want %d", n, err, want)
		}
	}
	late := noon.Add(time.Hour + time.Second)
	expire(noon.Add(time.Hour), 0)
	// One that is being sent at that moment is not given up.
	again, err := s.Claim(t.Context(), []hooks.Place{crm}, late.Add(-lease/2), lease, 1)
	if err != nil || len(again) != 1 {
		t.Fatalf("%v, %v", again, err)
	}
	expire(late, 2)
	dead := list(t, s, "shop", hooks.Dead)
	if len(dead) != 2 || dead[0].Error != "not delivered in time" || dead[1].Error != "timeout" {
		t.Errorf("%+v", dead)
	}
	check(t, "done", s.Done(t.Context(), again[0], late), nil)
}

func testRedeliver(t *testing.T, open func() hooks.Store) {
	s := open()
	d := delivery(shop, "")
	beside := d
	beside.Endpoint = crm.Endpoint
	add(t, s, d, beside)
	claimed := claim(t, s, noon, 9, d, beside)
	check(t, "dead", s.Dead(t.Context(), claimed[0], noon, "status 410"), nil)
	later := noon.Add(48 * time.Hour)
	redeliver := func(tenant, id string, want int, wantErr error) {
		t.Helper()
		n, err := s.Redeliver(t.Context(), tenant, id, later, later.Add(time.Hour))
		check(t, "redeliver", err, wantErr)
		if n != want {
			t.Errorf("%d are sent again, want %d", n, want)
		}
	}
	redeliver("other", d.ID, 0, hooks.ErrNotFound)
	redeliver("shop", "nothing", 0, hooks.ErrNotFound)
	redeliver("shop", d.ID, 1, nil) // the other one is on its way
	redeliver("shop", d.ID, 0, nil)
	check(t, "done", s.Done(t.Context(), claimed[1], noon), nil)
	redeliver("shop", d.ID, 1, nil)
	again := claim(t, s, later, 9, d, beside)
	if a := again[0]; a.Attempts != 1 || a.Error != "" || !a.Expires.Equal(later.Add(time.Hour)) {
		t.Errorf("%+v", a)
	}
}

func testPurge(t *testing.T, open func() hooks.Store) {
	s := open()
	done, dead, pending, late := delivery(shop, ""), delivery(crm, ""), delivery(other, ""), delivery(shop, "")
	add(t, s, done, dead, pending, late)
	claimed := claim(t, s, noon, 2, done, dead)
	check(t, "done", s.Done(t.Context(), claimed[0], noon), nil)
	check(t, "dead", s.Dead(t.Context(), claimed[1], noon.Add(time.Second), "x"), nil)
	lates := claim(t, s, noon, 1, pending)
	check(t, "retry", s.Retry(t.Context(), lates[0], noon, noon.Add(time.Hour), "x"), nil)
	check(t, "done", s.Done(t.Context(), claim(t, s, noon, 1, late)[0], noon.Add(time.Minute)), nil)

	before := noon.Add(time.Minute)
	for _, want := range []int{1, 1, 0} {
		if n, err := s.Purge(t.Context(), before, 1); err != nil || n != want {
			t.Errorf("%d were removed, %v; want %d", n, err, want)
		}
	}
	if all := slices.Concat(list(t, s, "shop", ""), list(t, s, "other", "")); len(all) != 2 || all[0].ID != late.ID || all[1].ID != pending.ID {
		t.Errorf("left are %+v", all)
	}
}

func testTenants(t *testing.T, open func() hooks.Store) {
	s := open()
	mine, also, others := delivery(shop, ""), delivery(shop, ""), delivery(other, "")
	others.Event.ID, others.ID = mine.ID, mine.ID // the same id at another site is another event
	add(t, s, mine, also, others)
	got := list(t, s, "shop", "")
	if diff := cmp.Diff(names([]hooks.Delivery{also, mine}), names(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if first, err := s.List(t.Context(), "shop", hooks.Filter{Status: hooks.Pending}, 1); err != nil || len(first) != 1 || first[0].ID != also.ID {
		t.Errorf("%+v, %v", first, err)
	}
	if got := list(t, s, "other", hooks.Pending); len(got) != 1 || got[0].Event.Tenant != "other" {
		t.Errorf("%+v", got)
	}
	if got := list(t, s, "nobody", ""); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// What is forgotten is neither sent nor listed, nor sent again; others stay.
func testForget(t *testing.T, open func() hooks.Store) {
	s := open()
	delivered, waiting, other := delivery(shop, "draft:s1-a"), delivery(crm, "draft:s1-b"), delivery(shop, "draft:s10-a")
	foreign := delivery(hooks.Place{Tenant: "school", Endpoint: shop.Endpoint}, "draft:s1-a")
	add(t, s, delivered, waiting, other, foreign)
	claimed := claim(t, s, noon, 9, delivered, waiting)
	check(t, "done", s.Done(t.Context(), claimed[0], noon), nil)
	if n, err := s.Forget(t.Context(), "shop", "draft:s1-"); err != nil || n != 2 {
		t.Errorf("%d forgotten, %v", n, err)
	}
	check(t, "a lease of what is forgotten", s.Done(t.Context(), claimed[1], noon), hooks.ErrLost)
	if _, err := s.Redeliver(t.Context(), "shop", delivered.ID, noon, noon.Add(time.Hour)); !errors.Is(err, hooks.ErrNotFound) {
		t.Errorf("sent again: %v", err)
	}
	if left := list(t, s, "shop", ""); len(left) != 1 || left[0].ID != other.ID {
		t.Errorf("left %+v", left)
	}
	if left := list(t, s, "school", ""); len(left) != 1 {
		t.Errorf("another site's: %+v", left)
	}
}
