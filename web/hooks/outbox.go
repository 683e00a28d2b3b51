package hooks

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Life is how long a delivery is tried.
const Life = 24 * time.Hour

// testLife is how long a test is tried: whoever asked for it looks at it now.
const testLife = time.Minute

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

// List returns a site's deliveries that pass a filter, the newest first; at
// most limit, and 1,000.
func (o *Outbox) List(ctx context.Context, tenant string, f Filter, limit int) ([]Delivery, error) {
	return o.store.List(ctx, tenant, f, min(max(limit, 0), mostListed))
}

// Counts tells how many of a site's deliveries are pending and dead, by endpoint.
func (o *Outbox) Counts(ctx context.Context, tenant string) ([]Count, error) {
	return o.store.Counts(ctx, tenant)
}

// Endpoints are those of a site, as configured.
func (o *Outbox) Endpoints(tenant string) []Endpoint {
	return slices.Clone(o.endpoints.byTenant[tenant])
}

// Test sends an event of type [Test] to one endpoint of a site, and returns its
// id; ErrNotFound when the site has no such endpoint.
func (o *Outbox) Test(ctx context.Context, tenant, url string, data json.RawMessage) (id string, err error) {
	if _, found := o.endpoints.find(tenant, url); !found {
		return "", ErrNotFound
	}
	now := o.clock()
	e := Event{ID: rand.Text(), Tenant: tenant, Type: Test, Data: data, Created: now}
	if err := e.Check(); err != nil {
		return "", err
	}
	d := Delivery{Event: e, ID: e.ID, Type: e.Type, Endpoint: url, Status: Pending, Created: now, Next: now, Expires: now.Add(testLife), Changed: now}
	if err := o.store.Add(ctx, []Delivery{d}); err != nil {
		return "", fmt.Errorf("hooks: add test: %w", err)
	}
	o.wake()
	return e.ID, nil
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

// Forget removes all that was told of what has a key with this prefix: it is not
// sent any more, not shown, and cannot be sent again.
func (o *Outbox) Forget(ctx context.Context, tenant, prefix string) error {
	if _, err := o.store.Forget(ctx, tenant, prefix); err != nil {
		return fmt.Errorf("hooks: forget: %w", err)
	}
	return nil
}

func (o *Outbox) clock() time.Time { return o.now().UTC().Truncate(time.Microsecond) }

func (o *Outbox) wake() {
	select {
	case o.added <- struct{}{}:
	default:
	}
}
