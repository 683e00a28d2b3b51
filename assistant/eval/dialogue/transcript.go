package dialogue

import (
	"encoding/json"
	"strings"

	"github.com/parleyhq/parley/sessions"
)

// Line is one thing that was said.
type Line struct {
	Who      string   `json:"who"` // person or parley
	Text     string   `json:"text"`
	Question string   `json:"question,omitempty"` // the slot that was asked for
	Replies  []string `json:"replies,omitempty"`  // answers that can be given with one tap
	Route    string   `json:"route,omitempty"`
	Status   string   `json:"status,omitempty"` // of a response that did not complete
	Tokens   int      `json:"tokens,omitempty"` // that a model server wrote
}

// Transcript is what was said, and the draft at the end.
type Transcript struct {
	Lines []Line          `json:"lines"`
	Draft json.RawMessage `json:"draft,omitempty"`
}

// MarshalJSON writes the lines and the draft.
func (t *Transcript) MarshalJSON() ([]byte, error) {
	type plain Transcript
	return json.Marshal((*plain)(t))
}

// Transcript is the conversation so far, with the newest draft of a kind.
func (c *Conversation) Transcript(kind string) *Transcript {
	t := &Transcript{}
	for _, e := range c.exchanges {
		t.Lines = append(t.Lines, Line{Who: "person", Text: e.Said}, e.answer())
	}
	if draft, found := c.Draft(kind); found {
		t.Draft = draft.Document
	}
	return t
}

func (e Exchange) answer() Line {
	line := Line{Who: "parley", Text: e.Response.Text, Route: e.Response.Route, Tokens: e.Response.Usage.OutputTokens}
	if e.Response.Question != nil {
		line.Question = e.Response.Question.Slot
		for _, reply := range e.Response.Question.Suggestions {
			line.Replies = append(line.Replies, reply.Text)
		}
	}
	if !e.Completed() {
		line.Status = string(e.Response.Status)
	}
	return line
}

// Completed reports whether the response came to its end.
func (e Exchange) Completed() bool { return e.Response.Status == "completed" }

// WhichSlot is the slot of the question which of two things a message meant.
const WhichSlot = "route"

// Which answers the question which of two things was meant, as somebody does
// who wants one kind of help: with the quick reply that has one of some words, else
// in the first of the words themselves. It reports false for any other question.
func Which(question *sessions.Question, words ...string) (answer string, asked bool) {
	if question == nil || question.Slot != WhichSlot {
		return "", false
	}
	for _, reply := range question.Suggestions {
		for _, word := range words {
			if strings.Contains(strings.ToLower(reply.Text), word) {
				return reply.Text, true
			}
		}
	}
	return words[0], true
}
