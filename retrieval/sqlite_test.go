package retrieval_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/demo"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
)

// onSQLite returns a Retriever on the embedded index with posts loaded.
func onSQLite(t testing.TB, docs []retrieval.Document) (*retrieval.Retriever, retrieval.Index) {
	t.Helper()
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
	r := retrieval.New(index, embed.Default(), skills.Default())
	begun := time.Now()
	if _, err := r.Load(t.Context(), "t", docs); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d posts loaded in %v", len(docs), time.Since(begun).Round(time.Millisecond))
	return r, index
}

// TestOnSQLite runs the demo marketplace's way through the embedded index: load
// twice, search, figures that can be counted again by hand.
func TestOnSQLite(t *testing.T) {
	docs, err := demo.Documents()
	if err != nil {
		t.Fatal(err)
	}
	r, _ := onSQLite(t, docs)
	if changed, err := r.Load(t.Context(), "t", docs); err != nil || changed != 0 {
		t.Errorf("loaded again: %d changed, %v", changed, err)
	}
	hits, err := r.Search(t.Context(), retrieval.Query{
		Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Limit: 60, Documents: 3, Text: "I need someone to build an online shop for my pet store, maybe 4k, before Christmas",
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(hits) < 20 || hits[0].Facets.Category != "web" || hits[0].Document == nil || len(hits[0].Words) == 0 || len(hits[0].Skills) == 0 {
		t.Fatalf("%d hits, the first %+v", len(hits), hits[0])
	}
	m, err := r.Market(t.Context(), retrieval.MarketQuery{Tenant: "t", Category: "web", Hits: hits})
	if err != nil {
		t.Fatal(err)
	}
	if !m.Demo || len(m.Pay) < 2 || m.Duration == nil || m.TimeToHire == nil || len(m.Companions) == 0 {
		t.Errorf("market %+v", m)
	}
	for _, figure := range m.Pay {
		if figure.P25 > figure.P50 || figure.P50 > figure.P75 || figure.Min > figure.P25 || figure.Max < figure.P75 || figure.Posts < retrieval.MinPosts {
			t.Errorf("figure %+v", figure)
		}
		sample, err := r.Documents(t.Context(), "t", retrieval.KindJobPost, figure.Sample)
		if err != nil {
			t.Fatal(err)
		}
		for _, post := range sample {
			if f := post.Facets(); f.PayType != figure.PayType || f.Currency != figure.Currency || f.Category != "web" {
				t.Errorf("%s stands behind %s of web", post.ID, figure.ID)
			}
		}
	}
	if hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "other", Kind: retrieval.KindJobPost}, Text: "online shop"}); err != nil || len(hits) != 0 {
		t.Errorf("another tenant found %v, %v", found(hits), err)
	}
}

// BenchmarkSearchAndMarket is what a turn asks of 5,149 real posts, on the
// embedded index with the built-in embedder.
func BenchmarkSearchAndMarket(b *testing.B) {
	posts, _ := realPosts(b)
	r, _ := onSQLite(b, posts)
	text := "I need someone to build an online shop for my pet store, maybe 4k, before Christmas. We have about 800 products in a spreadsheet and want card payments and shipping by weight."
	for _, documents := range []int{0, 12} {
		b.Run(fmt.Sprint(documents, " documents"), func(b *testing.B) {
			for b.Loop() {
				hits, err := r.Search(b.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: text, Limit: 60, Documents: documents})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := r.Market(b.Context(), retrieval.MarketQuery{Tenant: "t", Category: "web", Hits: hits}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
