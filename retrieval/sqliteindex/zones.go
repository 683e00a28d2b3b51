package sqliteindex

import (
	"sync"
	"time"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// zoneCache remembers answers of record.ZoneMatches for a minute: it reads a file for each name.
type zoneCache struct {
	mu      sync.Mutex
	minute  int64
	answers map[zoneQuestion]bool
}

func newZoneCache() *zoneCache { return &zoneCache{answers: make(map[zoneQuestion]bool)} }

type zoneQuestion struct {
	window retrieval.ZoneWindow
	name   string
}

func (c *zoneCache) match(window retrieval.ZoneWindow, name string, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	// The bound is for windows that somebody varies without end.
	if minute := now.Unix() / 60; minute != c.minute || len(c.answers) > 10_000 {
		clear(c.answers)
		c.minute = minute
	}
	question := zoneQuestion{window, name}
	answer, known := c.answers[question]
	if !known {
		answer = record.ZoneMatches(window, name, now)
		c.answers[question] = answer
	}
	return answer
}
