package eval_test

import (
	"math"
	"reflect"
	"testing"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/retrieval"
)

func titles(list ...string) (documents []retrieval.Document) {
	for _, title := range list {
		documents = append(documents, retrieval.Document{Kind: retrieval.KindJobPost, ID: title, Post: &retrieval.JobPost{Title: title}})
	}
	return documents
}

func TestBM25Order(t *testing.T) {
	documents := titles("baker", "cake baker", "cake shop cleaner", "night cleaner", "night nurse")
	for _, tt := range []struct {
		name, query string
		exclude     []string
		limit       int
		want        []string
	}{
		{"the shorter of two with the word", "baker", nil, 9, []string{"baker", "cake baker"}},
		{"both words before one", "cake baker", nil, 1, []string{"cake baker"}},
		{"letter case and signs do not count", "Night/NURSE!", nil, 1, []string{"night nurse"}},
		{"without the excluded", "baker", []string{"baker"}, 9, []string{"cake baker"}},
		{"nothing shared", "pilot", nil, 9, []string{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := eval.NewBM25(documents, eval.Words).Rank(tt.query, tt.exclude, tt.limit); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestBM25Formula checks where two documents change places against the formula.
func TestBM25Formula(t *testing.T) {
	// Of 4 documents of mean length 2, "a" is in two, "b" and "c" in one each.
	score := func(documents, count, length float64) float64 {
		rarity := math.Log(1 + (4-documents+0.5)/(documents+0.5))
		return rarity * count * 2.2 / (count + 1.2*(0.25+0.75*length/2))
	}
	if !(score(2, 2, 3) < score(1, 1, 2)) || !(score(2, 2, 3) > score(2, 1, 2)) {
		t.Fatal("the cases below do not follow from the formula")
	}
	documents := titles("a a x", "a y", "b z", "c")
	x := eval.NewBM25(documents, eval.Words)
	if got, want := x.Rank("a b", nil, 9), []string{"b z", "a a x", "a y"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	// What the query says twice counts twice, and puts "a" before the rarer "b".
	if got, want := x.Rank("a b a", nil, 1), []string{"a a x"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestGrams(t *testing.T) {
	for _, tt := range []struct {
		grams eval.Grams
		text  string
		want  int
	}{
		{eval.Grams{Length: 3}, "Web dev", 6},               // " we" "web" "eb " " de" "dev" "ev "
		{eval.Grams{Length: 3, Across: true}, "Web dev", 7}, // and "b d"
		{eval.Grams{Length: 5}, "IT", 1},                    // " it " as it is
		{eval.Grams{Length: 3}, "", 0},
		{eval.Grams{Length: 3}, "né", 2}, // characters, not bytes: " né" "né "
	} {
		if got := len(tt.grams.Analyse(tt.text)); got != tt.want {
			t.Errorf("%v of %q: %d, want %d", tt.grams, tt.text, got, tt.want)
		}
	}
	x := eval.NewBM25(titles("web developer", "gardener"), eval.Grams{Length: 4}.Analyse)
	if got := x.Rank("developing", nil, 1); !reflect.DeepEqual(got, []string{"web developer"}) {
		t.Errorf("another form of the word finds %q", got)
	}
}
