package embed_test

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval/embed"
)

func BenchmarkBuiltin(b *testing.B) {
	text := strings.Repeat("We need a React developer for our online shop, with Stripe payments and shipping by weight before Christmas. ", 5)[:500]
	e := embed.Builtin()
	for b.Loop() {
		if _, err := e.Embed(b.Context(), []string{text}); err != nil {
			b.Fatal(err)
		}
	}
}
