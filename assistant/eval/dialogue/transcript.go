package dialogue

import (
	"encoding/json"
	"strings"
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

// String is the dialogue for people.
func (t *Transcript) String() string {
	var b strings.Builder
	for _, line := range t.Lines {
		b.WriteString(line.Who + ": " + line.Text)
		for _, note := range []string{line.Question, line.Route, line.Status} {
			if note != "" {
				b.WriteString(" [" + note + "]")
			}
		}
		b.WriteByte('\n')
	}
	if len(t.Draft) > 0 {
		b.WriteString("draft: " + string(t.Draft) + "\n")
	}
	return b.String()
}
