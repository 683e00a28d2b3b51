package workflow

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/builtin"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/sessions"
)

// Speaker words facts: with a language model where one is configured, else
// with the built-in composer. The zero value composes.
type Speaker struct {
	Model model.Model // nil to let the composer write everything
	Name  string      // what people are told who writes; "builtin" when empty
	// Judge is asked whether a sentence of a text to be published follows from
	// its facts, after the check has let it through; nil for nobody. It may only
	// lower trust, and when it fails the check's verdict stands.
	Judge model.Model
	// Screen judges what a language model wrote before it is said; nil to say all
	// that its facts bear. What the composer writes is not screened.
	Screen Screen
}

// Screen tells why a sentence may not be said, nil for one that may. Strict is
// for what gets published.
type Screen func(ctx context.Context, tenant, sentence string, strict bool) []string

// Route is what a workflow emits first: who answers.
func (s Speaker) Route(workflow string) sessions.Output {
	name := s.Name
	if s.Model == nil || name == "" {
		name = builtin.Name
	}
	return sessions.Output{Route: &sessions.Route{Workflow: workflow, Model: name}}
}

// Phrases reports whether a model other than the composer writes.
func (s Speaker) Phrases() bool { return s.Model != nil }

// Call is one request to a model, kept for review. The text is not in it.
type Call struct {
	ID       string              `json:"id,omitempty"` // in the ledger of calls
	Task     string              `json:"task"`
	Model    string              `json:"model"`
	Prompt   string              `json:"prompt,omitempty"`
	Hash     string              `json:"prompt_hash,omitempty"` // of the prompt's text: see PromptHash
	Kept     int                 `json:"kept"`                  // sentences let through
	Dropped  []grounding.Dropped `json:"dropped,omitempty"`
	Error    string              `json:"error,omitempty"`
	Judged   int                 `json:"judged,omitempty"` // sentences that a judge was asked about
	Usage    model.Usage         `json:"usage"`
	Cost     int64               `json:"cost,omitempty"`     // millionths of Currency
	Currency string              `json:"currency,omitempty"` // "" when the price is not known
	StartMS  float64             `json:"start_ms"`           // after the turn began
	FirstMS  float64             `json:"first_ms"`
	TotalMS  float64             `json:"total_ms"`
}

// Poor reports whether less than half of what a model wrote could stand.
func (c Call) Poor() bool { return c.Kept == 0 || c.Kept < len(c.Dropped) }

// PromptHash are the first 12 digits of the SHA-256 of a prompt's text: what
// was sent, also when a file was changed under the same version.
func PromptHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

// Said is a grounded text.
type Said struct {
	Text   string
	Claims []grounding.Claim
	Calls  []Call
	Cut    bool // the model broke off after it had begun
}

// Append adds a sentence of the workflow's own to what was said, as a
// paragraph, and returns it with the gap before it, to be emitted.
func (s *Said) Append(text string) (emitted string) {
	gap := ""
	if s.Text != "" {
		gap = "\n\n"
	}
	claim := grounding.Claim{Start: grounding.UTF16(s.Text + gap), Text: text, Kind: grounding.Wording}
	claim.End = claim.Start + grounding.UTF16(text)
	s.Claims = append(s.Claims, claim)
	s.Text += gap + text
	return gap + text
}

// Say has a request written, grounded against its facts, and emitted sentence
// by sentence. When the model fails before anything was emitted, or nothing of
// what it wrote can stand, the built-in composer writes instead. Strict is for
// what gets published: see grounding.NewChecker. An error of emit is returned.
func (s Speaker) Say(ctx context.Context, request model.Request, strict bool, emit func(string) error) (Said, error) {
	if s.Model == nil {
		return s.Attempt(ctx, builtin.Composer{}, request, strict, emit)
	}
	out, err := s.Attempt(ctx, s.Model, request, strict, emit)
	if err == nil && out.Text != "" {
		if out.Calls[0].Poor() {
			return s.complete(ctx, request, out, strict, emit)
		}
		return out, nil
	}
	var stopped *emitError
	if errors.As(err, &stopped) || ctx.Err() != nil {
		return out, err
	}
	if out.Text != "" {
		out.Cut = true
		return out, nil
	}
	calls := out.Calls
	out, err = s.Attempt(ctx, builtin.Composer{}, request, strict, emit)
	out.Calls = append(calls, out.Calls...)
	return out, err
}

// complete has the composer say the facts that a model did not get across,
// when less than half of what it wrote could stand.
func (s Speaker) complete(ctx context.Context, request model.Request, out Said, strict bool, emit func(string) error) (Said, error) {
	told := make(map[string]bool)
	for _, claim := range out.Claims {
		for _, id := range claim.Facts {
			told[id] = true
		}
	}
	request.Facts = slices.DeleteFunc(slices.Clone(request.Facts), func(f model.Fact) bool { return told[f.ID] })
	gap := "\n\n"
	at := grounding.UTF16(out.Text + gap)
	rest, err := s.Attempt(ctx, builtin.Composer{}, request, strict, func(text string) error {
		text, gap = gap+text, ""
		return emit(text)
	})
	if rest.Text != "" {
		out.Text += "\n\n" + rest.Text
	}
	for _, claim := range rest.Claims {
		claim.Start, claim.End = claim.Start+at, claim.End+at
		out.Claims = append(out.Claims, claim)
	}
	out.Calls = append(out.Calls, rest.Calls...)
	return out, err
}

// emitError is an error of the receiver of a text, not of the model.
type emitError struct{ err error }

func (e *emitError) Error() string { return e.err.Error() }
func (e *emitError) Unwrap() error { return e.err }

// Attempt has one model write, and lets through what the facts of the request
// say. The Said is valid beside an error too. What the composer writes is not judged: it
// is made of the facts themselves.
func (s Speaker) Attempt(ctx context.Context, m model.Model, request model.Request, strict bool, emit func(string) error) (Said, error) {
	checker := grounding.NewChecker(request.Facts, skills.Default(), strict)
	stream := grounding.NewStream(checker, func(text string) error {
		if err := emit(text); err != nil {
			return &emitError{err}
		}
		return nil
	})
	if _, composed := m.(builtin.Composer); !composed {
		stream.Consult(ctx, grounding.Judge{Model: s.Judge, Request: model.Request{Tenant: request.Tenant, Session: request.Session, Response: request.Response}})
		if s.Screen != nil {
			stream.Screen(func(sentence string) []string { return s.Screen(ctx, request.Tenant, sentence, strict) })
		}
	}
	start := StagesOf(ctx).At(time.Now())
	result, err := m.Generate(ctx, request, stream.Write)
	if err == nil {
		err = stream.Close()
	}
	c := Call{ID: result.Call, Cost: result.Cost, Currency: result.Currency, Task: request.Task, Model: result.Model, Prompt: result.Prompt, Kept: len(stream.Claims()), Dropped: stream.Dropped(), Judged: len(stream.Judgements()), Usage: result.Usage,
		StartMS: start, FirstMS: Milliseconds(result.FirstToken), TotalMS: Milliseconds(result.Total)}
	if c.Prompt != "" {
		c.Hash = PromptHash(request.Instructions)
	}
	if err != nil {
		c.Error = classify(err)
		err = fmt.Errorf("workflow: %s/%s: %w", request.Purpose, request.Task, err)
	}
	return Said{Text: stream.Text(), Claims: stream.Claims(), Calls: []Call{c}}, err
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

// Milliseconds is a duration as annotations have it.
func Milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
