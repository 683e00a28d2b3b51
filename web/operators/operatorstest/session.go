package operatorstest

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/web/operators"
)

func bootstrap(t *testing.T, s operators.Store, code operators.Token, want bool) {
	t.Helper()
	if kept, err := s.Bootstrap(t.Context(), code); err != nil || kept != want {
		t.Errorf("bootstrap: %v, %v; want %v", kept, err, want)
	}
}

func testBootstrap(t *testing.T, open func() operators.Store) {
	s := open()
	first, second, later := token(operators.Operator{}), token(operators.Operator{}), token(operators.Operator{})
	bootstrap(t, s, first, true)
	second.Created = noon.Add(time.Hour - time.Microsecond)
	bootstrap(t, open(), second, false)
	later.Created, later.Expires = noon.Add(time.Hour), noon.Add(2*time.Hour)
	bootstrap(t, s, later, true) // the first has expired
	in := session(operator("x"))
	for _, gone := range []string{first.Hash, second.Hash} {
		_, err := s.Redeem(t.Context(), gone, operator("x"), in)
		check(t, "a token that is none any more", err, operators.ErrToken)
	}
	add(t, s, "ana")
	last := token(operators.Operator{})
	last.Created = noon.Add(24 * time.Hour)
	bootstrap(t, s, last, false)
}

func testManyBootstrap(t *testing.T, open func() operators.Store) {
	var all sync.WaitGroup
	var kept atomic.Int32
	for range 6 {
		s, code := open(), token(operators.Operator{})
		all.Go(func() {
			done, err := s.Bootstrap(t.Context(), code)
			check(t, "bootstrap", err, nil)
			if done {
				kept.Add(1)
			}
		})
	}
	all.Wait()
	if n := kept.Load(); n != 1 {
		t.Errorf("%d tokens were given out", n)
	}
}

func testFirst(t *testing.T, open func() operators.Store) {
	s := open()
	code := token(operators.Operator{})
	bootstrap(t, s, code, true)
	first := operator("ana")
	begun := session(operators.Operator{})
	got, err := s.Redeem(t.Context(), code.Hash, first, begun)
	first.Seen = begun.Seen
	if diff := cmp.Diff(first, got); err != nil || diff != "" {
		t.Fatalf("%v (-want +got):\n%s", err, diff)
	}
	begun.Operator = first.ID
	kept, o, err := open().Session(t.Context(), begun.Hash)
	if err != nil || o.ID != first.ID || !cmp.Equal(kept, begun) {
		t.Errorf("session %+v of %+v, %v", kept, o, err)
	}
	_, err = s.Redeem(t.Context(), code.Hash, operator("ben"), session(first))
	check(t, "again", err, operators.ErrToken)
}

func testRedeem(t *testing.T, open func() operators.Store) {
	s := open()
	ana := add(t, s, "ana")
	code, old := token(ana), token(ana)
	old.Expires = noon
	check(t, "token", s.AddToken(t.Context(), code), nil)
	check(t, "token", s.AddToken(t.Context(), old), nil)
	nobodys := token(operator("nobody"))
	check(t, "a token of nobody", s.AddToken(t.Context(), nobodys), operators.ErrNotFound)
	_, err := s.Redeem(t.Context(), old.Hash, operator("x"), session(ana))
	check(t, "an expired token", err, operators.ErrToken)

	begun := session(operators.Operator{ID: "somebody else"}) // whose it is, the token says
	o, err := s.Redeem(t.Context(), code.Hash, operator("x"), begun)
	if err != nil || o.ID != ana.ID {
		t.Fatalf("%+v, %v", o, err)
	}
	if _, o, err := s.Session(t.Context(), begun.Hash); err != nil || o.ID != ana.ID {
		t.Errorf("session of %+v, %v", o, err)
	}
	_, err = s.Redeem(t.Context(), code.Hash, operator("x"), session(ana))
	check(t, "again", err, operators.ErrToken)
	if list, err := s.List(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("%d operators, %v", len(list), err)
	}
}

func testManyRedeem(t *testing.T, open func() operators.Store) {
	ana := add(t, open(), "ana")
	code := token(ana)
	check(t, "token", open().AddToken(t.Context(), code), nil)
	var all sync.WaitGroup
	var in atomic.Int32
	for range 6 {
		s := open()
		all.Go(func() {
			_, err := s.Redeem(t.Context(), code.Hash, operator("x"), session(ana))
			if err == nil {
				in.Add(1)
			} else if !errors.Is(err, operators.ErrToken) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := in.Load(); n != 1 {
		t.Errorf("%d signed in", n)
	}
}

func testSessions(t *testing.T, open func() operators.Store) {
	s := open()
	ana := add(t, s, "ana")
	begun := session(ana)
	check(t, "begin", s.Begin(t.Context(), begun), nil)
	check(t, "touch", s.Touch(t.Context(), begun.Hash, noon.Add(time.Minute)), nil)
	check(t, "touch earlier", s.Touch(t.Context(), begun.Hash, noon), nil)
	check(t, "touch none", s.Touch(t.Context(), "none", noon), nil)
	begun.Seen = noon.Add(time.Minute)
	ana.Seen = begun.Seen
	kept, o, err := open().Session(t.Context(), begun.Hash)
	if err != nil || !cmp.Equal(kept, begun) || !cmp.Equal(o, ana) {
		t.Errorf("%+v of %+v, %v", kept, o, err)
	}
	check(t, "end", s.End(t.Context(), begun.Hash), nil)
	check(t, "end again", s.End(t.Context(), begun.Hash), nil)
	_, _, err = s.Session(t.Context(), begun.Hash)
	check(t, "after its end", err, operators.ErrNotFound)
}

func testPurge(t *testing.T, open func() operators.Store) {
	s := open()
	ana := add(t, s, "ana")
	over, unused, good := session(ana), session(ana), session(ana)
	over.Expires = noon.Add(time.Minute)
	unused.Seen = noon.Add(-time.Minute)
	old, live := token(ana), token(ana)
	old.Expires = noon.Add(time.Minute)
	for _, one := range []operators.Session{over, unused, good} {
		check(t, "begin", s.Begin(t.Context(), one), nil)
	}
	for _, one := range []operators.Token{old, live} {
		check(t, "token", s.AddToken(t.Context(), one), nil)
	}
	check(t, "purge", s.Purge(t.Context(), noon.Add(time.Minute), noon), nil)
	for _, gone := range []operators.Session{over, unused} {
		_, _, err := s.Session(t.Context(), gone.Hash)
		check(t, "session", err, operators.ErrNotFound)
	}
	_, _, err := s.Session(t.Context(), good.Hash)
	check(t, "the good session", err, nil)
	_, err = s.Redeem(t.Context(), old.Hash, operator("x"), session(ana))
	check(t, "the old token", err, operators.ErrToken)
	_, err = s.Redeem(t.Context(), live.Hash, operator("x"), session(ana))
	check(t, "the living token", err, nil)
}
