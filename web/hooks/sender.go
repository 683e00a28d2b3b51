package hooks

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// SenderConfig is how a Sender works. The zero value of each field stands for
// what its comment names.
type SenderConfig struct {
	Workers   int                            // attempts at once, 8
	Timeout   time.Duration                  // of an attempt, 15 s
	Poll      time.Duration                  // how often others' events are looked for, 2 s
	Lease     time.Duration                  // after which a delivery of a process that died is taken over, 1 min
	Grace     time.Duration                  // that attempts have when the process ends, 5 s
	Retention time.Duration                  // that delivered and dead ones are kept, 30 days
	Pause     func(failed int) time.Duration // between attempts; see backoff.go
	Log       *slog.Logger                   // slog.Default(); sees no body, no address and no secret
	Observe   func(Attempt)
	// Answered is given the body of each answer that says that an event arrived, of
	// at most 64 KiB, before that is noted. When it fails the event is sent again;
	// nil for nothing.
	Answered func(ctx context.Context, event Event, body []byte) error
}

// Attempt is something that a Sender did, for metrics. It is told from the
// goroutine in which it happened.
type Attempt struct {
	Tenant  string
	Type    string
	Outcome string        // delivered, retried, dead
	Took    time.Duration // of the attempt
	Age     time.Duration // of the event
}

const (
	tidyEvery = time.Minute
	tidyLimit = 1000            // rows at once
	storeTime = 5 * time.Second // to note how an attempt went
)

// Sender delivers what an Outbox takes. There is one in each process.
type Sender struct {
	outbox *Outbox
	cfg    SenderConfig
	client *http.Client

	places []Place
	tidied time.Time

	mu    sync.Mutex
	rests map[Place]rest
	busy  map[Place]bool // an attempt of this process runs

	freed   chan struct{} // an attempt has ended
	cut     context.CancelFunc
	stop    context.CancelFunc
	running sync.WaitGroup // the loop
	sending sync.WaitGroup // attempts
}

// rest is how long an endpoint that failed is left alone.
type rest struct {
	failures int // in a row
	until    time.Time
}

// NewSender starts a Sender. Close ends it.
func NewSender(outbox *Outbox, cfg SenderConfig) *Sender {
	cfg.Workers = cmp.Or(cfg.Workers, 8)
	cfg.Timeout = cmp.Or(cfg.Timeout, 15*time.Second)
	cfg.Poll = cmp.Or(cfg.Poll, 2*time.Second)
	cfg.Lease = max(cmp.Or(cfg.Lease, time.Minute), cfg.Timeout+storeTime)
	cfg.Grace = cmp.Or(cfg.Grace, 5*time.Second)
	cfg.Retention = cmp.Or(cfg.Retention, 30*24*time.Hour)
	cfg.Log = cmp.Or(cfg.Log, slog.Default())
	if cfg.Pause == nil {
		cfg.Pause = pause
	}
	if cfg.Observe == nil {
		cfg.Observe = func(Attempt) {}
	}
	s := &Sender{outbox: outbox, cfg: cfg, client: newClient(), rests: map[Place]rest{}, busy: map[Place]bool{}, freed: make(chan struct{}, 1)}
	for tenant, endpoints := range outbox.endpoints.byTenant {
		for _, e := range endpoints {
			s.places = append(s.places, Place{tenant, e.URL})
		}
	}
	looking, stop := context.WithCancel(context.Background())
	sending, cut := context.WithCancel(context.Background())
	s.stop, s.cut = stop, cut
	s.running.Go(func() { s.run(looking, sending) })
	return s
}

// Close stops looking for deliveries, lets running attempts end for as long as
// the grace is, cuts the others off, and returns when all has ended. What was
// cut off is sent by the next process at once.
func (s *Sender) Close() {
	s.stop()
	s.running.Wait()
	timer := time.AfterFunc(s.cfg.Grace, s.cut)
	s.sending.Wait()
	timer.Stop()
	s.cut()
	s.client.CloseIdleConnections()
}

// run looks for deliveries until ctx ends: when some were added, when a worker
// is free again, and now and then.
func (s *Sender) run(ctx, sending context.Context) {
	ticker := time.NewTicker(s.cfg.Poll)
	defer ticker.Stop()
	for {
		s.tidy(ctx)
		if err := s.claim(ctx, sending); err != nil && ctx.Err() == nil {
			s.cfg.Log.Warn("webhooks: look for deliveries", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.outbox.added:
		case <-s.freed:
		case <-ticker.C:
		}
	}
}

// claim starts as many attempts as there are workers free.
func (s *Sender) claim(ctx, sending context.Context) error {
	free, places := s.free()
	if free == 0 || len(places) == 0 {
		return nil
	}
	deliveries, err := s.outbox.store.Claim(ctx, places, s.outbox.clock(), s.cfg.Lease, free)
	if err != nil {
		return err
	}
	s.mu.Lock()
	for _, d := range deliveries {
		s.busy[d.place()] = true
	}
	s.mu.Unlock()
	for _, d := range deliveries {
		s.sending.Go(func() {
			s.deliver(sending, d)
			s.mu.Lock()
			delete(s.busy, d.place())
			s.mu.Unlock()
			select {
			case s.freed <- struct{}{}:
			default:
			}
		})
	}
	return nil
}

// free returns how many workers are free, and the endpoints that neither rest
// nor are told something now: whether they rest after that is not known yet.
func (s *Sender) free() (workers int, places []Place) {
	now := s.outbox.clock()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, place := range s.places {
		if !s.busy[place] && !now.Before(s.rests[place].until) {
			places = append(places, place)
		}
	}
	return s.cfg.Workers - len(s.busy), places
}

// deliver makes one attempt and notes how it went.
func (s *Sender) deliver(ctx context.Context, d Delivery) {
	place := d.place()
	endpoint, found := s.outbox.endpoints.find(place.Tenant, place.Endpoint)
	if !found {
		return // claimed are only those of known places
	}
	began := time.Now()
	limited, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	r := attempt(limited, s.client, endpoint, d.Event, s.outbox.clock())
	cancel()
	took := time.Since(began)
	r = s.heard(ctx, d.Event, r)

	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTime)
	defer cancel()
	outcome, err := s.note(noting, d, r, ctx.Err() != nil)
	if err != nil {
		level := slog.LevelWarn
		if errors.Is(err, ErrLost) {
			level = slog.LevelInfo
		}
		s.cfg.Log.Log(noting, level, "webhooks: note an attempt", "tenant", place.Tenant, "event", d.ID, "error", err)
		return
	}
	if outcome != "delivered" {
		s.cfg.Log.Warn("webhooks: not delivered", "tenant", place.Tenant, "event", d.ID, "type", d.Type, "attempt", d.Attempts, "outcome", outcome, "failure", r.failure)
	}
	s.cfg.Observe(Attempt{Tenant: place.Tenant, Type: d.Type, Outcome: outcome, Took: took, Age: s.outbox.clock().Sub(d.Created)})
}

// heard hands on what was answered, before the delivery is over: a process that
// dies in between sends the event again and is answered again.
func (s *Sender) heard(ctx context.Context, event Event, r result) result {
	if r.failure != "" || s.cfg.Answered == nil {
		return r
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTime)
	defer cancel()
	if err := s.cfg.Answered(ctx, event, r.body); err != nil {
		s.cfg.Log.Warn("webhooks: take an answer", "tenant", event.Tenant, "event", event.ID, "error", err)
		return result{failure: "the answer could not be stored", status: r.status, own: true}
	}
	return r
}

// note writes how an attempt went; cut: the process ended it.
func (s *Sender) note(ctx context.Context, d Delivery, r result, cut bool) (outcome string, err error) {
	now, place := s.outbox.clock(), d.place()
	d.Answer = r.status
	switch {
	case r.failure == "":
		s.settle(place, 0)
		return "delivered", s.outbox.store.Done(ctx, d, now)
	case cut:
		return "retried", s.outbox.store.Retry(ctx, d, now, now, "the server was shut down")
	case r.gone:
		return "dead", s.outbox.store.Dead(ctx, d, now, r.failure)
	}
	if !r.own {
		s.settle(place, max(r.wait, 1))
	}
	next := now.Add(max(s.cfg.Pause(d.Attempts), r.wait))
	if next.After(d.Expires) {
		return "dead", s.outbox.store.Dead(ctx, d, now, r.failure)
	}
	return "retried", s.outbox.store.Retry(ctx, d, now, next, r.failure)
}

// settle notes that an endpoint answers, with 0, or that it is to be left alone
// for at least that long. An endpoint that goes on failing is tried with one
// delivery now and then, and the others wait without losing attempts.
func (s *Sender) settle(place Place, atLeast time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if atLeast == 0 {
		delete(s.rests, place)
		return
	}
	r := s.rests[place]
	r.failures++
	r.until = s.outbox.clock().Add(max(min(s.cfg.Pause(r.failures), longestRest), atLeast))
	s.rests[place] = r
}

// tidy gives up what has expired and removes what is old, once a minute.
func (s *Sender) tidy(ctx context.Context) {
	now := s.outbox.clock()
	if now.Sub(s.tidied) < tidyEvery {
		return
	}
	s.tidied = now
	expired, err := s.outbox.store.Expire(ctx, now, tidyLimit)
	if err == nil {
		_, err = s.outbox.store.Purge(ctx, now.Add(-s.cfg.Retention), tidyLimit)
	}
	if expired > 0 {
		s.cfg.Log.Warn("webhooks: given up", "deliveries", expired)
	}
	if err != nil && ctx.Err() == nil {
		s.cfg.Log.Warn("webhooks: tidy up", "error", err)
	}
}
