package shortlist_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// faithful says every fact as it stands.
func faithful(r model.Request) string {
	var text strings.Builder
	for _, f := range r.Facts {
		fmt.Fprintf(&text, "%s [%s] ", f.Text, f.ID)
	}
	return text.String()
}

// TestModelThatFlatters has a model add what no profile says: none of it gets
// through, in the reply or in an invitation.
func TestModelThatFlatters(t *testing.T) {
	m := modeltest.NewScripted(func(r model.Request) modeltest.Reply {
		return modeltest.Says("c8 has ten years of Angular and charges $5. She is amazing at Kubernetes. " + faithful(r) + " They worked for Google until 2019. Shall I contact them?")
	})
	c := newTalk(t, append(people(), booking())...)
	c.workflow = newWorkflow(library(), workflow.Speaker{Model: m, Name: "scripted"})
	first := c.say("Find me people for post-booking")
	c.say("draft an invitation to c1")
	for name, text := range map[string]string{"reply": first.text, "invitation": c.invitation().Text} {
		for _, never := range []string{"Angular", "$5", "Kubernetes", "Google", "2019", "contact them?"} {
			if strings.Contains(text, never) {
				t.Errorf("%s: %q in %q", name, never, text)
			}
		}
		if !strings.Contains(text, "Rebuilt the reservation pages") {
			t.Errorf("%s lost what is true: %q", name, text)
		}
	}
	for _, r := range m.Requests() {
		if r.Purpose != model.Shortlist || r.Instructions == "" || r.Tenant == "" {
			t.Errorf("request %+v", r)
		}
	}
}

// TestLongConversation shows that a list after 200 turns is what the draft
// says, and that a model is shown the end of the conversation only.
func TestLongConversation(t *testing.T) {
	var shown int
	m := modeltest.NewScripted(func(r model.Request) modeltest.Reply {
		shown = 0
		for _, line := range r.History {
			shown += len(line.Text)
		}
		return modeltest.Says(faithful(r))
	})
	c := rental(t)
	c.workflow = newWorkflow(library(), workflow.Speaker{Model: m, Name: "scripted"})
	c.say("only people in the EU")
	for range 200 {
		c.history = append(c.history, sessions.Exchange{Message: sessions.Message{ID: "m", Text: strings.Repeat("a long aside ", 400)}, Response: &sessions.Response{Text: strings.Repeat("a long answer ", 400)}})
	}
	c.say("and under 50 euros")
	if got := slices.Sorted(slices.Values(c.ids())); !slices.Equal(got, []string{"c3", "c6"}) {
		t.Errorf("got %v (%v)", got, conditions(c))
	}
	if shown > 40_000 {
		t.Errorf("the model was shown %d bytes of history", shown)
	}
}

// gone is a library whose index does not answer.
type gone struct{ workflow.Library }

func (gone) Search(context.Context, retrieval.Query) ([]retrieval.Hit, error) {
	return nil, fmt.Errorf("search: %w", retrieval.ErrUnavailable)
}

func TestIndexGone(t *testing.T) {
	c := rental(t)
	before := c.list()
	c.workflow = newWorkflow(gone{library()}, workflow.Speaker{})
	_, err := c.workflow.Respond(t.Context(), c.turn("only in the EU"), func(sessions.Output) error { return nil })
	var problem *sessions.Problem
	if !errors.As(err, &problem) || !problem.Temporary {
		t.Errorf("%v, want a temporary problem", err)
	}
	if after := c.list(); len(after.Candidates) != len(before.Candidates) {
		t.Errorf("the list changed")
	}
}

// TestReceiverGone stops a turn whose receiver went away.
func TestReceiverGone(t *testing.T) {
	c := rental(t)
	away := errors.New("away")
	_, err := c.workflow.Respond(t.Context(), c.turn("only in the EU"), func(o sessions.Output) error {
		if o.Text != "" {
			return away
		}
		return nil
	})
	if !errors.Is(err, away) {
		t.Errorf("%v, want the receiver's error", err)
	}
}

// TestHostileMessages answers texts that are huge, broken or empty.
func TestHostileMessages(t *testing.T) {
	c := rental(t)
	for _, text := range []string{"", " \n", "\xff\xfe", strings.Repeat("why ", 10_000), strings.Repeat("c1 ", 5_000), "|||\n| a |", "“”[f1]", strings.Repeat("ü", 30_000), "compare c1 c1 c1", "the first the second the third the fourth the fifth"} {
		a := c.say(text)
		if a.text == "" {
			t.Errorf("no answer to %.20q", text)
		}
	}
}

// BenchmarkRespond measures a refinement among 200 people.
func BenchmarkRespond(b *testing.B) {
	var docs []retrieval.Document
	for i := range 25 {
		for _, d := range people() {
			d.ID = fmt.Sprintf("%s-%d", d.ID, i)
			docs = append(docs, d)
		}
	}
	c := newTalk(b, append(docs, booking())...)
	c.say("Find me people for post-booking")
	history, drafts := c.history, slices.Clone(c.drafts)
	for b.Loop() {
		c.history, c.drafts = history, slices.Clone(drafts)
		c.say("only people in the EU under €70")
	}
}
