package sessions

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Submission is a message that a person sends.
type Submission struct {
	Message  string // its id, made by the client
	Parent   string // "" for the newest message of the selected branch
	Text     string
	Workflow string   // asked for by the person, or ""
	Files    []string // ids of uploaded files that it brings
	JobPost  string   // id of the post that the page is about, or ""
}

// Receipt says that a message is stored.
type Receipt struct {
	Message string `json:"message_id"`
	Offset  int64  `json:"offset"` // of its message.created event
}

// Submit stores a message and answers it, after those that were sent before.
// The same id with the same text again is answered as the first time. Errors:
// ErrInvalid, ErrTooLarge, ErrConflict, ErrBusy, ErrDraining, ErrLeased,
// ErrUnavailable.
func (m *Manager) Submit(ctx context.Context, who Principal, session string, sub Submission) (Receipt, error) {
	message, err := m.newMessage(sub.Message, sub.Text, len(sub.Files) > 0)
	if err != nil {
		return Receipt{}, err
	}
	if message.JobPost, err = cleanLimited("job_post_id", sub.JobPost, maxReference); err != nil {
		return Receipt{}, err
	}
	if message.Attachments, err = m.attach(ctx, Key{who.Tenant, session}, sub.Files); err != nil {
		return Receipt{}, err
	}
	if message.Workflow, err = cleanLimited("workflow", sub.Workflow, maxID); err != nil {
		return Receipt{}, err
	}
	message.Parent = sub.Parent
	return m.receive(ctx, who, session, message, func(s *conversation) (*change, error) {
		return m.submission(s, message)
	})
}

// newMessage checks a message; one that brings files may have no text.
func (m *Manager) newMessage(id, text string, files bool) (Message, error) {
	if err := checkID(id); err != nil {
		return Message{}, err
	}
	if files && strings.TrimSpace(text) == "" {
		return Message{ID: id, Created: stamp(m.cfg.Now())}, nil
	}
	text, err := cleanMessage(text)
	return Message{ID: id, Text: text, Created: stamp(m.cfg.Now())}, err
}

// receive stores a message through the change that prepare makes, or finds it
// stored already.
func (m *Manager) receive(ctx context.Context, who Principal, session string, message Message, prepare func(*conversation) (*change, error)) (Receipt, error) {
	receipt := Receipt{Message: message.ID}
	err := m.write(ctx, who, session, func(ctx context.Context, s *conversation) error {
		if known := s.held.state.message(message.ID); known != nil {
			if known.Text != message.Text {
				return fmt.Errorf("%w: message %s has another text", ErrConflict, message.ID)
			}
			var err error
			receipt.Offset, err = m.createdAt(ctx, s, message.ID)
			return err
		}
		if m.isDraining() {
			return ErrDraining
		}
		c, err := prepare(s)
		if err != nil {
			return err
		}
		before := s.held.state.Session.Offset
		if err := m.commit(ctx, s, c); err != nil {
			return err
		}
		place := slices.IndexFunc(c.Events, func(e Event) bool { return e.Type == EventMessageCreated })
		receipt.Offset = before + int64(place) + 1
		return nil
	})
	return receipt, err
}

// createdAt finds the event that told of a message.
func (m *Manager) createdAt(ctx context.Context, s *conversation, message string) (int64, error) {
	ctx, cancel := m.limit(ctx)
	defer cancel()
	for after := int64(0); ; {
		events, err := m.store.Events(ctx, s.key, after, maxGap)
		if err != nil {
			return 0, unavailable("read events", err)
		}
		for _, e := range events {
			if e.Type == EventMessageCreated && mentions(e, message) {
				return e.Offset, nil
			}
		}
		if len(events) < maxGap {
			return 0, fmt.Errorf("%w: event of message %s", ErrNotFound, message)
		}
		after = events[len(events)-1].Offset
	}
}

// mentions tells whether an event is about the message or response with an id.
func mentions(e Event, id string) bool {
	var data struct {
		Message  json.RawMessage `json:"message"`
		Response string          `json:"response_id"`
	}
	if json.Unmarshal(e.Data, &data) != nil {
		return false
	}
	var message Message
	if data.Message != nil && json.Unmarshal(data.Message, &message) == nil && message.ID == id {
		return true
	}
	return data.Response == id
}

func (m *Manager) submission(s *conversation, message Message) (*change, error) {
	h := s.held
	state := h.state
	if len(state.waiting()) >= m.cfg.MaxWaiting {
		return nil, ErrBusy
	}
	leaf := state.Session.Leaf
	if message.Parent == "" {
		message.Parent = leaf
	} else if state.message(message.Parent) == nil {
		return nil, fmt.Errorf("%w: parent_id names no message", ErrInvalid)
	}
	if message.Parent != leaf {
		if err := m.fill(m.ctx, s, message.Parent); err != nil {
			return nil, err
		}
	}
	c := &change{}
	c.add(state, message, message.Parent != leaf)
	if h.turn == nil {
		c.run(message, newID(), message.Created)
	}
	return c, nil
}

// add stores a message at the tip of its branch.
func (c *change) add(state *State, message Message, otherBranch bool) {
	c.Messages = append(c.Messages, message)
	c.event(EventMessageCreated, messageCreated{message})
	if otherBranch && len(state.Drafts) > 0 {
		c.selectBranch(state.Session, message.ID)
	} else {
		c.turnTo(message.ID)
	}
}

// Edit makes another version of a message, beside it, and answers that. What
// runs is replaced, and what waits on the left branch is cancelled.
func (m *Manager) Edit(ctx context.Context, who Principal, session, source, id, text string) (Receipt, error) {
	message, err := m.newMessage(id, text, false)
	if err != nil {
		return Receipt{}, err
	}
	return m.receive(ctx, who, session, message, func(s *conversation) (*change, error) {
		state := s.held.state
		old := state.message(source)
		if old == nil {
			return nil, fmt.Errorf("%w: source_id names no message", ErrInvalid)
		}
		message.Parent, message.Workflow, message.Extra = old.Parent, old.Workflow, old.Extra
		if err := m.fill(m.ctx, s, old.Parent); err != nil {
			return nil, err
		}
		c, response := &change{}, newID()
		m.replaceRunning(s, c, response, message.Created)
		for _, w := range state.waiting() {
			if state.below(w.ID, source) {
				r := Response{ID: newID(), Message: w.ID, Status: StatusCancelled, Created: message.Created, Ended: &message.Created}
				c.finish(r)
			}
		}
		c.add(state, message, true)
		c.run(message, response, message.Created)
		return c, nil
	})
}

// replaceRunning ends the running turn in favour of another response.
func (m *Manager) replaceRunning(s *conversation, c *change, by string, now time.Time) {
	t := s.held.turn
	if t == nil {
		return
	}
	c.replace(t.response, by, now) // its text is dropped
	c.ends = true
	c.then = append(c.then, func() { m.cfg.Metrics.TurnEnded(StatusReplaced, t.response.Route, time.Since(t.started)) })
}

// Regenerate answers a message anew. What runs is replaced; messages that wait
// go on waiting. An earlier finished answer is kept, but no longer counts. A
// message that is held stays so: only Release has it answered.
func (m *Manager) Regenerate(ctx context.Context, who Principal, session, message string) error {
	return m.write(ctx, who, session, func(ctx context.Context, s *conversation) error {
		if m.isDraining() {
			return ErrDraining
		}
		state := s.held.state
		found := state.message(message)
		if found == nil {
			return fmt.Errorf("%w: message", ErrNotFound)
		}
		if slices.ContainsFunc(state.waiting(), func(w Message) bool { return w.ID == message }) {
			return nil // its turn comes anyway
		}
		if r := state.counting()[message]; r != nil && r.Status == StatusHeld {
			return nil // a release has it answered; until then it would only be held again
		}
		c, response, now := &change{}, newID(), stamp(m.cfg.Now())
		m.replaceRunning(s, c, response, now)
		if !state.below(state.Session.Leaf, message) {
			if err := m.fill(ctx, s, state.tip(message)); err != nil {
				return err
			}
			c.selectBranch(state.Session, state.tip(message))
		}
		c.run(*found, response, now)
		return m.commit(ctx, s, c)
	})
}

// Cancel stops a running response; its text so far is kept. A response that
// has ended is left as it is.
func (m *Manager) Cancel(ctx context.Context, who Principal, session, response string) error {
	return m.read(ctx, who, session, func(s *conversation) error {
		if s.held == nil || s.held.turn == nil || s.held.turn.response.ID != response {
			return m.cancelElsewhere(ctx, s, response)
		}
		ctx, t := context.WithoutCancel(ctx), s.held.turn
		err := m.hold(ctx, s)
		if err == nil && !t.ended {
			c := &change{}
			m.concluding(s, t, c, func(*change) Response {
				r := t.partial()
				r.Status = StatusCancelled
				return r
			})
			err = m.commit(ctx, s, c)
		}
		if err != nil && !t.ended {
			// It stops all the same; conclude stores that as soon as it can.
			t.stopping = true
			t.cancel()
		}
		return nil
	})
}

// cancelElsewhere answers for a response that this process does not run.
func (m *Manager) cancelElsewhere(ctx context.Context, s *conversation, response string) error {
	ctx, cancel := m.limit(ctx)
	defer cancel()
	state, err := m.store.Read(ctx, s.key)
	if err != nil {
		return unavailable("read", err)
	}
	found := state.response(response)
	switch {
	case found == nil:
		return fmt.Errorf("%w: response", ErrNotFound)
	case found.Status == StatusRunning:
		return ErrLeased
	}
	return nil
}

// SelectBranch makes the branch on which a message is the selected one, down
// to its newest message.
func (m *Manager) SelectBranch(ctx context.Context, who Principal, session, message string) error {
	return m.write(ctx, who, session, func(ctx context.Context, s *conversation) error {
		state := s.held.state
		if state.message(message) == nil {
			return fmt.Errorf("%w: message", ErrNotFound)
		}
		if err := m.fill(ctx, s, state.tip(message)); err != nil {
			return err
		}
		c := &change{}
		c.selectBranch(state.Session, state.tip(message))
		return m.commit(ctx, s, c)
	})
}
