package pgindex_test

import (
	"slices"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

// TestPayRangesApart: a document passes by any range of its own currency, and
// by none of another.
func TestPayRangesApart(t *testing.T) {
	t.Parallel()
	index, _ := open(t)
	docs := posts(5, 8)
	for i, pay := range []struct {
		currency string
		amount   int64
	}{{"EUR", 10_00}, {"EUR", 50_00}, {"EUR", 90_00}, {"USD", 10_00}, {"USD", 65_00}} {
		p := docs[i].Document.Post
		p.Currency, p.PayMin, p.PayMax = pay.currency, pay.amount, pay.amount
	}
	upsert(t, index, docs)
	filter := all
	filter.Pay = []retrieval.PayRange{
		{Currency: "EUR", Min: 80_00}, {Currency: "USD", Min: 60_00, Max: 70_00}, {Currency: "EUR", Min: 5_00, Max: 12_00}, {Currency: "EUR", Min: 8_00, Max: 15_00},
	}
	want := []string{"p00000", "p00002", "p00004"}
	byVector, err := index.Nearest(t.Context(), filter, "test/1", docs[0].Vector, 5)
	if err != nil {
		t.Fatal(err)
	}
	byWords, err := index.Lexical(t.Context(), filter, []string{"post"}, 5)
	if err != nil {
		t.Fatal(err)
	}
	for what, list := range map[string][]retrieval.Ranked{"vectors": byVector, "words": byWords} {
		var got []string
		for _, r := range list {
			got = append(got, r.ID)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
}
