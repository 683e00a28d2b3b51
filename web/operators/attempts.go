package operators

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Sign-ins that fail: a burst from one address, then one in some seconds. A
// token cannot be guessed at any rate; this keeps those who try from loading the
// database and the log.
const (
	failBurst     = 10
	failEvery     = 6 * time.Second
	mostAddresses = 10_000
)

// attempts counts sign-ins that failed, by address.
type attempts struct {
	mu        sync.Mutex
	addresses map[string]*rate.Limiter
}

func newAttempts() *attempts { return &attempts{addresses: map[string]*rate.Limiter{}} }

func (a *attempts) allowed(address string, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	limiter := a.addresses[address]
	return limiter == nil || limiter.TokensAt(now) >= 1
}

func (a *attempts) failed(address string, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	limiter := a.addresses[address]
	if limiter == nil {
		if len(a.addresses) >= mostAddresses {
			a.trim(now)
		}
		limiter = rate.NewLimiter(rate.Every(failEvery), failBurst)
		a.addresses[address] = limiter
	}
	limiter.AllowN(now, 1)
}

// trim forgets addresses that may try freely again, and all when that is not enough.
func (a *attempts) trim(now time.Time) {
	for address, limiter := range a.addresses {
		if limiter.TokensAt(now) >= failBurst {
			delete(a.addresses, address)
		}
	}
	if len(a.addresses) >= mostAddresses {
		clear(a.addresses)
	}
}
