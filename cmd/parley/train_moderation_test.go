package main

import (
	"testing"

	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/assistant/moderation/message"
)

// A contrast that an author wrote to a message of their own is an example like others; what
// somebody else made of it is a variant.
func TestVariantsAreTakenApart(t *testing.T) {
	made := func(id, author, source string) corpus.Example {
		return corpus.Example{Message: message.Message{ID: id}, Author: author, Source: source}
	}
	list, variants := apart([]corpus.Example{
		made("a-1", "a", ""), made("a-2", "a", "a-1"), made("v-1", "generator", "a-1"), made("r-1", "reviews", "elsewhere"), made("r-2", "reviews", ""),
	})
	if len(list) != 4 || len(variants) != 1 || variants[0].ID != "v-1" {
		t.Errorf("%d examples; variants %v", len(list), variants)
	}
}
