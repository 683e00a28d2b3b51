package indextest

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/parleyhq/parley/retrieval"
)

var first = []float32{1, 0, 0, 0, 0, 0, 0, 0}

// testScopes: the same id and the same words in other tenants and kinds.
func testScopes(t *testing.T, x retrieval.Index) {
	here := retrieval.Stored{Document: post("a", "Apple pie", ""), Vector: first}
	upsert(t, x, []retrieval.Stored{here, {Document: profile("a", "Apple grower"), Vector: first}}, 2)
	for _, other := range []string{"acm", "acme2", "ACME", "acme/job_post", "'"} {
		there := retrieval.Stored{Document: post("a", "Apple of "+other, ""), Vector: first}
		if n, err := x.Upsert(t.Context(), other, embedding, []retrieval.Stored{there}); n != 1 || err != nil {
			t.Fatalf("Upsert for %q: %d, %v", other, n, err)
		}
		only := retrieval.Filter{Tenant: other, Kind: retrieval.KindJobPost}
		facets, err := x.Facets(t.Context(), only, nil, 10)
		if err != nil || len(facets) != 1 || facets[0].Title != "Apple of "+other {
			t.Errorf("facets of %q: %+v, %v", other, facets, err)
		}
		sameSet(t, "lexical of "+other, lexical(t, x, only, "apple"), "a")
		if docs, err := x.Get(t.Context(), other, retrieval.KindProfile, []string{"a"}); len(docs) != 0 || err != nil {
			t.Errorf("%q sees a profile: %+v, %v", other, docs, err)
		}
	}
	same(t, "document", get(t, x, retrieval.KindJobPost, "a"), []retrieval.Document{here.Document})
	for _, filter := range []retrieval.Filter{posts, {Tenant: tenant, Kind: retrieval.KindProfile}} {
		if n := count(t, x, filter); n != 1 {
			t.Errorf("count of %s: %d, want 1", filter.Kind, n)
		}
		if list := nearest(t, x, filter, first, 10); len(list) != 1 {
			t.Errorf("nearest of %s: %v, want 1", filter.Kind, list)
		}
	}
	if n := count(t, x, retrieval.Filter{Tenant: "nobody", Kind: retrieval.KindJobPost}); n != 0 {
		t.Errorf("a tenant without documents has %d", n)
	}
	if _, err := x.Delete(t.Context(), "acm", retrieval.KindJobPost, []string{"a"}); err != nil {
		t.Fatal(err)
	}
	if n := count(t, x, posts); n != 1 {
		t.Error("deleting in one tenant reached into another")
	}
}

func testFilters(t *testing.T, x retrieval.Index) {
	variants := []struct{ id, category, level, payType, currency string }{
		{"a", "web", "entry", "fixed", "USD"}, {"b", "web", "expert", "fixed", "EUR"}, {"c", "web", "expert", "hourly", "USD"},
		{"d", "design", "expert", "fixed", "USD"}, {"e", "Été & 'co'", "", "", ""},
	}
	var docs []retrieval.Stored
	for _, v := range variants {
		d := post(v.id, "Apple", "")
		d.Post.Category, d.Post.Level, d.Post.PayType, d.Post.Currency = v.category, v.level, v.payType, v.currency
		if v.currency == "" {
			d.Post.PayMin, d.Post.PayMax = 0, 0
		}
		docs = append(docs, retrieval.Stored{Document: d, Vector: first})
	}
	upsert(t, x, docs, len(docs))
	for _, tt := range []struct {
		name   string
		filter retrieval.Filter
		want   []string
	}{
		{"all", retrieval.Filter{}, []string{"a", "b", "c", "d", "e"}},
		{"category", retrieval.Filter{Category: "web"}, []string{"a", "b", "c"}},
		{"odd category", retrieval.Filter{Category: "Été & 'co'"}, []string{"e"}},
		{"level", retrieval.Filter{Level: "expert"}, []string{"b", "c", "d"}},
		{"pay type", retrieval.Filter{PayType: "hourly"}, []string{"c"}},
		{"currency", retrieval.Filter{Currency: "USD"}, []string{"a", "c", "d"}},
		{"several", retrieval.Filter{Category: "web", Level: "expert", PayType: "fixed", Currency: "EUR"}, []string{"b"}},
		{"nothing together", retrieval.Filter{Category: "design", Currency: "EUR"}, nil},
		{"a value nobody has", retrieval.Filter{Category: "law"}, nil},
		{"not these", retrieval.Filter{Category: "web", Exclude: []string{"a", "d", "missing"}}, []string{"b", "c"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			filter := tt.filter
			filter.Tenant, filter.Kind = tenant, retrieval.KindJobPost
			keeps(t, x, filter, tt.want...)
		})
	}
}

// keeps checks which documents pass a filter by everything that filters. All
// have the word "apple" and a vector.
func keeps(t *testing.T, x retrieval.Index, filter retrieval.Filter, want ...string) {
	t.Helper()
	const limit = 1000
	found, err := x.Lexical(t.Context(), filter, []string{"apple"}, limit)
	if err != nil {
		t.Fatalf("Lexical: %v", err)
	}
	sameSet(t, "lexical", ids(found), slices.Clone(want)...)
	sameSet(t, "nearest", ids(nearest(t, x, filter, first, limit)), slices.Clone(want)...)
	if n := count(t, x, filter); n != len(want) {
		t.Errorf("count %d, want %d", n, len(want))
	}
	facets, err := x.Facets(t.Context(), filter, nil, limit)
	if err != nil {
		t.Fatalf("Facets: %v", err)
	}
	sameSet(t, "facets", facetIDs(facets), slices.Clone(want)...)
	if len(want) == 0 {
		return
	}
	// What a filter keeps is found also where fewer are asked for.
	few, err := x.Lexical(t.Context(), filter, []string{"apple"}, 1)
	if err != nil || len(few) != 1 || !slices.Contains(want, few[0].ID) {
		t.Errorf("lexical, one of %q: %v, %v", want, few, err)
	}
	if few := nearest(t, x, filter, first, 1); len(few) != 1 || !slices.Contains(want, few[0].ID) {
		t.Errorf("nearest, one of %q: %v", want, few)
	}
}

func testFilterIncomplete(t *testing.T, x retrieval.Index) {
	upsert(t, x, []retrieval.Stored{{Document: post("a", "Apple", ""), Vector: first}}, 1)
	for name, filter := range map[string]retrieval.Filter{"no tenant": {Kind: retrieval.KindJobPost}, "no kind": {Tenant: tenant}} {
		_, lexical := x.Lexical(t.Context(), filter, []string{"apple"}, 5)
		_, nearest := x.Nearest(t.Context(), filter, embedding, first, 5)
		_, facets := x.Facets(t.Context(), filter, nil, 5)
		_, count := x.Count(t.Context(), filter)
		for call, err := range map[string]error{"Lexical": lexical, "Nearest": nearest, "Facets": facets, "Count": count} {
			if !errors.Is(err, retrieval.ErrInvalid) {
				t.Errorf("%s, %s: %v, want ErrInvalid", name, call, err)
			}
		}
	}
}

func testFacets(t *testing.T, x retrieval.Index) {
	full := post("full", "Shop", "Text", "Go", "SQL")
	full.Demo = true
	p := full.Post
	p.DurationDays, p.HoursPerWeek, p.Country, p.PostedOn = 30, 20, "DE", "2025-06-01"
	p.Outcome = &retrieval.Outcome{Hired: new(true), DaysToHire: 4, Proposals: 9}
	old, undated, newest := post("old", "Old", ""), post("undated", "Undated", ""), post("new", "New", "")
	old.Post.PostedOn, undated.Post.PostedOn, newest.Post.PostedOn = "2024-01-01", "", "2025-07-01"
	same2 := post("full2", "Same day", "")
	same2.Post.PostedOn = "2025-06-01"
	upsert(t, x, stored(old, full, undated, same2, newest), 5)

	facets := func(ids []string, limit int) []retrieval.Facets {
		list, err := x.Facets(t.Context(), posts, ids, limit)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	same(t, "order", facetIDs(facets(nil, 10)), []string{"new", "full", "full2", "old", "undated"})
	same(t, "limit", facetIDs(facets(nil, 2)), []string{"new", "full"})
	same(t, "ids in their order", facetIDs(facets([]string{"old", "nobody", "new"}, 1)), []string{"old", "new"})
	if list := facets([]string{}, 10); len(list) != 0 {
		t.Errorf("%d facets for an empty list of ids", len(list))
	}
	if diff := cmp.Diff([]retrieval.Facets{full.Facets()}, facets([]string{"full"}, 0), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("facets of a full post (-want +got):\n%s", diff)
	}
}

func facetIDs(list []retrieval.Facets) []string {
	var found []string
	for _, f := range list {
		found = append(found, f.ID)
	}
	return found
}
