package gateway

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/parleyhq/parley/assistant/model"
)

// Limit is how much the calls it covers may ask for in a minute, in this
// process. What it covers is said as for a [Budget].
type Limit struct {
	Tenant   string
	Purpose  model.Purpose
	Requests int // per minute; 0 for no limit
	Tokens   int // per minute, in and out; 0 for no limit
}

func (l Limit) validate() error {
	switch {
	case l.Purpose != "" && !l.Purpose.Known():
		return fmt.Errorf("there is no purpose %q", l.Purpose)
	case l.Requests < 0 || l.Tokens < 0:
		return errors.New("limits must not be negative")
	case l.Requests == 0 && l.Tokens == 0:
		return errors.New("a limit needs requests_per_minute or tokens_per_minute")
	}
	return nil
}

// bucket holds what may still be asked for. It fills within a minute.
type bucket struct {
	size float64

	mu    sync.Mutex
	level float64
	at    time.Time // when level was true
}

func newBucket(size int) *bucket { return &bucket{size: float64(size), level: float64(size)} }

// take takes n out. What is larger than the bucket needs a full one.
func (b *bucket) take(n float64, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.at.IsZero() && now.After(b.at) {
		b.level = min(b.size, b.level+b.size*now.Sub(b.at).Minutes())
	}
	if b.at.Before(now) {
		b.at = now
	}
	if b.level < min(n, b.size) {
		return false
	}
	b.level -= n
	return true
}

// give puts n back; below 0 it takes out what was used beyond the estimate.
func (b *bucket) give(n float64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.level = min(b.size, b.level+n)
}

// gauge is a limit in use.
type gauge struct {
	Limit
	requests, tokens *bucket // nil for no limit
}

func newGauge(l Limit) *gauge {
	g := &gauge{Limit: l}
	if l.Requests > 0 {
		g.requests = newBucket(l.Requests)
	}
	if l.Tokens > 0 {
		g.tokens = newBucket(l.Tokens)
	}
	return g
}

func (g *gauge) covers(tenant string, purpose model.Purpose) bool {
	return (g.Tenant == "" || g.Tenant == tenant) && (g.Purpose == "" || g.Purpose == purpose)
}

func (g *gauge) take(tokens int, now time.Time) bool {
	if g.requests != nil && !g.requests.take(1, now) {
		return false
	}
	if g.tokens != nil && !g.tokens.take(float64(tokens), now) {
		g.give(1, 0)
		return false
	}
	return true
}

func (g *gauge) give(requests, tokens int) {
	if g.requests != nil {
		g.requests.give(float64(requests))
	}
	if g.tokens != nil {
		g.tokens.give(float64(tokens))
	}
}
