package assistant_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant"
	"github.com/parleyhq/parley/assistant/builtin"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
	"github.com/parleyhq/parley/assistant/workflow"
)

func withModel(t testing.TB, m model.Model) *talk {
	return newTalk(t, assistant.New(assistant.Config{Retriever: market(), Models: map[model.Purpose]workflow.Speaker{model.JobPost: {Model: m, Name: "scripted"}}}))
}

// faithful says every fact as it stands, as a good model would.
func faithful(r model.Request) modeltest.Reply {
	var text strings.Builder
	for _, f := range r.Facts {
		switch {
		case r.Task == "description" && f.Kind == "excluded":
		case f.Kind == "start":
			fmt.Fprintf(&text, "Here is a first draft for “%s” [%s]. ", f.Text, f.ID)
		case f.Kind == "question" || strings.HasSuffix(f.Text, "."):
			fmt.Fprintf(&text, "%s [%s] ", f.Text, f.ID)
		case f.Text != "":
			fmt.Fprintf(&text, "Noted: %s [%s]. ", f.Text, f.ID)
		}
	}
	return modeltest.Says(text.String())
}

func TestModelWrites(t *testing.T) {
	m := modeltest.NewScripted(faithful)
	c := withModel(t, m)
	a := c.say(shop)
	checkTurn(t, c, nil, a)
	if !strings.Contains(a.text, "Here is a first draft") {
		t.Errorf("the model did not write: %q", a.text)
	}
	if len(a.drafts) < 2 {
		t.Errorf("%d drafts: one at once and one with the model's description were to come", len(a.drafts))
	}
	described := func() (n int) {
		for _, r := range m.Requests() {
			if r.Instructions == "" || r.Prompt == "" || r.Purpose != model.JobPost {
				t.Errorf("request %+v", r)
			}
			if r.Task == "description" {
				n++
			}
		}
		return n
	}
	if described() != 1 {
		t.Errorf("the description was asked for %d times", described())
	}
	text := a.doc.Description
	if a := c.say("an expert, please"); described() != 1 || a.doc.Description != text {
		t.Errorf("nothing of the description changed, and it was written %d times", described())
	}
	a = c.say("We already have 300 products in a spreadsheet.")
	if described() != 2 || !strings.Contains(a.doc.Description, "300 products") {
		t.Errorf("described %d times: %q", described(), a.doc.Description)
	}
	checkTurn(t, c, nil, a)
}

func TestModelThatInvents(t *testing.T) {
	inventions := []string{"You will need Kubernetes and Angular.", "The budget should be $99,999.", "It will take 17 weeks.", "Acme Corp built it for $5.", "We offer free lunch, a company car and 40 days of holiday.", "Would you also like a mobile app?", "Budget: **$1,234**"}
	c := withModel(t, modeltest.NewScripted(func(r model.Request) modeltest.Reply {
		good := strings.Join(faithful(r).Pieces, "")
		return modeltest.Says(inventions[0] + " " + inventions[1] + " " + good + " " + strings.Join(inventions[2:], " "))
	}))
	a := c.say(shop)
	checkTurn(t, c, nil, a)
	for _, word := range []string{"Kubernetes", "Angular", "99,999", "17", "Acme", "lunch", "mobile app", "1,234"} {
		if strings.Contains(a.text, word) || strings.Contains(a.doc.Description, word) {
			t.Errorf("%q came through: %q / %q", word, a.text, a.doc.Description)
		}
	}
	if !strings.Contains(string(a.outcome.Annotations), "99,999") {
		t.Error("what was dropped is not on record")
	}
}

func TestModelThatIsMostlyWrong(t *testing.T) {
	c := withModel(t, modeltest.NewScripted(func(r model.Request) modeltest.Reply {
		return modeltest.Says("Your budget is about $4,000. Bitcoin rose by 400% in Tokyo. Call Bob at 555-1234.")
	}))
	a := c.say(shop)
	checkTurn(t, c, nil, a)
	if !strings.HasPrefix(a.text, "Your budget is about $4,000.") || !strings.Contains(a.text, "median") || !strings.Contains(a.text, "I have started your post") {
		t.Errorf("the composer did not complete it: %q", a.text)
	}
}

func TestModelThatIsOnlyWrong(t *testing.T) {
	c := withModel(t, modeltest.ByTask(map[string]string{"job_post/reply": "Bitcoin rose by 400% in Tokyo. Call Bob at 555-1234.", "job_post/description": "I am looking for someone to build an online shop for my pet store. We need 12 Rust developers. We pay $90,000. Berlin is nice."}))
	a := c.say(shop)
	checkTurn(t, c, nil, a)
	if !strings.Contains(a.text, "I have started your post") {
		t.Errorf("the composer did not step in: %q", a.text)
	}
	if strings.Contains(a.doc.Description, "Rust") || !strings.Contains(a.doc.Description, "$4,000") {
		t.Errorf("description %q", a.doc.Description)
	}
}

func TestModelThatFails(t *testing.T) {
	for name, reply := range map[string]modeltest.Reply{
		"at once":                {Err: &model.Error{Err: model.ErrUnavailable}},
		"after half a sentence":  {Pieces: []string{"You want an online"}, Err: &model.Error{Started: true, Err: model.ErrCut}},
		"saying nothing":         {},
		"rejecting the request":  {Err: &model.Error{Err: model.ErrRejected}},
		"with garbage and a cut": {Pieces: []string{"]]]] {{{ 99 "}, Err: &model.Error{Started: true, Err: model.ErrCut}},
	} {
		t.Run(name, func(t *testing.T) {
			c := withModel(t, modeltest.NewScripted(func(model.Request) modeltest.Reply { return reply }))
			a := c.say(shop)
			checkTurn(t, c, nil, a)
			if !strings.Contains(a.text, "I have started your post") || a.outcome.Incomplete != nil {
				t.Errorf("%q, incomplete %v", a.text, a.outcome.Incomplete)
			}
		})
	}
}

func TestModelThatBreaksOff(t *testing.T) {
	c := withModel(t, modeltest.NewScripted(func(r model.Request) modeltest.Reply {
		return modeltest.Reply{Pieces: []string{"Your budget is about $4,000. ", "You want an"}, Err: &model.Error{Started: true, Err: model.ErrCut}}
	}))
	a := c.say(shop)
	if a.outcome.Incomplete == nil || !strings.HasPrefix(a.text, "Your budget is about $4,000.") {
		t.Errorf("%q, incomplete %v", a.text, a.outcome.Incomplete)
	}
	if a.doc.Title == "" || len(a.questions) != 1 {
		t.Errorf("the draft and the question are lost: %+v, %v", a.doc.Title, a.questions)
	}
}

func TestModelLosesItsReceiver(t *testing.T) {
	c := withModel(t, modeltest.NewScripted(faithful))
	gone := errors.New("gone")
	if err := respond(c, shop, gone); !errors.Is(err, gone) {
		t.Errorf("error %v", err)
	}
}

// TestComposerKnowsEveryFact keeps the vocabulary of facts the same on both
// sides: the composer may not import the workflow.
func TestComposerKnowsEveryFact(t *testing.T) {
	known := make(map[string]bool)
	for _, kind := range builtin.Kinds() {
		known[kind] = true
	}
	var seen []string
	m := modeltest.NewScripted(func(r model.Request) modeltest.Reply {
		for _, f := range r.Facts {
			seen = append(seen, f.Kind)
		}
		return faithful(r)
	})
	for _, name := range []string{"shop", "sales", "correct", "offtopic", "logo", "yen", "money", "thanks", "vague", "german"} {
		messages := scripts[name]
		c := withModel(t, m)
		for _, text := range messages {
			c.say(text)
		}
	}
	for _, kind := range seen {
		if !known[kind] {
			t.Errorf("the composer does not know facts of kind %q", kind)
		}
	}
	if len(seen) < 60 {
		t.Errorf("only %d facts were seen", len(seen))
	}
}
