package retrieval_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
)

func shopPosts() []retrieval.Document {
	docs := []retrieval.Document{
		post("shop-1", "Online shop for pet food", "Shopify store with payments and shipping by weight."),
		post("shop-2", "WooCommerce store for ceramics", "Each piece exists once. Payments by card."),
		post("k8s", "Cluster upgrade", "Our containers must move to the next version."),
		post("cpp", "Audio plugin", "Written in C++ with JUCE."),
		post("csharp", "Desktop tool", "Written in C# on .NET for a dentist."),
		post("logo", "Logo for a bakery", "Two drafts, one colour."),
	}
	docs[0].Post.Skills = []string{"Shopify", "CSS"}
	docs[2].Post.Skills = []string{"Kubernetes", "Helm"}
	docs[3].Post.Skills = []string{"C++"}
	docs[4].Post.Skills = []string{"C#"}
	return docs
}

func found(hits []retrieval.Hit) []string {
	var list []string
	for _, hit := range hits {
		list = append(list, hit.ID)
	}
	return list
}

func TestSearchFindsAndExplains(t *testing.T) {
	r, _ := loaded(t, shopPosts())
	for _, tt := range []struct{ text, first, word, skill string }{
		{"an online store for our pet food", "shop-1", "food", ""},
		{"k8s help", "k8s", "", "Kubernetes"},
		{"C++ programmer", "cpp", "c++", "C++"},
		{"someone for C#", "csharp", "c#", ""},
		{"bakeries need a logo", "logo", "bakeries", ""},
	} {
		t.Run(tt.text, func(t *testing.T) {
			hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: tt.text})
			if err != nil {
				t.Fatal(err)
			}
			if len(hits) == 0 || hits[0].ID != tt.first {
				t.Fatalf("found %v, want %s first", found(hits), tt.first)
			}
			if tt.word != "" && !slices.Contains(hits[0].Words, tt.word) {
				t.Errorf("words %q, want %q among them", hits[0].Words, tt.word)
			}
			if tt.skill != "" && !slices.Contains(hits[0].Skills, tt.skill) {
				t.Errorf("skills %q, want %q among them", hits[0].Skills, tt.skill)
			}
			if hits[0].Similarity <= 0 || hits[0].Similarity > 1 || hits[0].Facets.Title == "" {
				t.Errorf("hit %+v", hits[0])
			}
		})
	}
}

func TestSearchKeepsToItsTenantKindAndFilter(t *testing.T) {
	docs := shopPosts()
	docs[1].Post.Level = "expert"
	docs = append(docs, retrieval.Document{Kind: retrieval.KindProfile, ID: "someone", Profile: &retrieval.Profile{Headline: "Online shop builder"}})
	r, _ := loaded(t, docs)
	if _, err := r.Load(t.Context(), "other", []retrieval.Document{post("theirs", "Online shop", "Online shop")}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		query retrieval.Query
		want  []string
	}{
		{"other tenant", retrieval.Query{Filter: retrieval.Filter{Tenant: "other", Kind: retrieval.KindJobPost}}, []string{"theirs"}},
		{"unknown tenant", retrieval.Query{Filter: retrieval.Filter{Tenant: "nobody", Kind: retrieval.KindJobPost}}, nil},
		{"profiles", retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindProfile}}, []string{"someone"}},
		{"level", retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost, Level: "expert"}}, []string{"shop-2"}},
		{"excluded", retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost, Level: "expert", Exclude: []string{"shop-2"}}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.query.Text = "online shop"
			hits, err := r.Search(t.Context(), tt.query)
			if err != nil {
				t.Fatal(err)
			}
			if got := found(hits); !slices.Equal(got, tt.want) {
				t.Errorf("found %v, want %v", got, tt.want)
			}
		})
	}
	if _, err := r.Search(t.Context(), retrieval.Query{Text: "shop"}); !errors.Is(err, retrieval.ErrInvalid) {
		t.Errorf("no tenant: %v", err)
	}
}

func TestSearchShowsRepostsOnce(t *testing.T) {
	docs := shopPosts()
	again := post("shop-1-again", docs[0].Post.Title, docs[0].Post.Description)
	again.Post.Skills = docs[0].Post.Skills
	same := post("shop-other", docs[0].Post.Title, "A quite different one: we sell aquarium plants, have no photos, and want a weekly stock import from our till.")
	r, _ := loaded(t, append(docs, again, same))
	hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: "online shop for pet food"})
	if err != nil {
		t.Fatal(err)
	}
	list := found(hits)
	if slices.Contains(list, "shop-1") == slices.Contains(list, "shop-1-again") {
		t.Errorf("found %v, want one of the two same posts", list)
	}
	if !slices.Contains(list, "shop-other") {
		t.Errorf("found %v, want the other post of that title too", list)
	}
}

func TestSearchVariesTheFirstPage(t *testing.T) {
	var docs []retrieval.Document
	for i := range 12 {
		d := post(fmt.Sprintf("logo-%02d", i), "Logo for a bakery", fmt.Sprintf("A logo for bakery number %d %s", i, strings.Repeat("bread ", i)))
		d.Post.Skills = []string{"Logo Design"}
		docs = append(docs, d)
	}
	other := post("other", "Brand kit with a logo", "Signs, bags and a logo for our bakery in Lyon.")
	other.Post.Skills = []string{"Brand Identity"}
	r, _ := loaded(t, append(docs, other))
	hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: "logo bakery", Limit: 8})
	if err != nil {
		t.Fatal(err)
	}
	if list := found(hits); !slices.Contains(list, "other") {
		t.Errorf("first page %v repeats itself", list)
	}
}

func TestSearchCarriesDocuments(t *testing.T) {
	r, _ := loaded(t, shopPosts())
	hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: "payments for a store", Documents: 2})
	if err != nil {
		t.Fatal(err)
	}
	for i, hit := range hits {
		if (hit.Document != nil) != (i < 2) {
			t.Errorf("hit %d carries a document: %v", i, hit.Document != nil)
		}
	}
	if !slices.Contains(hits[0].Words, "payments") {
		t.Errorf("words %q, want payments, which the text has", hits[0].Words)
	}
}

func TestSearchForNothingGivesTheNewest(t *testing.T) {
	docs := shopPosts()
	docs[3].Post.PostedOn = "2026-01-02"
	docs[5].Post.PostedOn = "2026-01-01"
	r, _ := loaded(t, docs)
	hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Limit: 2})
	if err != nil || !slices.Equal(found(hits), []string{"cpp", "logo"}) {
		t.Errorf("found %v, %v", found(hits), err)
	}
}

func TestSearchWithHalfOfTheIndex(t *testing.T) {
	r, index := loaded(t, shopPosts())
	q := retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: "online shop for pet food"}
	down := fmt.Errorf("%w: gone", retrieval.ErrUnavailable)
	for _, tt := range []struct {
		name             string
		lexical, nearest error
	}{{"no lexical list", down, nil}, {"no nearest list", nil, down}} {
		t.Run(tt.name, func(t *testing.T) {
			index.lexicalErr, index.nearestErr = tt.lexical, tt.nearest
			hits, err := r.Search(t.Context(), q)
			if !errors.Is(err, retrieval.ErrPartial) || !errors.Is(err, retrieval.ErrUnavailable) {
				t.Errorf("error %v", err)
			}
			if len(hits) == 0 || hits[0].ID != "shop-1" {
				t.Errorf("found %v", found(hits))
			}
		})
	}
	index.lexicalErr, index.nearestErr = down, down
	if hits, err := r.Search(t.Context(), q); err == nil || errors.Is(err, retrieval.ErrPartial) || hits != nil {
		t.Errorf("both lists gone: %v, %v", hits, err)
	}
	index.lexicalErr, index.nearestErr = nil, nil
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Search(ctx, q); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestAnEmbedderThatFailsIsAskedOnce looks three times deeper, since most posts
// repeat another.
func TestAnEmbedderThatFailsIsAskedOnce(t *testing.T) {
	docs := manyPosts(600)
	for i := range docs {
		docs[i].Post.Title = "Paint a house"
	}
	embedder := &failing{Embedder: embed.Default()}
	index := newMemory()
	r := retrieval.New(index, embedder, skills.Default())
	if _, err := r.Load(t.Context(), "t", docs); err != nil {
		t.Fatal(err)
	}
	embedder.err, embedder.calls, index.asked = errors.New("gone"), 0, 0
	_, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: "paint a house"})
	if !errors.Is(err, retrieval.ErrPartial) || embedder.calls != 1 || index.asked < 2 {
		t.Errorf("embedder asked %d times, lists %d times, %v", embedder.calls, index.asked, err)
	}
}

func TestSearchBearsAnyText(t *testing.T) {
	r, _ := loaded(t, shopPosts())
	for _, text := range []string{"\x00\xff", strings.Repeat("a", 1<<20), strings.Repeat("shop ", 50_000), "متجر إلكتروني", "🐶🐱", "'; DROP TABLE documents; --", "AND OR NOT NEAR", "日本語のウェブサイト"} {
		if _, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: text}); err != nil {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

// failing is an embedder that fails while err is set.
type failing struct {
	retrieval.Embedder
	err   error
	short bool
	calls int
}

func (f *failing) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	f.calls += len(texts)
	if f.err != nil {
		return nil, f.err
	}
	vectors, err := f.Embedder.Embed(ctx, texts)
	if f.short {
		return vectors[1:], err
	}
	return vectors, err
}

func TestLoadTwiceChangesNothing(t *testing.T) {
	embedder := &failing{Embedder: embed.Default()}
	index := newMemory()
	r := retrieval.New(index, embedder, skills.Default())
	for round, want := range []int{6, 0} {
		changed, err := r.Load(t.Context(), "t", shopPosts())
		if err != nil || changed != want {
			t.Errorf("round %d: %d changed, %v; want %d", round, changed, err, want)
		}
	}
	docs := shopPosts()
	docs[2].Post.Title = "Cluster downgrade"
	before := embedder.calls
	changed, err := r.Load(t.Context(), "t", append(docs, docs[2]))
	if err != nil || changed != 1 || embedder.calls != before+1 {
		t.Errorf("one edit: %d changed, %d embedded, %v", changed, embedder.calls-before, err)
	}
	if got, err := r.Documents(t.Context(), "t", retrieval.KindJobPost, []string{"k8s", "nothing"}); err != nil || len(got) != 1 || got[0].Post.Title != "Cluster downgrade" {
		t.Errorf("documents %v, %v", got, err)
	}
}

func TestLoadRefusesInvalidDocuments(t *testing.T) {
	r, index := loaded(t, nil)
	bad := post("", "No id", "")
	_, err := r.Load(t.Context(), "t", append(shopPosts(), bad))
	if !errors.Is(err, retrieval.ErrInvalid) || index.upserts != 0 {
		t.Errorf("error %v after %d upserts", err, index.upserts)
	}
	if _, err := r.Load(t.Context(), "", shopPosts()); !errors.Is(err, retrieval.ErrInvalid) {
		t.Errorf("no tenant: %v", err)
	}
}

func TestLoadLeavesTheCallersDocuments(t *testing.T) {
	docs := []retrieval.Document{post("a", "  Two\nlines ", "x")}
	docs = append(docs, retrieval.Document{Kind: retrieval.KindProfile, ID: "f", Profile: &retrieval.Profile{Headline: "x", Credentials: []string{" BA "}}})
	r, _ := loaded(t, docs)
	if docs[0].Post.Title != "  Two\nlines " || docs[1].Profile.Credentials[0] != " BA " {
		t.Errorf("documents changed: %q, %q", docs[0].Post.Title, docs[1].Profile.Credentials)
	}
	if got, err := r.Documents(t.Context(), "t", retrieval.KindJobPost, []string{"a"}); err != nil || got[0].Post.Title != "Two lines" {
		t.Errorf("stored %v, %v", got, err)
	}
}

func TestLoadWithoutEmbedderLosesNothing(t *testing.T) {
	embedder := &failing{Embedder: embed.Default(), err: errors.New("down")}
	r := retrieval.New(newMemory(), embedder, skills.Default())
	changed, err := r.Load(t.Context(), "t", shopPosts())
	if !errors.Is(err, retrieval.ErrNotEmbedded) || changed != 6 {
		t.Fatalf("%d changed, %v", changed, err)
	}
	q := retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: "pet food shop"}
	if hits, err := r.Search(t.Context(), q); !errors.Is(err, retrieval.ErrPartial) || len(hits) == 0 || hits[0].ID != "shop-1" {
		t.Errorf("by words: %v, %v", found(hits), err)
	}
	if _, err := r.Fill(t.Context(), "t", nil); err == nil {
		t.Error("Fill with the embedder down gave no error")
	}
	embedder.err = nil
	if filled, err := r.Fill(t.Context(), "t", nil); err != nil || filled != 6 {
		t.Errorf("Fill: %d, %v", filled, err)
	}
	if hits, err := r.Search(t.Context(), q); err != nil || hits[0].Similarity == 0 {
		t.Errorf("after Fill: %v, %v", found(hits), err)
	}
	if filled, err := r.Fill(t.Context(), "t", nil); err != nil || filled != 0 {
		t.Errorf("Fill again: %d, %v", filled, err)
	}
}

func TestEmbedderThatMiscounts(t *testing.T) {
	r := retrieval.New(newMemory(), &failing{Embedder: embed.Default(), short: true}, skills.Default())
	if _, err := r.Load(t.Context(), "t", shopPosts()); !errors.Is(err, retrieval.ErrNotEmbedded) || !strings.Contains(err.Error(), "5 vectors for 6 texts") {
		t.Errorf("error %v", err)
	}
}

// heard keeps what an embedder was asked to embed.
type heard struct {
	retrieval.Embedder
	texts []string
}

func (h *heard) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	h.texts = append(h.texts, texts...)
	return h.Embedder.Embed(ctx, texts)
}

func TestEmbeddedIsWhatWasSaid(t *testing.T) {
	embedder := &heard{Embedder: embed.Default()}
	r := retrieval.New(newMemory(), embedder, skills.Default())
	for _, tt := range []struct {
		name, text string
		skills     []string
		want       string
	}{
		{"a text that names a skill by an alias", "help with k8s", nil, "help with k8s"},
		{"listed skills that it does not name", "a shop in React", []string{"k8s", "React"}, "a shop in React\nKubernetes"},
		{"skills alone", "", []string{"Shopify", "no such skill"}, "Shopify, no such skill"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			embedder.texts = nil
			if _, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: tt.text, Skills: tt.skills}); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(embedder.texts, []string{tt.want}) {
				t.Errorf("embedded %q, want %q", embedder.texts, tt.want)
			}
		})
	}
}
