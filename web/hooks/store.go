package hooks

import (
	"context"
	"time"
)

// Place is where deliveries go: an endpoint of a site.
type Place struct {
	Tenant   string
	Endpoint string
}

// Filter chooses deliveries. Empty fields choose all.
type Filter struct {
	Status   Status
	Type     string
	Endpoint string
	Event    string
	Before   int64 // only those added before the one of this number
}

// Count is how many deliveries to an endpoint have a status.
type Count struct {
	Endpoint string
	Status   Status
	N        int
}

// Store keeps deliveries. Package hookstest is the suite for it. Times are kept
// in UTC to the microsecond.
type Store interface {
	// Add adds pending deliveries, all or none, in this order. One of an event and
	// an endpoint that are there already is left out, and changes nothing.
	Add(ctx context.Context, deliveries []Delivery) error
	// Claim leases deliveries that are due, the longest due first: for each place
	// at most one, none where one is leased to anybody, and none before an
	// earlier one of its key that is pending. It counts an attempt. Until the
	// lease is over nobody else is given them; at most limit.
	Claim(ctx context.Context, places []Place, now time.Time, lease time.Duration, limit int) ([]Delivery, error)
	// Done notes that a claimed delivery has arrived, with its Answer. ErrLost, here and below: its
	// lease is not this one any more, and nothing was written.
	Done(ctx context.Context, d Delivery, now time.Time) error
	// Retry has it tried again at next.
	Retry(ctx context.Context, d Delivery, now, next time.Time, failure string) error
	// Dead gives it up.
	Dead(ctx context.Context, d Delivery, now time.Time, failure string) error
	// Expire gives up those that expire before now and that nobody sends, at most
	// limit, and returns how many.
	Expire(ctx context.Context, now time.Time, limit int) (int, error)
	// List returns a site's deliveries that pass a filter, the newest first.
	List(ctx context.Context, tenant string, f Filter, limit int) ([]Delivery, error)
	// Counts tells how many of a site's deliveries are pending and dead.
	Counts(ctx context.Context, tenant string) ([]Count, error)
	// Redeliver has all deliveries of an event that are not pending tried again
	// until expires, and returns how many; ErrNotFound when the site has none of it.
	Redeliver(ctx context.Context, tenant, event string, now, expires time.Time) (int, error)
	// Forget removes all deliveries of a site whose key begins with prefix, whatever
	// their state, and returns how many. One that is being sent may still arrive.
	Forget(ctx context.Context, tenant, prefix string) (int, error)
	// Purge removes at most limit deliveries that are not pending and have not
	// changed since before, oldest first, and returns how many.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}
