package sessions

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Sessions lists a person's sessions, the most recently updated first, older
// than before (zero: from the newest).
func (m *Manager) Sessions(ctx context.Context, who Principal, before time.Time, limit int) ([]Session, error) {
	ctx, cancel := m.limit(ctx)
	defer cancel()
	list, err := m.store.List(ctx, who.Tenant, who.Subject, before, limit)
	if err != nil {
		return nil, unavailable("list", err)
	}
	return list, nil
}

// Session returns a session without its content.
func (m *Manager) Session(ctx context.Context, who Principal, id string) (Session, error) {
	if checkID(id) != nil {
		return Session{}, fmt.Errorf("%w: session", ErrNotFound)
	}
	ctx, cancel := m.limit(ctx)
	defer cancel()
	found, err := m.store.Get(ctx, Key{who.Tenant, id})
	if err != nil {
		return Session{}, unavailable("get session", err)
	}
	if who.Subject == "" || found.Owner != who.Subject {
		return Session{}, fmt.Errorf("%w: session", ErrNotFound)
	}
	return found, nil
}

// State returns everything that is stored of a session, for an export. A
// response that runs has no text in it yet.
func (m *Manager) State(ctx context.Context, who Principal, id string) (*State, error) {
	ctx, cancel := m.limit(ctx)
	defer cancel()
	state, err := m.store.Read(ctx, Key{who.Tenant, id})
	if err != nil {
		return nil, unavailable("read", err)
	}
	if who.Subject == "" || state.Session.Owner != who.Subject {
		return nil, fmt.Errorf("%w: session", ErrNotFound)
	}
	return state, nil
}

// Snapshot returns what a client shows of a session.
func (m *Manager) Snapshot(ctx context.Context, who Principal, id string) (Session, *Snapshot, error) {
	state, err := m.State(ctx, who, id)
	if err != nil {
		return Session{}, nil, err
	}
	return state.Session, state.snapshot(), nil
}

// Rename gives a session a title.
func (m *Manager) Rename(ctx context.Context, who Principal, id, title string) (Session, error) {
	title, err := cleanLimited("title", oneLine(title), MaxTitle)
	if err != nil {
		return Session{}, err
	}
	if title == "" {
		return Session{}, fmt.Errorf("%w: the title is empty", ErrInvalid)
	}
	var renamed Session
	err = m.write(ctx, who, id, func(ctx context.Context, s *conversation) error {
		renamed = s.held.state.Session
		renamed.Title, renamed.Updated = title, stamp(m.cfg.Now())
		c := &change{}
		c.Title = &title
		c.event(EventSessionUpdated, sessionUpdated{Session: renamed})
		return m.commit(ctx, s, c)
	})
	return renamed, err
}

// oneLine is a title as it can be shown anywhere: without line breaks, control
// characters and those that turn the direction of what comes after.
func oneLine(title string) string {
	title = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, title)
	return strings.Join(strings.Fields(title), " ")
}

// Delete deletes a session for good. A turn that runs is stopped, and
// subscribers are told.
func (m *Manager) Delete(ctx context.Context, who Principal, id string) error {
	return m.read(ctx, who, id, func(s *conversation) error {
		ctx, cancel := m.limit(context.WithoutCancel(ctx))
		defer cancel()
		if err := m.store.Delete(ctx, s.key); err != nil {
			return unavailable("delete", err)
		}
		m.gone(s)
		return nil
	})
}

// Feedback stores what a person thinks of a response: rating up, down, or none
// to take it back.
func (m *Manager) Feedback(ctx context.Context, who Principal, session string, f Feedback) error {
	if f.Rating != "up" && f.Rating != "down" && f.Rating != "none" {
		return fmt.Errorf("%w: rating is up, down or none", ErrInvalid)
	}
	var err error
	if f.Reason, err = cleanLimited("reason", f.Reason, maxReason); err != nil {
		return err
	}
	if f.Comment, err = cleanLimited("comment", f.Comment, MaxComment); err != nil {
		return err
	}
	return m.write(ctx, who, session, func(ctx context.Context, s *conversation) error {
		if s.held.state.response(f.Response) == nil {
			return fmt.Errorf("%w: response", ErrNotFound)
		}
		f.Created = stamp(m.cfg.Now())
		c := &change{}
		c.Feedback = append(c.Feedback, f)
		c.event(EventFeedback, feedbackCreated{f})
		return m.commit(ctx, s, c)
	})
}
