package chat

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/parleyhq/parley/sessions"
)

// ErrUnauthorized means that a request carries no good token.
var ErrUnauthorized = errors.New("chat: unauthorized")

// ErrForbidden means that a token is good but not for this.
var ErrForbidden = errors.New("chat: forbidden")

var (
	errUnknownType = errors.New("chat: unknown type")
	errNotOpen     = errors.New("chat: not open")
	errAlreadyOpen = errors.New("chat: already open")
	errRateLimited = errors.New("chat: rate limited")
	errPanicked    = errors.New("chat: panicked")
)

// problem is a Problem of docs/wire.md.
type problem struct {
	sessions.Problem
	Current *sessions.Draft `json:"current,omitempty"` // of code stale_version
}

// problems says what a client is told, by sentinel; the first that fits counts.
var problems = []struct {
	err       error
	code      string
	temporary bool
	message   string
}{
	{errNotFrame, "bad_frame", false, "The frame is not a JSON object with a type."},
	{errFields, "bad_frame", false, "A field of the frame has the wrong type."},
	{errUnknownType, "unknown_type", false, "This server does not know frames of this type."},
	{errNotOpen, "not_open", false, "Open a session first."},
	{errAlreadyOpen, "already_open", false, "This connection has a session already."},
	{errRateLimited, "rate_limited", true, "Too many requests at once. Please wait a moment."},
	{ErrUnauthorized, "unauthorized", false, "Please sign in again."},
	{ErrForbidden, "forbidden", false, "This is not allowed."},
	{sessions.ErrStale, "stale_version", false, "The draft has changed in the meantime."},
	{sessions.ErrConflict, "conflict", false, "A message with this id has another text."},
	{sessions.ErrTooLarge, "too_large", false, "This is too long."},
	{sessions.ErrInvalid, "invalid", false, "Parley cannot take this as it is."},
	{sessions.ErrNotFound, "not_found", false, "This does not exist, or not any more."},
	{sessions.ErrBusy, "busy", true, "Several messages are waiting already. Please wait for an answer."},
	{sessions.ErrLeased, "busy", true, "Another server is working on this conversation. Please try again in a moment."},
	{sessions.ErrLeaseLost, "busy", true, "Another server is working on this conversation. Please try again in a moment."},
	{sessions.ErrDraining, "draining", true, "The server is restarting. Please try again in a moment."},
	{sessions.ErrUnavailable, "unavailable", true, "This cannot be saved right now. Please try again in a moment."},
}

// explain turns an error into what a client is told of it; expected is false
// for one that should be looked into.
func explain(err error) (p problem, expected bool) {
	for _, row := range problems {
		if !errors.Is(err, row.err) {
			continue
		}
		p.Problem = sessions.Problem{Code: row.code, Message: row.message, Temporary: row.temporary}
		// What is invalid was said for the person who sent it.
		if detail := after(err.Error(), row.err.Error()+": "); row.code == "invalid" && detail != "" {
			p.Message = detail
		}
		var stale *sessions.StaleError
		if errors.As(err, &stale) {
			p.Current = &stale.Current
		}
		return p, true
	}
	var own *sessions.Problem
	if errors.As(err, &own) {
		return problem{Problem: *own}, true
	}
	p.Problem = sessions.Problem{Code: "internal", Message: "Something went wrong on our side. Please try again.", Temporary: true}
	return p, false
}

func after(text, prefix string) string {
	_, rest, _ := strings.Cut(text, prefix)
	return rest
}

// reply answers a frame; without an id only an error is told.
func reply(id string, result any, err error, log func(error)) []byte {
	if err != nil {
		p, expected := explain(err)
		if !expected {
			log(err)
		}
		if id == "" {
			return encode(struct {
				Type  string  `json:"type"`
				Error problem `json:"error"`
			}{sessions.EventError, p})
		}
		return encode(struct {
			Type  string  `json:"type"`
			ID    string  `json:"id"`
			Error problem `json:"error"`
		}{"reply", id, p})
	}
	if id == "" {
		return nil
	}
	return encode(struct {
		Type   string `json:"type"`
		ID     string `json:"id"`
		Result any    `json:"result"`
	}{"reply", id, result})
}

// encode marshals what is made here of parts that are known to be good JSON.
func encode(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		return []byte(`{"type":"error","error":{"code":"internal","message":"Something went wrong on our side. Please try again.","temporary":true}}`)
	}
	return data
}
