package sessions

import (
	"log/slog"
	"time"
)

// Config tunes a Manager. The zero value is good for production.
type Config struct {
	Holder       string           // names this process in leases; random by default
	LeaseTTL     time.Duration    // how long a silent process keeps its sessions; 10 s
	SweepEvery   time.Duration    // how often abandoned sessions are looked for; half of LeaseTTL
	MaxWaiting   int              // messages of a session that may wait for their turn; 4
	MaxAttempts  int              // runs of one message that may die with their process before it counts as failed; 3
	TurnTimeout  time.Duration    // after which a turn fails; 5 min
	StoreTimeout time.Duration    // of one call to the store; 5 s
	DrainTimeout time.Duration    // how long running turns may take when the process shuts down; 20 s
	Log          *slog.Logger     // slog.Default() by default; never sees a person's text
	Now          func() time.Time // time.Now
	Published    func()           // called when a version of a draft was published; must not block
	Metrics      Metrics
}

// Metrics are called when something worth counting happens; nil ones are not.
type Metrics struct {
	TurnStarted func()
	TurnEnded   func(status Status, route string, took time.Duration)
	TurnRerun   func() // a turn whose process died is run again
	LeaseLost   func()
	CommitRetry func() // the end of a turn could not be stored and will be tried again
	Subscribers func(change int)
}

func (c Config) withDefaults() Config {
	c.Holder = or(c.Holder, newID())
	c.LeaseTTL = or(c.LeaseTTL, 10*time.Second)
	c.SweepEvery = or(c.SweepEvery, c.LeaseTTL/2)
	c.MaxWaiting = or(c.MaxWaiting, 4)
	c.MaxAttempts = or(c.MaxAttempts, 3)
	c.TurnTimeout = or(c.TurnTimeout, 5*time.Minute)
	c.StoreTimeout = or(c.StoreTimeout, 5*time.Second)
	c.DrainTimeout = or(c.DrainTimeout, 20*time.Second)
	c.Log = or(c.Log, slog.Default())
	if c.Now == nil {
		c.Now = time.Now
	}
	c.Published = orFunc(c.Published, func() {})
	c.Metrics = c.Metrics.withDefaults()
	return c
}

func (m Metrics) withDefaults() Metrics {
	nothing := func() {}
	m.TurnStarted = orFunc(m.TurnStarted, nothing)
	m.TurnRerun = orFunc(m.TurnRerun, nothing)
	m.LeaseLost = orFunc(m.LeaseLost, nothing)
	m.CommitRetry = orFunc(m.CommitRetry, nothing)
	if m.TurnEnded == nil {
		m.TurnEnded = func(Status, string, time.Duration) {}
	}
	if m.Subscribers == nil {
		m.Subscribers = func(int) {}
	}
	return m
}

func or[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

func orFunc(f, otherwise func()) func() {
	if f == nil {
		return otherwise
	}
	return f
}
