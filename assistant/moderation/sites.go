package moderation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/parleyhq/parley/assistant/moderation/classify"
)

// Values keeps small values by name, as the settings of an installation are kept.
type Values interface {
	// Get returns a value, "" when there is none.
	Get(ctx context.Context, name string) (string, error)
	// Swap sets a value if it still is old ("" for none) and tells whether it did.
	Swap(ctx context.Context, name, old, new string) (bool, error)
}

const (
	forgotten = time.Hour   // unused settings are, after that
	firstLook = time.Second // at most that long a message waits for its site's settings
)

// valueName is where a site's settings are kept.
func valueName(tenant string) string { return "moderation:" + tenant }

// sites holds the settings of all sites that are in use, so that a message
// waits for none. It is refreshed every few seconds, by run.
type sites struct {
	values   Values // nil: defaults for all
	defaults classify.Thresholds
	log      *slog.Logger
	fallback *plan

	mu   sync.Mutex
	kept map[string]*site
}

type site struct {
	raw    string // that plan was made of
	plan   *plan
	failed bool // the last reading
	used   time.Time
}

func newSites(values Values, defaults classify.Thresholds, log *slog.Logger) *sites {
	return &sites{values: values, defaults: defaults, log: log, fallback: newPlan(Settings{}, defaults), kept: make(map[string]*site)}
}

// of returns the settings in force for a site. It reads them when the site was
// not heard of for a while, and takes the defaults while they cannot be read.
func (s *sites) of(ctx context.Context, tenant string) *plan {
	if s.values == nil {
		return s.fallback
	}
	if p := s.known(tenant); p != nil {
		return p
	}
	return s.load(ctx, tenant)
}

// known returns the settings of a site that is in use, nil for others.
func (s *sites) known(tenant string) *plan {
	s.mu.Lock()
	defer s.mu.Unlock()
	site, found := s.kept[tenant]
	if !found {
		return nil
	}
	site.used = time.Now()
	return site.plan
}

// load reads a site's settings and keeps them. Those that are broken leave the
// defaults in force; those that cannot be read, what was in force.
func (s *sites) load(ctx context.Context, tenant string) *plan {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), firstLook) // others are served by it too
	defer cancel()
	raw, err := s.values.Get(ctx, valueName(tenant))
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, found := s.kept[tenant]
	if !found {
		kept = &site{plan: newPlan(Settings{}, s.defaults), used: time.Now()}
		s.kept[tenant] = kept
	}
	if err != nil {
		if !kept.failed {
			s.log.Warn("moderation settings cannot be read", "tenant", tenant, "error", err)
		}
		kept.failed = true
		return kept.plan
	}
	kept.failed = false
	if raw == kept.raw {
		return kept.plan
	}
	chosen, err := parseValue(raw)
	if err != nil {
		s.log.Error("moderation settings are broken: the defaults are in force", "tenant", tenant, "error", err)
	}
	kept.raw, kept.plan = raw, newPlan(chosen, s.defaults)
	return kept.plan
}

// parseValue reads stored settings; beside an error they are the defaults.
func parseValue(raw string) (Settings, error) {
	if raw == "" {
		return Settings{}, nil
	}
	s, err := ParseSettings([]byte(raw))
	if err != nil {
		return Settings{}, err
	}
	return s, nil
}

// run reads what is in use again, every so often, until ctx ends.
func (s *sites) run(ctx context.Context, every time.Duration) {
	if s.values == nil {
		return
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, tenant := range s.inUse() {
			s.load(ctx, tenant)
		}
	}
}

// inUse returns the sites that were heard of lately, and forgets the others.
func (s *sites) inUse() (names []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, site := range s.kept {
		if time.Since(site.used) > forgotten {
			delete(s.kept, name)
			continue
		}
		names = append(names, name)
	}
	return names
}

// Settings returns what a site chose, and a tag that names this state of it for
// [Moderator.SetSettings]. Settings that are broken are returned as the defaults, with an
// error that wraps ErrInvalid beside the tag, so that they can be replaced.
func (m *Moderator) Settings(ctx context.Context, tenant string) (s Settings, tag string, err error) {
	if m.cfg.Settings == nil {
		return Settings{}, tagOf(""), nil
	}
	raw, err := m.cfg.Settings.Get(ctx, valueName(tenant))
	if err != nil {
		return Settings{}, "", fmt.Errorf("moderation: settings: %w", err)
	}
	s, err = parseValue(raw)
	return s, tagOf(raw), err
}

// SetSettings stores a site's settings in the place of those that the tag
// names; ErrConflict when there are others by now. They are in force here at
// once and in other processes within seconds.
func (m *Moderator) SetSettings(ctx context.Context, tenant, tag string, s Settings) (newTag string, err error) {
	if m.cfg.Settings == nil {
		return "", fmt.Errorf("%w: settings are not kept here", ErrInvalid)
	}
	if err := s.Validate(); err != nil {
		return "", err
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("moderation: settings: %w", err)
	}
	old, err := m.cfg.Settings.Get(ctx, valueName(tenant))
	if err != nil {
		return "", fmt.Errorf("moderation: settings: %w", err)
	}
	if tagOf(old) != tag {
		return "", fmt.Errorf("%w: settings", ErrConflict)
	}
	done, err := m.cfg.Settings.Swap(ctx, valueName(tenant), old, string(raw))
	if err != nil {
		return "", fmt.Errorf("moderation: settings: %w", err)
	}
	if !done {
		return "", fmt.Errorf("%w: settings", ErrConflict)
	}
	m.sites.load(ctx, tenant)
	return tagOf(string(raw)), nil
}

// tagOf identifies stored settings.
func tagOf(raw string) string {
	sum := sha256.Sum256([]byte(raw))
	return hex.EncodeToString(sum[:8])
}

// Effective returns the settings in force for a site: what it chose, with the defaults for
// everything else.
func (m *Moderator) Effective(ctx context.Context, tenant string) Settings {
	return m.sites.of(ctx, tenant).effective()
}
