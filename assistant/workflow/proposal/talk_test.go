package proposal_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/assistant/workflow/proposal"
	"github.com/parleyhq/parley/sessions"
)

// talk is one conversation, kept as the Manager keeps it.
type talk struct {
	t        testing.TB
	workflow *proposal.Workflow
	session  sessions.Session
	history  []sessions.Exchange
	draft    *sessions.Draft
	now      time.Time
}

func newTalk(t testing.TB, w *proposal.Workflow, profile string) *talk {
	return &talk{t: t, workflow: w, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC),
		session: sessions.Session{Tenant: tenant, ID: "s1", Role: sessions.RoleFreelancer, Profile: profile, Locale: "en-GB"}}
}

// helper is the workflow with the composer on the demo marketplace.
func helper(library workflow.Library) *proposal.Workflow {
	return proposal.New(library, reader(), workflow.Speaker{})
}

// answer is all that a turn gave.
type answer struct {
	text     string
	question *sessions.Question
	drafts   []sessions.Draft
	evidence []sessions.Evidence
	outcome  sessions.Outcome
	doc      proposal.Document // after the turn
}

func (c *talk) turn(text string) sessions.Turn {
	turn := sessions.Turn{Session: c.session, ResponseID: "r", Message: sessions.Message{ID: fmt.Sprintf("m%d", len(c.history)+1), Text: text}, History: c.history, Now: c.now}
	if c.draft != nil {
		turn.Drafts = []sessions.Draft{*c.draft}
	}
	return turn
}

// say sends a message and takes the answer into the conversation.
func (c *talk) say(text string) answer {
	c.t.Helper()
	turn := c.turn(text)
	var a answer
	outcome, err := c.workflow.Respond(c.t.Context(), turn, func(o sessions.Output) error {
		a.text += o.Text
		if o.Question != nil {
			a.question = o.Question
		}
		if o.Draft != nil {
			a.drafts = append(a.drafts, *o.Draft)
		}
		if o.Evidence != nil {
			a.evidence = o.Evidence
		}
		return nil
	})
	if err != nil {
		c.t.Fatalf("respond to %q: %v", text, err)
	}
	a.outcome = outcome
	if n := len(a.drafts); n > 0 {
		draft := a.drafts[n-1]
		draft.Version, draft.ID = 1, "d1"
		if c.draft != nil {
			draft.Version = c.draft.Version + 1
		}
		c.draft = &draft
	}
	if c.draft != nil {
		a.doc = c.document()
	}
	c.history = append(c.history, sessions.Exchange{Message: turn.Message, Response: &sessions.Response{ID: "r" + turn.Message.ID, Message: turn.Message.ID, Text: a.text,
		Question: a.question, Status: sessions.StatusCompleted, Citations: outcome.Citations, Annotations: outcome.Annotations}})
	return a
}

func (c *talk) document() proposal.Document {
	c.t.Helper()
	var doc proposal.Document
	if err := json.Unmarshal(c.draft.Document, &doc); err != nil {
		c.t.Fatal(err)
	}
	return doc
}

// edit patches the draft as a person would on the page.
func (c *talk) edit(patch string) (proposal.Document, error) {
	draft, err := c.workflow.Revise(c.t.Context(), sessions.Revision{Session: c.session, Draft: *c.draft, Patch: json.RawMessage(patch), Now: c.now})
	if err != nil {
		return proposal.Document{}, err
	}
	draft.Version++
	c.draft = &draft
	return c.document(), nil
}

// transcript writes a conversation down for reading.
func (c *talk) transcript() string {
	var out strings.Builder
	for _, x := range c.history {
		fmt.Fprintf(&out, "\nPERSON   %s\nPARLEY   %s\n", x.Message.Text, strings.ReplaceAll(x.Response.Text, "\n", "\n         "))
		var notes workflow.Annotations
		if err := json.Unmarshal(x.Response.Annotations, &notes); err != nil {
			c.t.Fatal(err)
		}
		for _, call := range notes.Calls {
			for _, d := range call.Dropped {
				fmt.Fprintf(&out, "DROPPED  %s %q\n", d.Text, d.Missing)
			}
		}
	}
	if c.draft != nil {
		d := c.document()
		fmt.Fprintf(&out, "\nDRAFT [%s] %d words\n%s\n", d.Status, d.Words, d.Text)
		for _, a := range d.Answers {
			fmt.Fprintf(&out, "  Q %s\n  A %s\n", a.Question, a.Text)
		}
		if d.Bid != nil {
			fmt.Fprintf(&out, "  bid %d %s %s %s: %s\n", d.Bid.Amount, d.Bid.Currency, d.Bid.Type, d.Bid.Unit, d.Bid.Reason)
		}
		for _, p := range d.Fit {
			fmt.Fprintf(&out, "  %-8s must=%v %s | %s\n", p.Status, p.Must, p.Text, p.Note)
		}
		if d.Similarity != nil {
			fmt.Fprintf(&out, "  similarity %+v\n", *d.Similarity)
		}
	}
	return out.String()
}
