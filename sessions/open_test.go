package sessions_test

import (
	"errors"
	"testing"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sessionstest"
)

// What cannot be an id never reaches the store, which may refuse its characters.
func TestImpossibleIDsAreNotFound(t *testing.T) {
	m := manager(t, sessionstest.Store(t), sessionstest.Echo)
	for _, id := range []string{"a\x00b", "\xff", "' or 1=1", "../etc", string(make([]byte, 100_000))} {
		if _, err := m.Session(t.Context(), alice, id); !errors.Is(err, sessions.ErrNotFound) {
			t.Errorf("session %.20q: %v", id, err)
		}
		if _, err := m.State(t.Context(), alice, id); !errors.Is(err, sessions.ErrNotFound) {
			t.Errorf("state of %.20q: %v", id, err)
		}
		if err := m.Delete(t.Context(), alice, id); !errors.Is(err, sessions.ErrNotFound) {
			t.Errorf("delete %.20q: %v", id, err)
		}
	}
}
