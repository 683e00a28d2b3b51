package jobpost

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/model"
)

// call is one request to a model, kept for review. The text is not in it.
type call struct {
	Task    string              `json:"task"`
	Model   string              `json:"model"`
	Prompt  string              `json:"prompt,omitempty"`
	Kept    int                 `json:"kept"` // sentences let through
	Dropped []grounding.Dropped `json:"dropped,omitempty"`
	Error   string              `json:"error,omitempty"`
	Usage   model.Usage         `json:"usage"`
	FirstMS float64             `json:"first_ms"`
	TotalMS float64             `json:"total_ms"`
}

// said is a grounded text.
type said struct {
	text   string
	claims []grounding.Claim
	calls  []call
	cut    bool // the model broke off after it had begun
}

// poor reports whether less than half of what a model wrote could stand.
func (c call) poor() bool { return c.Kept == 0 || c.Kept < len(c.Dropped) }

// say has a request written, grounded against its facts, and emitted sentence
// by sentence. When the model fails before anything was emitted, or nothing of
// what it wrote can stand, the built-in composer writes instead.
func (w *Workflow) say(ctx context.Context, request model.Request, strict bool, emit func(string) error) (said, error) {
	checker := newChecker(request.Facts, strict)
	out, err := w.attempt(ctx, w.model, request, checker, emit)
	if err == nil && (out.text != "" || w.model == w.composer) {
		if w.model != w.composer && out.calls[0].poor() {
			return w.complete(ctx, request, out, checker, emit)
		}
		return out, nil
	}
	var stopped *emitError
	if errors.As(err, &stopped) || ctx.Err() != nil {
		return out, err
	}
	if out.text != "" {
		out.cut = true
		return out, nil
	}
	calls := out.calls
	out, err = w.attempt(ctx, w.composer, request, checker, emit)
	out.calls = append(calls, out.calls...)
	return out, err
}

// complete has the composer say the facts that a model did not get across,
// when less than half of what it wrote could stand.
func (w *Workflow) complete(ctx context.Context, request model.Request, out said, checker *grounding.Checker, emit func(string) error) (said, error) {
	told := make(map[string]bool)
	for _, claim := range out.claims {
		for _, id := range claim.Facts {
			told[id] = true
		}
	}
	request.Facts = slices.DeleteFunc(slices.Clone(request.Facts), func(f model.Fact) bool { return told[f.ID] })
	gap := "\n\n"
	at := grounding.UTF16(out.text + gap)
	rest, err := w.attempt(ctx, w.composer, request, checker, func(text string) error {
		text, gap = gap+text, ""
		return emit(text)
	})
	if rest.text != "" {
		out.text += "\n\n" + rest.text
	}
	for _, claim := range rest.claims {
		claim.Start, claim.End = claim.Start+at, claim.End+at
		out.claims = append(out.claims, claim)
	}
	out.calls = append(out.calls, rest.calls...)
	return out, err
}

// emitError is an error of the receiver of a text, not of the model.
type emitError struct{ err error }

func (e *emitError) Error() string { return e.err.Error() }
func (e *emitError) Unwrap() error { return e.err }

func (w *Workflow) attempt(ctx context.Context, m model.Model, request model.Request, checker *grounding.Checker, emit func(string) error) (said, error) {
	stream := grounding.NewStream(checker, func(text string) error {
		if err := emit(text); err != nil {
			return &emitError{err}
		}
		return nil
	})
	result, err := m.Generate(ctx, request, stream.Write)
	if err == nil {
		err = stream.Close()
	}
	c := call{Task: request.Task, Model: result.Model, Prompt: result.Prompt, Kept: len(stream.Claims()), Dropped: stream.Dropped(), Usage: result.Usage,
		FirstMS: ms(result.FirstToken), TotalMS: ms(result.Total)}
	if err != nil {
		c.Error = classify(err)
		err = fmt.Errorf("jobpost: %s: %w", request.Task, err)
	}
	return said{text: stream.Text(), claims: stream.Claims(), calls: []call{c}}, err
}

// classify names an error without what it says, which may hold people's words.
func classify(err error) string {
	for name, sentinel := range map[string]error{"unavailable": model.ErrUnavailable, "cut": model.ErrCut, "rejected": model.ErrRejected, "malformed": model.ErrMalformed, "cancelled": context.Canceled, "timeout": context.DeadlineExceeded} {
		if errors.Is(err, sentinel) {
			return name
		}
	}
	return "failed"
}
