package sessions

import (
	"context"
	"encoding/json"
	"time"
)

// Turn is what a Responder gets: a message, what came before it on its branch,
// and the branch's drafts.
type Turn struct {
	Session    Session
	ResponseID string
	Message    Message
	History    []Exchange // oldest first, without Message
	Drafts     []Draft    // the current version of each draft on this branch
	Files      []File     // that Message attaches
	Now        time.Time  // when the message was written: words like "tomorrow" mean this day
	Released   bool       // the message was held, and a reviewer let it be answered
}

// Exchange is a message with the response that counts.
type Exchange struct {
	Message  Message
	Response *Response // nil if there was none
}

// Output is one thing that a Responder emits while it works; exactly one field is set.
type Output struct {
	Route    *Route
	Text     string // appended to the response's text
	Evidence []Evidence
	Question *Question
	// Draft is a new version: the Manager sets Version, Message, Author and
	// Created. A Draft without an ID starts a new one; a second one of the same
	// kind without an ID in the same turn goes on with that. Of several versions in a
	// turn the last one is stored.
	Draft *Draft
}

// Route is which workflow answers, and which model speaks.
type Route struct {
	Workflow string `json:"route"`
	Model    string `json:"model"`
}

// Outcome is what a Responder returns at the end of a turn.
type Outcome struct {
	Citations   []Claim
	Usage       Usage
	Stages      map[string]float64 // milliseconds by stage
	Annotations json.RawMessage
	Title       string   // names the session after its subject when it has no title yet; "" for none
	Incomplete  *Problem // the text broke off: what was emitted is kept
	Held        *Problem // moderation keeps the message from being answered: nothing was emitted
}

// Responder answers messages and revises drafts.
type Responder interface {
	// Respond answers a turn. It calls emit from its own goroutine only and
	// stops when emit returns an error or ctx ends. After the last Output of a
	// turn that was cancelled nothing is expected of it but to return. An error
	// that wraps a *Problem tells the person why; any other is told as an
	// internal one.
	Respond(ctx context.Context, turn Turn, emit func(Output) error) (Outcome, error)
	// Revise applies a person's merge patch to a draft: it validates, marks
	// what was changed as the person's, and returns the new version's content.
	// A patch that does not fit is an error that wraps ErrInvalid.
	Revise(ctx context.Context, revision Revision) (Draft, error)
}

// Revision is a person's change to a draft.
type Revision struct {
	Session    Session
	Draft      Draft
	Patch      json.RawMessage // RFC 7396
	Suggestion *Suggestion     // set when the patch is an accepted suggestion
	Now        time.Time
}
