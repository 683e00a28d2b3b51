package sqliteindex_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
)

// stored fills a folder and closes it.
func stored(t *testing.T, folder string, docs []retrieval.Stored) (before []any) {
	t.Helper()
	index, db := open(t, folder)
	if _, err := index.Upsert(t.Context(), "acme", "one/1", docs); err != nil {
		t.Fatal(err)
	}
	before = answers(t, index, docs[0].Vector)
	db.Close()
	return before
}

// alter changes the database of a folder behind the index's back.
func alter(t *testing.T, folder string, statements ...string) {
	t.Helper()
	db, err := migrations.OpenSQLite(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.Write.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// TestFactsAreRebuilt: documents without facts, as an earlier version left
// them, or with facts of another form, are found again after a start, and are stale.
func TestFactsAreRebuilt(t *testing.T) {
	for name, statements := range map[string][]string{
		"all missing":  {"delete from document_facts", "delete from document_words", "delete from document_scopes", "delete from meta where key = 'facts'"},
		"other form":   {"update meta set value = 'other' where key = 'facts'", "update document_facts set facets = x'ff', words = x'ff'"},
		"some missing": {"delete from document_facts where document % 3 = 0"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			docs := posts(250, 16)
			for i := range docs {
				docs[i].Analysis = "v1"
			}
			before := stored(t, folder, docs)
			alter(t, folder, statements...)
			index, db := open(t, folder)
			if diff := cmp.Diff(before, answers(t, index, docs[0].Vector), approximate); diff != "" {
				t.Errorf("answers after a start (-before +after):\n%s", diff)
			}
			stale, err := index.Stale(t.Context(), "acme", "v1", 1000)
			if want := map[string]int{"some missing": 83}[name]; err != nil || want > 0 && len(stale) != want || want == 0 && len(stale) != len(docs) {
				t.Errorf("%d documents are stale, %v", len(stale), err)
			}
			if changed, err := index.Upsert(t.Context(), "acme", "one/1", docs); changed != 0 || err != nil {
				t.Errorf("stored again: %d changed, %v, want 0", changed, err)
			}
			if stale, err := index.Stale(t.Context(), "acme", "v1", 1000); len(stale) != 0 || err != nil {
				t.Errorf("%d documents are stale after that, %v", len(stale), err)
			}
			db.Close()
			index, _ = open(t, folder)
			if diff := cmp.Diff(before, answers(t, index, docs[0].Vector), approximate); diff != "" {
				t.Errorf("answers after another start (-before +after):\n%s", diff)
			}
		})
	}
}

// TestDamaged: what cannot be right is an error at the start, and not called temporary.
func TestDamaged(t *testing.T) {
	for name, statement := range map[string]string{
		"facets":       "update document_facts set facets = x'ff' where document = 7",
		"skills":       "update document_facts set skills = x'05' where document = 7",
		"words":        "update document_facts set words = x'ffffffffffffff' where document = 7",
		"word numbers": "update document_facts set words = x'ffff7f01' where document = 7",
		"vector":       "update document_vectors set vector = x'00' where document = 7",
		"word list":    "update document_words set words = x'ff' where n = 1",
		"numbering":    "update document_words set first = first + 1 where n = 1",
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			stored(t, folder, posts(20, 8))
			alter(t, folder, statement)
			db, err := migrations.OpenSQLite(folder)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := sqliteindex.New(t.Context(), db); err == nil || errors.Is(err, retrieval.ErrUnavailable) {
				t.Errorf("a damaged database is opened: %v", err)
			}
		})
	}
}

// TestCompaction: a search beside changes that renumber everything finds what is there.
func TestCompaction(t *testing.T) {
	index, _ := open(t, t.TempDir())
	docs := posts(700, 16)
	if _, err := index.Upsert(t.Context(), "acme", "one/1", docs); err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() {
		defer close(done)
		for round := range 3 { // more dead than living slots, again and again
			for i := range docs[:450] {
				docs[i].Document.Post.Title = fmt.Sprintf("Post number%d round%d", i, round)
			}
			if _, err := index.Upsert(t.Context(), "acme", "one/1", docs[:450]); err != nil {
				done <- err
				return
			}
		}
	}()
	for searching := true; searching; {
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			searching = false
		default:
		}
		// Documents from 450 on never change.
		for _, i := range []int{450, 577, 699} {
			list, err := index.Nearest(t.Context(), all, "one/1", docs[i].Vector, 1)
			if err != nil || len(list) != 1 || list[0].ID != docs[i].Document.ID {
				t.Fatalf("nearest to document %d: %v, %v", i, list, err)
			}
			list, err = index.Lexical(t.Context(), all, []string{fmt.Sprintf("number%d", i)}, 5)
			if err != nil || len(list) != 1 || list[0].ID != docs[i].Document.ID {
				t.Fatalf("word of document %d: %v, %v", i, list, err)
			}
		}
	}
	for i := range docs[:450] {
		list, err := index.Nearest(t.Context(), all, "one/1", docs[i].Vector, 1)
		if err != nil || len(list) != 1 || list[0].ID != docs[i].Document.ID {
			t.Fatalf("nearest to document %d after changes: %v, %v", i, list, err)
		}
	}
}
