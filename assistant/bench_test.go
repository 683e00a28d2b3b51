package assistant_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/parleyhq/parley/assistant"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest"
	"github.com/parleyhq/parley/sessions"
)

// realMarket holds 5,149 public posts, where there are some.
var realMarket = sync.OnceValues(func() (*retrieval.Retriever, error) {
	r := load(filepath.Join(folder, "real"), nil)
	_, err := ingest.Run(background, ingest.Options{Tenant: tenant, Kind: retrieval.KindJobPost, Loader: r,
		Files: []string{filepath.Join(os.Getenv("PARLEY_TESTDATA"), "posts", "freelance_posts.jsonl.gz")}})
	return r, err
})

// BenchmarkRespond measures whole turns of the job-post workflow with the
// built-in composer, on the demo marketplace and, where PARLEY_TESTDATA is
// set, on 5,149 real posts: the first message of a conversation (search,
// figures, draft), one that adds to the work (all of it again), and one that
// changes only the terms.
func BenchmarkRespond(b *testing.B) {
	b.Run("demo", func(b *testing.B) { benchRespond(b, market()) })
	b.Run("real", func(b *testing.B) {
		if os.Getenv("PARLEY_TESTDATA") == "" {
			b.Skip("PARLEY_TESTDATA is not set: not measured on real posts")
		}
		r, err := realMarket()
		if err != nil {
			b.Fatal(err)
		}
		benchRespond(b, r)
	})
}

func benchRespond(b *testing.B, r *retrieval.Retriever) {
	a := assistant.New(assistant.Config{Retriever: r})
	for _, bench := range []struct {
		name    string
		before  []string
		message string
	}{
		{"first", nil, "I need someone to build an online shop for my pet store, maybe 4k, before Christmas"},
		{"work", []string{shop}, "card payments, delivery in town, and import of about 300 products"},
		{"terms", []string{shop, "card payments and delivery in town"}, "make it before Easter"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			c := newTalk(b, a)
			for _, m := range bench.before {
				c.say(m)
			}
			turn := c.turn(bench.message)
			for b.Loop() {
				if _, err := a.Respond(b.Context(), turn, func(sessions.Output) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
