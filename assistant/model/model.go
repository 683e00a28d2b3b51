// Package model is what the assistant asks of a language model, whichever one
// it is: a [Request] with typed facts goes in, text comes out in pieces.
//
// A model is given facts and not only text, so that one that needs no network
// can compose from them, and so that whatever is said can be checked: each
// sentence of the answer names in square brackets the ids of the facts it used
// ("You want a shop for pet supplies [f1]."). Package grounding reads these
// marks, checks them and takes them out.
package model

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Purpose is what a model is used for. Configuration maps it to models.
type Purpose string

// The purposes.
const (
	Route     Purpose = "route"    // which workflow answers, where the router is unsure
	Extract   Purpose = "extract"  // facts from messages
	JobPost   Purpose = "job_post" // replies and descriptions of this workflow; the next three are likewise
	Shortlist Purpose = "shortlist"
	Proposal  Purpose = "proposal"
	Advice    Purpose = "advice"
	Moderate  Purpose = "moderate" // whether a message breaks a policy
	Judge     Purpose = "judge"    // whether a sentence follows from its sources; may only lower trust
)

// Fact is something that may be said, under an id unique in its request.
type Fact struct {
	ID    string            `json:"id"`
	Kind  string            `json:"kind"`            // what it is; the vocabulary belongs to the workflow that asks
	Key   string            `json:"key,omitempty"`   // which one of its kind, for example the slot
	Text  string            `json:"text"`            // the fact in words
	Attrs map[string]string `json:"attrs,omitempty"` // parts that a composer needs
}

// Message is one line of the conversation so far.
type Message struct {
	Role string // user, assistant
	Text string
}

// Request is one call.
type Request struct {
	Tenant   string // whom the call is for: limits and budgets are a tenant's
	Session  string
	Response string // the call is part of the making of this response
	Purpose  Purpose
	Task     string // which prompt of the purpose, for example reply or description
	// Instructions is the system prompt for a language model, of the version
	// that Prompt names ("job_post/reply.v1"). Facts are rendered after it, as data.
	Instructions string
	Prompt       string
	Facts        []Fact
	History      []Message       // oldest first
	Schema       json.RawMessage // JSON schema that the answer must satisfy; nil for plain text
	MaxTokens    int             // wished for, unless the configuration says otherwise; 0 for the server's default
}

// Usage is counted in tokens. Known is false when the server did not say.
type Usage struct {
	InputTokens  int
	OutputTokens int
	Known        bool
}

// Result tells how a call went.
type Result struct {
	Model      string // who answered: "builtin" or the server's model name
	Endpoint   string
	Prompt     string // prompt name and version, "" for builtin
	Usage      Usage
	FirstToken time.Duration // until the first piece of text; 0 when there was none
	Total      time.Duration
	Finish     Finish
	Call       string // id of the call in the ledger of calls; "" for a model of this process
	Cost       int64  // in millionths of Currency
	Currency   string // ISO 4217; "" when what the model costs is not known
}

// Finish is why an answer ended.
type Finish string

// The ends of an answer. An answer that did not end by itself is returned with
// what was said until then, and an error.
const (
	FinishNone     Finish = ""               // it did not end: see the error
	FinishStop     Finish = "stop"           // all was said
	FinishLength   Finish = "length"         // the token limit was reached: ErrLength
	FinishFiltered Finish = "content_filter" // the server held the rest back: ErrFiltered
)

// Model answers requests. Generate calls yield with each piece of text as it
// comes, from the calling goroutine; an error from yield stops the call and is
// returned. The Result is valid as far as known also beside an error.
type Model interface {
	Generate(ctx context.Context, request Request, yield func(text string) error) (Result, error)
}

// Sentinels of what went wrong; an *Error wraps one of them.
var (
	ErrUnavailable = errors.New("model: unavailable")      // refused, overloaded, timed out: another may be tried
	ErrCut         = errors.New("model: answer cut off")   // the stream ended without a finish reason
	ErrRejected    = errors.New("model: request rejected") // the request itself is at fault: trying again is of no use
	ErrMalformed   = errors.New("model: malformed answer")

	// Both are answers cut off, and match ErrCut too.
	ErrLength   = fmt.Errorf("%w: token limit reached", ErrCut)
	ErrFiltered = fmt.Errorf("%w: held back by the server's content filter", ErrCut)
)

// Error is a failed call.
type Error struct {
	Endpoint   string
	Started    bool          // some text was already yielded
	RetryAfter time.Duration // what the server asked for; 0 if it did not
	Err        error
}

func (e *Error) Error() string { return fmt.Sprintf("model: %s: %v", e.Endpoint, e.Err) }

// Unwrap returns the sentinel or cause.
func (e *Error) Unwrap() error { return e.Err }
