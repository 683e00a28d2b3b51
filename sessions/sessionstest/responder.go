// Package sessionstest holds what tests of conversations share: a Responder
// that a test plays itself, and a Store that fails on demand.
package sessionstest

import (
	"context"
	"encoding/json"
	"fmt"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"github.com/parleyhq/parley/sessions"
)

// Responder answers with the function Say; Revise merges patches into documents.
type Responder struct {
	Say func(ctx context.Context, turn sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error)
}

// Respond implements [sessions.Responder].
func (r *Responder) Respond(ctx context.Context, turn sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error) {
	return r.Say(ctx, turn, emit)
}

// Revise implements [sessions.Responder]. A patch that is no object is invalid.
func (r *Responder) Revise(_ context.Context, revision sessions.Revision) (sessions.Draft, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(revision.Patch, &fields); err != nil {
		return sessions.Draft{}, fmt.Errorf("%w: the patch is no object", sessions.ErrInvalid)
	}
	merged, err := jsonpatch.MergePatch(revision.Draft.Document, revision.Patch)
	if err != nil {
		return sessions.Draft{}, fmt.Errorf("%w: %w", sessions.ErrInvalid, err)
	}
	d := revision.Draft
	d.Document, d.Changed = merged, nil
	for field := range fields {
		d.Changed = append(d.Changed, "/"+field)
	}
	return d, nil
}

// Echo answers "You said: " and the message's text, a word at a time.
func Echo(ctx context.Context, turn sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error) {
	for _, piece := range []string{"You said: ", turn.Message.Text} {
		if err := emit(sessions.Output{Text: piece}); err != nil {
			return sessions.Outcome{}, err
		}
	}
	return sessions.Outcome{Title: turn.Message.Text}, ctx.Err()
}
