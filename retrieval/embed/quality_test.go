package embed_test

import (
	"cmp"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/demo"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// TestUnseenPosts trains on three quarters of the demo marketplace, and looks at
// the five nearest of each post of the last quarter. Neither the word table nor
// the training has seen those; listed skills are hidden. With PARLEY_BENCH it
// trains as long as the command does and on the skill vocabulary too.
func TestUnseenPosts(t *testing.T) {
	if underRace {
		t.Skip("figures do not depend on the race detector, which makes this very slow")
	}
	const fold, folds = 0, 4
	documents, err := demo.Documents()
	if err != nil {
		t.Fatal(err)
	}
	var posts, seen []retrieval.Document
	unseen := make(map[string]bool)
	for _, d := range documents {
		if d.Kind == retrieval.KindJobPost {
			unseen[d.ID] = len(posts)%folds == fold
			posts = append(posts, d)
		}
	}
	for _, d := range documents {
		if !unseen[d.ID] && (d.Proposal == nil || !unseen[d.Proposal.JobPost]) {
			seen = append(seen, d)
		}
	}
	corpus, epochs := embed.NewCorpus(), 1
	corpus.Documents(seen)
	if os.Getenv("PARLEY_BENCH") != "" {
		corpus.Vocabulary(skills.Default())
		epochs = 3
	}
	embedder, _, err := embed.TrainOn(t.Context(), corpus, skills.Default(), tableOf(t, seen), embed.TrainOptions{Seed: 1, Epochs: epochs})
	if err != nil {
		t.Fatal(err)
	}
	same, shared, n := 0.0, 0.0, 0.0
	texts := make([]string, len(posts))
	for i, post := range posts {
		texts[i] = post.Title() + "\n" + post.Text()
	}
	vectors := vectorsOf(t, embedder, texts...)
	for at := fold; at < len(posts); at += folds {
		for _, near := range nearest(vectors, at, 5) {
			n++
			if posts[near].Post.Category == posts[at].Post.Category {
				same++
			}
			if shareSkill(posts[near], posts[at]) {
				shared++
			}
		}
	}
	same, shared = same/n, shared/n
	t.Logf("%d posts, nearest 5: %.3f of the same category, %.3f share a skill", len(posts), same, shared)
	if same < 0.5 || shared < 0.32 {
		t.Errorf("nearest 5: %.3f of the same category, want 0.5; %.3f share a skill, want 0.32", same, shared)
	}
}

// tableOf counts documents, and the skill vocabulary.
func tableOf(t *testing.T, documents []retrieval.Document) *words.Table {
	t.Helper()
	counter := words.NewCounter(demo.Categories)
	for _, d := range documents {
		if d.Kind == retrieval.KindJobPost {
			counter.Text(d.Post.Category, d.SearchText())
		}
	}
	for _, skill := range skills.Default().Skills() {
		for _, name := range append([]string{skill.Name}, skill.Aliases...) {
			counter.Phrase(skill.Category, name)
		}
	}
	table, err := words.Parse(strings.NewReader(counter.Table()))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func nearest(vectors [][]float32, at, n int) []int {
	others := make([]int, 0, len(vectors))
	cosines := make([]float64, len(vectors))
	for i := range vectors {
		if i != at {
			others = append(others, i)
			cosines[i] = cosine(vectors[i], vectors[at])
		}
	}
	slices.SortFunc(others, func(a, b int) int { return cmp.Compare(cosines[b], cosines[a]) })
	return others[:n]
}

func shareSkill(a, b retrieval.Document) bool {
	canonical := func(name string) string {
		if skill, ok := skills.Default().Lookup(name); ok {
			return skill.Name
		}
		return name
	}
	for _, x := range a.Post.Skills {
		for _, y := range b.Post.Skills {
			if canonical(x) == canonical(y) {
				return true
			}
		}
	}
	return false
}
