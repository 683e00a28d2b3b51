package sessions

import (
	"context"
	"time"
)

// recover runs what a dead process left behind in a session that was just
// taken: the response that was running, or the message that waits next.
func (m *Manager) recover(ctx context.Context, s *conversation) error {
	if s.held.turn != nil || m.isDraining() {
		return nil
	}
	state := s.held.state
	now := stamp(m.cfg.Now())
	c := &change{}
	for _, dead := range state.running() {
		m.runAgain(state, c, dead, now)
	}
	if waiting := state.waiting(); c.next == nil && len(waiting) > 0 {
		c.run(waiting[0], newID(), now)
	}
	if len(c.Events) == 0 {
		return nil
	}
	err := m.commit(ctx, s, c)
	if err == nil && s.held == nil {
		return m.begin(ctx, s) // a poisonous message was given up and nothing else waits
	}
	return err
}

// runAgain replaces a response whose process died. A message that has taken
// down its process too often fails, so that it does not do so for ever.
func (m *Manager) runAgain(state *State, c *change, dead Response, now time.Time) {
	attempts := 1
	for _, r := range state.Responses {
		if r.Message == dead.Message && r.Status == StatusReplaced && r.Problem != nil && r.Problem.Code == codeInterrupted {
			attempts++
		}
	}
	message := state.message(dead.Message)
	if attempts >= m.cfg.MaxAttempts || message == nil || c.next != nil {
		dead.Status, dead.Ended = StatusFailed, &now
		dead.Problem = &Problem{Code: codeInternal, Message: "This message could not be answered. Try to say it differently."}
		c.finish(dead)
		return
	}
	dead.Problem = &Problem{Code: codeInterrupted, Message: "The answer was interrupted.", Temporary: true}
	id := newID()
	c.replace(dead, id, now)
	c.run(*message, id, now)
	c.then = append(c.then, m.cfg.Metrics.TurnRerun)
}

// keep renews leases, takes over sessions whose process died, and looks for
// the events of sessions that another process works on, until Close.
func (m *Manager) keep() {
	defer m.wg.Done()
	renew := time.NewTicker(m.cfg.LeaseTTL / 3)
	defer renew.Stop()
	sweep := time.NewTicker(m.cfg.SweepEvery)
	defer sweep.Stop()
	m.sweep()
	for {
		select {
		case <-m.ctx.Done():
			return
		case <-renew.C:
			m.renew()
			m.look()
		case <-sweep.C:
			m.sweep()
		}
	}
}

func (m *Manager) renew() {
	m.mu.Lock()
	leases := make([]Lease, 0, len(m.held))
	for _, lease := range m.held {
		leases = append(leases, lease)
	}
	m.mu.Unlock()
	if len(leases) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(m.ctx, m.cfg.LeaseTTL/3)
	defer cancel()
	lost, err := m.store.Renew(ctx, leases, m.cfg.LeaseTTL)
	if err != nil {
		m.cfg.Log.Warn("leases not renewed", "leases", len(leases), "error", err)
		return
	}
	for _, lease := range lost {
		m.lost(lease)
	}
}

// lost gives up a session, unless its lease was returned or taken anew while it was renewed.
func (m *Manager) lost(lease Lease) {
	s := m.acquire(lease.Key)
	defer m.release(s)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held != nil && s.held.lease == lease {
		m.lose(s)
	}
}

// sweepLimit bounds how many dead turns one sweep brings back, so that they do
// not all start at once.
const sweepLimit = 100

func (m *Manager) sweep() {
	if m.isDraining() {
		return
	}
	ctx, cancel := m.limit(m.ctx)
	keys, err := m.store.Abandoned(ctx, sweepLimit)
	cancel()
	if err != nil {
		if m.ctx.Err() == nil {
			m.cfg.Log.Warn("abandoned sessions not listed", "error", err)
		}
		return
	}
	for _, key := range keys {
		if m.ctx.Err() != nil || m.isDraining() {
			return
		}
		m.revive(key)
	}
}

func (m *Manager) revive(key Key) {
	s := m.acquire(key)
	defer m.release(s)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held != nil {
		return
	}
	ctx := context.WithoutCancel(m.ctx)
	if err := m.hold(ctx, s); err != nil {
		m.cfg.Log.Info("abandoned session not taken over", "session", key.Session, "error", err)
	}
	m.letGo(ctx, s)
}

// look tells subscribers what other processes have stored.
func (m *Manager) look() {
	m.mu.Lock()
	var followed []*conversation
	for s := range m.followed {
		s.refs++
		followed = append(followed, s)
	}
	m.mu.Unlock()
	for _, s := range followed {
		m.lookAt(s)
		m.release(s)
	}
}

func (m *Manager) lookAt(s *conversation) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx, cancel := m.limit(m.ctx)
	defer cancel()
	over := len(s.subs) == 0 || s.held != nil
	if !over {
		state, err := m.store.Read(ctx, s.key)
		if err == nil {
			err = m.tell(ctx, s, state)
		}
		if err != nil {
			m.missed(s, err)
			return
		}
		over = !state.unfinished() && !state.awaitsAddress(m.cfg.Now())
	}
	if over {
		m.unfollow(s)
	}
}

// unfinished tells whether a response is running or a message waits for one.
func (s *State) unfinished() bool { return len(s.running()) > 0 || len(s.waiting()) > 0 }
