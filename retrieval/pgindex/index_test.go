package pgindex_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/indextest"
	"github.com/parleyhq/parley/retrieval/pgindex"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t testing.TB) (*pgindex.Index, *pgxpool.Pool) {
	t.Helper()
	pool := pgtest.Pool(t)
	index, err := pgindex.New(t.Context(), pool, nil)
	if err != nil {
		t.Fatal(err)
	}
	return index, pool
}

func TestIndex(t *testing.T) {
	indextest.Run(t, func(t *testing.T) retrieval.Index {
		index, _ := open(t)
		return index
	})
}

// TestIndexWithHNSW: the same promises hold where nearly every search for
// vectors goes through an HNSW index.
func TestIndexWithHNSW(t *testing.T) {
	indextest.RunVectors(t, func(t *testing.T) retrieval.Index {
		index, _ := open(t)
		index.SetExactUpTo(20)
		return settling{index}
	})
}

// settling settles after each write, so that HNSW indexes are built as soon as
// they are due.
type settling struct{ *pgindex.Index }

func (x settling) Upsert(ctx context.Context, tenant, embedding string, docs []retrieval.Stored) (int, error) {
	n, err := x.Index.Upsert(ctx, tenant, embedding, docs)
	return n, errors.Join(err, x.Settle(ctx, tenant))
}

func (x settling) PutVectors(ctx context.Context, tenant, embedding string, kind retrieval.Kind, vectors map[string][]float32) error {
	return errors.Join(x.Index.PutVectors(ctx, tenant, embedding, kind, vectors), x.Settle(ctx, tenant))
}

var all = retrieval.Filter{Tenant: "acme", Kind: retrieval.KindJobPost}

func posts(n, dimensions int) []retrieval.Stored {
	random := rand.New(rand.NewPCG(7, 7))
	docs := make([]retrieval.Stored, n)
	for i := range docs {
		vector := make([]float32, dimensions)
		for k := range vector {
			vector[k] = float32(random.NormFloat64())
		}
		docs[i] = retrieval.Stored{Vector: vector, Document: retrieval.Document{
			Kind: retrieval.KindJobPost, ID: fmt.Sprintf("p%05d", i), Post: &retrieval.JobPost{Title: fmt.Sprintf("Post %d", i), Category: "web"},
		}}
	}
	return docs
}

func upsert(t testing.TB, index retrieval.Index, docs []retrieval.Stored) {
	t.Helper()
	if _, err := index.Upsert(t.Context(), "acme", "test/1", docs); err != nil {
		t.Fatal(err)
	}
}

func TestHNSWIndexIsMadeAndUsed(t *testing.T) {
	t.Parallel()
	index, pool := open(t)
	index.SetExactUpTo(500)
	docs := posts(2000, 32)
	made := func() (n int) {
		t.Helper()
		err := pool.QueryRow(t.Context(), "select count(*) from pg_indexes where indexdef like '%hnsw%'").Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	upsert(t, settling{index}, docs[:400])
	if n := made(); n != 0 {
		t.Errorf("%d HNSW indexes for few vectors", n)
	}
	upsert(t, settling{index}, docs[400:])
	if n := made(); n != 1 {
		t.Errorf("%d HNSW indexes for many vectors, want 1", n)
	}
	if _, err := pool.Exec(t.Context(), "analyze document_vectors"); err != nil {
		t.Fatal(err)
	}
	plan, err := index.PlanNearest(t.Context(), all, "test/1", docs[0].Vector, 10)
	if err != nil || !strings.Contains(plan, "document_vectors_hnsw_1") {
		t.Errorf("the plan does not use the index: %v\n%s", err, plan)
	}
	list, err := index.Nearest(t.Context(), all, "test/1", docs[1234].Vector, 10)
	if err != nil || len(list) != 10 || list[0].ID != "p01234" {
		t.Errorf("nearest: %v, %v", list, err)
	}
}

// TestAnotherProcess: what one process stores, another finds, under the
// embedding that the first has registered.
func TestAnotherProcess(t *testing.T) {
	t.Parallel()
	one, pool := open(t)
	other, err := pgindex.New(t.Context(), pool, nil)
	if err != nil {
		t.Fatal(err)
	}
	docs := posts(20, 8)
	if list, err := other.Nearest(t.Context(), all, "test/1", docs[3].Vector, 1); len(list) != 0 || err != nil {
		t.Fatalf("before: %v, %v", list, err)
	}
	upsert(t, one, docs)
	if list, err := other.Nearest(t.Context(), all, "test/1", docs[3].Vector, 1); err != nil || len(list) != 1 || list[0].ID != "p00003" {
		t.Errorf("nearest: %v, %v", list, err)
	}
	short := []retrieval.Stored{{Document: docs[0].Document, Vector: []float32{1, 2}}}
	if _, err := other.Upsert(t.Context(), "acme", "test/1", short); !errors.Is(err, retrieval.ErrInvalid) {
		t.Errorf("a vector of another length: %v, want ErrInvalid", err)
	}
}

// calls are one of each method.
func calls(t *testing.T, index retrieval.Index) map[string]error {
	doc := posts(1, 8)
	_, upsert := index.Upsert(t.Context(), "acme", "test/1", doc)
	_, del := index.Delete(t.Context(), "acme", all.Kind, []string{"x"})
	_, get := index.Get(t.Context(), "acme", all.Kind, []string{"x"})
	_, facets := index.Facets(t.Context(), all, nil, 5)
	_, lexical := index.Lexical(t.Context(), all, []string{"post"}, 5)
	_, nearest := index.Nearest(t.Context(), all, "test/1", doc[0].Vector, 5)
	_, unembedded := index.Unembedded(t.Context(), "acme", "test/1", 5)
	put := index.PutVectors(t.Context(), "acme", "test/1", all.Kind, map[string][]float32{"p00000": doc[0].Vector})
	_, count := index.Count(t.Context(), all)
	_, months := index.Months(t.Context(), all)
	_, coverage := index.Coverage(t.Context(), "acme")
	_, stale := index.Stale(t.Context(), "acme", "rules/2", 5)
	_, forget := index.Forget(t.Context(), "other/1")
	return map[string]error{"Upsert": upsert, "Delete": del, "Get": get, "Facets": facets, "Lexical": lexical,
		"Nearest": nearest, "Unembedded": unembedded, "PutVectors": put, "Count": count,
		"Months": months, "Coverage": coverage, "Stale": stale, "Forget": forget}
}

func TestPoolClosed(t *testing.T) {
	t.Parallel()
	index, pool := open(t)
	pool.Close()
	for call, err := range calls(t, index) {
		if !errors.Is(err, retrieval.ErrUnavailable) {
			t.Errorf("%s: %v, want ErrUnavailable", call, err)
		}
	}
}

func TestConnectionsCut(t *testing.T) {
	t.Parallel()
	index, pool := open(t)
	upsert(t, index, posts(50, 8))
	for range 3 {
		// Every connection of this database goes, the asking one included.
		if _, err := pool.Exec(t.Context(), "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"); err == nil {
			t.Fatal("the connection that ended all connections lives")
		}
		for call, err := range calls(t, index) {
			if err != nil && !errors.Is(err, retrieval.ErrUnavailable) {
				t.Errorf("%s over a dead connection: %v, want ErrUnavailable or success on a fresh one", call, err)
			}
		}
	}
	if n, err := index.Count(t.Context(), all); n != 50 || err != nil {
		t.Errorf("once the server is back: %d, %v", n, err)
	}
}

func TestVersions(t *testing.T) {
	for text, want := range map[string][3]int{"0.8.0": {0, 8, 0}, "0.7": {0, 7, 0}, "1.12.3": {1, 12, 3}} {
		if got, err := pgindex.ParseVersion(text); err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	if _, err := pgindex.ParseVersion("newest"); err == nil {
		t.Error("no error for what is no version")
	}
}

// TestHNSWIndexWaitsForTheEndOfALoad: vectors that pour in are indexed when all
// are there, by Settle, and found all the while.
func TestHNSWIndexWaitsForTheEndOfALoad(t *testing.T) {
	t.Parallel()
	index, pool := open(t)
	index.SetExactUpTo(100)
	docs := posts(600, 16)
	for from := 0; from < len(docs); from += 50 {
		upsert(t, index, docs[from:from+50])
	}
	made := func() (n int) {
		t.Helper()
		if err := pool.QueryRow(t.Context(), "select count(*) from pg_indexes where indexdef like '%hnsw%'").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	find := func() {
		t.Helper()
		list, err := index.Nearest(t.Context(), all, "test/1", docs[123].Vector, 10)
		if err != nil || len(list) != 10 || list[0].ID != "p00123" {
			t.Errorf("nearest: %v, %v", list, err)
		}
	}
	find()
	if n := made(); n != 0 {
		t.Errorf("%d HNSW indexes in mid-load", n)
	}
	for range 2 {
		if err := index.Settle(t.Context(), "acme"); err != nil {
			t.Fatal(err)
		}
		if n := made(); n != 1 {
			t.Errorf("%d HNSW indexes after the load", n)
		}
		find()
	}
	if err := index.Settle(t.Context(), "nobody"); err != nil {
		t.Error(err)
	}
}
