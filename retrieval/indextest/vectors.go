package indextest

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

func nearest(t *testing.T, x retrieval.Index, filter retrieval.Filter, vector []float32, limit int) []retrieval.Ranked {
	t.Helper()
	list, err := x.Nearest(t.Context(), filter, embedding, vector, limit)
	if err != nil {
		t.Fatalf("Nearest: %v", err)
	}
	checkOrder(t, list)
	return list
}

func testNearest(t *testing.T, x retrieval.Index) {
	half := float32(math.Sqrt(0.5))
	upsert(t, x, []retrieval.Stored{
		{Document: post("same", "Same", ""), Vector: []float32{1, 0, 0, 0, 0, 0, 0, 0}},
		{Document: post("near", "Near", ""), Vector: []float32{half, half, 0, 0, 0, 0, 0, 0}},
		{Document: post("far", "Far", ""), Vector: []float32{-1, 0, 0, 0, 0, 0, 0, 0}},
		{Document: post("square", "Square", ""), Vector: []float32{0, 0, 1, 0, 0, 0, 0, 0}},
		{Document: post("none", "None", "")},
	}, 5)
	list := nearest(t, x, posts, []float32{5, 0, 0, 0, 0, 0, 0, 0}, 10) // a query of any length
	same(t, "order", ids(list), []string{"same", "near", "square", "far"})
	for i, want := range []float64{1, math.Sqrt(0.5), 0, -1} {
		if math.Abs(list[i].Score-want) > 0.002 {
			t.Errorf("cosine of %s is %v, want %v", list[i].ID, list[i].Score, want)
		}
	}
	same(t, "limit", ids(nearest(t, x, posts, first, 2)), []string{"same", "near"})
	for _, limit := range []int{0, -1} {
		if list := nearest(t, x, posts, first, limit); len(list) != 0 {
			t.Errorf("limit %d: %v", limit, list)
		}
	}
	if list := nearest(t, x, posts, make([]float32, dimensions), 5); len(list) != 0 {
		t.Errorf("near to a vector that points nowhere: %v", list)
	}
	if list, err := x.Nearest(t.Context(), posts, "unheard/1", first, 5); len(list) != 0 || err != nil {
		t.Errorf("an embedding nobody has: %v, %v", list, err)
	}
}

// testVectors: several embeddings of one document, of different lengths.
func testVectors(t *testing.T, x retrieval.Index) {
	upsert(t, x, []retrieval.Stored{{Document: post("a", "Apple", ""), Vector: first}, {Document: post("b", "Bread", "")}}, 2)
	put := func(name string, vectors map[string][]float32) {
		t.Helper()
		if err := x.PutVectors(t.Context(), tenant, name, retrieval.KindJobPost, vectors); err != nil {
			t.Fatalf("PutVectors: %v", err)
		}
	}
	put(embedding, map[string][]float32{"b": {0, 1, 0, 0, 0, 0, 0, 0}, "missing": first})
	put("other/1", map[string][]float32{"b": {0, 1, 0}})
	put(embedding, nil)
	same(t, "first embedding", ids(nearest(t, x, posts, first, 5)), []string{"a", "b"})
	list, err := x.Nearest(t.Context(), posts, "other/1", []float32{0, 1, 0}, 5)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "second embedding", ids(list), []string{"b"})
	put(embedding, map[string][]float32{"a": {0, 0, 1, 0, 0, 0, 0, 0}})
	if list := nearest(t, x, posts, first, 5); math.Abs(list[0].Score) > 0.002 {
		t.Errorf("the replaced vector is still found: %v", list)
	}
	if n := count(t, x, posts); n != 2 {
		t.Errorf("a vector for a document that does not exist made one: %d", n)
	}
	// The same document with a vector again: nothing changes but the vector.
	upsert(t, x, []retrieval.Stored{{Document: post("a", "Apple", ""), Vector: first}}, 0)
	if list := nearest(t, x, posts, first, 1); len(list) != 1 || list[0].ID != "a" || list[0].Score < 0.99 {
		t.Errorf("the vector given with an unchanged document is not stored: %v", list)
	}
}

// testStaleVectors: a vector of a text that is no longer there is not used.
func testStaleVectors(t *testing.T, x retrieval.Index) {
	upsert(t, x, []retrieval.Stored{{Document: post("a", "Apple", ""), Vector: first}}, 1)
	if err := x.PutVectors(t.Context(), tenant, "other/1", retrieval.KindJobPost, map[string][]float32{"a": first}); err != nil {
		t.Fatal(err)
	}
	upsert(t, x, stored(post("a", "Apple", "")), 0)
	if list := nearest(t, x, posts, first, 5); len(list) != 1 {
		t.Errorf("storing an unchanged document without a vector dropped the one it had")
	}
	upsert(t, x, []retrieval.Stored{{Document: post("a", "Pear", ""), Vector: first}}, 1)
	if list := nearest(t, x, posts, first, 5); len(list) != 1 {
		t.Errorf("the new vector is not found")
	}
	if list, err := x.Nearest(t.Context(), posts, "other/1", first, 5); len(list) != 0 || err != nil {
		t.Errorf("the old text's vector of another embedding is found: %v, %v", list, err)
	}
	upsert(t, x, stored(post("a", "Plum", "")), 1)
	if list := nearest(t, x, posts, first, 5); len(list) != 0 {
		t.Errorf("the old text's vector is found: %v", list)
	}
}

func testVectorsInvalid(t *testing.T, x retrieval.Index) {
	upsert(t, x, []retrieval.Stored{{Document: post("a", "Apple", ""), Vector: first}}, 1)
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for name, vector := range map[string][]float32{
		"short": {1, 0}, "long": append(slices.Clone(first), 0), "NaN": {nan, 0, 0, 0, 0, 0, 0, 0}, "infinite": {0, inf, 0, 0, 0, 0, 0, 0}, "empty": {},
	} {
		_, upserted := x.Upsert(t.Context(), tenant, embedding, []retrieval.Stored{{Document: post("b", "Bread", ""), Vector: vector}})
		put := x.PutVectors(t.Context(), tenant, embedding, retrieval.KindJobPost, map[string][]float32{"a": vector})
		_, searched := x.Nearest(t.Context(), posts, embedding, vector, 5)
		for call, err := range map[string]error{"Upsert": upserted, "PutVectors": put, "Nearest": searched} {
			if !errors.Is(err, retrieval.ErrInvalid) {
				t.Errorf("%s vector, %s: %v, want ErrInvalid", name, call, err)
			}
		}
	}
	_, upserted := x.Upsert(t.Context(), tenant, "", []retrieval.Stored{{Document: post("b", "Bread", ""), Vector: first}})
	put := x.PutVectors(t.Context(), tenant, "", retrieval.KindJobPost, map[string][]float32{"a": first})
	if !errors.Is(upserted, retrieval.ErrInvalid) || !errors.Is(put, retrieval.ErrInvalid) {
		t.Errorf("no embedding named: %v, %v, want ErrInvalid", upserted, put)
	}
	if list := nearest(t, x, posts, first, 5); len(list) != 1 || list[0].Score < 0.99 {
		t.Errorf("after refused vectors: %v", list)
	}
	if n := count(t, x, posts); n != 1 {
		t.Errorf("a document with a refused vector is stored")
	}
}

func testUnembedded(t *testing.T, x retrieval.Index) {
	upsert(t, x, []retrieval.Stored{{Document: post("a", "Apple", ""), Vector: first}, {Document: post("b", "Bread", "")}, {Document: profile("c", "Cook")}}, 3)
	if _, err := x.Upsert(t.Context(), "other", embedding, stored(post("d", "Date", ""))); err != nil {
		t.Fatal(err)
	}
	unembedded := func(name string, limit int) []string {
		t.Helper()
		docs, err := x.Unembedded(t.Context(), tenant, name, limit)
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, d := range docs {
			found = append(found, string(d.Kind)+" "+d.ID)
		}
		return found
	}
	sameSet(t, "without a vector", unembedded(embedding, 10), "job_post b", "profile c")
	sameSet(t, "of a new embedding", unembedded("new/1", 10), "job_post a", "job_post b", "profile c")
	if list := unembedded(embedding, 1); len(list) != 1 {
		t.Errorf("limit 1: %v", list)
	}
	for _, kind := range []retrieval.Kind{retrieval.KindJobPost, retrieval.KindProfile} {
		if err := x.PutVectors(t.Context(), tenant, embedding, kind, map[string][]float32{"b": first, "c": first}); err != nil {
			t.Fatal(err)
		}
	}
	sameSet(t, "all embedded", unembedded(embedding, 10))
}
