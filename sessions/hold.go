package sessions

import (
	"context"
	"errors"
)

// hold makes sure that this process has the session's lease and that what it
// knows of the session is what is stored. A turn whose process died is run
// again on the way.
func (m *Manager) hold(ctx context.Context, s *conversation) error {
	switch {
	case s.held == nil:
		return m.begin(ctx, s)
	case s.held.unsure:
		return m.reread(ctx, s)
	}
	return nil
}

func (m *Manager) begin(ctx context.Context, s *conversation) error {
	limited, cancel := m.limit(ctx)
	defer cancel()
	state, lease, err := m.store.Begin(limited, s.key, m.cfg.Holder, m.cfg.LeaseTTL)
	if err != nil {
		m.missed(s, err)
		return unavailable("begin", err)
	}
	s.held = &holding{lease: lease, state: state}
	if err := m.fill(limited, s, state.Session.Leaf); err != nil {
		s.held = nil
		_ = m.store.Release(limited, lease) // else it runs out
		return err
	}
	m.mu.Lock()
	m.held[s] = lease
	delete(m.followed, s)
	m.mu.Unlock()
	if err := m.tell(limited, s, state); err != nil {
		m.drop(ctx, s)
		return err
	}
	return m.recover(ctx, s)
}

// reread settles whether a commit that failed was stored after all. If it was
// the end of the turn, the turn has ended.
func (m *Manager) reread(ctx context.Context, s *conversation) error {
	limited, cancel := m.limit(ctx)
	defer cancel()
	state, err := m.store.Read(limited, s.key)
	if err != nil {
		m.missed(s, err)
		return unavailable("read again", err)
	}
	h := s.held
	if t := h.turn; t != nil {
		if stored := state.response(t.response.ID); stored == nil || stored.Status != StatusRunning {
			m.end(s, t)
		}
	}
	if err := m.tell(limited, s, state); err != nil {
		return err
	}
	h.state, h.unsure = state, false
	return m.recover(ctx, s) // what was begun with the commit
}

// missed draws the conclusion from a session that could not be had.
func (m *Manager) missed(s *conversation, err error) {
	switch {
	case errors.Is(err, ErrLeased):
		m.follow(s)
	case errors.Is(err, ErrNotFound):
		m.gone(s)
	}
}

// gone ends a session that was deleted.
func (m *Manager) gone(s *conversation) {
	if s.held != nil {
		m.drop(context.WithoutCancel(m.ctx), s)
	}
	m.unfollow(s)
	s.deliver(Event{Type: EventSessionDeleted, Data: []byte("{}")})
}

// tell gives subscribers the events up to a state that others stored.
func (m *Manager) tell(ctx context.Context, s *conversation, state *State) error {
	for len(s.subs) > 0 && s.offset < state.Session.Offset {
		events, err := m.store.Events(ctx, s.key, s.offset, maxGap)
		if err != nil {
			return unavailable("read events", err)
		}
		if len(events) == 0 {
			break
		}
		for _, e := range events {
			s.announce(e, state)
			s.offset = e.Offset
		}
	}
	s.offset = max(s.offset, state.Session.Offset)
	return nil
}

// commit stores a change, makes it part of what is known of the session, and
// tells subscribers. When it fails nothing has changed here; whether it was
// stored shows when the session is held the next time.
func (m *Manager) commit(ctx context.Context, s *conversation, c *change) error {
	if c.err != nil {
		return c.err
	}
	h := s.held
	busy := c.next != nil || h.turn != nil && !c.ends
	c.Release = !busy
	limited, cancel := m.limit(ctx)
	defer cancel()
	last, err := m.store.Commit(limited, h.lease, c.Batch)
	if err != nil {
		return m.failed(ctx, s, err)
	}
	h.state.apply(c.Batch, last)
	ended := h.turn
	if c.ends {
		m.halt(s, ended)
	}
	if c.Release {
		m.forget(s)
		if h.state.awaitsAddress(m.cfg.Now()) {
			m.follow(s)
		}
	}
	s.announceAll(c, h.state, last)
	if c.ends {
		m.over(ended)
	}
	for _, then := range c.then {
		then()
	}
	if c.next != nil {
		m.launch(ctx, s, c.next)
	}
	return nil
}

func (m *Manager) failed(ctx context.Context, s *conversation, err error) error {
	switch {
	case errors.Is(err, ErrLeaseLost):
		m.lose(s)
	case errors.Is(err, ErrNotFound):
		m.gone(s)
	case s.held.turn != nil:
		s.held.unsure = true
	default:
		m.drop(ctx, s)
	}
	return unavailable("commit", err)
}

// announce tells subscribers of a stored event. One that shows them another
// branch takes away what the running response has shown, so they are caught up.
func (s *conversation) announce(e Event, state *State) {
	s.deliver(withSnapshot(e, state))
	if selects(e) && s.held != nil && s.held.turn != nil {
		for _, shown := range s.held.turn.caughtUp(true) {
			s.deliver(shown)
		}
	}
}

// announceAll tells subscribers what a change has stored.
func (s *conversation) announceAll(c *change, state *State, last int64) {
	first := last - int64(len(c.Events)) + 1
	for i, e := range c.Events {
		e.Offset = first + int64(i)
		s.announce(e, state)
	}
	s.offset = last
}

// letGo gives up the lease of a session on which nothing runs.
func (m *Manager) letGo(ctx context.Context, s *conversation) {
	if s.held != nil && s.held.turn == nil {
		m.drop(ctx, s)
	}
}

// drop gives the lease up without writing. If the store does not hear of it,
// the lease runs out by itself.
func (m *Manager) drop(ctx context.Context, s *conversation) {
	lease := s.held.lease
	m.forget(s)
	ctx, cancel := m.limit(ctx)
	defer cancel()
	if err := m.store.Release(ctx, lease); err != nil {
		m.cfg.Log.Warn("session not released", "session", s.key.Session, "error", err)
	}
}

// lose reacts to a lease that another process has taken: that process goes on
// with the turn, so nothing more is written here.
func (m *Manager) lose(s *conversation) {
	if s.held == nil {
		return
	}
	m.cfg.Metrics.LeaseLost()
	m.cfg.Log.Warn("lease lost", "session", s.key.Session)
	m.forget(s)
	m.follow(s)
}

// forget ends what this process does with a session, without writing.
func (m *Manager) forget(s *conversation) {
	if t := s.held.turn; t != nil {
		m.end(s, t)
	}
	s.held = nil
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.held, s)
}

// follow looks for the events that another process stores, while there are subscribers.
func (m *Manager) follow(s *conversation) {
	if len(s.subs) == 0 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if s.refs > 0 {
		m.followed[s] = true
	}
}

func (m *Manager) unfollow(s *conversation) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.followed, s)
}
