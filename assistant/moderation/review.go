package moderation

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/moderation/policy"
)

const (
	longestNote   = 2000 // bytes, of a reviewer's note and of an appeal
	longestPerson = 200  // of who does something
)

// Ruling is what a reviewer decides: Deliver or Block, the labels that the message
// breaks in their eyes, at least one when it is blocked, and a note for other reviewers.
type Ruling struct {
	Action Action
	Labels []policy.Label
	Note   string
}

func (r Ruling) validate() error {
	switch {
	case r.Action != Deliver && r.Action != Block:
		return fmt.Errorf("%w: a decision is %s or %s", ErrInvalid, Deliver, Block)
	case r.Action == Block && len(r.Labels) == 0:
		return fmt.Errorf("%w: who blocks says which policy is broken", ErrInvalid)
	case len(r.Note) > longestNote:
		return fmt.Errorf("%w: a note has at most %d bytes", ErrInvalid, longestNote)
	}
	for i, l := range r.Labels {
		if !l.Known() || slices.Contains(r.Labels[:i], l) {
			return fmt.Errorf("%w: there is no label %q, or it is given twice", ErrInvalid, l)
		}
	}
	return nil
}

// Decide carries out what a person decides about a case, also about one that was
// decided before. The version is the one that they saw: ErrConflict when there is
// another by now, unless that came of this same decision.
func (m *Moderator) Decide(ctx context.Context, tenant, id string, version int, actor string, r Ruling) (Case, error) {
	if err := r.validate(); err != nil {
		return Case{}, fmt.Errorf("moderation: decide: %w", err)
	}
	r.Labels = append([]policy.Label{}, r.Labels...)
	d := Decision{Kind: Reviewed, Action: r.Action, Labels: r.Labels, Stage: StageReviewer, Actor: actor, Note: cleaned(r.Note)}
	return m.edit(ctx, tenant, id, version, d, func(c *Case, p *plan) error {
		c.Verdict.Action, c.Verdict.Labels, c.Verdict.Stage, c.Verdict.Reason = r.Action, r.Labels, StageReviewer, d.Note
		c.Verdict.Judging = false
		m.stand(c, p, Decided, m.cfg.Now())
		return nil
	})
}

// Assign gives an undecided case to a person to look at; an empty assignee gives it back.
func (m *Moderator) Assign(ctx context.Context, tenant, id string, version int, actor, assignee string) (Case, error) {
	if len(assignee) > longestPerson {
		return Case{}, fmt.Errorf("moderation: assign: %w: the assignee's id is too long", ErrInvalid)
	}
	d := Decision{Kind: Assigned, Actor: actor, Note: assignee}
	return m.edit(ctx, tenant, id, version, d, func(c *Case, _ *plan) error {
		if c.Status == Decided {
			return fmt.Errorf("%w: the case is decided", ErrInvalid)
		}
		c.Assignee, c.Changed = assignee, m.cfg.Now()
		return nil
	})
}

// Undo takes back the last decision that a person made: the case is again what it was before it.
func (m *Moderator) Undo(ctx context.Context, tenant, id string, version int, actor string) (Case, error) {
	d := Decision{Kind: Undone, Actor: actor}
	return m.edit(ctx, tenant, id, version, d, func(c *Case, p *plan) error {
		history, err := m.cfg.Queue.History(ctx, tenant, id)
		if err != nil {
			return err
		}
		before, found := withoutLast(history)
		if !found {
			return fmt.Errorf("%w: no person has decided", ErrInvalid)
		}
		c.Verdict.Action, c.Verdict.Labels = before.action, before.labels
		c.Verdict.Stage, c.Verdict.Reason = before.stage, before.reason
		c.Deadline = p.deadline(m.cfg.Now())
		m.stand(c, p, before.status, m.cfg.Now())
		return nil
	})
}

// edit changes a case for a person, unless it has another version than the one
// that they saw. The same done twice is done once.
func (m *Moderator) edit(ctx context.Context, tenant, id string, version int, d Decision, apply func(*Case, *plan) error) (Case, error) {
	fail := func(err error) (Case, error) { return Case{}, fmt.Errorf("moderation: %s: %w", d.Kind, err) }
	if d.Actor == "" || len(d.Actor) > longestPerson {
		return fail(fmt.Errorf("%w: it must be known who does it", ErrInvalid))
	}
	c, err := m.cfg.Queue.Get(ctx, tenant, id)
	if err != nil {
		return fail(err)
	}
	if c.Version != version {
		return m.repeated(ctx, c, version, d)
	}
	before := c.Verdict.Action
	if err := apply(&c, m.sites.of(ctx, tenant)); err != nil {
		return fail(err)
	}
	d.ID, d.Case, d.At, d.Changes = rand.Text(), id, m.cfg.Now(), changes(before, c.Verdict.Action)
	if d.Kind == Undone {
		d.Action, d.Labels, d.Stage = c.Verdict.Action, c.Verdict.Labels, c.Verdict.Stage
	}
	stored, err := m.change(ctx, Change{Case: c, Decision: d})
	if errors.Is(err, ErrConflict) {
		if c, err := m.cfg.Queue.Get(ctx, tenant, id); err == nil {
			return m.repeated(ctx, c, version, d)
		}
	}
	if err != nil {
		return fail(err)
	}
	return stored, nil
}

// repeated returns the case when its last change is what is to be done to it
// now, which whoever asks has not heard of; else ErrConflict.
func (m *Moderator) repeated(ctx context.Context, c Case, version int, d Decision) (Case, error) {
	if c.Version == version+1 {
		history, err := m.cfg.Queue.History(ctx, c.Tenant, c.ID)
		if err != nil {
			return Case{}, fmt.Errorf("moderation: %s: %w", d.Kind, err)
		}
		last := history[len(history)-1]
		same := last.Kind == d.Kind && last.Actor == d.Actor && last.Note == d.Note
		if d.Kind == Reviewed {
			same = same && last.Action == d.Action && slices.Equal(last.Labels, d.Labels)
		}
		if same {
			return c, nil
		}
	}
	return Case{}, fmt.Errorf("moderation: %s: %w", d.Kind, ErrConflict)
}

// Appeal adds what a sender says against a message being held or blocked, once
// for each decision, and has a person look at it. The same words again change nothing.
func (m *Moderator) Appeal(ctx context.Context, tenant, messageID, text string) (Case, error) {
	fail := func(err error) (Case, error) { return Case{}, fmt.Errorf("moderation: appeal: %w", err) }
	text = cleaned(text)
	if text == "" || len(text) > longestNote {
		return fail(fmt.Errorf("%w: an appeal says why, in at most %d bytes", ErrInvalid, longestNote))
	}
	for {
		c, err := m.cfg.Queue.Find(ctx, tenant, messageID)
		if err != nil {
			return fail(err)
		}
		history, err := m.cfg.Queue.History(ctx, tenant, c.ID)
		if err != nil {
			return fail(err)
		}
		switch {
		case pending(history) && c.Appeal == text:
			return c, nil
		case pending(history):
			return fail(fmt.Errorf("%w: there is an appeal already", ErrConflict))
		case c.Verdict.Action.Delivers():
			return fail(fmt.Errorf("%w: the message is delivered", ErrInvalid))
		}
		now := m.cfg.Now()
		c.Appeal, c.Appealed, c.Verdict.Judging = text, now, false
		m.stand(&c, m.sites.of(ctx, tenant), Waiting, now)
		stored, err := m.change(ctx, Change{Case: c, Decision: Decision{
			ID: rand.Text(), Case: c.ID, Kind: AppealMade, Actor: "sender", Note: text, At: now,
		}})
		if errors.Is(err, ErrConflict) {
			continue // decided meanwhile: see whether there is still something to appeal
		}
		if err != nil {
			return fail(err)
		}
		return stored, nil
	}
}

// cleaned is a text as it can be stored and shown.
func cleaned(text string) string {
	return strings.TrimSpace(strings.Map(printable, strings.ToValidUTF8(text, "")))
}
