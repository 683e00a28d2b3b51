package sessions

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// change is a commit in the making.
type change struct {
	Batch
	ends bool       // the running turn ends with it
	next *beginning // a turn that begins with it
	then []func()   // called when it is stored
	err  error
}

// beginning is a turn about to run.
type beginning struct {
	message  Message
	response Response
}

func (c *change) event(kind string, data any) {
	raw, err := json.Marshal(data)
	if err != nil && c.err == nil {
		c.err = fmt.Errorf("sessions: encode %s: %w", kind, err)
	}
	c.Events = append(c.Events, Event{Type: kind, Data: raw})
}

// run begins the response to a message.
func (c *change) run(message Message, id string, now time.Time) {
	response := Response{ID: id, Message: message.ID, Status: StatusRunning, Created: now}
	c.Responses = append(c.Responses, response)
	c.event(EventResponseCreated, responseCreated{response.ID, message.ID})
	c.next = &beginning{message, response}
}

// replace ends a response of which another one, by, takes the place.
func (c *change) replace(r Response, by string, now time.Time) {
	r.Status, r.Ended = StatusReplaced, &now
	c.Responses = append(c.Responses, r)
	c.event(EventReplaced, responseReplaced{r.ID, r.Message, by})
}

// finish ends a response, for good unless it is held.
func (c *change) finish(r Response) {
	c.Responses = append(c.Responses, r)
	kind := "response." + string(r.Status)
	if r.Status == StatusHeld {
		kind = EventHeld
	}
	c.event(kind, responseEnded{r})
}

// turnTo makes a message the tip of the selected branch.
func (c *change) turnTo(leaf string) { c.Leaf = &leaf }

// selectBranch makes a message of another branch the tip, so that subscribers
// need to be shown that branch.
func (c *change) selectBranch(session Session, leaf string) {
	c.turnTo(leaf)
	session.Leaf = leaf
	c.event(EventSessionUpdated, sessionUpdated{Session: session, Branch: true})
}

// The data of events, as docs/wire.md describes them.
type (
	messageCreated struct {
		Message Message `json:"message"`
	}
	responseCreated struct {
		Response string `json:"response_id"`
		Message  string `json:"message_id"`
	}
	responseReplaced struct {
		Response string `json:"response_id"`
		Message  string `json:"message_id"`
		By       string `json:"by,omitempty"`
	}
	responseEnded struct {
		Response Response `json:"response"`
	}
	responseInProgress struct {
		Response string `json:"response_id"`
		Route
	}
	responseEvidence struct {
		Response string     `json:"response_id"`
		Items    []Evidence `json:"items"`
	}
	responseQuestion struct {
		Response string `json:"response_id"`
		Question
	}
	draftUpdated struct {
		Draft Draft `json:"draft"`
	}
	sessionUpdated struct {
		Session  Session   `json:"session"`
		Branch   bool      `json:"branch,omitempty"` // another branch was selected
		Snapshot *Snapshot `json:"snapshot,omitempty"`
	}
	feedbackCreated struct {
		Feedback Feedback `json:"feedback"`
	}
	troubled struct {
		Error Problem `json:"error"`
	}
)

// DraftVersion names a version of a draft.
type DraftVersion struct {
	Draft   string `json:"draft_id"`
	Version int    `json:"version"`
}

// selects tells whether an event says that another branch was selected.
// Whoever sees it needs the content of that branch, which is not stored with the event.
func selects(e Event) bool {
	return e.Type == EventSessionUpdated && bytes.Contains(e.Data, []byte(`"branch":true`))
}

// withSnapshot completes an event that says that another branch was selected.
func withSnapshot(e Event, state *State) Event {
	if !selects(e) {
		return e
	}
	var data sessionUpdated
	if err := json.Unmarshal(e.Data, &data); err != nil || !data.Branch {
		return e
	}
	data.Snapshot = state.snapshot()
	if raw, err := json.Marshal(data); err == nil {
		e.Data = raw
	}
	return e
}

// live returns an event that is told and not stored.
func live(kind string, data any) (Event, error) {
	raw, err := json.Marshal(data)
	if err != nil {
		return Event{}, fmt.Errorf("%w: encode %s: %w", ErrInvalid, kind, err)
	}
	return Event{Type: kind, Data: raw}, nil
}
