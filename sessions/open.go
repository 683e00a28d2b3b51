package sessions

import (
	"context"
	"errors"
	"fmt"
)

// maxGap is how many missed events a subscriber is given; one that missed more
// gets a snapshot.
const maxGap = 500

// Position is a place in the durable events of a session.
type Position struct {
	Epoch  string `json:"epoch"`
	Offset int64  `json:"offset"`
}

// OpenRequest asks for a session's events.
type OpenRequest struct {
	Session  string    // "" creates one
	After    *Position // what the subscriber has seen; nil when it has nothing
	Locale   string    // BCP 47, of a new session
	TimeZone string    // IANA, of a new session
}

// Opened is where a subscriber starts. Events are to be shown first: the gap
// when it recovered, then what a running response has shown so far. Whatever
// the Subscriber is delivered comes after them.
type Opened struct {
	Session   Session
	Epoch     string
	Offset    int64 // with the snapshot, or of the last event of the gap
	Recovered bool
	Snapshot  *Snapshot // nil when recovered
	Events    []Event
}

// Snapshot is what a client shows of a session.
type Snapshot struct {
	Messages  []Message  `json:"messages"`
	Responses []Response `json:"responses"`
	Drafts    []Draft    `json:"drafts"` // current version of each on the selected branch
	Feedback  []Feedback `json:"feedback"`
}

func (s *State) snapshot() *Snapshot {
	return &Snapshot{
		Messages:  append([]Message{}, s.Messages...),
		Responses: append([]Response{}, s.Responses...),
		Drafts:    append([]Draft{}, s.drafts(s.Session.Leaf)...),
		Feedback:  append([]Feedback{}, s.Feedback...),
	}
}

// Subscription is a Subscriber's place in a session, until Close.
type Subscription struct {
	manager *Manager
	session *conversation
	sub     Subscriber
}

// Open subscribes to a session, which is created when the request names none.
// A response whose process died is taken over. Errors: ErrNotFound,
// ErrUnavailable, ErrDraining.
func (m *Manager) Open(ctx context.Context, who Principal, req OpenRequest, sub Subscriber) (Opened, *Subscription, error) {
	if m.isDraining() {
		return Opened{}, nil, ErrDraining
	}
	epoch, err := m.epoch(ctx)
	if err != nil {
		return Opened{}, nil, err
	}
	if req.Session == "" {
		created, err := m.Create(ctx, who, req.Locale, req.TimeZone)
		if err != nil {
			return Opened{}, nil, err
		}
		req.Session = created.ID
	}
	var opened Opened
	var subscription *Subscription
	err = m.read(ctx, who, req.Session, func(s *conversation) error {
		state, err := m.contents(ctx, s)
		if err != nil {
			return err
		}
		if opened, err = m.opening(ctx, s, state, epoch, req.After); err != nil {
			return err
		}
		subscription = m.subscribe(s, sub)
		if s.held == nil && (state.unfinished() || state.awaitsAddress(m.cfg.Now())) {
			m.follow(s)
		}
		return nil
	})
	return opened, subscription, err
}

func (m *Manager) epoch(ctx context.Context) (string, error) {
	ctx, cancel := m.limit(ctx)
	defer cancel()
	epoch, err := m.store.Epoch(ctx)
	if err != nil {
		return "", unavailable("epoch", err)
	}
	return epoch, nil
}

// contents returns the session's content. When a response was left running by a
// process that died, this one takes it over.
func (m *Manager) contents(ctx context.Context, s *conversation) (*State, error) {
	lasting := context.WithoutCancel(ctx)
	if s.held != nil {
		err := m.hold(lasting, s)
		defer m.letGo(lasting, s)
		if err != nil {
			return nil, err
		}
		if s.held != nil {
			return s.held.state, nil
		}
	}
	limited, cancel := m.limit(ctx)
	defer cancel()
	state, err := m.store.Read(limited, s.key)
	if err != nil {
		return nil, unavailable("read", err)
	}
	if state.unfinished() && !m.isDraining() {
		err := m.hold(lasting, s)
		defer m.letGo(lasting, s)
		switch {
		case err == nil && s.held != nil:
			return s.held.state, nil
		case err != nil && !errors.Is(err, ErrLeased):
			return nil, err
		}
	}
	return state, m.tell(limited, s, state)
}

// opening is what a subscriber needs to go on from what it has seen.
func (m *Manager) opening(ctx context.Context, s *conversation, state *State, epoch string, after *Position) (Opened, error) {
	opened := Opened{Session: state.Session, Epoch: epoch, Offset: state.Session.Offset}
	gap, whole, err := m.gap(ctx, s, state, epoch, after)
	if err != nil {
		return Opened{}, err
	}
	if whole {
		opened.Recovered, opened.Events = true, gap
	} else {
		opened.Snapshot = state.snapshot()
	}
	if s.held != nil && s.held.turn != nil {
		t := s.held.turn
		opened.Events = append(opened.Events, t.caughtUp(createdIn(gap, t.response.ID))...)
	}
	return opened, nil
}

// gap returns the events after a position; whole is false when they cannot be
// given exactly, or are too many.
func (m *Manager) gap(ctx context.Context, s *conversation, state *State, epoch string, after *Position) (events []Event, whole bool, err error) {
	if after == nil || after.Epoch != epoch || after.Offset < 0 {
		return nil, false, nil
	}
	missing := state.Session.Offset - after.Offset
	if missing < 0 || missing > maxGap {
		return nil, false, nil
	}
	if missing == 0 {
		return nil, true, nil
	}
	ctx, cancel := m.limit(ctx)
	defer cancel()
	events, err = m.store.Events(ctx, s.key, after.Offset, int(missing))
	if err != nil {
		return nil, false, unavailable("read events", err)
	}
	for i, e := range events {
		if e.Offset != after.Offset+int64(i)+1 || selects(e) {
			return nil, false, nil
		}
	}
	return events, int64(len(events)) == missing, nil
}

// createdIn tells whether events say that a response was created.
func createdIn(events []Event, response string) bool {
	for _, e := range events {
		if e.Type == EventResponseCreated && mentions(e, response) {
			return true
		}
	}
	return false
}

func (m *Manager) subscribe(s *conversation, sub Subscriber) *Subscription {
	m.mu.Lock()
	s.refs++
	m.mu.Unlock()
	subscription := &Subscription{m, s, sub}
	s.subs = append(s.subs, subscription)
	m.cfg.Metrics.Subscribers(1)
	return subscription
}

// Session is the id of the session that was opened.
func (n *Subscription) Session() string { return n.session.key.Session }

// Close ends the subscription: nothing is delivered after it. It may be called
// again, but not from within Deliver.
func (n *Subscription) Close() {
	s := n.session
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, other := range s.subs {
		if other == n {
			s.subs = append(s.subs[:i:i], s.subs[i+1:]...)
			n.manager.cfg.Metrics.Subscribers(-1)
			n.manager.release(s)
			return
		}
	}
}

// deliver gives an event to everybody who looks at the session.
func (s *conversation) deliver(e Event) {
	for _, subscription := range s.subs {
		subscription.sub.Deliver(e)
	}
}

// Create makes an empty session that belongs to who.
func (m *Manager) Create(ctx context.Context, who Principal, locale, timeZone string) (Session, error) {
	if who.Tenant == "" || who.Subject == "" {
		return Session{}, fmt.Errorf("%w: nobody to create a session for", ErrInvalid)
	}
	now := stamp(m.cfg.Now())
	s := Session{
		Tenant: who.Tenant, ID: newID(), Owner: who.Subject, Role: who.Role, Profile: who.Profile,
		Locale: setting(locale), TimeZone: setting(timeZone), Created: now, Updated: now,
	}
	ctx, cancel := m.limit(ctx)
	defer cancel()
	if err := m.store.Create(ctx, s); err != nil {
		return Session{}, unavailable("create", err)
	}
	return s, nil
}
