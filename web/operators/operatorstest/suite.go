// Package operatorstest is the promise that every [operators.Store] keeps: a
// suite that each implementation runs.
package operatorstest

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/web/operators"
)

// noon is when things happen, unless a test says otherwise.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 123_000, time.UTC)

// Run runs the suite. Open makes an empty database, and returns a function that
// opens a store on it, as another process would.
func Run(t *testing.T, open func(t *testing.T) func() operators.Store) {
	for name, test := range map[string]func(*testing.T, func() operators.Store){
		"operators are kept":                        testKept,
		"emails and subjects are of one":            testUnique,
		"changes are made one after the other":      testChange,
		"a refused change writes nothing":           testRefused,
		"the last who rules":                        testLast,
		"seen":                                      testSeen,
		"revoking ends sessions and tokens":         testRevoke,
		"one bootstrap token":                       testBootstrap,
		"a token counts once":                       testRedeem,
		"the first operator":                        testFirst,
		"sessions":                                  testSessions,
		"what has expired is removed":               testPurge,
		"revoked while signing in":                  testRace,
		"a cancelled context":                       testCancelled,
		"several start at once, one has the token":  testManyBootstrap,
		"several have the token, one gets in by it": testManyRedeem,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func operator(name string) operators.Operator {
	return operators.Operator{ID: rand.Text(), Name: name, Email: name + "@site.example", Role: operators.Reviewer, Sites: []string{"shop"}, Created: noon}
}

func add(t *testing.T, s operators.Store, name string) operators.Operator {
	t.Helper()
	o := operator(name)
	if err := s.Add(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	return o
}

func session(o operators.Operator) operators.Session {
	return operators.Session{Hash: rand.Text(), Operator: o.ID, Created: noon, Seen: noon, Expires: noon.Add(time.Hour)}
}

func token(o operators.Operator) operators.Token {
	return operators.Token{Hash: rand.Text(), Operator: o.ID, Created: noon, Expires: noon.Add(time.Hour)}
}

func check(t *testing.T, doing string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) || want == nil && err != nil {
		t.Errorf("%s: %v, want %v", doing, err, want)
	}
}

func testKept(t *testing.T, open func() operators.Store) {
	s := open()
	first, second := add(t, s, "ana"), operator("ben")
	second.Email, second.Sites, second.Created, second.Revoked = "", nil, noon.Add(time.Second), noon.Add(time.Minute)
	second.Subject = "https://id.example 42"
	check(t, "add", s.Add(t.Context(), second), nil)
	second.Sites = []string{}
	list, err := open().List(t.Context())
	if diff := cmp.Diff([]operators.Operator{first, second}, list); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	got, err := s.Get(t.Context(), second.ID)
	if diff := cmp.Diff(second, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	_, err = s.Get(t.Context(), "nobody")
	check(t, "get nobody", err, operators.ErrNotFound)
}

func testUnique(t *testing.T, open func() operators.Store) {
	s := open()
	ana := add(t, s, "ana")
	same := operator("ana")
	check(t, "the same email", s.Add(t.Context(), same), operators.ErrConflict)
	same.ID, same.Email = ana.ID, "other@site.example"
	check(t, "the same id", s.Add(t.Context(), same), operators.ErrConflict)
	for range 2 { // none is not the same as none
		none := operator("x")
		none.Email = ""
		check(t, "no email", s.Add(t.Context(), none), nil)
	}
	_, err := s.Change(t.Context(), ana.ID, func(o operators.Operator, _ bool) (operators.Operator, error) {
		o.Revoked, o.Subject = noon, "issuer 1"
		return o, nil
	})
	check(t, "revoke", err, nil)
	again := operator("ana")
	check(t, "the email of who was revoked", s.Add(t.Context(), again), nil)
	taken := operator("kim")
	taken.Subject = "issuer 1"
	check(t, "the subject of who was revoked", s.Add(t.Context(), taken), nil)
	taken.ID, taken.Email = "another", "another@site.example"
	check(t, "the same subject", s.Add(t.Context(), taken), operators.ErrConflict)
}

func testChange(t *testing.T, open func() operators.Store) {
	ana := add(t, open(), "ana")
	var all sync.WaitGroup
	for range 8 {
		s := open()
		all.Go(func() {
			_, err := s.Change(t.Context(), ana.ID, func(o operators.Operator, _ bool) (operators.Operator, error) {
				o.Sites = append(o.Sites, "x")
				return o, nil
			})
			check(t, "change", err, nil)
		})
	}
	all.Wait()
	if o, err := open().Get(t.Context(), ana.ID); err != nil || len(o.Sites) != 9 {
		t.Errorf("%d sites, %v: a change was lost", len(o.Sites), err)
	}
	_, err := open().Change(t.Context(), "nobody", func(o operators.Operator, _ bool) (operators.Operator, error) { return o, nil })
	check(t, "change nobody", err, operators.ErrNotFound)
}

func testRefused(t *testing.T, open func() operators.Store) {
	s := open()
	ana := add(t, s, "ana")
	refusal := errors.New("no")
	_, err := s.Change(t.Context(), ana.ID, func(o operators.Operator, _ bool) (operators.Operator, error) {
		o.Role = operators.Admin
		return o, refusal
	})
	check(t, "a refused change", err, refusal)
	if o, err := s.Get(t.Context(), ana.ID); err != nil || o.Role != operators.Reviewer {
		t.Errorf("%+v, %v", o, err)
	}
}

func testRevoke(t *testing.T, open func() operators.Store) {
	s := open()
	ana, ben := add(t, s, "ana"), add(t, s, "ben")
	anas, bens, code := session(ana), session(ben), token(ana)
	check(t, "begin", s.Begin(t.Context(), anas), nil)
	check(t, "begin", s.Begin(t.Context(), bens), nil)
	check(t, "token", s.AddToken(t.Context(), code), nil)
	revoke(t, s, ana)
	_, _, err := open().Session(t.Context(), anas.Hash)
	check(t, "her session", err, operators.ErrNotFound)
	_, err = s.Redeem(t.Context(), code.Hash, operator("x"), session(ana))
	check(t, "her token", err, operators.ErrToken)
	check(t, "a new session", s.Begin(t.Context(), session(ana)), operators.ErrNotFound)
	check(t, "a new token", s.AddToken(t.Context(), token(ana)), operators.ErrNotFound)
	_, o, err := s.Session(t.Context(), bens.Hash)
	if err != nil || o.ID != ben.ID {
		t.Errorf("his session: %+v, %v", o, err)
	}
}

func revoke(t *testing.T, s operators.Store, o operators.Operator) {
	t.Helper()
	_, err := s.Change(t.Context(), o.ID, func(o operators.Operator, _ bool) (operators.Operator, error) {
		o.Revoked = noon
		return o, nil
	})
	check(t, "revoke", err, nil)
}

// testRace: whatever comes first, nobody who is revoked has a session.
func testRace(t *testing.T, open func() operators.Store) {
	s := open()
	for range 20 {
		o := operator("o" + rand.Text())
		o.Email = ""
		check(t, "add", s.Add(t.Context(), o), nil)
		code, begun := token(o), session(o)
		check(t, "token", s.AddToken(t.Context(), code), nil)
		var both sync.WaitGroup
		both.Go(func() { revoke(t, s, o) })
		both.Go(func() {
			_, err := s.Redeem(t.Context(), code.Hash, operator("x"), begun)
			if err != nil && !errors.Is(err, operators.ErrToken) && !errors.Is(err, operators.ErrNotFound) {
				t.Errorf("redeem: %v", err)
			}
		})
		both.Wait()
		_, _, err := s.Session(t.Context(), begun.Hash)
		check(t, "a revoked operator's session", err, operators.ErrNotFound)
	}
}

func testCancelled(t *testing.T, open func() operators.Store) {
	s := open()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	o := operator("ana")
	check(t, "add", s.Add(ctx, o), context.Canceled)
	_, err := s.List(ctx)
	check(t, "list", err, context.Canceled)
	_, err = s.Get(t.Context(), o.ID)
	check(t, "get", err, operators.ErrNotFound)
}
