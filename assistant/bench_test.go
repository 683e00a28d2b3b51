package assistant_test

import (
	"testing"

	"github.com/parleyhq/parley/assistant"
	"github.com/parleyhq/parley/sessions"
)

// BenchmarkRespond measures whole turns of the job-post workflow with the
// built-in composer: the first message of a conversation (search, figures,
// draft), and one that changes only the terms.
func BenchmarkRespond(b *testing.B) {
	a := assistant.New(assistant.Config{Retriever: market()})
	quiet := func(sessions.Output) error { return nil }
	b.Run("first", func(b *testing.B) {
		c := newTalk(b, a)
		turn := c.turn("I need someone to build an online shop for my pet store, maybe 4k, before Christmas")
		for b.Loop() {
			if _, err := a.Respond(b.Context(), turn, quiet); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("terms", func(b *testing.B) {
		c := newTalk(b, a)
		c.say("I need someone to build an online shop for my pet store, maybe $4k")
		c.say("card payments and delivery in town")
		turn := c.turn("before Christmas")
		for b.Loop() {
			if _, err := a.Respond(b.Context(), turn, quiet); err != nil {
				b.Fatal(err)
			}
		}
	})
}
