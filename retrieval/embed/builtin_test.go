package embed_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	_ retrieval.Embedder = (*embed.Embedder)(nil)
	_ retrieval.Embedder = (*embed.OpenAI)(nil)
)

// vectors embeds texts with the built-in embedder.
func vectors(t testing.TB, texts ...string) [][]float32 {
	t.Helper()
	found, err := embed.Builtin().Embed(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func cosine(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

func TestBuiltinKnowsWhatIsNear(t *testing.T) {
	for _, tt := range []struct{ name, text, near, far string }{
		{"inflection", "designing logos", "a logo design", "tax returns for a bakery"},
		{"alias", "k8s cluster", "Kubernetes", "Photoshop"},
		{"kind of work", "Flutter developer", "Kotlin app for Android", "Shopify theme"},
		{"misspelling", "wordpres website with woocomerce", "WordPress site, WooCommerce", "Ruby on Rails backend"},
		{"languages apart", "C++ audio plugin", "JUCE and C++", "C# desktop tool"},
		{"lay words", "build an online shop", "E-commerce in WooCommerce", "Online English lessons"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := vectors(t, tt.text, tt.near, tt.far)
			if near, far := cosine(v[0], v[1]), cosine(v[0], v[2]); near <= far+0.05 {
				t.Errorf("%q: %.3f to %q, %.3f to %q", tt.text, near, tt.near, far, tt.far)
			}
		})
	}
}

func TestBuiltinVectors(t *testing.T) {
	texts := []string{
		"", " \n", "a", "the and of", "🐶🐱", "\x00\xff\xfe", "متجر إلكتروني للحيوانات", "日本語のウェブサイト",
		strings.Repeat("x", 1<<20), strings.Repeat("shop ", 1<<16), "An online shop\nwith card payments", strings.Repeat("é", 30_000),
	}
	first, again := vectors(t, texts...), vectors(t, texts...)
	for i, v := range first {
		if len(v) != embed.Builtin().Dimensions() {
			t.Fatalf("%.20q: %d dimensions", texts[i], len(v))
		}
		if length := math.Sqrt(cosine(v, v)); math.IsNaN(length) || math.Abs(length-1) > 1e-5 {
			t.Errorf("%.20q: length %v", texts[i], length)
		}
		if !slices.Equal(v, again[i]) {
			t.Errorf("%.20q: another vector the second time", texts[i])
		}
	}
	if c := cosine(first[0], first[10]); math.Abs(c) > 0.25 {
		t.Errorf("nothing is %.2f near to a shop", c)
	}
}

// TestBuiltinIsPinned fails when vectors change while the name of the algorithm
// stays: stored vectors would then be compared with others that mean something
// else. Change the name together with what is expected here.
func TestBuiltinIsPinned(t *testing.T) {
	vocabulary, err := skills.Parse(fstest.MapFS{"web.txt": {Data: []byte("E-commerce | online shop\nShopify | | broader: E-commerce\nStripe | | related: Shopify\n")}})
	if err != nil {
		t.Fatal(err)
	}
	table, err := words.Parse(strings.NewReader("9 web design\nfood 3 0:1 1:2\nshop 4 0:4\nship 2 0:2\n"))
	if err != nil {
		t.Fatal(err)
	}
	embedder := embed.BuiltinOn(vocabulary, table)
	v, err := embedder.Embed(t.Context(), []string{"Online shop for pet food\nShopify, card payments, shipping by weight"})
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for i, x := range v[0] {
		sum += float64(x) * float64(i%17-8)
	}
	const name, want = "builtin-1-", 2.286698
	if !strings.HasPrefix(embedder.Name(), name) || math.Abs(sum-want) > 1e-5 {
		t.Errorf("%s has checksum %.6f, want %s with %.6f", embedder.Name(), sum, name, want)
	}
	if embedder.Name() == embed.Builtin().Name() {
		t.Error("embedders on different words have one name")
	}
}

func TestBuiltinStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := embed.Builtin().Embed(ctx, []string{"a"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// BenchmarkBuiltin embeds 500 characters.
func BenchmarkBuiltin(b *testing.B) {
	text := strings.Repeat("We need a React developer for our online shop, with Stripe payments and shipping by weight before Christmas. ", 5)[:500]
	e := embed.Builtin()
	for b.Loop() {
		if _, err := e.Embed(b.Context(), []string{text}); err != nil {
			b.Fatal(err)
		}
	}
}
