package sessionstest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/sqlitestore"
)

// Store is a store on a new database, with faults that a test can switch on.
func Store(t testing.TB) *FaultyStore {
	db, err := migrations.OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	store, err := sqlitestore.New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return &FaultyStore{Store: store}
}

// FaultyStore is a Store with faults.
type FaultyStore struct {
	sessions.Store

	mu      sync.Mutex
	down    bool
	forget  int // commits still to be stored and reported as failed
	commits int
}

// Another is the same database as another process reaches it, with faults of its own.
func (s *FaultyStore) Another() *FaultyStore { return &FaultyStore{Store: s.Store} }

// Down makes every call fail, as if the network to the database were cut, until it is called with false.
func (s *FaultyStore) Down(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

// Forget makes the next n commits be stored but reported as failed, as when a
// connection breaks after the commit.
func (s *FaultyStore) Forget(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget = n
}

// Commits is how often something was written.
func (s *FaultyStore) Commits() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.commits
}

func (s *FaultyStore) fault() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return fmt.Errorf("sessionstest: %w", sessions.ErrUnavailable)
	}
	return nil
}

// Create implements [sessions.Store].
func (s *FaultyStore) Create(ctx context.Context, n sessions.Session) error {
	if err := s.fault(); err != nil {
		return err
	}
	return s.Store.Create(ctx, n)
}

// Read implements [sessions.Store].
func (s *FaultyStore) Read(ctx context.Context, key sessions.Key) (*sessions.State, error) {
	if err := s.fault(); err != nil {
		return nil, err
	}
	return s.Store.Read(ctx, key)
}

// Get implements [sessions.Store].
func (s *FaultyStore) Get(ctx context.Context, key sessions.Key) (sessions.Session, error) {
	if err := s.fault(); err != nil {
		return sessions.Session{}, err
	}
	return s.Store.Get(ctx, key)
}

// Begin implements [sessions.Store].
func (s *FaultyStore) Begin(ctx context.Context, key sessions.Key, holder string, ttl time.Duration) (*sessions.State, sessions.Lease, error) {
	if err := s.fault(); err != nil {
		return nil, sessions.Lease{}, err
	}
	return s.Store.Begin(ctx, key, holder, ttl)
}

// Commit implements [sessions.Store].
func (s *FaultyStore) Commit(ctx context.Context, lease sessions.Lease, batch sessions.Batch) (int64, error) {
	if err := s.fault(); err != nil {
		return 0, err
	}
	last, err := s.Store.Commit(ctx, lease, batch)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		s.commits++
	}
	if err == nil && s.forget > 0 {
		s.forget--
		return 0, fmt.Errorf("sessionstest: the connection broke: %w", sessions.ErrUnavailable)
	}
	return last, err
}

// Renew implements [sessions.Store].
func (s *FaultyStore) Renew(ctx context.Context, leases []sessions.Lease, ttl time.Duration) ([]sessions.Lease, error) {
	if err := s.fault(); err != nil {
		return nil, err
	}
	return s.Store.Renew(ctx, leases, ttl)
}

// Release implements [sessions.Store].
func (s *FaultyStore) Release(ctx context.Context, lease sessions.Lease) error {
	if err := s.fault(); err != nil {
		return err
	}
	return s.Store.Release(ctx, lease)
}

// Events implements [sessions.Store].
func (s *FaultyStore) Events(ctx context.Context, key sessions.Key, after int64, limit int) ([]sessions.Event, error) {
	if err := s.fault(); err != nil {
		return nil, err
	}
	return s.Store.Events(ctx, key, after, limit)
}

// Abandoned implements [sessions.Store].
func (s *FaultyStore) Abandoned(ctx context.Context, limit int) ([]sessions.Key, error) {
	if err := s.fault(); err != nil {
		return nil, err
	}
	return s.Store.Abandoned(ctx, limit)
}
