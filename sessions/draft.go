package sessions

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// reviseTimeout bounds Responder.Revise, during which the session does nothing else.
const reviseTimeout = 10 * time.Second

// DraftUpdate is a person's change to a draft.
type DraftUpdate struct {
	Draft   string
	Version int             // the version that the person looked at
	Patch   json.RawMessage // RFC 7396
}

// A draft's id names its session, so that it can be found by itself; it is as
// hard to guess.
func newDraftID(session string) string { return session + "-" + newID()[:8] }

// SessionOfDraft returns the session that a draft's id names.
func SessionOfDraft(id string) (string, bool) {
	session, _, found := strings.Cut(id, "-")
	return session, found
}

// Draft returns the current version of a draft on the selected branch, or its
// newest one when it is on another.
func (m *Manager) Draft(ctx context.Context, who Principal, id string) (Draft, error) {
	session, ok := SessionOfDraft(id)
	if !ok {
		return Draft{}, fmt.Errorf("%w: draft", ErrNotFound)
	}
	state, err := m.State(ctx, who, session)
	if err != nil {
		return Draft{}, err
	}
	if d := state.current(id); d != nil {
		return *d, nil
	}
	for i := range slices.Backward(state.Drafts) {
		if state.Drafts[i].ID == id {
			return state.Drafts[i], nil
		}
	}
	return Draft{}, fmt.Errorf("%w: draft", ErrNotFound)
}

// current returns a draft's current version on the selected branch, or nil.
func (s *State) current(id string) *Draft {
	for _, d := range s.drafts(s.Session.Leaf) {
		if d.ID == id {
			return &d
		}
	}
	return nil
}

// UpdateDraft applies a person's merge patch. It is stored at once, also while
// a turn runs, and wins over what the turn writes. Errors: *StaleError with the
// current version, ErrInvalid, ErrNotFound.
func (m *Manager) UpdateDraft(ctx context.Context, who Principal, session string, u DraftUpdate) (DraftVersion, error) {
	if !json.Valid(u.Patch) {
		return DraftVersion{}, fmt.Errorf("%w: the patch is not JSON", ErrInvalid)
	}
	patch := json.RawMessage(cleanJSON(u.Patch))
	return m.changeDraft(ctx, who, session, u.Draft, u.Version, func(Draft) (Revision, error) {
		return Revision{Patch: patch}, nil
	})
}

// AcceptSuggestion makes a suggestion of a draft part of it, as the person's own change.
func (m *Manager) AcceptSuggestion(ctx context.Context, who Principal, session, draft string, version int, suggestion string) (DraftVersion, error) {
	return m.changeDraft(ctx, who, session, draft, version, func(d Draft) (Revision, error) {
		for _, s := range d.Suggestions {
			if s.ID == suggestion {
				return Revision{Patch: s.Patch, Suggestion: &s}, nil
			}
		}
		return Revision{}, fmt.Errorf("%w: suggestion", ErrNotFound)
	})
}

// changeDraft stores the version that a person's revision of a draft makes.
func (m *Manager) changeDraft(ctx context.Context, who Principal, session, id string, version int, revise func(Draft) (Revision, error)) (DraftVersion, error) {
	var result DraftVersion
	err := m.write(ctx, who, session, func(ctx context.Context, s *conversation) error {
		base, live, err := s.base(id, version)
		if err != nil {
			return err
		}
		r, err := revise(base)
		if err != nil {
			return err
		}
		r.Session, r.Draft, r.Now = s.held.state.Session, base, stamp(m.cfg.Now())
		next, err := m.revise(ctx, r)
		if err != nil {
			return err
		}
		next.Author, next.Created, next.Message = AuthorPerson, r.Now, s.held.state.reached()
		if live {
			next.Message = base.Message
		}
		next.Version = s.held.state.newestVersion(id) + 1
		result = DraftVersion{id, next.Version}
		t := s.held.turn
		c := &change{}
		c.Drafts = append(c.Drafts, next)
		c.event(EventDraftUpdated, draftUpdated{next})
		if err := m.commit(ctx, s, c); err != nil {
			return err
		}
		if t != nil && !t.ended {
			m.rebase(ctx, s, t, r, next, live)
		}
		return nil
	})
	return result, err
}

// base finds the version that a person looked at: the stored one, or the one
// that the running turn shows. Any other is stale.
func (s *conversation) base(id string, version int) (d Draft, live bool, err error) {
	state, t := s.held.state, s.held.turn
	stored := state.current(id)
	if t != nil && state.below(state.Session.Leaf, t.message.ID) {
		if shown := t.draft(id); shown != nil && !shown.stored {
			if shown.draft.Version == version {
				return shown.draft, true, nil
			}
			if stored == nil || stored.Version != version {
				return Draft{}, false, &StaleError{Current: shown.draft}
			}
		}
	}
	switch {
	case stored == nil:
		return Draft{}, false, fmt.Errorf("%w: draft", ErrNotFound)
	case stored.Version != version:
		return Draft{}, false, &StaleError{Current: *stored}
	}
	return *stored, false, nil
}

// rebase puts a person's change on top of what the running turn shows of the
// draft, now and for versions still to come.
func (m *Manager) rebase(ctx context.Context, s *conversation, t *turn, r Revision, stored Draft, onLive bool) {
	id := stored.ID
	t.patches[id] = append(t.patches[id], r)
	shown := t.draft(id)
	if shown == nil {
		return
	}
	if onLive {
		shown.draft, shown.stored = stored, true
		return
	}
	if shown.stored {
		return
	}
	r.Draft = shown.draft
	d, err := m.revise(ctx, r)
	if err == nil {
		err = t.showDraft(s, d)
	}
	if err != nil {
		m.cfg.Log.Warn("person's change does not fit the new draft, which is dropped", "session", s.key.Session, "draft", id, "error", err)
		shown.draft, shown.stored = stored, true
	}
}

// Publish makes a version of its own of the current one, marked as published,
// and returns it. To publish the same version again changes nothing.
func (m *Manager) Publish(ctx context.Context, who Principal, session, draft string, version int) (DraftVersion, error) {
	var result DraftVersion
	err := m.write(ctx, who, session, func(ctx context.Context, s *conversation) error {
		state := s.held.state
		current := state.current(draft)
		if current == nil {
			return fmt.Errorf("%w: draft", ErrNotFound)
		}
		result = DraftVersion{draft, current.Version}
		if current.Published != nil && (version == current.Version || version == current.Version-1) {
			return nil
		}
		if current.Version != version {
			return &StaleError{Current: *current}
		}
		now := stamp(m.cfg.Now())
		next := *current
		next.Version, next.Author, next.Message = state.newestVersion(draft)+1, AuthorPerson, state.reached()
		next.Published, next.URL, next.Created, next.Changed = &now, "", now, nil
		result.Version = next.Version
		c := &change{}
		c.Drafts = append(c.Drafts, next)
		c.event(EventDraftUpdated, draftUpdated{next})
		c.event(EventDraftPublished, result)
		c.then = append(c.then, m.cfg.Published)
		return m.commit(ctx, s, c)
	})
	return result, err
}
