package gateway

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/model"
)

// BenchmarkPrepare is what is done with a request before it is sent.
func BenchmarkPrepare(b *testing.B) {
	request := model.Request{Purpose: model.JobPost, Instructions: strings.Repeat("Say what the facts say, in short sentences. ", 40)}
	for range 30 {
		request.Facts = append(request.Facts, model.Fact{ID: "f1", Kind: "said", Key: "skill", Text: "They know PostgreSQL 15 and Go 1.26 well, for 4 years, 20 hours a week at $25-40."})
	}
	for range 8 {
		request.History = append(request.History, model.Message{Role: "user", Text: "We need a developer for 3 months who moves our shop to a new server. Write to ann@example.com about the start on 2 March, or call +49 171 2345678. The budget is about 4,000 EUR."})
	}
	r := &remote{choice: Choice{Model: "small"}}
	b.Run("mask", func(b *testing.B) {
		for b.Loop() {
			new(memo).mask(request)
		}
	})
	b.Run("mask again", func(b *testing.B) {
		known := &memo{}
		for b.Loop() {
			known.mask(request)
		}
	})
	b.Run("body", func(b *testing.B) {
		for b.Loop() {
			r.body(request)
		}
	})
	body := r.body(request)
	b.Run("estimate", func(b *testing.B) {
		for b.Loop() {
			atMost(body)
		}
	})
}
