package assistant_test

import (
	"testing"

	"github.com/parleyhq/parley/assistant"
	"github.com/parleyhq/parley/assistant/workflow/jobpost"
)

// TestConversations holds every turn of every script to the workflow's promises.
func TestConversations(t *testing.T) {
	a := assistant.New(assistant.Config{Retriever: market()})
	for name, messages := range scripts {
		t.Run(name, func(t *testing.T) {
			c := newTalk(t, a)
			for _, m := range messages {
				var before *jobpost.Document
				if c.draft != nil {
					doc := c.document()
					before = &doc
				}
				checkTurn(t, c, before, c.say(m))
				if t.Failed() {
					t.Fatalf("after %q", m)
				}
			}
		})
	}
}
