package sqliteindex_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
)

// wordTable is all that the table of words has.
func wordTable(t *testing.T, db *migrations.SQLiteDB) string {
	t.Helper()
	var table string
	if err := db.Read.QueryRow("select coalesce(group_concat(cast(words as text)), '') from document_words").Scan(&table); err != nil {
		t.Fatal(err)
	}
	return table
}

// TestDeletedWordsGo: what only deleted documents said is not kept, and what others say is.
func TestDeletedWordsGo(t *testing.T) {
	const name = "featherstonehaugh"
	for _, how := range []string{"compacting", "opening"} {
		t.Run(how, func(t *testing.T) {
			folder := t.TempDir()
			index, db := open(t, folder)
			docs := posts(700, 16)
			docs[0].Document.Post.Description += " " + name
			if _, err := index.Upsert(t.Context(), "acme", "one/1", docs); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(wordTable(t, db), name) {
				t.Fatal("the word is not there in the beginning")
			}
			gone := []string{docs[0].Document.ID}
			if how == "compacting" {
				for _, d := range docs[1:300] {
					gone = append(gone, d.Document.ID)
				}
			}
			if _, err := index.Delete(t.Context(), "acme", retrieval.KindJobPost, gone); err != nil {
				t.Fatal(err)
			}
			if how == "opening" {
				db.Close()
				index, db = open(t, folder)
			}
			if table := wordTable(t, db); strings.Contains(table, name) || !strings.Contains(table, "number699") {
				t.Error("the table of words keeps a deleted word, or not those of other documents")
			}

			// The word can come again, and all is found, also after a start.
			docs[650].Document.Post.Description += " " + name
			if _, err := index.Upsert(t.Context(), "acme", "one/1", docs[650:651]); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				for word, want := range map[string]string{name: docs[650].Document.ID, "number699": docs[699].Document.ID, "number650": docs[650].Document.ID} {
					list, err := index.Lexical(t.Context(), all, []string{word}, 5)
					if err != nil || len(list) != 1 || list[0].ID != want {
						t.Errorf("%s finds %v, %v, want %s", word, list, err, want)
					}
				}
				before := answers(t, index, docs[500].Vector)
				db.Close()
				index, db = open(t, folder)
				if diff := cmp.Diff(before, answers(t, index, docs[500].Vector), approximate); diff != "" {
					t.Errorf("answers after a start (-before +after):\n%s", diff)
				}
			}
		})
	}
}

// TestOpenReadOnly: words that cannot be dropped, as on a full disk, wait for the next start.
func TestOpenReadOnly(t *testing.T) {
	folder := t.TempDir()
	index, db := open(t, folder)
	if _, err := index.Upsert(t.Context(), "acme", "one/1", posts(20, 8)); err != nil {
		t.Fatal(err)
	}
	if _, err := index.Delete(t.Context(), "acme", retrieval.KindJobPost, []string{"p000003"}); err != nil {
		t.Fatal(err)
	}
	db.Close()
	db, err := migrations.OpenSQLite(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Write.Exec("pragma query_only = on"); err != nil {
		t.Fatal(err)
	}
	if _, err := sqliteindex.New(t.Context(), db); err != nil {
		t.Fatalf("without a place to write to: %v", err)
	}
	if !strings.Contains(wordTable(t, db), "number3") {
		t.Fatal("words are dropped all the same: this test shows nothing")
	}
	if _, err := db.Write.Exec("pragma query_only = off"); err != nil {
		t.Fatal(err)
	}
	if _, err := sqliteindex.New(t.Context(), db); err != nil || strings.Contains(wordTable(t, db), "number3") {
		t.Errorf("words are still there at the next start, %v", err)
	}
}
