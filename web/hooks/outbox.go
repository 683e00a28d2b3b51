package hooks

import (
	"context"
	"fmt"
	"time"
)

// Life is how long a delivery is tried.
const Life = 24 * time.Hour

// Outbox takes events for the endpoints of their sites.
type Outbox struct {
	store     Store
	endpoints *Endpoints
	now       func() time.Time
	added     chan struct{} // wakes the sender of this process
}

// NewOutbox returns an Outbox. now is the clock, nil for time.Now.
func NewOutbox(store Store, endpoints *Endpoints, now func() time.Time) *Outbox {
	if now == nil {
		now = time.Now
	}
	return &Outbox{store: store, endpoints: endpoints, now: now, added: make(chan struct{}, 1)}
}

// Add keeps events until the endpoints that want them were told. Those that
// were added before, by whatever process, change nothing. Events that no
// endpoint wants are not kept.
func (o *Outbox) Add(ctx context.Context, events ...Event) error {
	now := o.clock()
	var all []Delivery
	for _, e := range events {
		if err := e.Check(); err != nil {
			return err
		}
		for _, url := range o.endpoints.of(e) {
			all = append(all, Delivery{Event: e, ID: e.ID, Type: e.Type, Endpoint: url, Status: Pending, Created: e.Created, Next: now, Expires: now.Add(Life), Changed: now})
		}
	}
	if len(all) == 0 {
		return nil
	}
	if err := o.store.Add(ctx, all); err != nil {
		return fmt.Errorf("hooks: add events: %w", err)
	}
	o.wake()
	return nil
}

// mostListed is how many deliveries List returns at most.
const mostListed = 1000

// List returns a site's deliveries of a status, "" for all, the newest first;
// at most limit, and 1,000.
func (o *Outbox) List(ctx context.Context, tenant string, status Status, limit int) ([]Delivery, error) {
	return o.store.List(ctx, tenant, status, min(max(limit, 0), mostListed))
}

// Redeliver sends an event of a site again, to all endpoints that it was
// delivered to or given up for; ErrNotFound when there is none of that id.
func (o *Outbox) Redeliver(ctx context.Context, tenant, event string) (deliveries int, err error) {
	now := o.clock()
	n, err := o.store.Redeliver(ctx, tenant, event, now, now.Add(Life))
	if err == nil {
		o.wake()
	}
	return n, err
}

func (o *Outbox) clock() time.Time { return o.now().UTC().Truncate(time.Microsecond) }

func (o *Outbox) wake() {
	select {
	case o.added <- struct{}{}:
	default:
	}
}
