package sessions

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"time"
)

// Problem codes of responses.
const (
	codeInternal    = "internal"
	codeUnavailable = "unavailable"
	codeInterrupted = "interrupted" // the process that made the response died
)

// conclude stores the end of a turn. While the store cannot be written it
// tries again for as long as the session is this process's, because nothing
// may be called finished that is not stored.
func (m *Manager) conclude(s *conversation, t *turn, outcome Outcome, failure error) {
	ctx := context.WithoutCancel(m.ctx)
	told, refused := false, 0
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		err := m.finish(ctx, s, t, func(c *change) Response { return t.result(outcome, failure, c) })
		if err == nil {
			return
		}
		m.cfg.Metrics.CommitRetry()
		m.cfg.Log.Warn("end of turn not stored", "session", s.key.Session, "response", t.response.ID, "error", err)
		if !errors.Is(err, ErrUnavailable) {
			refused++
		}
		switch {
		case refused == 3: // not the store's weather: what was made cannot be stored
			outcome, failure = Outcome{}, err
			t.drafts = nil
		case refused > 6:
			m.abandon(ctx, s, t)
			return
		case !told:
			told = true
			m.trouble(s)
		}
		select {
		case <-m.ctx.Done():
			return
		case <-time.After(wait/2 + rand.N(wait)):
		}
	}
}

// finish ends a turn with the response that result makes, unless it was ended already.
func (m *Manager) finish(ctx context.Context, s *conversation, t *turn, result func(*change) Response) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t.ended {
		return nil
	}
	defer m.letGo(ctx, s)
	if err := m.hold(ctx, s); err != nil || t.ended {
		return err
	}
	c := &change{}
	m.concluding(s, t, c, result)
	return m.commit(ctx, s, c)
}

// concluding adds the end of the running turn to a change, and the beginning
// of the one that waits next.
func (m *Manager) concluding(s *conversation, t *turn, c *change, result func(*change) Response) {
	r := result(c)
	now := stamp(m.cfg.Now())
	r.Ended = &now
	r.Timings.Total = milliseconds(time.Since(t.started))
	state := s.held.state
	if r.Status == StatusCompleted || r.Status == StatusIncomplete {
		t.storeDrafts(state, c)
	}
	c.finish(r)
	if state.Session.Title != "" {
		c.Title = nil
	}
	if c.Title != nil {
		session := state.Session
		session.Title, session.Updated = *c.Title, now
		c.event(EventSessionUpdated, sessionUpdated{Session: session})
	}
	c.ends = true
	if waiting := state.waiting(); len(waiting) > 0 && !m.isDraining() {
		c.run(waiting[0], newID(), now)
	}
	c.then = append(c.then, func() { m.cfg.Metrics.TurnEnded(r.Status, r.Route, time.Since(t.started)) })
}

func (t *turn) storeDrafts(state *State, c *change) {
	for _, d := range t.drafts {
		if d.stored {
			continue
		}
		draft := d.draft
		draft.Version = state.newestVersion(draft.ID) + 1
		c.Drafts = append(c.Drafts, draft)
		c.event(EventDraftUpdated, draftUpdated{draft})
	}
}

// result is the response that a turn ends with.
func (t *turn) result(o Outcome, failure error, c *change) Response {
	r := t.partial()
	r.Timings.Stages = o.Stages
	if json.Valid(o.Annotations) {
		r.Annotations = o.Annotations
	}
	if t.stopping {
		r.Status = StatusCancelled
		return r
	}
	if failure != nil {
		r.Status, r.Problem = StatusFailed, explain(failure)
		return r
	}
	r.Status = StatusCompleted
	switch {
	case o.Held != nil:
		r.Status, r.Problem = StatusHeld, o.Held
	case o.Incomplete != nil:
		r.Status, r.Problem = StatusIncomplete, o.Incomplete
	}
	r.Citations, r.Usage = o.Citations, o.Usage
	if title := cut(clean(o.Title), MaxTitle); title != "" {
		c.Title = &title
	}
	return r
}

// partial is the response as far as it has come.
func (t *turn) partial() Response {
	r := t.response
	r.Text = t.text.String()
	return r
}

// explain tells a person why a response failed, without detail that is not theirs.
func explain(err error) *Problem {
	var own *Problem
	switch {
	case errors.As(err, &own):
		return own
	case errors.Is(err, context.DeadlineExceeded):
		return &Problem{Code: codeUnavailable, Message: "The answer took too long. Please try again.", Temporary: true}
	case errors.Is(err, ErrUnavailable):
		return &Problem{Code: codeUnavailable, Message: "Something Parley needs cannot be reached. Please try again.", Temporary: true}
	}
	return &Problem{Code: codeInternal, Message: "Something went wrong on our side. Please try again.", Temporary: true}
}

// trouble tells subscribers that the answer is there but cannot be stored yet.
func (m *Manager) trouble(s *conversation) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.show(EventError, troubled{Problem{Code: codeUnavailable, Temporary: true,
		Message: "The answer cannot be saved right now. Parley keeps trying."}})
}

// abandon leaves a turn whose end cannot be stored to whoever finds it.
func (m *Manager) abandon(ctx context.Context, s *conversation, t *turn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !t.ended && s.held != nil {
		m.drop(ctx, s)
	}
}
