package sites

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// ErrStale means that the settings were changed by somebody else meanwhile.
var ErrStale = errors.New("sites: changed meanwhile")

// ErrNotFound means that a site has no such key, or not any more.
var ErrNotFound = errors.New("sites: not found")

// Kept is what is kept of a site's settings. Version 0 is nothing chosen yet.
type Kept struct {
	Tenant  string `json:"-"`
	Version int    `json:"version"`
	Chosen  Chosen `json:"chosen"`
}

// Kind is what a key is for.
type Kind string

// The kinds.
const (
	APIKey    Kind = "api" // lets its holder act as the site
	JWTSecret Kind = "jwt" // signs the site's users in
)

// Key is a key of a site, made in the console.
type Key struct {
	Tenant  string    `json:"-"`
	ID      string    `json:"id"`
	Kind    Kind      `json:"kind"`
	Name    string    `json:"name"`
	Hint    string    `json:"hint"` // its last characters
	Secret  string    `json:"-"`    // the hash of an API key, the sealed secret of JWTs
	By      string    `json:"by"`   // the operator's id
	Created time.Time `json:"created"`
	Until   time.Time `json:"until,omitzero"` // zero for no end
	Used    time.Time `json:"used,omitzero"`  // the last use, to about a minute
	Lost    bool      `json:"lost,omitempty"` // the secret cannot be unsealed any more
}

// Counts tells whether a key counts at a time.
func (k Key) Counts(now time.Time) bool { return k.Until.IsZero() || now.Before(k.Until) }

// What changes are.
const (
	SettingsSaved = "settings.saved" // Detail is the Chosen
	KeyMade       = "key.made"       // Detail is a KeyChange, here and below
	KeyReplaced   = "key.replaced"
	KeyRevoked    = "key.revoked"

	// Detail is a Noted.
	OperatorAdded      = "operator.added"
	OperatorChanged    = "operator.changed"
	OperatorRevoked    = "operator.revoked"
	OperatorToken      = "operator.token" // one to sign in with was made
	WebhookRedelivered = "webhook.redelivered"
	WebhookTested      = "webhook.tested"
)

// KeyChange is what the history says of a key.
type KeyChange struct {
	ID       string    `json:"id"`
	Kind     Kind      `json:"kind"`
	Name     string    `json:"name"`
	Replaces string    `json:"replaces,omitempty"` // the id of the key that ends
	Until    time.Time `json:"until,omitzero"`     // when that one ends
}

// Noted is what the history says of an operator or an event.
type Noted struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"` // of an operator
	Role string `json:"role,omitempty"` // which they have now
}

// Change is an entry of a site's history. It holds no secret.
type Change struct {
	Seq     int64           `json:"seq"`
	Tenant  string          `json:"-"`
	At      time.Time       `json:"at"`
	By      string          `json:"by"`   // the operator's id
	Name    string          `json:"name"` // theirs, then
	What    string          `json:"what"`
	Version int             `json:"version"` // of the settings, after it
	Detail  json.RawMessage `json:"detail"`
}

// Store keeps what sites choose. Package sitestest is the suite for it. Whatever
// is written is written with its change, or not at all. Times are kept in UTC to
// the microsecond.
type Store interface {
	// Revision grows with every change. Whoever has loaded at one has all
	// changes up to it.
	Revision(ctx context.Context) (int64, error)
	// Load returns the settings and the keys of all sites, keys the newest first.
	Load(ctx context.Context) ([]Kept, []Key, error)
	// Save writes settings whose version is one more than the present one, or
	// returns ErrStale.
	Save(ctx context.Context, k Kept, c Change) error
	// AddKey adds a key. With replaces another one of its site and kind ends at
	// until, if it does not end before; ErrNotFound when there is none.
	AddKey(ctx context.Context, k Key, replaces string, until time.Time, c Change) error
	// EndKey has a key end at until, if it does not end before; ErrNotFound.
	EndKey(ctx context.Context, tenant, id string, until time.Time, c Change) error
	// Note writes a change of something that is kept elsewhere.
	Note(ctx context.Context, c Change) error
	// Reseal replaces a secret that is still from. It is no change.
	Reseal(ctx context.Context, tenant, id, from, to string) error
	// Used notes when keys were used, by id. It is no change.
	Used(ctx context.Context, at map[string]time.Time) error
	// Changes returns a site's history, the newest first, of before a number; 0
	// for all.
	Changes(ctx context.Context, tenant string, before int64, limit int) ([]Change, error)
}
