package sessions

import (
	"context"
	"time"
)

// Drain refuses new turns and waits for the running ones, at most DrainTimeout
// or until ctx ends. What still runs then is left to the next process, which
// runs it again at once. Subscribers stay: whoever owns them closes them after Drain.
func (m *Manager) Drain(ctx context.Context) {
	m.mu.Lock()
	m.draining = true
	m.checkDrained()
	m.mu.Unlock()

	timer := time.NewTimer(m.cfg.DrainTimeout)
	defer timer.Stop()
	select {
	case <-m.drained:
		return
	case <-timer.C:
	case <-ctx.Done():
	}
	m.leaveTurns()
}

// Draining tells whether Drain was called.
func (m *Manager) Draining() bool { return m.isDraining() }

// checkDrained is called with m.mu held.
func (m *Manager) checkDrained() {
	if !m.draining || len(m.turns) > 0 {
		return
	}
	select {
	case <-m.drained:
	default:
		close(m.drained)
	}
}

// leaveTurns stops what runs without writing, and gives the leases up.
func (m *Manager) leaveTurns() {
	m.mu.Lock()
	left := make([]*conversation, 0, len(m.turns))
	for _, s := range m.turns {
		s.refs++
		left = append(left, s)
	}
	m.mu.Unlock()
	for _, s := range left {
		s.mu.Lock()
		if s.held != nil {
			m.drop(context.Background(), s)
		}
		s.mu.Unlock()
		m.release(s)
	}
}

// Close drains without patience and ends every goroutine of the Manager. Call
// Drain first where turns shall have time to end.
func (m *Manager) Close() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	m.Drain(ctx)
	m.cancel()
	m.wg.Wait()
}
