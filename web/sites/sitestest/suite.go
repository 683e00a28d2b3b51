// Package sitestest is the promise that every [sites.Store] keeps: a suite that
// each implementation runs.
package sitestest

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/web/sites"
)

// noon is when things happen, unless a test says otherwise.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 123_000, time.UTC)

// Run runs the suite. Open makes an empty database, and returns a function that
// opens a store on it, as another process would.
func Run(t *testing.T, open func(t *testing.T) func() sites.Store) {
	for name, test := range map[string]func(*testing.T, func() sites.Store){
		"settings are kept":              testSettings,
		"one of two savers is stale":     testStale,
		"many save at once":              testMany,
		"keys are kept":                  testKeys,
		"a key is replaced":              testReplace,
		"an end only comes nearer":       testEnd,
		"sealed anew":                    testReseal,
		"uses":                           testUsed,
		"history":                        testHistory,
		"nothing is written without all": testAtomic,
		"a cancelled context":            testCancelled,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func change(tenant, what string) sites.Change {
	return sites.Change{Tenant: tenant, At: noon, By: "op-1", Name: "Ana", What: what, Detail: json.RawMessage(`{"a": "é"}`)}
}

func save(s sites.Store, tenant string, version int, origins ...string) error {
	return s.Save(context.Background(), sites.Kept{Tenant: tenant, Version: version, Chosen: sites.Chosen{Origins: origins}}, change(tenant, sites.SettingsSaved))
}

func key(tenant string, kind sites.Kind) sites.Key {
	return sites.Key{Tenant: tenant, ID: rand.Text(), Kind: kind, Name: "Backend", Hint: "WXYZ", Secret: "hash " + rand.Text(), By: "op-1", Created: noon}
}

func check(t *testing.T, doing string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("%s: %v, want %v", doing, err, want)
	}
}

func load(t *testing.T, s sites.Store) ([]sites.Kept, []sites.Key) {
	t.Helper()
	kept, keys, err := s.Load(t.Context())
	check(t, "load", err, nil)
	return kept, keys
}

func testSettings(t *testing.T, open func() sites.Store) {
	s := open()
	if kept, keys := load(t, s); len(kept)+len(keys) != 0 {
		t.Fatalf("an empty database has %v, %v", kept, keys)
	}
	before, err := s.Revision(t.Context())
	check(t, "revision", err, nil)
	radius := 0
	want := sites.Kept{Tenant: "shop", Version: 1, Chosen: sites.Chosen{
		Origins: []string{"https://shop.example"}, JWTIssuer: "shop",
		Look: sites.Look{Theme: sites.Theme{Accent: "#112233", Radius: &radius, Position: "left", Scheme: "dark"}, Greeting: "¿Qué tal?", Locale: "es"},
	}}
	check(t, "save", s.Save(t.Context(), want, change("shop", sites.SettingsSaved)), nil)
	kept, _ := load(t, open())
	if diff := cmp.Diff([]sites.Kept{want}, kept); diff != "" {
		t.Error(diff)
	}
	if after, err := open().Revision(t.Context()); err != nil || after <= before {
		t.Errorf("revision %d after %d, %v", after, before, err)
	}
}

func testStale(t *testing.T, open func() sites.Store) {
	s, other := open(), open()
	check(t, "skip the first", save(s, "shop", 2), sites.ErrStale)
	check(t, "first", save(s, "shop", 1, "https://a.example"), nil)
	check(t, "first again", save(other, "shop", 1), sites.ErrStale)
	check(t, "another site", save(other, "mall", 1), nil)
	check(t, "second", save(other, "shop", 2, "https://b.example"), nil)
	check(t, "second again", save(s, "shop", 2), sites.ErrStale)
	list, err := s.Changes(t.Context(), "shop", 0, 10)
	if err != nil || len(list) != 2 {
		t.Errorf("%d changes of two saves, %v", len(list), err)
	}
}

func testMany(t *testing.T, open func() sites.Store) {
	const savers = 8
	results := make([]error, savers)
	var wait sync.WaitGroup
	for i := range savers {
		wait.Go(func() { results[i] = save(open(), "shop", 1) })
	}
	wait.Wait()
	won := 0
	for _, err := range results {
		if err == nil {
			won++
		} else {
			check(t, "lost", err, sites.ErrStale)
		}
	}
	if won != 1 {
		t.Errorf("%d of %d saved the first version", won, savers)
	}
}

func testKeys(t *testing.T, open func() sites.Store) {
	s := open()
	first, second := key("shop", sites.APIKey), key("mall", sites.JWTSecret)
	second.Created, second.Until = noon.Add(time.Second), noon.Add(time.Hour)
	for _, k := range []sites.Key{first, second} {
		check(t, "add", s.AddKey(t.Context(), k, "", time.Time{}, change(k.Tenant, sites.KeyMade)), nil)
	}
	if _, keys := load(t, open()); !cmp.Equal(keys, []sites.Key{second, first}) {
		t.Error(cmp.Diff([]sites.Key{second, first}, keys))
	}
}

func testReplace(t *testing.T, open func() sites.Store) {
	s := open()
	old, secret, next := key("shop", sites.APIKey), key("shop", sites.JWTSecret), key("shop", sites.APIKey)
	next.Created = noon.Add(time.Second)
	for _, k := range []sites.Key{old, secret} {
		check(t, "add", s.AddKey(t.Context(), k, "", time.Time{}, change("shop", sites.KeyMade)), nil)
	}
	ends := noon.Add(time.Hour)
	for name, replaces := range map[string]string{"no key": "nothing", "of another kind": secret.ID} {
		check(t, name, s.AddKey(t.Context(), next, replaces, ends, change("shop", sites.KeyReplaced)), sites.ErrNotFound)
	}
	check(t, "replace", s.AddKey(t.Context(), next, old.ID, ends, change("shop", sites.KeyReplaced)), nil)
	_, keys := load(t, s)
	for _, k := range keys {
		if want := map[string]time.Time{old.ID: ends}[k.ID]; !k.Until.Equal(want) {
			t.Errorf("%s %s ends %v, want %v", k.Kind, k.ID, k.Until, want)
		}
	}
	if len(keys) != 3 {
		t.Errorf("%d keys", len(keys))
	}
}

func testEnd(t *testing.T, open func() sites.Store) {
	s := open()
	k := key("shop", sites.APIKey)
	check(t, "add", s.AddKey(t.Context(), k, "", time.Time{}, change("shop", sites.KeyMade)), nil)
	check(t, "another site's", s.EndKey(t.Context(), "mall", k.ID, noon, change("mall", sites.KeyRevoked)), sites.ErrNotFound)
	for _, step := range []struct{ until, want time.Duration }{{time.Hour, time.Hour}, {2 * time.Hour, time.Hour}, {0, 0}, {time.Hour, 0}} {
		check(t, "end", s.EndKey(t.Context(), "shop", k.ID, noon.Add(step.until), change("shop", sites.KeyRevoked)), nil)
		if _, keys := load(t, s); !keys[0].Until.Equal(noon.Add(step.want)) {
			t.Errorf("after an end in %s it ends %v", step.until, keys[0].Until)
		}
	}
}

func testReseal(t *testing.T, open func() sites.Store) {
	s := open()
	k := key("shop", sites.JWTSecret)
	check(t, "add", s.AddKey(t.Context(), k, "", time.Time{}, change("shop", sites.KeyMade)), nil)
	before, _ := s.Revision(t.Context())
	check(t, "reseal", s.Reseal(t.Context(), "shop", k.ID, k.Secret, "new"), nil)
	check(t, "reseal what is not there", s.Reseal(t.Context(), "shop", k.ID, k.Secret, "newer"), nil)
	if _, keys := load(t, s); keys[0].Secret != "new" {
		t.Errorf("secret %s", keys[0].Secret)
	}
	if after, _ := s.Revision(t.Context()); after != before {
		t.Error("resealing counts as a change")
	}
}

func testUsed(t *testing.T, open func() sites.Store) {
	s := open()
	k := key("shop", sites.APIKey)
	check(t, "add", s.AddKey(t.Context(), k, "", time.Time{}, change("shop", sites.KeyMade)), nil)
	for _, at := range []time.Duration{time.Hour, time.Minute} {
		check(t, "used", s.Used(t.Context(), map[string]time.Time{k.ID: noon.Add(at), "nothing": noon}), nil)
	}
	if _, keys := load(t, open()); !keys[0].Used.Equal(noon.Add(time.Hour)) {
		t.Errorf("last used %v", keys[0].Used)
	}
	check(t, "nothing used", s.Used(t.Context(), nil), nil)
}

func testHistory(t *testing.T, open func() sites.Store) {
	s := open()
	for version := 1; version <= 3; version++ {
		check(t, "save", save(s, "shop", version), nil)
	}
	check(t, "save", save(s, "mall", 1), nil)
	check(t, "add", s.AddKey(t.Context(), key("shop", sites.APIKey), "", time.Time{}, change("shop", sites.KeyMade)), nil)
	list, err := s.Changes(t.Context(), "shop", 0, 2)
	check(t, "changes", err, nil)
	rest, err := s.Changes(t.Context(), "shop", list[1].Seq, 10)
	check(t, "the rest", err, nil)
	var versions []int
	for _, c := range append(list, rest...) {
		versions = append(versions, c.Version)
	}
	if !cmp.Equal(versions, []int{3, 3, 2, 1}) {
		t.Errorf("versions %v", versions)
	}
	check(t, "note", s.Note(t.Context(), change("mall", sites.WebhookTested)), nil)
	if noted, err := s.Changes(t.Context(), "mall", 0, 1); err != nil || len(noted) != 1 || noted[0].What != sites.WebhookTested || noted[0].Version != 1 {
		t.Errorf("noted %+v, %v", noted, err)
	}
	want := change("shop", sites.KeyMade)
	want.Seq, want.Version = list[0].Seq, 3
	if diff := cmp.Diff(want, list[0]); diff != "" {
		t.Error(diff)
	}
}

func testAtomic(t *testing.T, open func() sites.Store) {
	s := open()
	k := key("shop", sites.APIKey)
	check(t, "add", s.AddKey(t.Context(), k, "", time.Time{}, change("shop", sites.KeyMade)), nil)
	before, _ := s.Revision(t.Context())
	replacing := key("shop", sites.APIKey)
	replacing.ID = k.ID // taken: the end of the other key must not be left behind
	if err := s.AddKey(t.Context(), replacing, k.ID, noon, change("shop", sites.KeyReplaced)); err == nil {
		t.Fatal("an id was taken twice")
	}
	after, _ := s.Revision(t.Context())
	if _, keys := load(t, s); after != before || len(keys) != 1 || !keys[0].Until.IsZero() {
		t.Errorf("something was left of a change that failed: %v", keys)
	}
}

func testCancelled(t *testing.T, open func() sites.Store) {
	s := open()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := s.Save(ctx, sites.Kept{Tenant: "shop", Version: 1}, change("shop", sites.SettingsSaved))
	check(t, "save", err, context.Canceled)
	if kept, _ := load(t, s); len(kept) != 0 {
		t.Error("it was saved")
	}
}
