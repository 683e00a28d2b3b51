package retrieval_test

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/demo"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
)

// TestDemoSearch searches the demo marketplace by the text of each of its posts:
// posts of the same category come first. (The built-in embedder's word table
// has seen them; for how it does on unseen posts see its own tests.)
func TestDemoSearch(t *testing.T) {
	posts := demoPosts(t)
	r, _ := onSQLite(t, posts)
	same, count := 0, 0
	for _, post := range posts {
		hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost, Exclude: []string{post.ID}}, Text: post.Title() + "\n" + post.Text(), Limit: 5})
		if err != nil {
			t.Fatal(err)
		}
		for _, hit := range hits {
			if count++; hit.Facets.Category == post.Post.Category {
				same++
			}
		}
	}
	if share := float64(same) / float64(count); share < 0.70 {
		t.Errorf("%.3f of the first five are of the same category, want 0.70", share)
	}
}

func demoPosts(t testing.TB) []retrieval.Document {
	t.Helper()
	docs, err := demo.Documents()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(docs, func(d retrieval.Document) bool { return d.Kind != retrieval.KindJobPost })
}

// TestRealNeighbours searches real posts by the text or the title of others,
// with all skills hidden, and grades what each list and the fused one find by
// the skills that are shared.
func TestRealNeighbours(t *testing.T) {
	if underRace {
		t.Skip("figures do not depend on the race detector, which makes this very slow")
	}
	posts, listed := realPosts(t)
	r, index := onSQLite(t, posts)
	for _, tt := range []struct {
		name string
		text func(retrieval.Document) string
		want float64
	}{
		{"title and description", func(d retrieval.Document) string { return d.Title() + "\n" + d.Text() }, 0.32},
		{"title only", retrieval.Document.Title, 0.30},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var lexical, nearest, hybrid, queries float64
			for _, at := range rand.New(rand.NewPCG(1, 2)).Perm(len(posts)) {
				if post := posts[at]; len(listed[post.ID]) >= 3 && queries < 200 {
					ideal := idealGain(listed, post.ID)
					l, n, h := lists(t, r, index, post.ID, tt.text(post))
					lexical, nearest, hybrid = lexical+gain(listed, post.ID, l)/ideal, nearest+gain(listed, post.ID, n)/ideal, hybrid+gain(listed, post.ID, h)/ideal
					queries++
				}
			}
			lexical, nearest, hybrid = lexical/queries, nearest/queries, hybrid/queries
			t.Logf("%d posts, %.0f queries, nDCG@10 of shared skills: lexical %.3f, nearest %.3f, hybrid %.3f", len(posts), queries, lexical, nearest, hybrid)
			if hybrid < tt.want || hybrid < max(lexical, nearest)-0.03 {
				t.Errorf("hybrid %.3f, want %.2f and about the better of lexical %.3f and nearest %.3f", hybrid, tt.want, lexical, nearest)
			}
		})
	}
}

// lists returns what the words, the vectors, and both find for a text, without one post.
func lists(t *testing.T, r *retrieval.Retriever, index retrieval.Index, without, text string) (lexical, nearest, hybrid []string) {
	t.Helper()
	filter := retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost, Exclude: []string{without}}
	text = text[:min(len(text), 4000)]
	var named []skills.Skill
	for _, match := range skills.Default().Match(text) {
		named = append(named, *match.Skill)
	}
	byWords, err := index.Lexical(t.Context(), filter, retrieval.SearchTerms(text, named), 10)
	if err != nil {
		t.Fatal(err)
	}
	vectors, err := embed.Default().Embed(t.Context(), []string{text})
	if err != nil {
		t.Fatal(err)
	}
	byVector, err := index.Nearest(t.Context(), filter, embed.Default().Name(), vectors[0], 10)
	if err != nil {
		t.Fatal(err)
	}
	hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost, Exclude: filter.Exclude}, Text: text, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	return ids(byWords), ids(byVector), found(hits)
}

// realPosts reads the posts under PARLEY_TESTDATA without their skills, which
// are returned by id, under their vocabulary names.
func realPosts(t testing.TB) ([]retrieval.Document, map[string][]string) {
	t.Helper()
	folder := os.Getenv("PARLEY_TESTDATA")
	if folder == "" {
		t.Skip("PARLEY_TESTDATA is not set: needs real job posts")
	}
	file, err := os.Open(filepath.Join(folder, "posts", "freelance_posts.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var posts []retrieval.Document
	listed := make(map[string][]string)
	lines := bufio.NewScanner(reader)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row struct {
			ID, Title, Description, Category string
			Skills                           []string
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		post := retrieval.Document{Kind: retrieval.KindJobPost, ID: row.ID, Post: &retrieval.JobPost{Title: row.Title, Description: row.Description, Category: row.Category}}
		post.Normalise()
		if post.Validate() == nil {
			posts = append(posts, post)
			listed[row.ID] = canonicalNames(row.Skills)
		}
	}
	return posts, listed
}

func canonicalNames(names []string) []string {
	var found []string
	for _, name := range names {
		if skill, ok := skills.Default().Lookup(name); ok {
			name = skill.Name
		}
		if !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

// overlap is the size of the intersection of two lists over that of their union.
func overlap(a, b []string) float64 {
	shared := 0
	for _, name := range a {
		if slices.Contains(b, name) {
			shared++
		}
	}
	if shared == 0 {
		return 0
	}
	return float64(shared) / float64(len(a)+len(b)-shared)
}

func ids(ranked []retrieval.Ranked) []string {
	list := make([]string, len(ranked))
	for i, r := range ranked {
		list[i] = r.ID
	}
	return list
}

// gain is the discounted cumulative gain of the first ten.
func gain(listed map[string][]string, query string, found []string) float64 {
	sum := 0.0
	for place, id := range found[:min(10, len(found))] {
		sum += overlap(listed[query], listed[id]) / math.Log2(float64(place+2))
	}
	return sum
}

func idealGain(listed map[string][]string, query string) float64 {
	var gains []float64
	for id := range listed {
		if id != query {
			gains = append(gains, overlap(listed[query], listed[id]))
		}
	}
	slices.SortFunc(gains, func(a, b float64) int { return cmp.Compare(b, a) })
	sum := 0.0
	for place, g := range gains[:min(10, len(gains))] {
		sum += g / math.Log2(float64(place+2))
	}
	return max(sum, 1e-9)
}
