package gateway

import (
	"cmp"
	"context"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/sashabaranov/go-openai"
	"github.com/sony/gobreaker/v2"

	"github.com/parleyhq/parley/assistant/model"
)

const (
	breakAfter = 5                // failures in a row after which a server is left alone
	breakFor   = 10 * time.Second // before one call may try it again
	maxPause   = 2 * time.Minute  // that a server may ask for
	maxRetries = 5
)

// endpoint is a server with what is known of its present state.
type endpoint struct {
	name     string
	base     string
	key      string
	trusted  bool
	timeouts Timeouts
	retries  int
	http     *http.Client
	slots    chan struct{}
	breaker  *gobreaker.TwoStepCircuitBreaker[any]
	paused   atomic.Int64 // until when the server asked to be left alone, Unix nanoseconds
}

func newEndpoint(name string, cfg Endpoint, log *slog.Logger) *endpoint {
	t := cfg.Timeouts.withDefaults()
	concurrency := cmp.Or(cfg.Concurrency, 32)
	return &endpoint{
		name: name, base: strings.TrimRight(cfg.BaseURL, "/"), key: cfg.Key, trusted: cfg.Trusted, timeouts: t, retries: retries(cfg.Retries),
		slots: make(chan struct{}, concurrency),
		http:  &http.Client{Transport: transport(t.Connect, concurrency), CheckRedirect: sameOrigin},
		breaker: gobreaker.NewTwoStepCircuitBreaker[any](gobreaker.Settings{
			Name: name, Timeout: breakFor, IsExcluded: excluded, IsSuccessful: healthy,
			ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= breakAfter },
			OnStateChange: func(name string, from, to gobreaker.State) {
				log.Warn("model endpoint", "endpoint", name, "circuit", to.String(), "was", from.String())
			},
		}),
	}
}

// client makes the API's client for one call.
func (e *endpoint) client(x *exchange) *openai.Client {
	config := openai.DefaultConfig(e.key)
	config.BaseURL, config.HTTPClient = e.base, x
	return openai.NewClientWithConfig(config)
}

// transport keeps as many idle connections as there may be calls: with the
// default of two most calls would begin with a handshake.
func transport(connect time.Duration, concurrency int) *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: connect, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:    connect,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           concurrency,
		MaxIdleConnsPerHost:    concurrency,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
	}
}

// sameOrigin refuses redirects that would take a key or a prompt elsewhere.
func sameOrigin(next *http.Request, via []*http.Request) error {
	first := via[0].URL
	if next.URL.Scheme != first.Scheme || next.URL.Host != first.Host || len(via) > 3 {
		return errRedirect
	}
	return nil
}

// enter waits for a slot. The caller calls leave when its call has ended.
func (e *endpoint) enter(ctx context.Context) (leave func(), err error) {
	select {
	case e.slots <- struct{}{}:
		return func() { <-e.slots }, nil
	case <-ctx.Done():
		if own := explain(ctx, ctx.Err()); own == error(errNoToken) {
			return nil, &failure{kind: model.ErrUnavailable, detail: "all slots are busy", busy: true}
		}
		return nil, explain(ctx, ctx.Err())
	}
}

// rest waits while the server wants to be left alone, if that ends before by.
func (e *endpoint) rest(ctx context.Context, by time.Time) error {
	until := time.Unix(0, e.paused.Load())
	wait := time.Until(until)
	if wait <= 0 {
		return nil
	}
	if until.After(by) {
		return &failure{kind: model.ErrUnavailable, detail: "the server asked for a pause", after: wait, busy: true}
	}
	return sleep(ctx, wait)
}

// pause remembers what a server asked for, so that no other call disturbs it.
func (e *endpoint) pause(after time.Duration) {
	until := time.Now().Add(min(after, maxPause)).UnixNano()
	for {
		now := e.paused.Load()
		if now >= until || e.paused.CompareAndSwap(now, until) {
			return
		}
	}
}

func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return explain(ctx, ctx.Err())
	}
}

// jitter is the pause before a retry, twice as long before each further one
// and spread, so that callers who failed together do not come back together.
func jitter(try int) time.Duration {
	return (100*time.Millisecond + rand.N(200*time.Millisecond)) << min(try, 6)
}

func retries(configured *int) int {
	if configured == nil {
		return 1
	}
	return *configured
}
