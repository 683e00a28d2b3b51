package retrieval_test

import (
	"math"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
)

func ranked(list string) []retrieval.Ranked {
	var found []retrieval.Ranked
	for _, id := range strings.Fields(list) {
		found = append(found, retrieval.Ranked{ID: id, Score: float64(100 - len(found))})
	}
	return found
}

func TestFuse(t *testing.T) {
	for _, tt := range []struct {
		name    string
		weights []float64
		lists   []string
		want    string
	}{
		{"nothing", []float64{1, 1}, []string{"", ""}, ""},
		{"one list keeps its order", []float64{1, 1}, []string{"c a b", ""}, "c a b"},
		{"in both beats first in one", []float64{1, 1}, []string{"a b c", "d b e"}, "b a d c e"},
		{"ties by id", []float64{1, 1}, []string{"b a", "a b"}, "a b"},
		{"weights", []float64{1, 2}, []string{"a b", "b a"}, "b a"},
		{"no weight, no say", []float64{1, 0}, []string{"a b", "b"}, "a b"},
		{"a repeated id counts once", []float64{1, 1}, []string{"a b b b", ""}, "a b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fused := retrieval.Fuse(60, tt.weights[0], tt.weights[1], ranked(tt.lists[0]), ranked(tt.lists[1]))
			if got := strings.Join(ids(fused), " "); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
	fused := retrieval.Fuse(60, 1, 1, ranked("a b"), ranked("b"))
	if want := 1.0/62 + 1.0/61; math.Abs(fused[0].Score-want) > 1e-12 {
		t.Errorf("score %v, want %v", fused[0].Score, want)
	}
}

func TestSearchTerms(t *testing.T) {
	vocabulary := skills.Default()
	for _, tt := range []struct {
		name, text, skills string
		want, without      string
	}{
		{"stop words go", "I am looking for someone who can build an online shop", "", "shop online", "i am looking for someone an"},
		{"signs stay", "C++ and C# and .NET developer", "", "c++ c# .net", "c"},
		{"aliases are added", "help with k8s", "", "k8s kubernetes", "with"},
		{"skills that the text does not name", "a website", "Shopify", "shopify", ""},
		{"a common word when there is nothing else", "app", "", "app", ""},
		{"nothing but courtesy", "hello, please help", "", "", "hello please help"},
		{"operators are no words", `" AND logo NEAR( ) * -- ''`, "", "logo", `" * ( -- and`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var named []skills.Skill
			for _, name := range strings.Fields(tt.skills) {
				skill, _ := vocabulary.Lookup(name)
				named = append(named, skill)
			}
			for _, match := range vocabulary.Match(tt.text) {
				named = append(named, *match.Skill)
			}
			has := make(map[string]bool)
			for _, term := range retrieval.SearchTerms(tt.text, named) {
				has[term] = true
			}
			for _, word := range strings.Fields(tt.want) {
				if !has[word] {
					t.Errorf("%v lacks %q", has, word)
				}
			}
			for _, word := range strings.Fields(tt.without) {
				if has[word] {
					t.Errorf("%v has %q", has, word)
				}
			}
		})
	}
	long := strings.Repeat("shop bakery invoice logo translation zebra quartz violin harbour lantern pepper saddle comet orchard ", 50)
	if terms := retrieval.SearchTerms(long, nil); len(terms) > 12 {
		t.Errorf("%d terms", len(terms))
	}
}

// TestTitlesThatSayNoMoreComeFirst has titles with all words of a query and
// more before one with nothing else, as far as the lists can tell.
func TestTitlesThatSayNoMoreComeFirst(t *testing.T) {
	titles := []string{"a: Bakery manager for nights and weekends", "b: Bakery manager", "c: Manager of a bakery and two cafés", "d: Roof repair"}
	var hits []retrieval.Hit
	for _, title := range titles {
		id, title, _ := strings.Cut(title, ": ")
		hits = append(hits, retrieval.Hit{ID: id, Facets: retrieval.Facets{Title: title}, Why: retrieval.Reasons{Fused: 1}})
	}
	for _, tt := range []struct{ name, query, want string }{
		{"a title of the query's words", "Bakery managers", "b c a d"},
		{"in a longer text", "We run a bakery in Lyon.\nThe manager leaves in May.", "b c a d"},
		{"no words, no order", "", "a b c d"},
		{"courtesy says nothing", "and for a", "a b c d"},
		{"another language's letters", "パン屋", "a b c d"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var list []string
			for _, hit := range retrieval.Favour(0.3, tt.query, hits) {
				list = append(list, hit.ID)
				if hit.Score != hit.Why.Fused || hit.Score != 1 {
					t.Errorf("%s: score %v, fused %v", hit.ID, hit.Score, hit.Why.Fused)
				}
			}
			if got := strings.Join(list, " "); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
