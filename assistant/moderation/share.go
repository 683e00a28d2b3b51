package moderation

import "sync"

// ahead is how many messages may be put before the judge before there were as
// many messages as its share asks for.
const ahead = 100

// share is a site's allowance for the judge in this process: each message adds
// its part, each question takes a whole one.
type share struct {
	part float64

	mu   sync.Mutex
	left float64
}

func newShare(part float64) *share { return &share{part: part, left: ahead} }

// seen counts a message.
func (s *share) seen() {
	s.mu.Lock()
	s.left = min(ahead, s.left+s.part)
	s.mu.Unlock()
}

// take takes one question out, if there is one left.
func (s *share) take() bool {
	if s.part >= 1 {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left < 1 {
		return false
	}
	s.left--
	return true
}
