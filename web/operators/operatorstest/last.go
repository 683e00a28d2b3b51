package operatorstest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/web/operators"
)

var errKept = errors.New("kept")

// stepDown revokes an operator unless they are the last who rules.
func stepDown(ctx context.Context, s operators.Store, id string) error {
	_, err := s.Change(ctx, id, func(o operators.Operator, last bool) (operators.Operator, error) {
		if last {
			return o, errKept
		}
		o.Revoked = noon
		return o, nil
	})
	return err
}

// testLast has admins step down at once: one is left.
func testLast(t *testing.T, open func() operators.Store) {
	s := open()
	var ids []string
	for _, name := range []string{"ana", "ben", "eve"} {
		o := operator(name)
		o.Role, o.Sites = operators.Admin, nil
		check(t, "add", s.Add(t.Context(), o), nil)
		ids = append(ids, o.ID)
	}
	ofShop := operator("ofshop")
	ofShop.Role, ofShop.Sites = operators.Admin, []string{"shop"}
	check(t, "add", s.Add(t.Context(), ofShop), nil)
	errs := make([]error, len(ids))
	var wait sync.WaitGroup
	for i, id := range ids {
		wait.Go(func() { errs[i] = stepDown(context.Background(), open(), id) })
	}
	wait.Wait()
	kept := 0
	for _, err := range errs {
		switch {
		case errors.Is(err, errKept):
			kept++
		case err != nil:
			t.Error(err)
		}
	}
	if kept != 1 {
		t.Errorf("%d were the last: %v", kept, errs)
	}
	check(t, "an admin of some sites", stepDown(t.Context(), s, ofShop.ID), nil)
}

func testSeen(t *testing.T, open func() operators.Store) {
	s := open()
	ana := add(t, s, "ana")
	seen := func(want time.Time) {
		t.Helper()
		o, err := open().Get(t.Context(), ana.ID)
		check(t, "get", err, nil)
		if !o.Seen.Equal(want) {
			t.Errorf("seen %v, want %v", o.Seen, want)
		}
	}
	seen(time.Time{})
	begun := session(ana)
	check(t, "begin", s.Begin(t.Context(), begun), nil)
	seen(begun.Seen)
	later := begun.Seen.Add(time.Hour)
	check(t, "touch", s.Touch(t.Context(), begun.Hash, later), nil)
	check(t, "touch before that", s.Touch(t.Context(), begun.Hash, later.Add(-time.Minute)), nil)
	check(t, "touch what is not there", s.Touch(t.Context(), "nothing", later), nil)
	check(t, "end", s.End(t.Context(), begun.Hash), nil)
	seen(later)
}
