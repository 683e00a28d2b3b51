package sqliteindex_test

import (
	"math/rand/v2"
	"testing"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
)

// size is that of the collection of real posts that Parley is measured on.
const size, dimensions = 5149, 384

func loaded(b *testing.B) (*sqliteindex.Index, *migrations.SQLiteDB) {
	b.Helper()
	index, db := open(b, b.TempDir())
	if _, err := index.Upsert(b.Context(), "acme", "one/1", posts(size, dimensions)); err != nil {
		b.Fatal(err)
	}
	return index, db
}

func BenchmarkNearest(b *testing.B) {
	index, _ := loaded(b)
	vector := unit(rand.New(rand.NewPCG(1, 1)), dimensions)
	for name, filter := range map[string]retrieval.Filter{"all": all, "filtered": {Tenant: "acme", Kind: retrieval.KindJobPost, Level: "expert", Category: "web"}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if list, err := index.Nearest(b.Context(), filter, "one/1", vector, 60); err != nil || len(list) != 60 {
					b.Fatal(len(list), err)
				}
			}
		})
	}
}

func BenchmarkLexical(b *testing.B) {
	index, _ := loaded(b)
	// Twelve words, from one that nearly every post has to rare ones.
	terms := []string{"w3", "w10", "w20", "w40", "w80", "w160", "w320", "w640", "w1280", "w2560", "w5120", "w10240"}
	for b.Loop() {
		if list, err := index.Lexical(b.Context(), all, terms, 60); err != nil || len(list) != 60 {
			b.Fatal(len(list), err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	_, db := loaded(b)
	for b.Loop() {
		if _, err := sqliteindex.New(b.Context(), db); err != nil {
			b.Fatal(err)
		}
	}
}
