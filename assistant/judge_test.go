package assistant_test

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
	"github.com/parleyhq/parley/assistant/workflow"
)

// TestJudgeLowersTrustOnly checks that a judge can take a sentence out of what
// is to be published, and that one that fails or approves changes nothing.
func TestJudgeLowersTrustOnly(t *testing.T) {
	describe := func(judge model.Model) (string, int) {
		t.Helper()
		m := modeltest.NewScripted(faithful)
		c := newTalk(t, assistant.New(assistant.Config{Retriever: market(), Models: map[model.Purpose]workflow.Speaker{model.JobPost: {Model: m, Name: "scripted", Judge: judge}}}))
		a := c.say(shop)
		asked := 0
		if s, ok := judge.(*modeltest.Scripted); ok {
			asked = len(s.Requests())
		}
		return a.doc.Description, asked
	}
	plain, _ := describe(nil)
	approved, asked := describe(modeltest.NewScripted(func(model.Request) modeltest.Reply { return modeltest.Says(`{"supported":true,"reason":"it follows"}`) }))
	if approved != plain || asked == 0 {
		t.Errorf("asked %d times, a judge that approves made %q of %q", asked, approved, plain)
	}
	broken, _ := describe(modeltest.NewScripted(func(model.Request) modeltest.Reply { return modeltest.Says("I would rather not") }))
	if broken != plain {
		t.Errorf("a judge that answers nonsense made %q of %q", broken, plain)
	}
	doubted, _ := describe(modeltest.NewScripted(func(r model.Request) modeltest.Reply {
		return modeltest.Says(`{"supported":false,"reason":"it goes too far"}`)
	}))
	// Nothing of the model's text stands: the composer's does.
	if doubted == "" || strings.Contains(doubted, "Noted:") {
		t.Errorf("a judge that doubts everything left %q", doubted)
	}
}
