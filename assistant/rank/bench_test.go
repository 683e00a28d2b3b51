package rank_test

import (
	"testing"

	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/retrieval/demo"
)

// BenchmarkNewRecord is the cost of a record of 200 people with profiles of the usual length.
func BenchmarkNewRecord(b *testing.B) {
	d := decision(200, "")
	docs, err := demo.Documents()
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	for _, doc := range docs {
		if doc.Profile != nil && i < len(d.Ranked) {
			d.Ranked[i].Profile = *doc.Profile
			i++
		}
	}
	for b.Loop() {
		if _, err := rank.NewRecord(d); err != nil {
			b.Fatal(err)
		}
	}
}
