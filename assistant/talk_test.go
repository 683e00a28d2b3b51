package assistant_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow/jobpost"
	"github.com/parleyhq/parley/sessions"
)

// talk is one conversation with an assistant, kept as the Manager keeps it.
type talk struct {
	t         testing.TB
	assistant *assistant.Assistant
	session   sessions.Session
	history   []sessions.Exchange
	draft     *sessions.Draft
	now       time.Time
	workflow  string // that the person asks for; "" leaves it to the router
	route     string // of the last answer
}

func newTalk(t testing.TB, a *assistant.Assistant) *talk {
	return &talk{t: t, assistant: a, session: sessions.Session{Tenant: tenant, ID: "s1", TimeZone: "America/New_York", Locale: "en-US"}, workflow: jobpost.Kind, now: time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC)}
}

// answer is all that a turn gave.
type answer struct {
	text      string
	pieces    []string
	evidence  []sessions.Evidence
	questions []sessions.Question
	drafts    []sessions.Draft
	outcome   sessions.Outcome
	doc       jobpost.Document // after the turn
}

func (c *talk) turn(text string) sessions.Turn {
	turn := sessions.Turn{Session: c.session, ResponseID: "r", Message: sessions.Message{ID: fmt.Sprintf("m%d", len(c.history)+1), Text: text, Workflow: c.workflow}, History: c.history, Now: c.now}
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
	outcome, err := c.assistant.Respond(c.t.Context(), turn, func(o sessions.Output) error {
		a.text += o.Text
		if o.Route != nil {
			c.route = o.Route.Workflow
		}
		if o.Text != "" {
			a.pieces = append(a.pieces, o.Text)
		}
		if o.Evidence != nil {
			a.evidence = o.Evidence
		}
		if o.Question != nil {
			a.questions = append(a.questions, *o.Question)
		}
		if o.Draft != nil {
			a.drafts = append(a.drafts, *o.Draft)
		}
		return nil
	})
	if err != nil {
		c.t.Fatalf("respond to %q: %v", text, err)
	}
	a.outcome = outcome
	c.take(turn.Message, &a)
	return a
}

func (c *talk) take(message sessions.Message, a *answer) {
	if n := len(a.drafts); n > 0 {
		draft := a.drafts[n-1]
		draft.Version, draft.ID, draft.Message = 1, "d1", message.ID
		if c.draft != nil {
			draft.Version = c.draft.Version + 1
		}
		c.draft = &draft
	}
	if c.draft != nil && c.draft.Kind == jobpost.Kind {
		a.doc = c.document()
	}
	response := sessions.Response{ID: "r" + message.ID, Message: message.ID, Status: sessions.StatusCompleted, Route: c.route, Text: a.text, Citations: a.outcome.Citations, Annotations: a.outcome.Annotations}
	if len(a.questions) > 0 {
		response.Question = &a.questions[0]
	}
	c.history = append(c.history, sessions.Exchange{Message: message, Response: &response})
}

func (c *talk) document() jobpost.Document {
	c.t.Helper()
	var doc jobpost.Document
	if err := json.Unmarshal(c.draft.Document, &doc); err != nil {
		c.t.Fatal(err)
	}
	return doc
}

// edit patches the draft as a person would on the page.
func (c *talk) edit(patch string) (jobpost.Document, error) {
	draft, err := c.assistant.Revise(c.t.Context(), sessions.Revision{Session: c.session, Draft: *c.draft, Patch: json.RawMessage(patch), Now: c.now})
	if err != nil {
		return jobpost.Document{}, err
	}
	draft.Version++
	c.draft = &draft
	return c.document(), nil
}

func (c *talk) accept(s sessions.Suggestion) jobpost.Document {
	c.t.Helper()
	draft, err := c.assistant.Revise(c.t.Context(), sessions.Revision{Session: c.session, Draft: *c.draft, Patch: s.Patch, Suggestion: &s, Now: c.now})
	if err != nil {
		c.t.Fatal(err)
	}
	draft.Version++
	c.draft = &draft
	return c.document()
}

// transcript writes a conversation down for reading.
func transcript(c *talk) string {
	var out strings.Builder
	for _, x := range c.history {
		fmt.Fprintf(&out, "\nPERSON   %s\nPARLEY   %s\n", x.Message.Text, strings.ReplaceAll(x.Response.Text, "\n", "\n         "))
		var notes struct {
			Intent, Declined string
			Changed          []string
			Calls            []struct{ Dropped []grounding.Dropped }
		}
		if err := json.Unmarshal(x.Response.Annotations, &notes); err != nil {
			c.t.Fatal(err)
		}
		for _, call := range notes.Calls {
			for _, d := range call.Dropped {
				fmt.Fprintf(&out, "DROPPED  %s %q\n", d.Text, d.Missing)
			}
		}
		fmt.Fprintf(&out, "         [intent %s, changed %v, declined %s]\n", notes.Intent, notes.Changed, notes.Declined)
		if q := x.Response.Question; q != nil {
			for _, s := range q.Suggestions {
				fmt.Fprintf(&out, "         ( %s )  %s\n", s.Text, s.Reason)
			}
		}
	}
	if c.draft != nil {
		d := c.document()
		fmt.Fprintf(&out, "\nPOST [%s] %s\n  %s | %s | pay %+v | missing %v\n  %s\n", d.Status, d.Title, d.Category, d.Level, d.Pay, d.Missing, strings.ReplaceAll(d.Description, "\n", "\n  "))
		for _, x := range d.Deliverables {
			fmt.Fprintf(&out, "  - %s\n", x)
		}
		fmt.Fprintf(&out, "  must %q nice %q\n  conditions %q questions %q\n", d.Skills.Must, d.Skills.Nice, d.Conditions, d.Questions)
		for _, s := range c.draft.Suggestions {
			fmt.Fprintf(&out, "  + %s (%s)\n", s.Text, s.Reason)
		}
		for _, w := range d.Warnings {
			fmt.Fprintf(&out, "  ! %s: %s → %s\n", w.Word, w.Reason, w.Better)
		}
		fmt.Fprintf(&out, "  document %d bytes, %d claims\n", len(c.draft.Document), len(c.draft.Claims))
	}
	return out.String()
}

// respond runs a turn whose receiver goes away with the first text.
func respond(c *talk, text string, gone error) error {
	_, err := c.assistant.Respond(c.t.Context(), c.turn(text), func(o sessions.Output) error {
		if o.Text != "" {
			return gone
		}
		return nil
	})
	return err
}
