package sqliteindex_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/retrieval"
)

var all = retrieval.Filter{Tenant: "acme", Kind: retrieval.KindJobPost}

func unit(random *rand.Rand, dimensions int) []float32 {
	vector := make([]float32, dimensions)
	for k := range vector {
		vector[k] = float32(random.NormFloat64())
	}
	return vector
}

// posts are n posts with texts whose words are as unevenly frequent as those of a language.
func posts(n, dimensions int) []retrieval.Stored {
	random := rand.New(rand.NewPCG(7, 7))
	words := rand.NewZipf(random, 1.1, 3, 30_000)
	docs := make([]retrieval.Stored, n)
	for i := range docs {
		var text strings.Builder
		for range 150 {
			fmt.Fprintf(&text, "w%d ", words.Uint64())
		}
		docs[i] = retrieval.Stored{Vector: unit(random, dimensions), Document: retrieval.Document{
			Kind: retrieval.KindJobPost, ID: fmt.Sprintf("p%06d", i), Post: &retrieval.JobPost{
				Title: fmt.Sprintf("Post number%d", i), Description: text.String(), Category: "web", Skills: []string{"Go", "SQL"}, Level: "expert", PostedOn: "2025-01-02",
			},
		}}
	}
	return docs
}

// answers are what an index finds.
func answers(t *testing.T, index retrieval.Index, vector []float32) []any {
	t.Helper()
	lexical, err := index.Lexical(t.Context(), all, []string{"w5", "w70", "number7"}, 20)
	if err != nil {
		t.Fatal(err)
	}
	nearest, err := index.Nearest(t.Context(), all, "one/1", vector, 20)
	if err != nil {
		t.Fatal(err)
	}
	other, err := index.Nearest(t.Context(), all, "two/1", vector[:4], 20)
	if err != nil {
		t.Fatal(err)
	}
	facets, err := index.Facets(t.Context(), all, nil, 20)
	if err != nil {
		t.Fatal(err)
	}
	return []any{lexical, nearest, other, facets}
}

// TestRestart: an index that is opened again answers as the one before it did.
func TestRestart(t *testing.T) {
	folder := t.TempDir()
	index, db := open(t, folder)
	docs := posts(600, 16)
	if _, err := index.Upsert(t.Context(), "acme", "one/1", docs); err != nil {
		t.Fatal(err)
	}
	second := map[string][]float32{"p000003": docs[3].Vector[:4], "p000004": docs[4].Vector[:4]}
	if err := index.PutVectors(t.Context(), "acme", "two/1", retrieval.KindJobPost, second); err != nil {
		t.Fatal(err)
	}
	if _, err := index.Delete(t.Context(), "acme", retrieval.KindJobPost, []string{"p000000", "p000007"}); err != nil {
		t.Fatal(err)
	}
	before := answers(t, index, docs[9].Vector)
	if len(before[0].([]retrieval.Ranked)) != 20 || len(before[1].([]retrieval.Ranked)) != 20 || len(before[2].([]retrieval.Ranked)) != 2 {
		t.Fatalf("answers before: %v", before)
	}
	db.Close()

	index, _ = open(t, folder)
	if diff := cmp.Diff(before, answers(t, index, docs[9].Vector), approximate); diff != "" {
		t.Errorf("answers after a restart (-before +after):\n%s", diff)
	}
	if changed, err := index.Upsert(t.Context(), "acme", "one/1", docs); err != nil || changed != 2 {
		t.Errorf("all again: %d changed, %v, want the 2 that were deleted", changed, err)
	}
}

// approximate: scores of words depend a little on documents that changed or
// went since the index was opened.
var approximate = cmp.Comparer(func(a, b retrieval.Ranked) bool {
	return a.ID == b.ID && a.Score-b.Score < 0.02 && b.Score-a.Score < 0.02
})

func TestDatabaseClosed(t *testing.T) {
	index, db := open(t, t.TempDir())
	docs := posts(2, 8)
	if _, err := index.Upsert(t.Context(), "acme", "two/1", docs[1:]); err != nil {
		t.Fatal(err)
	}
	db.Close()
	_, upsert := index.Upsert(t.Context(), "acme", "one/1", docs)
	put := index.PutVectors(t.Context(), "acme", "one/1", retrieval.KindJobPost, map[string][]float32{"a": docs[0].Vector})
	_, del := index.Delete(t.Context(), "acme", retrieval.KindJobPost, []string{"a"})
	_, get := index.Get(t.Context(), "acme", retrieval.KindJobPost, []string{"a"})
	_, unembedded := index.Unembedded(t.Context(), "acme", "one/1", 5)
	for call, err := range map[string]error{"Upsert": upsert, "PutVectors": put, "Delete": del, "Get": get, "Unembedded": unembedded} {
		if !errors.Is(err, retrieval.ErrUnavailable) {
			t.Errorf("%s: %v, want ErrUnavailable", call, err)
		}
	}
}

// TestFullDisk: what could not be stored is not found either.
func TestFullDisk(t *testing.T) {
	index, db := open(t, t.TempDir())
	docs := posts(60, 64)
	if _, err := index.Upsert(t.Context(), "acme", "one/1", docs[:10]); err != nil {
		t.Fatal(err)
	}
	limit := func(pages int) {
		if _, err := db.Write.Exec(fmt.Sprintf("pragma max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	var pages int
	if err := db.Write.QueryRow("pragma page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit(pages + 2)
	if _, err := index.Upsert(t.Context(), "acme", "one/1", docs[10:]); !errors.Is(err, retrieval.ErrUnavailable) {
		t.Fatalf("on a full disk: %v, want ErrUnavailable", err)
	}
	for _, vector := range [][]float32{docs[3].Vector, docs[40].Vector} {
		list, err := index.Nearest(t.Context(), all, "one/1", vector, 100)
		if err != nil || len(list) != 10 {
			t.Errorf("%d found, %v, want the 10 that are stored", len(list), err)
		}
	}
	limit(1 << 20)
	if changed, err := index.Upsert(t.Context(), "acme", "one/1", docs); err != nil || changed != 50 {
		t.Errorf("with space again: %d changed, %v, want 50", changed, err)
	}
}
