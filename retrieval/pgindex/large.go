package pgindex

import (
	"sync"
	"time"
)

// large remembers filters that keep more documents than an exact search looks
// at, so that the next search with the same filter need not find out. It steers
// how a search is done and need not be exact: what other processes write is
// noticed after largeLasts.
type large struct {
	mu    sync.Mutex
	known map[scope]map[string]time.Time
}

const (
	largeLasts = time.Minute
	maxLarge   = 1_000 // of one scope; then it starts anew
)

func newLarge() *large { return &large{known: make(map[scope]map[string]time.Time)} }

func (l *large) has(in scope, filter string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Since(l.known[in][filter]) < largeLasts
}

func (l *large) note(in scope, filter string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known[in] == nil || len(l.known[in]) >= maxLarge {
		if len(l.known) >= maxScopes {
			clear(l.known)
		}
		l.known[in] = make(map[string]time.Time)
	}
	l.known[in][filter] = time.Now()
}
