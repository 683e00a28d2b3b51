package sessions

import "context"

// fill reads the documents that the drafts of a branch lack: a Store gives
// only the newest of each draft whole, and a branch that was left may have an
// older one. Leaf is the branch's last message.
func (m *Manager) fill(ctx context.Context, s *conversation, leaf string) error {
	state := s.held.state
	whole, err := m.whole(ctx, s.key, state.drafts(leaf))
	if err != nil {
		return err
	}
	for _, d := range whole {
		for i := range state.Drafts {
			if state.Drafts[i].ID == d.ID && state.Drafts[i].Version == d.Version {
				state.Drafts[i] = d
			}
		}
	}
	return nil
}

// whole returns drafts with their documents.
func (m *Manager) whole(ctx context.Context, key Key, drafts []Draft) ([]Draft, error) {
	var missing []DraftVersion
	for _, d := range drafts {
		if d.Document == nil {
			missing = append(missing, DraftVersion{d.ID, d.Version})
		}
	}
	if len(missing) == 0 {
		return drafts, nil
	}
	ctx, cancel := m.limit(ctx)
	defer cancel()
	read, err := m.store.Drafts(ctx, key, missing)
	if err != nil {
		return nil, unavailable("read drafts", err)
	}
	found := make(map[DraftVersion]Draft, len(read))
	for _, d := range read {
		found[DraftVersion{d.ID, d.Version}] = d
	}
	for i, d := range drafts {
		if full, ok := found[DraftVersion{d.ID, d.Version}]; ok && d.Document == nil {
			drafts[i] = full
		}
	}
	return drafts, nil
}
