package sessionstest

import (
	"context"
	"testing"
	"time"

	"github.com/parleyhq/parley/sessions"
)

// Stage is a Responder's part that a test plays line by line: Say waits for
// the lines of its Act.
type Stage struct{ acts chan *Act }

// NewStage returns a stage on which nothing has begun.
func NewStage() *Stage { return &Stage{acts: make(chan *Act, 16)} }

// Act is one call of Respond.
type Act struct {
	Turn  sessions.Turn
	ctx   context.Context
	lines chan func(emit func(sessions.Output) error) (end bool)
	ended chan struct{}

	outcome sessions.Outcome
	err     error
}

// Say is for [Responder].
func (s *Stage) Say(ctx context.Context, turn sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error) {
	act := &Act{Turn: turn, ctx: ctx, ended: make(chan struct{}), lines: make(chan func(func(sessions.Output) error) bool)}
	defer close(act.ended)
	s.acts <- act
	for {
		select {
		case <-ctx.Done():
			return sessions.Outcome{}, ctx.Err()
		case line := <-act.lines:
			if line(emit) {
				return act.outcome, act.err
			}
		}
	}
}

// Next waits for the next turn to begin.
func (s *Stage) Next(t testing.TB) *Act {
	t.Helper()
	select {
	case act := <-s.acts:
		return act
	case <-time.After(10 * time.Second):
		t.Fatal("no turn begins")
		return nil
	}
}

// Idle fails the test when a turn has begun that nobody asked for.
func (s *Stage) Idle(t testing.TB) {
	t.Helper()
	select {
	case act := <-s.acts:
		t.Fatalf("a turn for %s began", act.Turn.Message.ID)
	default:
	}
}

// Emit emits from within the turn; it returns context.Canceled when that has ended.
func (a *Act) Emit(o sessions.Output) error {
	result := make(chan error, 1)
	if !a.line(func(emit func(sessions.Output) error) bool {
		result <- emit(o)
		return false
	}) {
		return context.Canceled
	}
	return <-result
}

// Text emits a piece of text.
func (a *Act) Text(text string) error { return a.Emit(sessions.Output{Text: text}) }

// End lets Respond return.
func (a *Act) End(outcome sessions.Outcome, err error) {
	a.line(func(func(sessions.Output) error) bool {
		a.outcome, a.err = outcome, err
		return true
	})
}

// Panic lets Respond panic.
func (a *Act) Panic(v any) {
	a.line(func(func(sessions.Output) error) bool { panic(v) })
}

// Stopped waits until Respond has returned.
func (a *Act) Stopped(t testing.TB) {
	t.Helper()
	select {
	case <-a.ended:
	case <-time.After(10 * time.Second):
		t.Fatal("the turn goes on")
	}
}

func (a *Act) line(do func(func(sessions.Output) error) bool) bool {
	select {
	case a.lines <- do:
		return true
	case <-a.ended:
		return false
	}
}
