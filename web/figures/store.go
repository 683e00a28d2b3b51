package figures

import (
	"context"
	"errors"
	"time"
)

// ErrInvalid is wrapped by the error for a query that cannot be answered. Its
// text is meant for whoever asked.
var ErrInvalid = errors.New("figures: invalid")

// ErrUnavailable is wrapped by errors of a store that cannot be read now.
var ErrUnavailable = errors.New("figures: the database does not answer")

// Slot is the time that a [Sum] is of. Time zones differ by multiples of it, so
// that days of every zone consist of slots.
const Slot = 15 * time.Minute

// Store keeps the rows that figures are made of, and their sums. Spans include
// their beginning and not their end. Package figurestest is the suite for it.
type Store interface {
	// Rows returns what came to be in a span.
	Rows(ctx context.Context, tenant string, from, until time.Time) (Rows, error)
	// Sums returns the sums of the slots that begin in a span, in any order.
	Sums(ctx context.Context, tenant string, from, until time.Time) ([]Sum, error)
	// Standing tells how far a tenant's rows were summed up.
	Standing(ctx context.Context, tenant string) (Standing, error)
	// Keep keeps sums, all or none, and that all slots before until are summed up.
	// What was kept of a slot before stays, and so does a later until.
	Keep(ctx context.Context, tenant string, until time.Time, sums []Sum) error
	// Details returns what is not summed up: the newest failures, at most limit of
	// turns and of model calls each, and the most frequent reasons of feedback.
	Details(ctx context.Context, tenant string, from, until time.Time, limit int) (Details, error)
}

// Standing is how far rows were summed up.
type Standing struct {
	Until time.Time // slots before it are; zero for none
	First time.Time // of the oldest row; zero without rows
}

// Rows are what came to be in a span.
type Rows struct {
	Turns    []Turn // that have ended
	Calls    []Call
	Drafts   []Draft
	Ratings  []Rating
	Sessions []time.Time // when conversations began
}

// Turn is a response.
type Turn struct {
	ID      string
	Session string
	At      time.Time // when it began
	Again   bool      // its message was answered before, or is the edit of another one
	// Read by [ReadTurn]:
	Route, Model string
	Outcome      string        // completed, incomplete, failed, cancelled, held, replaced
	Problem      string        // its code; "" for none
	FirstText    time.Duration // 0 without text
	Whole        time.Duration
	Kept         int // sentences that were said
	Dropped      int // sentences that what is known did not bear
}

// Call is a model call of the ledger.
type Call struct {
	Response, Session                  string
	At                                 time.Time
	Purpose, Model, Endpoint, Currency string
	Status, Error                      string
	Input, Output                      int
	Cost                               int64 // millionths of Currency; the estimate of a call that never ended
	FirstToken, Total                  time.Duration
}

// Draft is a version with which a draft became ready or was published first.
type Draft struct {
	Kind             string
	At, Began        time.Time // of the version, and of its conversation
	Ready, Published bool
}

// Rating is what a person thinks of a response.
type Rating struct {
	Response, Session string
	At                time.Time
	Route, Model      string
	Up                bool
}

// Details is what is not summed up.
type Details struct {
	Reasons  []Reason
	Failures []Failure
}

// Reason is why people liked or disliked answers.
type Reason struct {
	Rating string `json:"rating"` // up, down
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// Failure is one thing that went wrong.
type Failure struct {
	At       time.Time `json:"at"`
	Source   string    `json:"source"` // turn, call
	Code     string    `json:"code"`
	Session  string    `json:"session,omitempty"`
	Response string    `json:"response_id,omitempty"`
	Route    string    `json:"workflow,omitempty"`
	Purpose  string    `json:"purpose,omitempty"`
	Model    string    `json:"model,omitempty"`
	Endpoint string    `json:"endpoint,omitempty"`
}
