package embed_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/demo"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// TestBuiltinOnUnseenPosts looks at the five nearest of each demo post. The word
// table is counted without the post itself (in four folds), so that the figure
// is one for posts that it has never seen; listed skills are hidden.
func TestBuiltinOnUnseenPosts(t *testing.T) {
	if underRace {
		t.Skip("figures do not depend on the race detector, which makes this very slow")
	}
	posts := demoPosts(t)
	const folds = 4
	same, shared := 0.0, 0.0
	for fold := range folds {
		embedder := embed.BuiltinOn(skills.Default(), tableWithout(t, posts, fold, folds))
		texts := make([]string, len(posts))
		for i, post := range posts {
			texts[i] = post.Title() + "\n" + post.Text()
		}
		vectors, err := embedder.Embed(t.Context(), texts)
		if err != nil {
			t.Fatal(err)
		}
		for at := fold; at < len(posts); at += folds {
			for _, near := range nearest(vectors, at, 5) {
				if posts[near].Post.Category == posts[at].Post.Category {
					same++
				}
				if shareSkill(posts[near], posts[at]) {
					shared++
				}
			}
		}
	}
	same, shared = same/float64(5*len(posts)), shared/float64(5*len(posts))
	t.Logf("%d posts, nearest 5: %.3f of the same category, %.3f share a skill", len(posts), same, shared)
	if same < 0.6 || shared < 0.35 {
		t.Errorf("nearest 5: %.3f of the same category, want 0.6; %.3f share a skill, want 0.35", same, shared)
	}
}

func demoPosts(t *testing.T) []retrieval.Document {
	t.Helper()
	docs, err := demo.Documents()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(docs, func(d retrieval.Document) bool { return d.Kind != retrieval.KindJobPost })
}

// tableWithout counts the posts of all folds but one, and the skill vocabulary.
func tableWithout(t *testing.T, posts []retrieval.Document, fold, folds int) *words.Table {
	t.Helper()
	counter := words.NewCounter(demo.Categories)
	for i, post := range posts {
		if i%folds != fold {
			counter.Text(post.Post.Category, post.SearchText())
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
