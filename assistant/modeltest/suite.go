package modeltest

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/model"
)

// RunSuite checks what any model must do, with a request that it is able to
// answer in more than one piece.
func RunSuite(t *testing.T, m model.Model, request model.Request) {
	t.Run("answers in valid text", func(t *testing.T) { answers(t, m, request) })
	t.Run("leaves the request alone", func(t *testing.T) { leavesAlone(t, m, request) })
	t.Run("stops when its receiver says so", func(t *testing.T) { stops(t, m, request) })
	t.Run("does not begin when the context has ended", func(t *testing.T) { notBegun(t, m, request) })
	t.Run("stops when the context ends", func(t *testing.T) { cancelled(t, m, request) })
	t.Run("answers many at once", func(t *testing.T) { many(t, m, request) })
}

func answers(t *testing.T, m model.Model, request model.Request) {
	var pieces []string
	result, err := m.Generate(t.Context(), request, func(text string) error {
		pieces = append(pieces, text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, piece := range pieces {
		if piece == "" {
			t.Errorf("piece %d is empty", i)
		}
		if !utf8.ValidString(piece) || strings.ContainsRune(piece, 0) {
			t.Errorf("piece %d is not valid text: %q", i, piece)
		}
	}
	if strings.TrimSpace(strings.Join(pieces, "")) == "" {
		t.Error("nothing was said")
	}
	if result.Model == "" || result.Endpoint == "" {
		t.Errorf("the result does not say who answered: %+v", result)
	}
	if result.FirstToken <= 0 || result.Total < result.FirstToken {
		t.Errorf("times make no sense: first token %v, total %v", result.FirstToken, result.Total)
	}
	if result.Usage.InputTokens < 0 || result.Usage.OutputTokens < 0 {
		t.Errorf("usage makes no sense: %+v", result.Usage)
	}
}

func leavesAlone(t *testing.T, m model.Model, request model.Request) {
	before, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Generate(t.Context(), request, func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if after, _ := json.Marshal(request); string(after) != string(before) {
		t.Errorf("the request was changed to %s", after)
	}
}

func stops(t *testing.T, m model.Model, request model.Request) {
	enough, calls := errors.New("enough"), 0
	_, err := m.Generate(t.Context(), request, func(string) error {
		calls++
		return enough
	})
	if !errors.Is(err, enough) {
		t.Errorf("error %v, want the receiver's", err)
	}
	if calls != 1 {
		t.Errorf("the receiver was called %d times", calls)
	}
}

func notBegun(t *testing.T, m model.Model, request model.Request) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := m.Generate(ctx, request, func(text string) error {
		t.Errorf("said %q", text)
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func cancelled(t *testing.T, m model.Model, request model.Request) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, err := m.Generate(ctx, request, func(string) error {
		cancel()
		return ctx.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func many(t *testing.T, m model.Model, request model.Request) {
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			said := 0 // unguarded, so that the race detector sees a call from another goroutine
			if _, err := m.Generate(t.Context(), request, func(text string) error { said += len(text); return nil }); err != nil {
				t.Error(err)
			}
			if said == 0 {
				t.Error("nothing was said")
			}
		})
	}
	all.Wait()
}
