package sessions

import (
	"context"
	"fmt"
)

// Release has the message of a held response answered after all, after those
// that are being answered. It is for who reviews, not for the person whose
// session it is. Releasing again changes nothing. Errors: ErrNotFound, also
// for a response that was never held, ErrDraining, ErrLeased, ErrUnavailable.
func (m *Manager) Release(ctx context.Context, key Key, response string) error {
	session, err := m.session(ctx, key)
	if err != nil {
		return err
	}
	owner := Principal{Tenant: key.Tenant, Subject: session.Owner}
	return m.write(ctx, owner, key.Session, func(ctx context.Context, s *conversation) error {
		if m.isDraining() {
			return ErrDraining
		}
		held := s.held.state.response(response)
		switch {
		case held == nil:
			return fmt.Errorf("%w: response", ErrNotFound)
		case held.Status == StatusReleased || held.Status == StatusReplaced:
			return nil
		case held.Status != StatusHeld:
			return fmt.Errorf("%w: response %s is not held", ErrNotFound, response)
		}
		return m.commit(ctx, s, m.releasing(s, *held))
	})
}

// releasing is the change that takes a held response back, and begins another
// one when nothing else runs; otherwise the message waits for its turn.
func (m *Manager) releasing(s *conversation, held Response) *change {
	c, by, now := &change{}, "", stamp(m.cfg.Now())
	state := s.held.state
	message := state.message(held.Message)
	if s.held.turn == nil && len(state.waiting()) == 0 {
		by = newID()
	}
	held.Status = StatusReleased
	c.Responses = append(c.Responses, held)
	c.event(EventReplaced, responseReplaced{held.ID, held.Message, by})
	if by != "" {
		c.run(*message, by, now)
	}
	return c
}

func (m *Manager) session(ctx context.Context, key Key) (Session, error) {
	if checkID(key.Session) != nil {
		return Session{}, fmt.Errorf("%w: session", ErrNotFound)
	}
	ctx, cancel := m.limit(ctx)
	defer cancel()
	session, err := m.store.Get(ctx, key)
	if err != nil {
		return Session{}, unavailable("get session", err)
	}
	return session, nil
}
