package pgindex_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/pgindex"
)

// holding locks what a statement selects until it is released.
func holding(t *testing.T, pool *pgxpool.Pool, statement string) (release func()) {
	t.Helper()
	tx, err := pool.Begin(t.Context())
	if err == nil {
		_, err = tx.Exec(t.Context(), statement)
	}
	if err != nil {
		t.Fatal(err)
	}
	release = func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }
	t.Cleanup(release)
	return release
}

// untilWaiting returns when so many connections wait for a lock, or something is done.
func untilWaiting(t *testing.T, pool *pgxpool.Pool, connections int, done <-chan struct{}) {
	t.Helper()
	for {
		var n int
		err := pool.QueryRow(t.Context(), "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'").Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		if n >= connections {
			return
		}
		select {
		case <-done:
			return
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// forget runs Forget until done is closed.
func forget(t *testing.T, index *pgindex.Index, want int) (done chan struct{}) {
	done = make(chan struct{})
	go func() {
		defer close(done)
		if n, err := index.Forget(t.Context(), "test/1"); n != want || err != nil {
			t.Errorf("Forget: %d, %v, want %d", n, err, want)
		}
	}()
	return done
}

// TestSearchesGoOnWhileVectorsAreForgotten: also while Forget waits for a
// writer, and the HNSW index is still to be dropped.
func TestSearchesGoOnWhileVectorsAreForgotten(t *testing.T) {
	t.Parallel()
	index, pool := open(t)
	index.SetExactUpTo(50)
	docs := posts(200, 8)
	upsert(t, settling{index}, docs)
	release := holding(t, pool, "select from document_vectors where document = (select n from documents where id = 'p00003') for update")
	done := forget(t, index, len(docs))
	untilWaiting(t, pool, 1, done)

	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	list, err := index.Nearest(ctx, all, "test/1", docs[3].Vector, 1)
	if err != nil || len(list) != 1 || list[0].ID != "p00003" {
		t.Errorf("nearest, of the one that is left: %v, %v", list, err)
	}
	release()
	<-done
	var indexes int
	if err := pool.QueryRow(t.Context(), "select count(*) from pg_indexes where indexdef like '%hnsw%'").Scan(&indexes); err != nil || indexes != 0 {
		t.Errorf("%d HNSW indexes are left, %v", indexes, err)
	}
}

// TestForgottenWhileAnotherWrites: vectors that another process is just
// storing are not left behind under an embedding that is gone.
func TestForgottenWhileAnotherWrites(t *testing.T) {
	t.Parallel()
	index, pool := open(t)
	docs := posts(20, 8)
	upsert(t, index, docs[:10])
	for _, d := range docs[10:] {
		upsert(t, index, []retrieval.Stored{{Document: d.Document}})
	}
	other, err := pgindex.New(t.Context(), pool, nil)
	if err != nil {
		t.Fatal(err)
	}
	release := holding(t, pool, "select from documents where id = 'p00015' for update")
	put := make(chan struct{})
	go func() {
		defer close(put)
		if err := other.PutVectors(t.Context(), "acme", "test/1", all.Kind, map[string][]float32{"p00012": docs[12].Vector, "p00015": docs[15].Vector}); err != nil {
			t.Errorf("PutVectors: %v", err)
		}
	}()
	untilWaiting(t, pool, 1, put)
	done := forget(t, index, 12)
	untilWaiting(t, pool, 2, done)
	release()
	<-put
	<-done
	var left int
	if err := pool.QueryRow(t.Context(), "select count(*) from document_vectors").Scan(&left); err != nil || left != 0 {
		t.Errorf("%d vectors are left, %v", left, err)
	}
}

// TestSettleIndexesAllThatIsThere: a process that wrote none of the vectors
// builds the indexes of all embeddings of each kind.
func TestSettleIndexesAllThatIsThere(t *testing.T) {
	t.Parallel()
	writer, pool := open(t)
	docs := posts(60, 8)
	profiles := make([]retrieval.Stored, len(docs))
	vectors := make(map[string][]float32)
	for i, d := range docs {
		profiles[i] = retrieval.Stored{Vector: d.Vector, Document: retrieval.Document{
			Kind: retrieval.KindProfile, ID: d.Document.ID, Profile: &retrieval.Profile{Headline: "Cook", Category: "web"},
		}}
		vectors[d.Document.ID] = d.Vector[:4]
	}
	upsert(t, writer, docs)
	upsert(t, writer, profiles)
	for _, kind := range []retrieval.Kind{retrieval.KindJobPost, retrieval.KindProfile} {
		if err := writer.PutVectors(t.Context(), "acme", "two/1", kind, vectors); err != nil {
			t.Fatal(err)
		}
	}
	fresh, err := pgindex.New(t.Context(), pool, nil)
	if err != nil {
		t.Fatal(err)
	}
	fresh.SetExactUpTo(50)
	if err := fresh.Settle(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	var indexes int
	if err := pool.QueryRow(t.Context(), "select count(*) from pg_indexes where indexdef like '%hnsw%'").Scan(&indexes); err != nil || indexes != 4 {
		t.Errorf("%d HNSW indexes, %v, want 4", indexes, err)
	}
}

// TestWordsAreCountedAfterReanalysis: the words that new rules find are counted
// although no document changed.
func TestWordsAreCountedAfterReanalysis(t *testing.T) {
	t.Parallel()
	index, pool := open(t)
	docs := posts(40, 8)
	upsert(t, index, docs)
	for i := range docs {
		docs[i].Analysis, docs[i].Terms, docs[i].Vector = "rules/2", []string{"~fruit"}, nil
	}
	if n, err := index.Upsert(t.Context(), "acme", "test/1", docs); n != 0 || err != nil {
		t.Fatalf("Upsert: %d, %v", n, err)
	}
	var counted int
	if err := pool.QueryRow(t.Context(), "select coalesce(sum(documents), 0) from scope_words where word = '~fruit'").Scan(&counted); err != nil || counted != len(docs) {
		t.Errorf("the new term is counted in %d documents, %v, want %d", counted, err, len(docs))
	}
}
