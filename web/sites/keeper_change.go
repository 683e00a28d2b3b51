package sites

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Actor is who changes something.
type Actor struct {
	ID   string // of the operator
	Name string // for the history
}

// Settings returns what a site chose, as last known.
func (k *Keeper) Settings(site string) (Kept, error) {
	if _, err := k.cfg.Directory.Get(site); err != nil {
		return Kept{}, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	kept := k.kept[site]
	kept.Tenant = site
	kept.Chosen.Origins = append([]string{}, kept.Chosen.Origins...)
	return kept, nil
}

// Current is Settings, read again first.
func (k *Keeper) Current(ctx context.Context, site string) (Kept, error) {
	if err := k.refresh(ctx); err != nil {
		return Kept{}, err
	}
	return k.Settings(site)
}

// Save replaces what a site chose, if its version still is the given one;
// ErrStale when it is not, or a *FieldError.
func (k *Keeper) Save(ctx context.Context, by Actor, site string, version int, chosen Chosen) (Kept, error) {
	if _, err := k.cfg.Directory.Get(site); err != nil {
		return Kept{}, err
	}
	chosen, err := chosen.Clean()
	if err != nil {
		return Kept{}, err
	}
	change, err := k.change(by, site, SettingsSaved, chosen)
	if err != nil {
		return Kept{}, err
	}
	kept := Kept{Tenant: site, Version: version + 1, Chosen: chosen}
	if err := k.cfg.Store.Save(ctx, kept, change); err != nil {
		return Kept{}, err
	}
	return kept, k.refresh(ctx)
}

func (k *Keeper) change(by Actor, site, what string, detail any) (Change, error) {
	encoded, err := json.Marshal(detail)
	if err != nil {
		return Change{}, fmt.Errorf("sites: encode change: %w", err)
	}
	return Change{Tenant: site, At: k.clock(), By: by.ID, Name: by.Name, What: what, Detail: encoded}, nil
}

func (k *Keeper) clock() time.Time { return k.cfg.Directory.clock().UTC().Truncate(time.Microsecond) }

// Keys returns the keys of a site that were made here and have not ended for
// more than a month, the newest first.
func (k *Keeper) Keys(ctx context.Context, site string) ([]Key, error) {
	_, all, err := k.cfg.Store.Load(ctx)
	if err != nil {
		return nil, err
	}
	list := []Key{}
	for _, key := range all {
		if key.Tenant != site || !key.Counts(k.clock().Add(-shownFor)) {
			continue
		}
		if key.Kind == JWTSecret {
			_, _, err := k.cfg.Sealer.Unseal(key.Secret, key.Tenant+"/"+key.ID)
			key.Lost = err != nil
		}
		if used := k.cfg.Directory.usedSince(key.ID); used.After(key.Used) {
			key.Used = used
		}
		list = append(list, key)
	}
	return list, nil
}

const (
	shownFor    = 30 * 24 * time.Hour
	mostKeys    = 20 // of a kind that count
	mostOverlap = 90 * 24 * time.Hour
	hintLength  = 4
	keyPrefix   = "parley_"
)

// NewKey is what is asked for.
type NewKey struct {
	Kind     Kind
	Name     string
	Replaces string        // the id of the key that ends, "" for none
	Overlap  time.Duration // how long that one still counts
}

func (n NewKey) check() error {
	switch {
	case n.Kind != APIKey && n.Kind != JWTSecret:
		return fieldError("kind", "api or jwt")
	case strings.TrimSpace(n.Name) == "" || !validName(n.Name):
		return fieldError("name", "plain text of 1 to %d bytes", mostName)
	case n.Overlap < 0 || n.Overlap > mostOverlap:
		return fieldError("overlap_hours", "from 0 to %d", int(mostOverlap/time.Hour))
	}
	return nil
}

// MakeKey makes a key and returns its secret, which cannot be had again: of an
// API key only a hash is kept. ErrNotFound: there is no key to replace.
func (k *Keeper) MakeKey(ctx context.Context, by Actor, site string, want NewKey) (key Key, secret string, err error) {
	want.Name = strings.TrimSpace(want.Name)
	if err := want.check(); err != nil {
		return key, "", err
	}
	if err := k.room(ctx, site, want); err != nil {
		return key, "", err
	}
	key = Key{Tenant: site, ID: rand.Text(), Kind: want.Kind, Name: want.Name, By: by.ID, Created: k.clock()}
	secret = keyPrefix + rand.Text()
	if want.Kind == JWTSecret {
		secret = rand.Text() + rand.Text()
		key.Secret, err = k.cfg.Sealer.Seal([]byte(secret), site+"/"+key.ID)
	} else {
		key.Secret = hashKey(secret)
	}
	if err != nil {
		return key, "", err
	}
	key.Hint = secret[len(secret)-hintLength:]
	detail, what, until := KeyChange{ID: key.ID, Kind: key.Kind, Name: key.Name}, KeyMade, time.Time{}
	if want.Replaces != "" {
		until, what = key.Created.Add(want.Overlap), KeyReplaced
		detail.Replaces, detail.Until = want.Replaces, until
	}
	change, err := k.change(by, site, what, detail)
	if err == nil {
		err = k.cfg.Store.AddKey(ctx, key, want.Replaces, until, change)
	}
	if err != nil {
		return key, "", err
	}
	return key, secret, k.refresh(ctx)
}

// room keeps a site from having more keys than anybody can oversee, and a key
// that has ended from being replaced.
func (k *Keeper) room(ctx context.Context, site string, want NewKey) error {
	keys, err := k.Keys(ctx, site)
	if err != nil {
		return err
	}
	keys = slices.DeleteFunc(keys, func(key Key) bool { return key.Kind != want.Kind || !key.Counts(k.clock()) })
	switch {
	case want.Replaces != "" && !slices.ContainsFunc(keys, func(key Key) bool { return key.ID == want.Replaces }):
		return ErrNotFound
	case len(keys) >= mostKeys:
		return fieldError("kind", "%d keys count already: revoke some first", mostKeys)
	}
	return nil
}

// Revoke has a key end now; ErrNotFound.
func (k *Keeper) Revoke(ctx context.Context, by Actor, site, id string) error {
	keys, err := k.Keys(ctx, site)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(keys, func(key Key) bool { return key.ID == id && key.Counts(k.clock()) })
	if i < 0 {
		return ErrNotFound
	}
	change, err := k.change(by, site, KeyRevoked, KeyChange{ID: id, Kind: keys[i].Kind, Name: keys[i].Name})
	if err != nil {
		return err
	}
	if err := k.cfg.Store.EndKey(ctx, site, id, k.clock(), change); err != nil {
		return err
	}
	return k.refresh(ctx)
}

// Note writes into the history of sites what was done to something that is kept
// elsewhere.
func (k *Keeper) Note(ctx context.Context, by Actor, list []string, what string, noted Noted) error {
	for _, site := range list {
		change, err := k.change(by, site, what, noted)
		if err == nil {
			err = k.cfg.Store.Note(ctx, change)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// History returns a site's changes, the newest first, of before a number; 0 for
// all.
func (k *Keeper) History(ctx context.Context, site string, before int64, limit int) ([]Change, error) {
	return k.cfg.Store.Changes(ctx, site, before, limit)
}
