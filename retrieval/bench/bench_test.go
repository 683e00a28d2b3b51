package bench

import (
	"context"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
)

const site = "bench"

// real reads the corpus once for all tests.
var real = sync.OnceValues(func() (*corpus, error) { return read(os.Getenv("PARLEY_TESTDATA")) })

// material returns documents and queries, in an order that does not change.
func material(t *testing.T) (documents []retrieval.Document, queries []string) {
	t.Helper()
	if os.Getenv("PARLEY_BENCH") != "on" {
		t.Skip("a measurement: make bench-search")
	}
	if os.Getenv("PARLEY_TESTDATA") == "" {
		t.Skip("PARLEY_TESTDATA is not set: there are no documents to measure with")
	}
	c, err := real()
	if err != nil {
		t.Fatal(err)
	}
	queries = append(queries, c.queries...)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(queries), func(i, j int) { queries[i], queries[j] = queries[j], queries[i] })
	return c.documents, queries
}

// load fills an index, embedding included.
func load(t *testing.T, index retrieval.Index, documents []retrieval.Document) *retrieval.Retriever {
	t.Helper()
	r := retrieval.New(index, embed.Default(), skills.Default())
	start := time.Now()
	n, err := r.Load(t.Context(), site, documents)
	if err == nil {
		err = r.Settle(t.Context(), site)
	}
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	t.Logf("loaded %d documents, analysed and embedded, in %.1f s (%.0f a second)", n, took.Seconds(), float64(n)/took.Seconds())
	return r
}

// search is a whole search as a turn does it.
func search(r *retrieval.Retriever) func(context.Context, string) error {
	return func(ctx context.Context, text string) error {
		_, err := r.Search(ctx, retrieval.Query{Filter: retrieval.Filter{Tenant: site, Kind: retrieval.KindJobPost}, Text: text})
		return err
	}
}

func timed(t *testing.T, queries []string, concurrent int, do func(context.Context, string) error) latency {
	t.Helper()
	times, err := measure(t.Context(), queries, concurrent, do)
	if err != nil {
		t.Fatal(err)
	}
	return times
}

// TestCorpus: 100,000 different documents, none of them a query.
func TestCorpus(t *testing.T) {
	documents, queries := material(t)
	seen := make(map[string]bool, len(documents))
	for _, d := range documents {
		text := strings.ToLower(d.Title() + "\n" + d.Text())
		if seen[text] {
			t.Fatalf("%s is there twice", d.ID)
		}
		seen[text] = true
	}
	if len(documents) != wanted || len(queries) < 500 {
		t.Errorf("%d documents, %d queries", len(documents), len(queries))
	}
	bytes := 0
	for text := range seen {
		bytes += len(text)
	}
	t.Logf("%d documents of %d bytes on average, %d queries", len(documents), bytes/len(documents), len(queries))
}
