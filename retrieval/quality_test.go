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

// TestDemoNeighbours takes each post of the demo marketplace out and looks at
// its five nearest: posts of the same category, with skills in common.
func TestDemoNeighbours(t *testing.T) {
	posts := demoPosts(t)
	r, idx := loaded(t, posts)
	same, shared := 0.0, 0.0
	nsame := 0.0
	lsame := 0.0
	for _, post := range posts {
		q := retrieval.Query{Tenant: "t", Kind: retrieval.KindJobPost, Text: post.Title() + "\n" + post.Text(), Exclude: []string{post.ID}, Limit: 5}
		hits, err := r.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		cat := map[string]string{}
		for _, p := range posts {
			cat[p.ID] = p.Post.Category
		}
		v, _ := embed.Builtin().Embed(t.Context(), []string{q.Text})
		near, _ := idx.Nearest(t.Context(), retrieval.Filter{Tenant: "t", Kind: "job_post", Exclude: q.Exclude}, embed.Builtin().Name(), v[0], 5)
		for _, n := range near {
			if cat[n.ID] == post.Post.Category {
				nsame += 1 / float64(5*len(posts))
			}
		}
		var named []skills.Skill
		for _, m := range skills.Default().Match(q.Text) {
			named = append(named, *m.Skill)
		}
		near, _ = idx.Lexical(t.Context(), retrieval.Filter{Tenant: "t", Kind: "job_post", Exclude: q.Exclude}, retrieval.SearchTerms(q.Text, named), 5)
		for _, n := range near {
			if cat[n.ID] == post.Post.Category {
				lsame += 1 / float64(5*len(posts))
			}
		}
		for _, hit := range hits {
			if hit.Facets.Category == post.Post.Category {
				same += 1.0 / float64(len(hits))
			}
			if overlap(hit.Facets.Skills, post.Post.Skills) > 0 {
				shared += 1.0 / float64(len(hits))
			}
		}
	}
	same, shared = same/float64(len(posts)), shared/float64(len(posts))
	t.Log("near", nsame, "lex", lsame)
	t.Logf("demo, %d posts, hybrid, nearest 5: %.3f of the same category, %.3f share a skill", len(posts), same, shared)
	if same < 0.7 || shared < 0.4 {
		t.Errorf("nearest 5: %.3f of the same category, want 0.7; %.3f share a skill, want 0.4", same, shared)
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

func loaded(t testing.TB, docs []retrieval.Document) (*retrieval.Retriever, *memory) {
	t.Helper()
	index := newMemory()
	r := retrieval.New(index, embed.Builtin(), skills.Default())
	if _, err := r.Load(t.Context(), "t", docs); err != nil {
		t.Fatal(err)
	}
	return r, index
}

// TestRealNeighbours searches real posts by the text of others, with all
// skills hidden, and grades what is found by the skills it shares.
func TestRealNeighbours(t *testing.T) {
	posts, listed := realPosts(t)
	r, index := loaded(t, posts)
	embedder := embed.Builtin()
	random := rand.New(rand.NewPCG(1, 2))
	filter := retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}
	var lexical, nearest, hybrid, queries float64
	for _, at := range random.Perm(len(posts)) {
		post := posts[at]
		if len(listed[post.ID]) < 3 {
			continue
		}
		if queries++; queries > 200 {
			queries--
			break
		}
		filter.Exclude = []string{post.ID}
		text := post.Title() + "\n" + post.Text()
		text = text[:min(len(text), 4000)]
		ideal := idealGain(listed, post.ID)
		var named []skills.Skill
		for _, m := range skills.Default().Match(text) {
			named = append(named, *m.Skill)
		}
		found, err := index.Lexical(t.Context(), filter, retrieval.SearchTerms(text, named), 10)
		if err != nil {
			t.Fatal(err)
		}
		lexical += gain(listed, post.ID, ids(found)) / ideal
		vectors, err := embedder.Embed(t.Context(), []string{text})
		if err != nil {
			t.Fatal(err)
		}
		if found, err = index.Nearest(t.Context(), filter, embedder.Name(), vectors[0], 10); err != nil {
			t.Fatal(err)
		}
		nearest += gain(listed, post.ID, ids(found)) / ideal
		hits, err := r.Search(t.Context(), retrieval.Query{Tenant: "t", Kind: retrieval.KindJobPost, Text: text, Exclude: filter.Exclude, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, hit := range hits {
			list = append(list, hit.ID)
		}
		hybrid += gain(listed, post.ID, list) / ideal
	}
	lexical, nearest, hybrid = lexical/queries, nearest/queries, hybrid/queries
	t.Logf("%d real posts, %.0f queries, nDCG@10 of shared skills: lexical %.3f, nearest %.3f, hybrid %.3f", len(posts), queries, lexical, nearest, hybrid)
	if nearest < 0.3 || hybrid < max(lexical, nearest)-0.02 {
		t.Errorf("nDCG@10: lexical %.3f, nearest %.3f, hybrid %.3f", lexical, nearest, hybrid)
	}
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
