package embed_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/learn"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// small is a vocabulary and a word table of a few entries, so that training
// takes part of a second.
func small(t *testing.T) (*skills.Vocabulary, *words.Table) {
	t.Helper()
	vocabulary, err := skills.Parse(fstest.MapFS{"web.txt": {Data: []byte("E-commerce | online shop\nShopify | | broader: E-commerce\nStripe | | related: Shopify\n")}})
	if err != nil {
		t.Fatal(err)
	}
	table, err := words.Parse(strings.NewReader("9 web design\nfood 3 0:1 1:2\nshop 4 0:4\nship 2 0:2\n"))
	if err != nil {
		t.Fatal(err)
	}
	return vocabulary, table
}

// invented is the i-th of many words that no language has, each unlike the others.
func invented(i int) string {
	parts := []string{"zor", "qui", "vark", "plim", "dre", "flo", "gnu", "hax", "jey", "wub", "osk"}
	n := len(parts)
	return parts[i%n] + parts[(i*7/n+i)%n] + parts[(i*5/n+3*i+1)%n] + string(rune('a'+i%26))
}

// crafts are invented trades of two words each, which no name has both of.
func crafts() [][]string {
	var groups [][]string
	for i := range 40 {
		one, other := invented(2*i), invented(2*i+1)
		groups = append(groups, []string{one + " maker", one + " smith", other + " hand", other + " keeper"})
	}
	return groups
}

func TestTrainingBringsNamesOfOneGroupTogether(t *testing.T) {
	vocabulary, table := small(t)
	corpus := embed.NewCorpus()
	corpus.Same("crafts", crafts())
	trained, report, err := embed.TrainOn(t.Context(), corpus, vocabulary, table, embed.TrainOptions{Seed: 1, Epochs: 5})
	if err != nil {
		t.Fatal(err)
	}
	if report.Pairs < 1000 || report.Stems < 80 {
		t.Errorf("report %+v", report)
	}
	v := vectorsOf(t, trained, invented(14)+" maker", invented(15)+" hand", invented(17)+" hand")
	if own, other := cosine(v[0], v[1]), cosine(v[0], v[2]); own < other+0.3 {
		t.Errorf("a craft is %.2f near to its other name, and %.2f to another craft's", own, other)
	}
	if same := cosine(v[0], v[0]); same < 0.999 {
		t.Errorf("a craft is %.3f near to itself", same)
	}
}

func TestTrainingIsDeterministic(t *testing.T) {
	vocabulary, table := small(t)
	hash := func(seed uint64, workers int) string {
		corpus := embed.NewCorpus()
		corpus.Same("crafts", crafts())
		corpus.Documents(posts(30))
		trained, _, err := embed.TrainOn(t.Context(), corpus, vocabulary, table, embed.TrainOptions{Seed: seed, Epochs: 1, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		return trained.Artefact().Hash()
	}
	first := hash(1, 1)
	for _, workers := range []int{1, 2} {
		if again := hash(1, workers); again != first {
			t.Errorf("%d workers gave another artefact for the same seed", workers)
		}
	}
	if hash(2, 2) == first {
		t.Error("another seed gave the same artefact")
	}
}

// posts are n posts about as many things.
func posts(n int) []retrieval.Document {
	var list []retrieval.Document
	for i := range n {
		list = append(list, retrieval.Document{Kind: retrieval.KindJobPost, ID: fmt.Sprint(i), Post: &retrieval.JobPost{
			Title: invented(2*i) + " wanted", Category: []string{"web", "design"}[i%2], Skills: []string{"Shopify", invented(2 * i)},
			Description: "Please be careful and quick. Whoever has seen to the " + invented(2*i+1) + " of others before is welcome. We begin in spring.",
		}})
	}
	return list
}

func TestTrainingGoesOn(t *testing.T) {
	corpus := embed.NewCorpus()
	corpus.Documents(posts(220))
	before := embed.Default()
	after, report, err := embed.Train(t.Context(), corpus, embed.TrainOptions{Seed: 1, From: before, Epochs: 1})
	if err != nil {
		t.Fatal(err)
	}
	if report.Documents != 220 || report.Held < 10 || report.After <= 0 || report.Before <= 0 {
		t.Errorf("report %+v", report)
	}
	near := func(e *embed.Trained) float64 {
		v := vectorsOf(t, e, invented(14), invented(15), invented(17))
		return cosine(v[0], v[1]) - cosine(v[0], v[2])
	}
	if was, is := near(before), near(after); is < was+0.1 {
		t.Errorf("what goes together here is %.2f nearer than what does not, and was %.2f before", is, was)
	}
	v := vectorsOf(t, after, "lawyer", "attorney", "lecturer")
	if own, other := cosine(v[0], v[1]), cosine(v[0], v[2]); own < other+0.1 {
		t.Errorf("forgot that a lawyer (%.2f) is an attorney and no lecturer (%.2f)", own, other)
	}
	if after.Name() == before.Name() {
		t.Error("both have one name")
	}
}

func TestTrainedComesBackFromItsFile(t *testing.T) {
	corpus := embed.NewCorpus()
	corpus.Same("crafts", crafts())
	trained, _, err := embed.Train(t.Context(), corpus, embed.TrainOptions{Seed: 1, Epochs: 1, Source: "crafts"})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "m.parley")
	if err := learn.WriteFile(path, trained.Artefact()); err != nil {
		t.Fatal(err)
	}
	opened, err := embed.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if opened.Name() != trained.Name() || opened.Artefact().Source != "crafts" {
		t.Errorf("%s of %q, was %s", opened.Name(), opened.Artefact().Source, trained.Name())
	}
	text := invented(3) + " maker\nwho also works on unheard-of glimmerings in Shopify"
	if a, b := vectorsOf(t, trained, text), vectorsOf(t, opened, text); cosine(a[0], b[0]) < 0.999999 {
		t.Error("another vector for the same text")
	}
}

func TestTrainRefuses(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	full := embed.NewCorpus()
	full.Same("crafts", crafts())
	lone := embed.NewCorpus()
	lone.Same("lone", [][]string{{"a"}, {"b"}})
	for _, tt := range []struct {
		name   string
		ctx    context.Context
		corpus *embed.Corpus
		want   error
	}{
		{"nothing", t.Context(), embed.NewCorpus(), embed.ErrCorpus},
		{"no pairs", t.Context(), lone, embed.ErrCorpus},
		{"stopped", cancelled, full, context.Canceled},
	} {
		t.Run(tt.name, func(t *testing.T) {
			vocabulary, table := small(t)
			if _, _, err := embed.TrainOn(tt.ctx, tt.corpus, vocabulary, table, embed.TrainOptions{Seed: 1}); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}
