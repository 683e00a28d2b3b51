package chat

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/parleyhq/parley/sessions"
)

// Authenticator says who asks. Its methods are called for each connection and
// must be fast.
type Authenticator interface {
	// Verify returns whom a token of a tenant stands for and until when
	// (zero: for ever). An error that wraps sessions.ErrUnavailable means that
	// it cannot be told now; any other that the token is no good.
	Verify(ctx context.Context, tenant, token string) (who sessions.Principal, expires time.Time, err error)
	// Visitor makes a token for somebody who has none.
	Visitor(ctx context.Context, tenant string) (token string, who sessions.Principal, err error)
	// Renew makes a fresh token for a visitor whose token expires soon; ok is
	// false when there is no need for one.
	Renew(ctx context.Context, who sessions.Principal, expires time.Time) (token string, ok bool)
}

// Config tunes a Server. The zero value is good for production on one site.
type Config struct {
	Tenant  func(*http.Request) (string, error) // which site a request is for; "default" by default
	Origins func(tenant string) []string        // origins beside the server's own that may connect, such as "https://example.org"; none by default

	OpenTimeout  time.Duration // until session.open must have come; 10 s
	PingEvery    time.Duration // 25 s
	PongTimeout  time.Duration // how long a ping may stay unanswered; 20 s
	WriteTimeout time.Duration // of one frame; 10 s
	FrameTimeout time.Duration // of handling one frame; 30 s
	QueueBytes   int           // that may wait for a slow client; 1 MiB, some drafts long
	Rate         float64       // frames a second from a client; 20
	Burst        float64       // frames at once; 60

	Log     *slog.Logger // slog.Default()
	Metrics Metrics
}

// Metrics are called when something worth counting happens; nil ones are not.
type Metrics struct {
	Connections func(change int)
	Frame       func(kind string) // from a client; "unknown" for an unknown type
	Closed      func(code int)    // by the server
}

func (c Config) withDefaults() Config {
	if c.Tenant == nil {
		c.Tenant = func(*http.Request) (string, error) { return "default", nil }
	}
	if c.Origins == nil {
		c.Origins = func(string) []string { return nil }
	}
	c.OpenTimeout = or(c.OpenTimeout, 10*time.Second)
	c.PingEvery = or(c.PingEvery, 25*time.Second)
	c.PongTimeout = or(c.PongTimeout, 20*time.Second)
	c.WriteTimeout = or(c.WriteTimeout, 10*time.Second)
	c.FrameTimeout = or(c.FrameTimeout, 30*time.Second)
	c.QueueBytes = or(c.QueueBytes, 1<<20)
	c.Rate = or(c.Rate, 20)
	c.Burst = or(c.Burst, 60)
	c.Log = or(c.Log, slog.Default())
	if c.Metrics.Connections == nil {
		c.Metrics.Connections = func(int) {}
	}
	if c.Metrics.Frame == nil {
		c.Metrics.Frame = func(string) {}
	}
	if c.Metrics.Closed == nil {
		c.Metrics.Closed = func(int) {}
	}
	return c
}

func or[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}
