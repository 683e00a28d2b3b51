package figures

import (
	"context"
	"fmt"
	"time"
)

// Figures makes reports of what a store keeps. It is safe for concurrent use.
type Figures struct {
	store Store
	clock func() time.Time
}

// New returns the figures of a store. The clock is time.Now when it is nil.
func New(store Store, now func() time.Time) *Figures {
	if now == nil {
		now = time.Now
	}
	return &Figures{store, now}
}

// Now is the time of the clock.
func (f *Figures) Now() time.Time { return f.clock() }

const (
	// settled is when rows are summed up: turns and model calls have ended long before.
	settled = time.Hour
	// rolled is how much is summed up at once.
	rolled = 4 * Slot
	// mostRows is how many turns one report reads that were not summed up.
	mostRows = 20_000
	// lookBack is how long before a model call its turn may have begun.
	lookBack = Slot
)

// Report answers a query. A broken one is an error that wraps [ErrInvalid].
func (f *Figures) Report(ctx context.Context, q Query) (Report, error) {
	now := f.Now()
	end := q.Until
	if now.Before(end) { // the time before is as long as what has passed
		end = now.Truncate(Slot).Add(Slot)
	}
	length := q.Until.Sub(q.From)
	before, beforeEnd := q.From.Add(-length), end.Add(-length)

	standing, err := f.store.Standing(ctx, q.Tenant)
	if err != nil {
		return Report{}, unavailable(err)
	}
	r := newReport(q)
	take := func(s Sum) {
		if s.At.Before(beforeEnd) || !s.At.Before(q.From) {
			r.add(s)
		}
	}
	sums, err := f.store.Sums(ctx, q.Tenant, before, earlier(q.Until, standing.Until))
	if err != nil {
		return Report{}, unavailable(err)
	}
	for _, s := range sums {
		take(s)
	}
	if standing.next().IsZero() {
		return r.report(q), nil // nothing was ever said here
	}
	behind, err := f.rest(ctx, q.Tenant, later(before, standing.next()), end, take)
	if err != nil {
		return Report{}, unavailable(err)
	}
	out := r.report(q)
	out.Behind = behind
	return out, nil
}

// rest sums up rows for a report for which that was not done yet. It tells since
// when rows are left out, which are too many for a report.
func (f *Figures) rest(ctx context.Context, tenant string, from, until time.Time, take func(Sum)) (behind *time.Time, err error) {
	routes, read := map[string]string{}, 0
	for at := from; at.Before(until); at = at.Add(rolled) {
		if read > mostRows || at.Sub(from) > 96*time.Hour {
			return &at, nil
		}
		rows, err := f.store.Rows(ctx, tenant, at, earlier(until, at.Add(rolled)))
		if err != nil {
			return nil, err
		}
		for id, route := range Routes(rows.Turns) {
			routes[id] = route
		}
		for _, s := range Summarise(rows, routes) {
			take(s)
		}
		read += len(rows.Turns) + len(rows.Calls)
	}
	return nil, nil
}

// Roll sums a tenant's rows up as far as they do not change any more.
func (f *Figures) Roll(ctx context.Context, tenant string) error {
	standing, err := f.store.Standing(ctx, tenant)
	if err != nil {
		return unavailable(err)
	}
	from := standing.next()
	if from.IsZero() {
		return nil
	}
	until := f.Now().Add(-settled).UTC().Truncate(Slot)
	for at := from; at.Before(until); at = at.Add(rolled) {
		end := earlier(until, at.Add(rolled))
		rows, err := f.store.Rows(ctx, tenant, at.Add(-lookBack), end)
		if err != nil {
			return unavailable(err)
		}
		routes := Routes(rows.Turns)
		sums := Summarise(rows.since(at), routes)
		if err := f.store.Keep(ctx, tenant, end, sums); err != nil {
			return unavailable(err)
		}
	}
	return nil
}

// Details are the newest failures of a span, and the reasons of its feedback.
func (f *Figures) Details(ctx context.Context, tenant string, s Span, limit int) (Details, error) {
	d, err := f.store.Details(ctx, tenant, s.From, s.Until, limit)
	if err != nil {
		return d, unavailable(err)
	}
	return d, nil
}

// next is the slot to be summed up next; zero without rows.
func (s Standing) next() time.Time {
	if s.Until.IsZero() && !s.First.IsZero() {
		return s.First.UTC().Truncate(Slot)
	}
	return s.Until.UTC()
}

func unavailable(err error) error { return fmt.Errorf("%w: %w", ErrUnavailable, err) }

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// since leaves out rows from before a time.
func (r Rows) since(t time.Time) Rows {
	return Rows{
		Turns:    keep(r.Turns, func(x Turn) time.Time { return x.At }, t),
		Calls:    keep(r.Calls, func(x Call) time.Time { return x.At }, t),
		Drafts:   keep(r.Drafts, func(x Draft) time.Time { return x.At }, t),
		Ratings:  keep(r.Ratings, func(x Rating) time.Time { return x.At }, t),
		Sessions: keep(r.Sessions, func(x time.Time) time.Time { return x }, t),
	}
}

func keep[T any](rows []T, at func(T) time.Time, since time.Time) (kept []T) {
	for _, row := range rows {
		if !at(row).Before(since) {
			kept = append(kept, row)
		}
	}
	return kept
}
