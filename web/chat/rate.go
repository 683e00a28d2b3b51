package chat

import "time"

// bucket is a token bucket that goes into debt: a client that keeps sending
// while it is limited is too much in the end.
type bucket struct {
	tokens float64
	at     int64 // Unix nanoseconds
}

type verdict int

const (
	allowed verdict = iota
	limited
	tooMany
)

func newBucket(burst float64, now time.Time) bucket {
	return bucket{tokens: burst, at: now.UnixNano()}
}

// take counts one frame, given how many tokens come a second and fit at most.
// With a debt of two bursts it is too many.
func (b *bucket) take(now time.Time, rate, burst float64) verdict {
	elapsed := time.Duration(now.UnixNano() - b.at).Seconds()
	b.at = now.UnixNano()
	b.tokens = min(burst, b.tokens+max(0, elapsed)*rate) - 1
	switch {
	case b.tokens >= 0:
		return allowed
	case b.tokens > -2*burst:
		return limited
	}
	return tooMany
}
