package hooks

import (
	"net/http"
	"strconv"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// Pauses between attempts: 5 s, 15 s, 45 s, and so on to an hour, a quarter more
// or less, so that many that failed together do not come back together.
const (
	firstPause  = 5 * time.Second
	growth      = 3
	longest     = time.Hour
	spread      = 0.25
	longestRest = 5 * time.Minute // of an endpoint that fails
)

// pause is how long to wait after that many attempts failed.
func pause(failed int) time.Duration {
	b := &backoff.ExponentialBackOff{InitialInterval: firstPause, Multiplier: growth, MaxInterval: longest, RandomizationFactor: spread}
	b.Reset()
	wait := b.NextBackOff()
	for range min(failed-1, 10) { // the longest is reached before
		wait = b.NextBackOff()
	}
	return wait
}

// retryAfter is how long a server asks to be left alone; 0 when it does not
// say. RFC 9110, section 10.2.3: seconds or a date.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := header.Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil {
		return time.Duration(min(max(seconds, 0), int(Life/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return min(max(at.Sub(now), 0), Life)
	}
	return 0
}
