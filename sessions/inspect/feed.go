package inspect

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

const (
	usualEvery = time.Second
	lookWithin = 5 * time.Second
	// overlap is looked at again each time: another process may have begun a
	// commit earlier and ended it later, or its clock be behind.
	overlap = 5 * time.Second
	waiting = 64 // changes that a viewer may have to read yet
)

// Feed tells viewers which sessions change. It reads the database once for all
// viewers of a site, whatever process a turn runs in, from one goroutine that
// begins with the first viewer and ends with the last. It is safe for concurrent use.
type Feed struct {
	store Store
	every time.Duration
	log   *slog.Logger

	mu      sync.Mutex
	sites   map[string]*watched
	running bool // the goroutine
	closed  bool
	stop    chan struct{} // closed by Close
	idle    chan struct{} // closed when the goroutine has ended
	wake    chan struct{} // a viewer has come: look now
}

// watched is a site that somebody looks at.
type watched struct {
	viewers map[*Viewer]struct{}
	since   time.Time            // what has changed before is known; zero: nothing yet
	known   map[string]time.Time // what was told lately, by session: when it had changed
}

// Viewer gets the changes of a site.
type Viewer struct {
	// Changes are sessions that changed. It is closed when the viewer read too
	// slowly or the feed ends: then look at the list anew.
	Changes <-chan Summary

	changes chan Summary
	feed    *Feed
	tenant  string
}

// NewFeed returns a feed that looks every so often; 0 is once a second.
func NewFeed(store Store, every time.Duration, log *slog.Logger) *Feed {
	if every <= 0 {
		every = usualEvery
	}
	return &Feed{store: store, every: every, log: log, sites: map[string]*watched{}, stop: make(chan struct{}), wake: make(chan struct{}, 1)}
}

// View returns a viewer of a site, whom its user closes.
func (f *Feed) View(tenant string) *Viewer {
	f.mu.Lock()
	defer f.mu.Unlock()
	v := &Viewer{changes: make(chan Summary, waiting), feed: f, tenant: tenant}
	v.Changes = v.changes
	if f.closed {
		close(v.changes)
		return v
	}
	site := f.sites[tenant]
	if site == nil {
		site = &watched{viewers: map[*Viewer]struct{}{}, known: map[string]time.Time{}}
		f.sites[tenant] = site
	}
	site.viewers[v] = struct{}{}
	if !f.running {
		f.running, f.idle = true, make(chan struct{})
		go f.run(f.idle)
	}
	return v
}

// Close ends a viewer. Closing again changes nothing.
func (v *Viewer) Close() {
	v.feed.mu.Lock()
	defer v.feed.mu.Unlock()
	v.feed.drop(v)
}

// drop needs the lock.
func (f *Feed) drop(v *Viewer) {
	site := f.sites[v.tenant]
	if site == nil {
		return
	}
	if _, there := site.viewers[v]; !there {
		return
	}
	delete(site.viewers, v)
	close(v.changes)
	if len(site.viewers) > 0 {
		return
	}
	delete(f.sites, v.tenant)
	if len(f.sites) == 0 {
		select {
		case f.wake <- struct{}{}: // so that the goroutine ends now
		default:
		}
	}
}

// Close ends the feed and all its viewers, and returns when nothing of it runs any more.
func (f *Feed) Close() {
	f.mu.Lock()
	if !f.closed {
		f.closed = true
		close(f.stop)
	}
	for _, site := range f.sites {
		for v := range site.viewers {
			f.drop(v)
		}
	}
	idle, running := f.idle, f.running
	f.mu.Unlock()
	if running {
		<-idle
	}
}

// run looks at all sites that somebody views, until nobody does.
func (f *Feed) run(idle chan struct{}) {
	defer close(idle)
	ticker := time.NewTicker(f.every)
	defer ticker.Stop()
	for f.look() {
		select {
		case <-f.stop:
			f.mu.Lock()
			f.running = false
			f.mu.Unlock()
			return
		case <-f.wake:
		case <-ticker.C:
		}
	}
}

// look reads what has changed and tells it; false ends the goroutine.
func (f *Feed) look() bool {
	f.mu.Lock()
	since := make(map[string]time.Time, len(f.sites))
	for tenant, site := range f.sites {
		since[tenant] = site.since
	}
	if len(since) == 0 {
		f.running = false
	}
	f.mu.Unlock()
	for tenant, from := range since {
		now := time.Now()
		if from.IsZero() {
			from = now
		}
		list, err := f.changed(tenant, from.Add(-overlap))
		if err != nil {
			f.log.Warn("look for changed sessions", "tenant", tenant, "error", err)
			continue
		}
		f.tell(tenant, now, list)
	}
	return len(since) > 0
}

func (f *Feed) changed(tenant string, from time.Time) ([]Summary, error) {
	ctx, cancel := context.WithTimeout(context.Background(), lookWithin)
	defer cancel()
	return f.store.List(ctx, tenant, Filter{From: from, Limit: mostPage})
}

// tell hands over what is new in a list, the oldest first. A viewer whose
// queue is full is dropped: what they show would be wrong.
func (f *Feed) tell(tenant string, now time.Time, list []Summary) {
	f.mu.Lock()
	defer f.mu.Unlock()
	site := f.sites[tenant]
	if site == nil {
		return
	}
	site.since = now
	for i := len(list) - 1; i >= 0; i-- {
		s := list[i]
		if site.known[s.ID].Equal(s.Updated) {
			continue
		}
		site.known[s.ID] = s.Updated
		for v := range site.viewers {
			select {
			case v.changes <- s:
			default:
				f.drop(v)
			}
		}
	}
	for id, updated := range site.known {
		if now.Sub(updated) > 2*overlap+f.every {
			delete(site.known, id)
		}
	}
}
