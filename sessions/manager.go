package sessions

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Manager runs conversations: it orders turns, stores what must survive, and
// tells subscribers. It is safe for concurrent use. Every method that takes a
// Principal returns ErrNotFound for a session that is not that person's.
//
// One mutex a session makes everything that happens to it one after the other:
// a store call, an event, a subscriber that joins. That is what makes resuming
// exact. A session costs memory only while somebody is subscribed to it or a
// turn runs, and its content only while a turn runs.
type Manager struct {
	store     Store
	responder Responder
	cfg       Config

	ctx    context.Context // of turns and of the keeper; ended by Close
	cancel context.CancelFunc
	wg     sync.WaitGroup // turns and the keeper

	mu       sync.Mutex // never held while a session's mutex is waited for
	sessions map[Key]*conversation
	held     map[*conversation]Lease // to renew
	followed map[*conversation]bool  // another process runs their turn: look for its events
	turns    map[*turn]*conversation
	draining bool
	drained  chan struct{} // closed when draining and no turn runs
}

// conversation is what the Manager keeps of a session while somebody looks at it or
// works on it.
type conversation struct {
	key  Key
	refs int // guarded by Manager.mu: subscriptions, calls and turns

	mu     sync.Mutex
	owner  string // "" until it was read
	offset int64  // of the newest durable event that subscribers were told
	subs   []*Subscription
	held   *holding // nil while nothing runs
}

// holding is a session whose lease this process has, with its content.
type holding struct {
	lease  Lease
	state  *State
	turn   *turn // nil only within a call
	unsure bool  // a commit failed and may have been stored: read before writing again
}

// New returns a Manager that renews its leases and looks for turns whose
// process died until Close.
func New(store Store, responder Responder, cfg Config) *Manager {
	m := &Manager{
		store: store, responder: responder, cfg: cfg.withDefaults(),
		sessions: map[Key]*conversation{}, held: map[*conversation]Lease{}, followed: map[*conversation]bool{}, turns: map[*turn]*conversation{},
		drained: make(chan struct{}),
	}
	m.ctx, m.cancel = context.WithCancel(context.Background())
	m.wg.Add(1)
	go m.keep()
	return m
}

// acquire returns the session in memory for a key, to be given back with release.
func (m *Manager) acquire(key Key) *conversation {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.sessions[key]
	if s == nil {
		s = &conversation{key: key}
		m.sessions[key] = s
	}
	s.refs++
	return s
}

func (m *Manager) release(s *conversation) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s.refs--
	if s.refs == 0 {
		delete(m.sessions, s.key)
		delete(m.followed, s)
	}
}

// read calls do on a session of who's, alone.
func (m *Manager) read(ctx context.Context, who Principal, id string, do func(*conversation) error) error {
	s := m.acquire(Key{who.Tenant, id})
	defer m.release(s)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := m.own(ctx, s, who); err != nil {
		return err
	}
	return do(s)
}

// write calls do on a session of who's, alone, with its lease and content. It
// does not end with ctx: a person who leaves in the middle of a call leaves
// nothing half done.
func (m *Manager) write(ctx context.Context, who Principal, id string, do func(context.Context, *conversation) error) error {
	return m.read(ctx, who, id, func(s *conversation) error {
		ctx := context.WithoutCancel(ctx)
		if err := m.hold(ctx, s); err != nil {
			return err
		}
		defer m.letGo(ctx, s)
		return do(ctx, s)
	})
}

// own returns ErrNotFound unless the session is who's.
func (m *Manager) own(ctx context.Context, s *conversation, who Principal) error {
	if checkID(s.key.Session) != nil {
		return fmt.Errorf("%w: session", ErrNotFound) // no session has such an id, and a store may refuse its characters
	}
	if s.owner == "" {
		ctx, cancel := m.limit(ctx)
		defer cancel()
		found, err := m.store.Get(ctx, s.key)
		if err != nil {
			return unavailable("get session", err)
		}
		s.owner = found.Owner
	}
	if who.Subject == "" || s.owner != who.Subject {
		return fmt.Errorf("%w: session", ErrNotFound)
	}
	return nil
}

// limit gives a store call its time.
func (m *Manager) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, m.cfg.StoreTimeout)
}

// unavailable names the operation, and makes a store that did not answer in
// time an unavailable one.
func unavailable(doing string, err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("sessions: %s: %w: %w", doing, ErrUnavailable, err)
	}
	return fmt.Errorf("sessions: %s: %w", doing, err)
}

func (m *Manager) isDraining() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.draining
}
