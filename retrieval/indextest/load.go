package indextest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

// testChurn: after many changes and deletions an index still finds exactly what is there.
func testChurn(t *testing.T, x retrieval.Index) {
	const documents, rounds = 400, churnRounds
	random := seeded(3)
	vectors := make(map[string][]float32)
	for round := range rounds {
		var docs []retrieval.Stored
		for i := range documents {
			id := number("d", i)
			vectors[id] = direction(random, dimensions)
			docs = append(docs, retrieval.Stored{Document: post(id, fmt.Sprintf("Round%d post%d", round, i), ""), Vector: vectors[id]})
		}
		upsert(t, x, docs, documents)
	}
	var gone []string
	for i := 0; i < documents; i += 2 {
		gone = append(gone, number("d", i))
	}
	if n, err := x.Delete(t.Context(), tenant, retrieval.KindJobPost, gone); n != len(gone) || err != nil {
		t.Fatalf("Delete: %d, %v", n, err)
	}
	if n := count(t, x, posts); n != documents/2 {
		t.Errorf("count %d, want %d", n, documents/2)
	}
	for i := range documents {
		id := number("d", i)
		want := []string{id}
		if i%2 == 0 {
			want = nil
		}
		sameSet(t, "lexical "+id, lexical(t, x, posts, fmt.Sprintf("post%d", i)), want...)
		if list := nearest(t, x, posts, vectors[id], 1); (len(list) == 1 && list[0].ID == id) != (i%2 == 1) {
			t.Errorf("nearest to the vector of %s: %v", id, list)
		}
	}
	sameSet(t, "words of earlier rounds", lexical(t, x, posts, fmt.Sprintf("round%d", rounds-2)))
}

// testConcurrent: writers and readers at once; at the end everything is there.
func testConcurrent(t *testing.T, x retrieval.Index) {
	const writers, each = 4, 40
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var reading, writing sync.WaitGroup
	for range 3 {
		reading.Go(func() { readUntil(ctx, t, x) })
	}
	for w := range writers {
		writing.Go(func() {
			random := seeded(uint64(w))
			for i := range each {
				// Writers meet on half of the documents.
				own, shared := number(fmt.Sprint("own", w), i), number("shared", i)
				docs := []retrieval.Stored{
					{Document: post(own, "Apple", ""), Vector: direction(random, dimensions)},
					{Document: post(shared, fmt.Sprintf("Apple by%d", w), ""), Vector: direction(random, dimensions)},
				}
				if _, err := x.Upsert(t.Context(), tenant, embedding, docs); err != nil {
					t.Errorf("Upsert: %v", err)
					return
				}
				if found, err := x.Get(t.Context(), tenant, retrieval.KindJobPost, []string{own}); err != nil || len(found) != 1 {
					t.Errorf("a writer does not read what it wrote: %v, %v", found, err)
				}
			}
		})
	}
	writing.Wait()
	cancel()
	reading.Wait()
	const total = writers*each + each
	if n := count(t, x, posts); n != total {
		t.Errorf("count %d, want %d", n, total)
	}
	for what, search := range map[string]func() ([]retrieval.Ranked, error){
		"Lexical": func() ([]retrieval.Ranked, error) { return x.Lexical(t.Context(), posts, []string{"apple"}, 1000) },
		"Nearest": func() ([]retrieval.Ranked, error) { return x.Nearest(t.Context(), posts, embedding, first, 1000) },
	} {
		if list, err := search(); err != nil || len(list) != total {
			t.Errorf("%s: %d, %v, want %d", what, len(list), err, total)
		}
	}
}

// readUntil searches until the context ends.
func readUntil(ctx context.Context, t *testing.T, x retrieval.Index) {
	for ctx.Err() == nil {
		_, lexical := x.Lexical(ctx, posts, []string{"apple"}, 10)
		_, nearest := x.Nearest(ctx, posts, embedding, first, 10)
		_, facets := x.Facets(ctx, posts, nil, 10)
		_, counted := x.Count(ctx, posts)
		for call, err := range map[string]error{"Lexical": lexical, "Nearest": nearest, "Facets": facets, "Count": counted} {
			if err != nil && ctx.Err() == nil {
				t.Errorf("%s beside writers: %v", call, err)
			}
		}
	}
}

func testCancelled(t *testing.T, x retrieval.Index) {
	upsert(t, x, []retrieval.Stored{{Document: post("a", "Apple", ""), Vector: first}}, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	kind := retrieval.KindJobPost
	for call, do := range map[string]func() error{
		"Upsert":     func() error { _, err := x.Upsert(ctx, tenant, embedding, stored(post("b", "B", ""))); return err },
		"Delete":     func() error { _, err := x.Delete(ctx, tenant, kind, []string{"a"}); return err },
		"Get":        func() error { _, err := x.Get(ctx, tenant, kind, []string{"a"}); return err },
		"Facets":     func() error { _, err := x.Facets(ctx, posts, nil, 5); return err },
		"Lexical":    func() error { _, err := x.Lexical(ctx, posts, []string{"apple"}, 5); return err },
		"Nearest":    func() error { _, err := x.Nearest(ctx, posts, embedding, first, 5); return err },
		"Unembedded": func() error { _, err := x.Unembedded(ctx, tenant, "new/1", 5); return err },
		"PutVectors": func() error { return x.PutVectors(ctx, tenant, embedding, kind, map[string][]float32{"a": first}) },
		"Count":      func() error { _, err := x.Count(ctx, posts); return err },
	} {
		if err := do(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a cancelled context: %v, want context.Canceled", call, err)
		}
	}
	if n := count(t, x, posts); n != 1 {
		t.Errorf("a cancelled call wrote: %d documents, want 1", n)
	}
}
