package pgindex_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/pgindex"
)

func somePosts(n int, title string) []retrieval.Stored {
	docs := make([]retrieval.Stored, n)
	for i := range docs {
		docs[i] = retrieval.Stored{Document: retrieval.Document{Kind: retrieval.KindJobPost, ID: fmt.Sprintf("p%04d", i),
			Post: &retrieval.JobPost{Title: title, Description: fmt.Sprint("Work number ", i), Skills: []string{}}}, Vector: []float32{1, float32(i)}}
	}
	return docs
}

// TestCopyKeepsEverySign: what COPY gives a meaning is stored as it is.
func TestCopyKeepsEverySign(t *testing.T) {
	index, _ := open(t)
	texts := []string{`\.`, `\N`, `a\tb`, "a\tb\nc", `C:\dir\new`, `'quoted' "twice"`, `{a,"b"}`, "{}", "NULL", "", `\\`, "é 日本 😀", "a\nb\n\\.\nc"}
	var docs []retrieval.Stored
	for i, text := range texts {
		line := strings.ReplaceAll(strings.ReplaceAll(text, "\n", " "), "\t", " ")
		docs = append(docs, retrieval.Stored{
			Document: retrieval.Document{Kind: retrieval.KindProfile, ID: "p" + line + fmt.Sprint(i), Profile: &retrieval.Profile{
				Headline: "T " + line, Overview: text, Category: line, Skills: []string{line + "x"}, Credentials: []string{line + "y", "z"},
			}},
			Skills: []string{line + "x"}, Terms: []string{"~" + line + "x"}, Analysis: line,
		})
	}
	for run, want := range []int{len(docs), 0} {
		if n, err := index.Upsert(t.Context(), "acme", "", docs); n != want || err != nil {
			t.Fatalf("run %d: %d changed, %v", run, n, err)
		}
	}
	for _, d := range docs {
		found, err := index.Get(t.Context(), "acme", retrieval.KindProfile, []string{d.Document.ID})
		if err != nil || len(found) != 1 {
			t.Fatalf("%q: %v, %v", d.Document.ID, found, err)
		}
		if diff := cmp.Diff(d.Document, found[0]); diff != "" {
			t.Error(diff)
		}
		filter := retrieval.Filter{Tenant: "acme", Kind: retrieval.KindProfile, AllSkills: d.Skills, Credentials: d.Document.Profile.Credentials[:1]}
		if n, err := index.Count(t.Context(), filter); n != 1 || err != nil {
			t.Errorf("%q: %d by its skill and credential, %v", d.Skills, n, err)
		}
	}
}

// TestWritersOfTheSameDocuments: several processes load the same file at once.
func TestWritersOfTheSameDocuments(t *testing.T) {
	index, pool := open(t)
	const writers, rows = 4, 1200
	changed, failures := make([]int, writers), make([]error, writers)
	var wg sync.WaitGroup
	for w := range writers {
		index, err := pgindex.New(t.Context(), pool, nil)
		if err != nil {
			t.Fatal(err)
		}
		wg.Go(func() { changed[w], failures[w] = index.Upsert(t.Context(), "acme", "e", somePosts(rows, "Same")) })
	}
	wg.Wait()
	total := 0
	for w := range writers {
		total += changed[w]
		if failures[w] != nil {
			t.Errorf("writer %d: %v", w, failures[w])
		}
	}
	coverage, err := index.Coverage(t.Context(), "acme")
	if err != nil || coverage.Documents != rows || coverage.Vectors["e"] != rows {
		t.Errorf("%+v, %v", coverage, err)
	}
	if total < rows {
		t.Errorf("%d changes of %d documents", total, rows)
	}
	if n, err := index.Upsert(t.Context(), "acme", "e", somePosts(rows, "Same")); n != 0 || err != nil {
		t.Errorf("again: %d changed, %v", n, err)
	}
}

// TestMixedUpsert: new, changed, stale and unchanged documents in one call.
func TestMixedUpsert(t *testing.T) {
	index, _ := open(t)
	if _, err := index.Upsert(t.Context(), "acme", "e", somePosts(30, "Old")); err != nil {
		t.Fatal(err)
	}
	docs := somePosts(40, "Old") // ten are new
	for i := range 10 {
		docs[i].Document.Post.Title, docs[i].Vector = "New", nil
		docs[i+10].Analysis, docs[i+10].Vector = "2", nil
	}
	n, err := index.Upsert(t.Context(), "acme", "e", docs)
	if n != 20 || err != nil {
		t.Errorf("%d changed, %v", n, err)
	}
	coverage, err := index.Coverage(t.Context(), "acme")
	if err != nil || coverage.Documents != 40 || coverage.Vectors["e"] != 30 {
		t.Errorf("%+v, %v: those that changed lose their vectors, stale ones keep them", coverage, err)
	}
	if stale, err := index.Stale(t.Context(), "acme", "", 100); len(stale) != 10 || err != nil {
		t.Errorf("%d of other rules, %v", len(stale), err)
	}
}
