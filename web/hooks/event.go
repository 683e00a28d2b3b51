package hooks

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"
)

// Errors of this package.
var (
	ErrNotFound  = errors.New("hooks: not found")
	ErrInvalid   = errors.New("hooks: invalid")
	ErrLost      = errors.New("hooks: another process has the delivery now") // its lease was over
	ErrSignature = errors.New("hooks: wrong signature")
	ErrTimestamp = errors.New("hooks: signed too long ago, or in the future")
)

// Types of events.
const (
	ModerationDecided = "moderation.decided" // what happens to a message has changed
	DraftPublished    = "draft.published"
	Test              = "webhook.test" // asked for by an operator, for one endpoint whatever it is told of
)

// Types are the types of events that configurations choose from.
func Types() []string { return []string{ModerationDecided, DraftPublished} }

// Event is something that a site is told of.
type Event struct {
	ID      string // unguessable; the same however often it is added or sent
	Tenant  string
	Type    string
	Key     string // events of one key keep their order; "" for no order
	Data    json.RawMessage
	Created time.Time
}

const (
	maxID   = 200     // bytes of an id, a type or a key
	maxData = 1 << 20 // bytes
)

// validID has no dot: it would be ambiguous in what is signed.
var validID = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// Check tells what is wrong with an event, if anything is: ErrInvalid.
func (e Event) Check() error {
	switch {
	case len(e.ID) > maxID || !validID.MatchString(e.ID):
		return fmt.Errorf("%w: the id has 1 to %d letters, digits, - and _", ErrInvalid, maxID)
	case e.Tenant == "" || e.Type == "" || len(e.Type) > maxID || len(e.Key) > maxID:
		return fmt.Errorf("%w: event %s: tenant, type or key", ErrInvalid, e.ID)
	case len(e.Data) > maxData || !json.Valid(e.Data):
		return fmt.Errorf("%w: event %s: the data is no JSON of at most 1 MiB", ErrInvalid, e.ID)
	}
	return nil
}

// Body is what is sent: the same bytes at every attempt.
func (e Event) Body() ([]byte, error) {
	body, err := json.Marshal(struct {
		Type      string          `json:"type"`
		Timestamp time.Time       `json:"timestamp"` // when it happened
		Site      string          `json:"site"`
		Data      json.RawMessage `json:"data"`
	}{e.Type, e.Created.UTC(), e.Tenant, e.Data})
	if err != nil {
		return nil, fmt.Errorf("hooks: encode event %s: %w", e.ID, err)
	}
	return body, nil
}

// Status is how far a delivery has come.
type Status string

// The statuses.
const (
	Pending   Status = "pending"
	Delivered Status = "delivered"
	Dead      Status = "dead" // given up; see Error
)

// Delivery is an event on its way to one endpoint.
type Delivery struct {
	Event    Event     `json:"-"`
	ID       string    `json:"id"` // of the event
	Type     string    `json:"type"`
	Endpoint string    `json:"url"`
	Status   Status    `json:"status"`
	Seq      int64     `json:"seq"` // the order in which they were added
	Attempts int       `json:"attempts"`
	Answer   int       `json:"answer,omitempty"` // HTTP status of the last attempt; 0 when there was none
	Error    string    `json:"error,omitempty"`  // of the last attempt: "status 500", "timeout"
	Created  time.Time `json:"created"`          // of the event
	Next     time.Time `json:"next,omitzero"`    // while pending: not before
	Expires  time.Time `json:"expires"`          // when it is given up
	Changed  time.Time `json:"changed"`
	Lease    string    `json:"-"` // who sends it now
}

func (d Delivery) place() Place { return Place{d.Event.Tenant, d.Endpoint} }
