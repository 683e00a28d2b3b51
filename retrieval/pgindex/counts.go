package pgindex

import (
	"sync"
	"time"

	"github.com/parleyhq/parley/retrieval"
)

// counts remembers how many documents pass a filter. They steer how a search is
// done and need not be exact: what other processes store is noticed after countsLast.
type counts struct {
	mu    sync.Mutex
	known map[scope]map[string]counted
}

// scope is what is searched together.
type scope struct {
	tenant string
	kind   retrieval.Kind
}

type counted struct {
	n  int
	at time.Time
}

const (
	countsLast = 5 * time.Minute
	maxCounts  = 1_000 // of one scope; then it starts anew
)

func newCounts() *counts { return &counts{known: make(map[scope]map[string]counted)} }

func (c *counts) get(in scope, of string) (int, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.known[in][of]
	return found.n, ok && time.Since(found.at) < countsLast
}

func (c *counts) put(in scope, of string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known[in] == nil || len(c.known[in]) >= maxCounts {
		c.known[in] = make(map[string]counted)
	}
	c.known[in][of] = counted{n, time.Now()}
}

// forget drops the counts of a scope that this process has written to.
func (c *counts) forget(in scope) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, in)
}
