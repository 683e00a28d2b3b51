package sessions

import (
	"context"
	"fmt"
	"time"
)

// Handover is a version of a draft that its owner has published: from then on it
// is the site's to take over. It goes with its session when that is deleted.
type Handover struct {
	Number  int64 // grows in the order of publication; not without gaps
	Session Session
	Draft   Draft // whole; URL is set once the site said where it stands
}

// Key names the session of a handover.
func (h Handover) Key() Key { return Key{h.Session.Tenant, h.Session.ID} }

// HandoverQuery says which handovers of a site are wanted. The zero value is all.
type HandoverQuery struct {
	After int64     // only those of higher numbers
	Since time.Time // only those published after
	Draft string    // only those of this draft
	Last  bool      // newest first
}

// Handovers is the part of a [Store] that is about what was published. A version
// with Published set becomes one with the commit that stores it.
type Handovers interface {
	// Handovers returns those of a site, oldest first unless the query says Last.
	Handovers(ctx context.Context, tenant string, query HandoverQuery, limit int) ([]Handover, error)
	// Unannounced returns those that these sites were not told of yet, oldest first.
	Unannounced(ctx context.Context, tenants []string, limit int) ([]Handover, error)
	// Announced notes that their sites need not be told of them any more.
	Announced(ctx context.Context, list []Handover) error
}

// Address is where a site shows what it made of a published version.
type Address struct {
	Draft   string `json:"draft_id"`
	Version int    `json:"version"`
	URL     string `json:"url"`
}

// Handovers returns what was published on a site. It is for the
// site itself, not for a person.
func (m *Manager) Handovers(ctx context.Context, tenant string, query HandoverQuery, limit int) ([]Handover, error) {
	ctx, cancel := m.limit(ctx)
	defer cancel()
	list, err := m.store.Handovers(ctx, tenant, query, limit)
	if err != nil {
		return nil, unavailable("list handovers", err)
	}
	return list, nil
}

// Handover returns the newest published version of a draft of a site, or
// ErrNotFound, also for a draft that was never published.
func (m *Manager) Handover(ctx context.Context, tenant, draft string) (Handover, error) {
	session, ok := SessionOfDraft(draft)
	if !ok || checkID(session) != nil {
		return Handover{}, fmt.Errorf("%w: draft", ErrNotFound)
	}
	list, err := m.Handovers(ctx, tenant, HandoverQuery{Draft: draft, Last: true}, 1)
	if err != nil {
		return Handover{}, err
	}
	if len(list) == 0 {
		return Handover{}, fmt.Errorf("%w: published draft", ErrNotFound)
	}
	return list[0], nil
}

// Unannounced returns what these sites were not told of yet, oldest first.
func (m *Manager) Unannounced(ctx context.Context, tenants []string, limit int) ([]Handover, error) {
	ctx, cancel := m.limit(ctx)
	defer cancel()
	list, err := m.store.Unannounced(ctx, tenants, limit)
	if err != nil {
		return nil, unavailable("list unannounced handovers", err)
	}
	return list, nil
}

// Announced notes that their sites need not be told of them any more.
func (m *Manager) Announced(ctx context.Context, list []Handover) error {
	ctx, cancel := m.limit(ctx)
	defer cancel()
	if err := m.store.Announced(ctx, list); err != nil {
		return unavailable("note announced handovers", err)
	}
	return nil
}

// addressWait is how long after a publication other processes' events are looked
// for: the site's answer may reach any of them.
const addressWait = 2 * time.Minute

// awaitsAddress tells whether a draft was published lately whose address the site
// has not said yet.
func (s *State) awaitsAddress(now time.Time) bool {
	for i := range s.Drafts {
		if d := &s.Drafts[i]; d.Published != nil && d.URL == "" && now.Sub(*d.Published) < addressWait {
			return true
		}
	}
	return false
}

// Answered keeps where the site shows what it made of a published version, and
// tells everybody who looks at the session, now or later. The same address again
// changes nothing, another one takes its place. It is for the site, not for the
// person whose session it is. Errors: ErrNotFound, also for a version that was
// not published; ErrLeased, ErrUnavailable.
func (m *Manager) Answered(ctx context.Context, tenant string, a Address) error {
	id, ok := SessionOfDraft(a.Draft)
	if !ok {
		return fmt.Errorf("%w: draft", ErrNotFound)
	}
	session, err := m.session(ctx, Key{tenant, id})
	if err != nil {
		return err
	}
	owner := Principal{Tenant: tenant, Subject: session.Owner}
	return m.write(ctx, owner, id, func(ctx context.Context, s *conversation) error {
		versions, err := m.store.Drafts(ctx, s.key, []DraftVersion{{a.Draft, a.Version}})
		switch {
		case err != nil:
			return unavailable("read draft", err)
		case len(versions) == 0 || versions[0].Published == nil:
			return fmt.Errorf("%w: published draft", ErrNotFound)
		case versions[0].URL == a.URL:
			return nil
		}
		c := &change{}
		c.Addresses = append(c.Addresses, a)
		c.event(EventDraftPublished, a)
		return m.commit(ctx, s, c)
	})
}
