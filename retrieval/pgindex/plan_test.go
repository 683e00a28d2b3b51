package pgindex_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

// TestPlans: each condition of a filter is answered by an index of lexemes,
// for words as for vectors, and not by looking at every document of the scope.
func TestPlans(t *testing.T) {
	t.Parallel()
	index, pool := open(t)
	docs := posts(3000, 8)
	for i := range docs {
		post := docs[i].Document.Post
		post.PostedOn, post.Country, post.TimeZone, post.Language = fmt.Sprintf("20%02d-%02d-15", 10+i%16, 1+i%12), "DE", "Europe/Berlin", "de"
		post.PayMin, post.PayMax, post.Currency, post.HoursPerWeek = int64(1000+100*i), 0, "EUR", 1+i%40
		docs[i].Skills = []string{fmt.Sprint("skill", i%300)}
	}
	upsert(t, index, docs)
	if _, err := pool.Exec(t.Context(), "analyze"); err != nil {
		t.Fatal(err)
	}
	for name, filter := range map[string]retrieval.Filter{
		"category":  {Category: "rare"},
		"all":       {AllSkills: []string{"skill7"}},
		"any":       {AnySkills: []string{"skill8", "skill9"}},
		"pay":       {Pay: []retrieval.PayRange{{Currency: "EUR", Min: 2000, Max: 2500}}},
		"countries": {Countries: []string{"IS"}},
		"language":  {Languages: []string{"is"}},
		"dates":     {From: "2012-03-01", To: "2012-04-30"},
		"hours":     {MinHours: 39},
	} {
		filter.Tenant, filter.Kind = all.Tenant, all.Kind
		few, err := index.PlanFew(t.Context(), filter, "test/1", docs[0].Vector, 10)
		if err != nil || !strings.Contains(few, "Bitmap Index Scan on document_vectors_filters") {
			t.Errorf("%s, vectors: %v\n%s", name, err, few)
		}
		words, err := index.PlanLexical(t.Context(), filter, []string{"post"}, 10)
		if err != nil || !strings.Contains(words, "Bitmap Index Scan on documents_words") {
			t.Errorf("%s, words: %v\n%s", name, err, words)
		}
	}
}
