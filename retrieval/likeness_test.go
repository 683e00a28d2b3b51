package retrieval_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

// hit is a hit whose post pays so much.
func hit(id, title string, cosine float64, skills []string, words ...string) retrieval.Hit {
	return retrieval.Hit{ID: id, Similarity: cosine, Skills: skills, Words: words, Facets: retrieval.Facets{
		ID: id, Title: title, Category: "web", PayType: "fixed", Currency: "USD", PayMin: 100_00, PayMax: 100_00,
	}}
}

func TestWhatIsSimilar(t *testing.T) {
	r, _ := loaded(t, nil)
	shop := []string{"Shopify"}
	for _, tt := range []struct {
		name string
		hits []retrieval.Hit
		want int
	}{
		{"near and of a skill", []retrieval.Hit{hit("a", "Shop", 0.8, shop), hit("b", "Store", 0.7, shop), hit("c", "Till", 0.5, shop)}, 3},
		{"of a skill and not near", []retrieval.Hit{hit("a", "Shop", 0.8, shop), hit("b", "Store", 0.8, shop), hit("c", "Till", 0.8, shop), hit("d", "Bridge", 0.4, shop)}, 3},
		{"near, and nothing in common", []retrieval.Hit{hit("a", "Formulate a hand cream", 0.5, nil), hit("b", "Weld a gate", 0.5, nil), hit("c", "Prove a theorem", 0.5, nil)}, 0},
		{"enough words in common", []retrieval.Hit{
			hit("a", "Translate legal contracts into Finnish", 0.6, nil, "translate", "legal", "contracts", "finnish"),
			hit("b", "Translation of legal contract", 0.6, nil, "legal", "contracts"),
			hit("c", "Legal advice", 0.6, nil, "legal"),
		}, 2},
		{"all words of a short query", []retrieval.Hit{hit("a", "Violin lessons", 0.6, nil, "violin", "lessons"), hit("b", "Lessons in chess", 0.6, nil, "lessons"), hit("c", "Violin lesson for two", 0.5, nil, "violin", "lessons")}, 2},
		{"words of the text alone", []retrieval.Hit{
			hit("a", "Violin bow", 0.6, nil, "violin", "bow", "horsehair"), hit("b", "Something else", 0.6, nil, "violin", "bow", "horsehair"),
		}, 0},
		{"no nearness at all", []retrieval.Hit{hit("a", "Shop", 0, nil), hit("b", "Bridge", 0, nil)}, 2},
		{"nothing found", nil, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, err := r.Market(t.Context(), retrieval.MarketQuery{Tenant: "t", Hits: tt.hits})
			if err != nil || m.Posts != tt.want {
				t.Errorf("%d posts count as similar, want %d (%v)", m.Posts, tt.want, err)
			}
		})
	}
}

// TestNearerCountsMore gives two groups of posts, of which the nearer one pays more.
func TestNearerCountsMore(t *testing.T) {
	r, _ := loaded(t, nil)
	ask := func(far float64) retrieval.PayFigure {
		var hits []retrieval.Hit
		for i := range 20 {
			h := hit(fmt.Sprint("p", i), "Shop", 0.9, []string{"Shopify"})
			h.Facets.PayMin, h.Facets.PayMax = int64(1000+i), int64(1000+i)
			if i < 10 {
				h.Similarity, h.Facets.PayMin, h.Facets.PayMax = far, int64(500+i), int64(500+i)
			}
			hits = append(hits, h)
		}
		m, err := r.Market(t.Context(), retrieval.MarketQuery{Tenant: "t", Hits: hits})
		if err != nil || len(m.Pay) != 1 || m.Pay[0].Posts != 20 {
			t.Fatalf("%+v, %v", m, err)
		}
		return m.Pay[0]
	}
	same, nearer := ask(0.9), ask(0.6)
	if same.Effective != 20 || nearer.Effective >= 19 || nearer.Effective < 10 {
		t.Errorf("effective sizes %v and %v of 20 posts", same.Effective, nearer.Effective)
	}
	if same.P50 < 505 || same.P50 > 1005 || nearer.P50 < 1000 || nearer.P25 >= 1000 {
		t.Errorf("quartiles %+v, with a nearer half %+v", same, nearer)
	}
	if again := ask(0.6); again.Low != nearer.Low || again.High != nearer.High || !slices.Equal(again.Sample, nearer.Sample) {
		t.Errorf("the same posts give %+v and %+v", nearer, again)
	}
}
