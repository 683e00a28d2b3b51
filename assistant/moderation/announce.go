package moderation

import (
	"context"
	"fmt"
)

// mostReleased is how many turns are released in one sweep.
const mostReleased = 100

// Announcements returns decisions that a site has to be told of and was not
// yet, oldest first, at most limit. Those on turns with the assistant are not among
// them: they concern nobody outside. Several processes may get the same ones; a
// receiver tells a repeated one by the id of its decision, and one that comes after a
// newer one of its case by the number. Announcements that nobody notes as [Moderator.Announced]
// keep their cases from being deleted.
func (m *Moderator) Announcements(ctx context.Context, limit int) ([]Announcement, error) {
	all, err := m.cfg.Queue.Unannounced(ctx, limit)
	if err != nil {
		return nil, fmt.Errorf("moderation: announcements: %w", err)
	}
	var list []Announcement
	for _, a := range all {
		if a.Case.Resp == "" {
			list = append(list, a)
		}
	}
	return list, nil
}

// Announced notes that a site was told of decisions, or that there is nobody to tell.
func (m *Moderator) Announced(ctx context.Context, decisions ...string) error {
	if len(decisions) == 0 {
		return nil
	}
	if err := m.cfg.Queue.Announced(ctx, decisions); err != nil {
		return fmt.Errorf("moderation: announced: %w", err)
	}
	return nil
}

// release has turns run that were held and are not any more. One that cannot be
// released now is tried again at the next sweep.
func (m *Moderator) release(ctx context.Context) {
	all, err := m.cfg.Queue.Unannounced(ctx, mostReleased)
	var done []string
	for _, a := range all {
		if a.Case.Resp == "" {
			continue
		}
		// A decision that was taken back meanwhile releases nothing.
		if m.cfg.Released != nil && a.Decision.Action.Delivers() && a.Case.Verdict.Action.Delivers() {
			if err := m.cfg.Released(ctx, a.Case); err != nil {
				m.cfg.Log.Warn("moderation: a released turn did not run", "tenant", a.Case.Tenant, "case", a.Case.ID, "error", err)
				continue
			}
		}
		done = append(done, a.Decision.ID)
	}
	if err == nil {
		err = m.Announced(ctx, done...)
	}
	if err != nil && ctx.Err() == nil {
		m.cfg.Log.Warn("moderation: released turns", "error", err)
	}
}
