package sites

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Directory holds the sites of an installation: those of the configuration,
// with what a [Keeper] adds to them while the server runs. Looking up takes no
// lock and no I/O.
type Directory struct {
	base  map[string]Site // as configured
	now   atomic.Pointer[snapshot]
	clock func() time.Time

	mu   sync.Mutex
	used map[string]time.Time // by a key's id, since the last flush
}

// snapshot is what counts at a time. It does not change.
type snapshot struct {
	sites map[string]Site
	keys  map[string]holder // by the hash of an API key
}

type holder struct {
	site  string
	id    string    // "" for a configured key
	until time.Time // zero for no end
}

// hashKey needs no salt: a made key is 130 random bits, a configured one at
// least 32 characters.
func hashKey(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// NewDirectory checks the sites and adds [Default] when it is not among them.
func NewDirectory(list ...Site) (*Directory, error) {
	d := &Directory{base: map[string]Site{}, used: map[string]time.Time{}, clock: time.Now}
	if !slices.ContainsFunc(list, func(s Site) bool { return s.ID == Default }) {
		list = append(list, Site{ID: Default})
	}
	keys := map[string]holder{}
	for _, s := range list {
		if err := s.Validate(); err != nil {
			return nil, err
		}
		if _, twice := d.base[s.ID]; twice {
			return nil, fmt.Errorf("sites: %s is there twice", s.ID)
		}
		origins := make([]string, len(s.AllowedOrigins))
		for i, origin := range s.AllowedOrigins {
			origins[i], _ = Origin(origin) // is valid
		}
		s.AllowedOrigins = origins
		d.base[s.ID] = s
		for _, key := range s.APIKeys {
			hash := hashKey(key)
			if other, twice := keys[hash]; twice && other.site != s.ID {
				return nil, fmt.Errorf("sites: %s and %s have the same API key", other.site, s.ID)
			}
			keys[hash] = holder{site: s.ID}
		}
	}
	d.now.Store(&snapshot{sites: maps.Clone(d.base), keys: keys})
	return d, nil
}

// Get returns a site, or ErrUnknown.
func (d *Directory) Get(id string) (Site, error) {
	s, found := d.now.Load().sites[id]
	if !found {
		return Site{}, fmt.Errorf("%w: %.64q", ErrUnknown, id)
	}
	return s, nil
}

// Configured returns a site as the configuration has it, without what was
// chosen in the console; or ErrUnknown.
func (d *Directory) Configured(id string) (Site, error) {
	s, found := d.base[id]
	if !found {
		return Site{}, fmt.Errorf("%w: %.64q", ErrUnknown, id)
	}
	return s, nil
}

// ByKey returns the site whose API key this is, or ErrUnknown. Keys are
// compared by hash, so that the time it takes tells nothing about them.
func (d *Directory) ByKey(key string) (Site, error) {
	now := d.now.Load()
	h, found := now.keys[hashKey(key)]
	if !found || !h.until.IsZero() && !d.clock().Before(h.until) {
		return Site{}, ErrUnknown
	}
	d.Used(h.id)
	return now.sites[h.site], nil
}

// Used notes that a key made in the console was used now; "" notes nothing.
func (d *Directory) Used(id string) {
	if id == "" {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.used[id] = d.clock().UTC().Truncate(time.Microsecond)
}

// usedSince is when a key was used since the last flush, zero for not.
func (d *Directory) usedSince(id string) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.used[id]
}

// takeUsed returns when keys were used since it was called last.
func (d *Directory) takeUsed() map[string]time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	taken := d.used
	d.used = map[string]time.Time{}
	return taken
}

// All returns the sites in order of their ids.
func (d *Directory) All() []Site {
	return slices.SortedFunc(maps.Values(d.now.Load().sites), func(a, b Site) int { return strings.Compare(a.ID, b.ID) })
}
