package embed_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	_ retrieval.Embedder = (*embed.Trained)(nil)
	_ retrieval.Embedder = (*embed.OpenAI)(nil)
)

// vectors embeds texts with the embedder of the binary.
func vectors(t testing.TB, texts ...string) [][]float32 {
	t.Helper()
	return vectorsOf(t, embed.Default(), texts...)
}

func vectorsOf(t testing.TB, e retrieval.Embedder, texts ...string) [][]float32 {
	t.Helper()
	found, err := e.Embed(t.Context(), texts)
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

func TestDefaultKnowsWhatIsNear(t *testing.T) {
	for _, tt := range []struct{ name, text, near, far string }{
		{"inflection", "designing logos", "a logo design", "tax returns for a bakery"},
		{"alias", "k8s cluster", "Kubernetes", "Photoshop"},
		{"kind of work", "Flutter developer", "Kotlin app for Android", "Shopify theme"},
		{"misspelling", "wordpres website with woocomerce", "WordPress site, WooCommerce", "Ruby on Rails backend"},
		{"languages apart", "C++ audio plugin", "JUCE and C++", "C# desktop tool"},
		{"lay words", "build an online shop", "E-commerce in WooCommerce", "Online English lessons"},
		{"another title", "lawyer", "attorney", "lecturer"},
		{"no word in common", "nanny", "child care provider", "child welfare statistics analyst"},
		{"one word in common", "truck driver", "lorry driver", "truck body designer"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := vectors(t, tt.text, tt.near, tt.far)
			if near, far := cosine(v[0], v[1]), cosine(v[0], v[2]); near <= far+0.05 {
				t.Errorf("%q: %.3f to %q, %.3f to %q", tt.text, near, tt.near, far, tt.far)
			}
		})
	}
}

func TestDefaultVectors(t *testing.T) {
	texts := []string{
		"", " \n", "a", "the and of", "🐶🐱", "\x00\xff\xfe", "متجر إلكتروني للحيوانات", "日本語のウェブサイト",
		strings.Repeat("x", 1<<20), strings.Repeat("shop ", 1<<16), "An online shop\nwith card payments", strings.Repeat("é", 30_000),
	}
	first, again := vectors(t, texts...), vectors(t, texts...)
	for i, v := range first {
		if len(v) != embed.Default().Dimensions() {
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

// TestVectorsArePinned fails when vectors change while the name of the algorithm
// stays: stored vectors would then be compared with others that mean something
// else. Change the name together with what is expected here.
func TestVectorsArePinned(t *testing.T) {
	vocabulary, table := small(t)
	embedder := embed.ByHand(vocabulary, table, []string{"food", "shop", "pet"}, []string{"<ca", "car", "ard", "rd>"}, []string{"E-commerce", "Shopify", "Stripe"})
	sum := 0.0
	for i, x := range vectorsOf(t, embedder, "Online shop for pet food\nShopify, card payments, shipping by weight")[0] {
		sum += float64(x) * float64(i%17-8)
	}
	const name, want = "trained-1-", -5.792724
	if !strings.HasPrefix(embedder.Name(), name) || math.Abs(sum-want) > 1e-4 {
		t.Errorf("%s has checksum %.6f, want %s with %.6f", embedder.Name(), sum, name, want)
	}
	if embedder.Name() == embed.Default().Name() {
		t.Error("embedders on different words have one name")
	}
}

func TestEmbedStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := embed.Default().Embed(ctx, []string{"a"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// BenchmarkEmbed embeds 500 and 20,000 characters.
func BenchmarkEmbed(b *testing.B) {
	text := strings.Repeat("We need a React developer for our online shop, with Stripe payments and shipping by weight before Christmas. ", 200)
	for _, size := range []struct {
		name   string
		length int
	}{{"500", 500}, {"20000", 20_000}} {
		b.Run(size.name, func(b *testing.B) {
			e := embed.Default()
			for b.Loop() {
				if _, err := e.Embed(b.Context(), []string{text[:size.length]}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkOpen reads the shipped artefact.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := embed.Open("artefact/embedder.parley"); err != nil {
			b.Fatal(err)
		}
	}
}
