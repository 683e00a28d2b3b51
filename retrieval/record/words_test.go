package record_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
	"github.com/parleyhq/parley/retrieval/words"
)

// TestCountInOrder: words that begin alike stay apart and in order, and what is
// mentioned in several fields is added up.
func TestCountInOrder(t *testing.T) {
	got := record.Count(words.English,
		record.Field{Text: "kubernetes1 kubernetes", Weight: 3},
		record.Field{Text: "Kubernetes2, kubernetes a ab abc; kubernetes1", Weight: 1},
		record.Field{Text: strings.Repeat("often ", 300) + strings.Repeat("much1 ", 300), Weight: 1})
	want := []record.Counted{
		{Word: "ab", Count: 1}, {Word: "abc", Count: 1},
		{Word: "kubernet", Count: 4}, {Word: "kubernetes1", Count: 4}, {Word: "kubernetes2", Count: 1},
		{Word: "much1", Count: 255}, {Word: "often", Count: 255},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkOf(b *testing.B) {
	text := strings.Repeat("We are looking for an experienced developer to build responsive landing pages with React, Node.js and a REST API. ", 10)
	docs := []retrieval.Stored{{Document: retrieval.Document{Kind: retrieval.KindJobPost, ID: "1", Post: &retrieval.JobPost{
		Title: "React developer for an e-commerce site", Description: text, Skills: []string{"React", "Node.js"},
	}}}}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := record.Of(docs, 0); err != nil {
			b.Fatal(err)
		}
	}
}
