package hooks

import (
	"net/http"
	"testing"
	"time"
)

// The pauses grow, and a delivery is tried over most of its day.
func TestPauses(t *testing.T) {
	var total time.Duration
	attempts := 1
	for ; total < Life; attempts++ {
		wait, base := pause(attempts), min(firstPause*pow(growth, min(attempts-1, 10)), longest)
		if wait < base*3/4 || wait > base*5/4 {
			t.Errorf("after %d attempts: %s, want about %s", attempts, wait, base)
		}
		total += wait
	}
	if attempts < 20 || attempts > 45 {
		t.Errorf("%d attempts in a day", attempts)
	}
	spread := map[time.Duration]bool{}
	for range 20 {
		spread[pause(3)] = true
	}
	if len(spread) < 10 {
		t.Errorf("%d different pauses of 20", len(spread))
	}
}

func pow(base time.Duration, n int) time.Duration {
	product := time.Duration(1)
	for range n {
		product *= base
	}
	return product
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"":                              0,
		"soon":                          0,
		"-5":                            0,
		"120":                           2 * time.Minute,
		"99999999":                      Life,
		"Mon, 02 Mar 2026 12:01:00 GMT": time.Minute,
		"Mon, 02 Mar 2026 11:00:00 GMT": 0,
		"Mon, 02 Mar 2099 12:00:00 GMT": Life,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}
