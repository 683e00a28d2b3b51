package sqlitestore

import (
	"context"
	"sync"
	"time"

	"github.com/parleyhq/parley/sessions"
)

// leases are kept in memory: one process holds the data folder, and what it
// held ends with it.
type leases struct {
	mu    sync.Mutex
	fence int64 // of the newest lease
	held  map[sessions.Key]held
}

type held struct {
	fence int64
	until time.Time
}

func newLeases() *leases {
	// Fences grow over restarts as well.
	return &leases{fence: time.Now().UnixMicro(), held: map[sessions.Key]held{}}
}

func (l *leases) take(key sessions.Key, ttl time.Duration) (sessions.Lease, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Now().Before(l.held[key].until) {
		return sessions.Lease{}, sessions.ErrLeased
	}
	l.fence++
	l.held[key] = held{fence: l.fence, until: time.Now().Add(ttl)}
	return sessions.Lease{Key: key, Fence: l.fence}, nil
}

// valid reports whether nobody has taken the session since. That the time has
// run out does not matter until somebody does.
func (l *leases) valid(lease sessions.Lease) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.held[lease.Key].fence == lease.Fence
}

func (l *leases) live(key sessions.Key) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Now().Before(l.held[key].until)
}

func (l *leases) release(lease sessions.Lease) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held[lease.Key].fence == lease.Fence {
		delete(l.held, lease.Key)
	}
}

// Renew implements [sessions.Store].
func (s *Store) Renew(_ context.Context, list []sessions.Lease, ttl time.Duration) (lost []sessions.Lease, err error) {
	s.leases.mu.Lock()
	defer s.leases.mu.Unlock()
	for _, lease := range list {
		if s.leases.held[lease.Key].fence != lease.Fence {
			lost = append(lost, lease)
			continue
		}
		s.leases.held[lease.Key] = held{fence: lease.Fence, until: time.Now().Add(ttl)}
	}
	return lost, nil
}

// Release implements [sessions.Store].
func (s *Store) Release(_ context.Context, lease sessions.Lease) error {
	s.leases.release(lease)
	return nil
}

// Abandoned implements [sessions.Store]. It reads the index sessions_unfinished.
func (s *Store) Abandoned(ctx context.Context, limit int) ([]sessions.Key, error) {
	rows, err := s.read.QueryContext(ctx, "select tenant, id from sessions where unfinished = 1 order by updated")
	if err != nil {
		return nil, wrap("list abandoned", err)
	}
	defer rows.Close()
	var keys []sessions.Key
	for rows.Next() && len(keys) < limit {
		var key sessions.Key
		if err := rows.Scan(&key.Tenant, &key.Session); err != nil {
			return nil, wrap("list abandoned", err)
		}
		if !s.leases.live(key) {
			keys = append(keys, key)
		}
	}
	return keys, wrap("list abandoned", rows.Err())
}
