package ingest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/pgindex"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
)

// realPosts is a collection of 5,149 public posts, where there is one.
func realPosts(t testing.TB) string {
	t.Helper()
	folder := os.Getenv("PARLEY_TESTDATA")
	if folder == "" {
		t.Skip("PARLEY_TESTDATA is not set: not tested on real posts")
	}
	return filepath.Join(folder, "posts", "freelance_posts.jsonl.gz")
}

// TestRealPosts loads real posts twice into both indexes, with the built-in embedder.
func TestRealPosts(t *testing.T) {
	path := realPosts(t)
	for name, open := range map[string]func(*testing.T) retrieval.Index{"SQLite": openSQLite, "Postgres": openPostgres} {
		t.Run(name, func(t *testing.T) {
			index := open(t)
			retriever := retrieval.New(index, embed.Default(), skills.Default())
			for run, want := range []int{5149, 0} {
				sum, rejects, err := load(t, retriever, path)
				if err != nil || rejects != "" {
					t.Fatalf("%v\n%.2000s", err, rejects)
				}
				if sum.Rows != 5149 || sum.Loaded != 5149 || sum.Changed != want {
					t.Errorf("run %d: %+v, want %d changed", run+1, sum, want)
				}
				t.Logf("run %d: %d rows, %d changed in %v", run+1, sum.Rows, sum.Changed, sum.Took)
			}
			all := retrieval.Filter{Tenant: "acme", Kind: retrieval.KindJobPost}
			if n, err := index.Count(t.Context(), all); n != 5149 || err != nil {
				t.Errorf("%d documents, %v", n, err)
			}
			if left, err := index.Unembedded(t.Context(), "acme", retriever.Embedding(), 1); len(left) != 0 || err != nil {
				t.Errorf("%d documents without a vector, %v", len(left), err)
			}
		})
	}
}

func openSQLite(t *testing.T) retrieval.Index {
	db, err := migrations.OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	index, err := sqliteindex.New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return index
}

func openPostgres(t *testing.T) retrieval.Index {
	index, err := pgindex.New(t.Context(), pgtest.Pool(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	return index
}
