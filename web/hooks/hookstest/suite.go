// Package hookstest is the promise that every [hooks.Store] keeps: a suite that
// each implementation runs.
package hookstest

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/web/hooks"
)

// noon is when things happen, unless a test says otherwise.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 123_000, time.UTC)

const lease = time.Minute

// shop and crm are two endpoints of a site, other is one of another.
var (
	shop   = hooks.Place{Tenant: "shop", Endpoint: "https://shop.example/hook"}
	crm    = hooks.Place{Tenant: "shop", Endpoint: "https://crm.example/hook"}
	other  = hooks.Place{Tenant: "other", Endpoint: "https://shop.example/hook"}
	places = []hooks.Place{shop, crm, other}
)

// Run runs the suite. Open makes an empty database, and returns a function that
// opens a store on it, as another process would.
func Run(t *testing.T, open func(t *testing.T) func() hooks.Store) {
	for name, test := range map[string]func(*testing.T, func() hooks.Store){
		"what is kept":                         testKept,
		"added twice, there once":              testTwice,
		"one at a time for each endpoint":      testOneAtATime,
		"the longest due first":                testOrder,
		"a key keeps its order":                testKey,
		"a lease that is over":                 testLease,
		"nothing is written without the lease": testLost,
		"a failure waits":                      testRetry,
		"given up":                             testDead,
		"expired":                              testExpire,
		"sent again":                           testRedeliver,
		"forgotten":                            testForget,
		"old ones are removed":                 testPurge,
		"sites see their own":                  testTenants,
		"listed by a filter":                   testFilter,
		"counted":                              testCounts,
		"many processes":                       testMany,
		"a cancelled context":                  testCancelled,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// delivery is of a new event, due at noon.
func delivery(to hooks.Place, key string) hooks.Delivery {
	e := hooks.Event{
		ID: rand.Text(), Tenant: to.Tenant, Type: hooks.ModerationDecided, Key: key,
		Data: json.RawMessage(`{"b": 1.50,  "a": "é\u0000"}`), Created: noon.Add(-time.Second),
	}
	return hooks.Delivery{
		Event: e, ID: e.ID, Type: e.Type, Endpoint: to.Endpoint, Status: hooks.Pending, Created: e.Created,
		Next: noon, Expires: noon.Add(time.Hour), Changed: noon,
	}
}

func add(t *testing.T, s hooks.Store, deliveries ...hooks.Delivery) {
	t.Helper()
	if err := s.Add(t.Context(), deliveries); err != nil {
		t.Fatal(err)
	}
}

// claim claims and compares what comes, in order.
func claim(t *testing.T, s hooks.Store, at time.Time, limit int, want ...hooks.Delivery) []hooks.Delivery {
	t.Helper()
	got, err := s.Claim(t.Context(), places, at, lease, limit)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(names(want), names(got)); diff != "" {
		t.Fatalf("claimed others (-want +got):\n%s", diff)
	}
	return got
}

func names(deliveries []hooks.Delivery) []string {
	list := []string{}
	for _, d := range deliveries {
		list = append(list, d.Event.Tenant+" "+d.Endpoint+" "+d.Event.ID)
	}
	return list
}

func list(t *testing.T, s hooks.Store, tenant string, status hooks.Status) []hooks.Delivery {
	t.Helper()
	found, err := s.List(t.Context(), tenant, hooks.Filter{Status: status}, 100)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func check(t *testing.T, doing string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) || want == nil && err != nil {
		t.Errorf("%s: %v, want %v", doing, err, want)
	}
}

func testKept(t *testing.T, open func() hooks.Store) {
	s, d := open(), delivery(shop, "k")
	add(t, s, d)
	got := list(t, open(), "shop", hooks.Pending)
	d.Seq = got[0].Seq
	if diff := cmp.Diff([]hooks.Delivery{d}, got); diff != "" {
		t.Errorf("kept another (-want +got):\n%s", diff)
	}
	claimed := claim(t, s, noon, 9, d)[0]
	if claimed.Lease == "" || claimed.Attempts != 1 {
		t.Errorf("%+v", claimed)
	}
	claimed.Lease, claimed.Attempts = "", 0
	if diff := cmp.Diff(d, claimed); diff != "" {
		t.Errorf("claimed another (-want +got):\n%s", diff)
	}
}

func testTwice(t *testing.T, open func() hooks.Store) {
	s, d := open(), delivery(shop, "")
	add(t, s, d)
	add(t, s, d, d)
	done := claim(t, s, noon, 9, d)[0]
	check(t, "done", s.Done(t.Context(), done, noon), nil)
	again := d
	again.Event.Data, again.Next = json.RawMessage(`{}`), noon.Add(time.Minute)
	add(t, open(), again)
	claim(t, s, noon.Add(time.Hour), 9)
	if all := list(t, s, "shop", ""); len(all) != 1 || all[0].Status != hooks.Delivered {
		t.Errorf("%+v", all)
	}
	fresh := delivery(shop, "")
	fresh.Event.ID, fresh.ID = d.ID, d.ID
	fresh.Endpoint = crm.Endpoint
	add(t, s, fresh) // the same event to another endpoint
	claim(t, s, noon, 9, fresh)
}

func testOneAtATime(t *testing.T, open func() hooks.Store) {
	s := open()
	first, second, elsewhere, others := delivery(shop, ""), delivery(shop, ""), delivery(crm, ""), delivery(other, "")
	add(t, s, first, second, elsewhere, others)
	if got := claim(t, s, noon, 2, first, elsewhere); got[0].Lease == got[1].Lease {
		t.Error("two deliveries have one lease")
	}
	claimed := claim(t, open(), noon, 9, others)
	claim(t, s, noon, 9)
	check(t, "done", s.Done(t.Context(), claimed[0], noon), nil)
	claim(t, s, noon, 9)
	got, err := s.Claim(t.Context(), nil, noon.Add(time.Hour), lease, 9)
	if err != nil || len(got) != 0 {
		t.Errorf("claimed for no place: %v, %v", got, err)
	}
	got, err = s.Claim(t.Context(), places, noon.Add(time.Hour), lease, 0)
	if err != nil || len(got) != 0 {
		t.Errorf("claimed none: %v, %v", got, err)
	}
}

func testOrder(t *testing.T, open func() hooks.Store) {
	s := open()
	later, early, future := delivery(shop, ""), delivery(crm, ""), delivery(other, "")
	early.Next, future.Next = noon.Add(-time.Minute), noon.Add(time.Microsecond)
	add(t, s, later, early, future)
	claim(t, s, noon, 9, early, later)
	claim(t, s, noon.Add(time.Microsecond), 9, future)
}

func testKey(t *testing.T, open func() hooks.Store) {
	s := open()
	first, second, free := delivery(shop, "case 1"), delivery(shop, "case 1"), delivery(shop, "case 2")
	elsewhere := delivery(crm, "case 1")
	add(t, s, first, second, free, elsewhere)
	got := claim(t, s, noon, 9, first, elsewhere)
	check(t, "retry", s.Retry(t.Context(), got[0], noon, noon.Add(time.Minute), "status 500"), nil)
	check(t, "done", s.Done(t.Context(), got[1], noon), nil)
	got = claim(t, s, noon, 9, free)
	check(t, "done", s.Done(t.Context(), got[0], noon), nil)
	claim(t, s, noon, 9) // the second waits for the first
	got = claim(t, s, noon.Add(time.Minute), 1, first)
	check(t, "dead", s.Dead(t.Context(), got[0], noon, "status 410"), nil)
	claim(t, s, noon.Add(time.Minute), 1, second) // and not for ever
}

func testLease(t *testing.T, open func() hooks.Store) {
	s, d := open(), delivery(shop, "")
	add(t, s, d)
	lost := claim(t, s, noon, 9, d)[0]
	claim(t, open(), noon.Add(lease-time.Microsecond), 9)
	taken := claim(t, open(), noon.Add(lease), 9, d)[0]
	if taken.Attempts != 2 || taken.Lease == lost.Lease {
		t.Errorf("%+v after %+v", taken, lost)
	}
	check(t, "done by who lost it", s.Done(t.Context(), lost, noon), hooks.ErrLost)
	check(t, "done", s.Done(t.Context(), taken, noon), nil)
}

func testLost(t *testing.T, open func() hooks.Store) {
	s, d := open(), delivery(shop, "")
	add(t, s, d)
	check(t, "not claimed", s.Done(t.Context(), d, noon), hooks.ErrLost)
	claimed := claim(t, s, noon, 9, d)[0]
	foreign := claimed
	foreign.Lease = "somebody else's"
	for doing, err := range map[string]error{
		"done":  s.Done(t.Context(), foreign, noon),
		"retry": s.Retry(t.Context(), foreign, noon, noon, "x"),
		"dead":  s.Dead(t.Context(), foreign, noon, "x"),
	} {
		check(t, doing, err, hooks.ErrLost)
	}
	check(t, "done", s.Done(t.Context(), claimed, noon), nil)
	check(t, "done again", s.Done(t.Context(), claimed, noon), hooks.ErrLost)
}

func testMany(t *testing.T, open func() hooks.Store) {
	const each, workers = 20, 4
	var all []hooks.Delivery
	for i := range each {
		for _, place := range places {
			all = append(all, delivery(place, fmt.Sprint(i%3)))
		}
	}
	var mu sync.Mutex
	sent, order := map[string]int{}, map[string][]string{}
	var group sync.WaitGroup
	for range workers {
		s := open()
		group.Go(func() {
			check(t, "add", s.Add(t.Context(), all), nil)
			for range len(all) {
				claimed, err := s.Claim(t.Context(), places, noon, lease, 2)
				check(t, "claim", err, nil)
				for _, d := range claimed {
					mu.Lock()
					sent[names([]hooks.Delivery{d})[0]]++
					key := d.Event.Tenant + d.Endpoint + d.Event.Key
					order[key] = append(order[key], d.ID)
					mu.Unlock()
					check(t, "done", s.Done(t.Context(), d, noon), nil)
				}
			}
		})
	}
	group.Wait()
	want := map[string][]string{}
	for _, d := range all {
		key := d.Event.Tenant + d.Endpoint + d.Event.Key
		want[key] = append(want[key], d.ID)
		if n := sent[names([]hooks.Delivery{d})[0]]; n != 1 {
			t.Errorf("a delivery was claimed %d times", n)
		}
	}
	if diff := cmp.Diff(want, order); diff != "" {
		t.Errorf("another order (-want +got):\n%s", diff)
	}
}

func testCancelled(t *testing.T, open func() hooks.Store) {
	s := open()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	check(t, "add", s.Add(ctx, []hooks.Delivery{delivery(shop, "")}), context.Canceled)
	_, err := s.Claim(ctx, places, noon, lease, 1)
	check(t, "claim", err, context.Canceled)
	if all := list(t, s, "shop", ""); len(all) != 0 {
		t.Errorf("%+v", all)
	}
}
