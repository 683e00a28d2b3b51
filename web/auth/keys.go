package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/parleyhq/parley/web/sites"
)

// Key signs visitors' tokens.
type Key struct {
	ID      string    `json:"id"`
	Secret  []byte    `json:"secret"`
	Created time.Time `json:"created"`
}

// Keys are the keys whose tokens are accepted, newest first; the newest signs.
// Kept ones are read again after a minute, or when a token names an unknown
// one, so that a rotation reaches every process.
type Keys struct {
	settings sites.Settings // nil when the keys are given by configuration

	mu     sync.Mutex
	list   []Key // not empty
	loaded time.Time
}

const (
	setting     = "signing_keys"
	minSecret   = 32
	reloadAfter = time.Minute
	reloadLimit = 5 * time.Second // at most so often for unknown keys: anybody can make one up
	reloadTime  = 2 * time.Second // a database that hangs holds nobody up for longer
)

// GivenKeys makes keys from secrets of at least 32 characters, newest first.
func GivenKeys(secrets ...string) (*Keys, error) {
	if len(secrets) == 0 {
		return nil, errors.New("auth: no secret")
	}
	keys := &Keys{}
	for _, secret := range secrets {
		if len(secret) < minSecret {
			return nil, fmt.Errorf("auth: a secret has at least %d characters", minSecret)
		}
		// Each process must find the same id, and the id must not help to guess the secret.
		id := sha256.Sum256([]byte("parley signing key id\x00" + secret))
		keys.list = append(keys.list, Key{ID: hex.EncodeToString(id[:4]), Secret: []byte(secret)})
	}
	return keys, nil
}

// KeptKeys reads the keys that the installation keeps, and makes the first one
// when there is none.
func KeptKeys(ctx context.Context, settings sites.Settings) (*Keys, error) {
	list, _, err := readKeys(ctx, settings)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		if list, err = firstKey(ctx, settings); err != nil {
			return nil, err
		}
	}
	return &Keys{settings: settings, list: list, loaded: time.Now()}, nil
}

// firstKey makes the first key, or takes the one of a process that started at
// the same time and was quicker.
func firstKey(ctx context.Context, settings sites.Settings) ([]Key, error) {
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	value, err := json.Marshal([]Key{key})
	if err != nil {
		return nil, fmt.Errorf("auth: make key: %w", err)
	}
	if _, err := settings.Swap(ctx, setting, "", string(value)); err != nil {
		return nil, fmt.Errorf("auth: keep key: %w", err)
	}
	list, _, err := readKeys(ctx, settings)
	return list, err
}

// Rotate adds a new key, which signs from now on, and forgets keys that no
// living token can be signed with. With revoke it forgets all older ones: every
// visitor's token becomes invalid. It returns the keys, newest first.
func Rotate(ctx context.Context, settings sites.Settings, revoke bool) ([]Key, error) {
	for range 3 {
		list, old, err := readKeys(ctx, settings)
		if err != nil {
			return nil, err
		}
		fresh, err := newKey()
		if err != nil {
			return nil, err
		}
		if revoke {
			list = nil
		}
		next := append([]Key{fresh}, living(list, fresh.Created)...)
		value, err := json.Marshal(next)
		if err != nil {
			return nil, fmt.Errorf("auth: rotate keys: %w", err)
		}
		swapped, err := settings.Swap(ctx, setting, old, string(value))
		if err != nil {
			return nil, fmt.Errorf("auth: rotate keys: %w", err)
		}
		if swapped {
			return next, nil
		}
		// Another process was quicker: once more, on its keys.
	}
	return nil, errors.New("auth: rotate keys: others keep rotating them")
}

// living drops keys that were followed by a newer one for longer than a token lives.
func living(list []Key, now time.Time) []Key {
	for i := 1; i < len(list); i++ {
		if now.Sub(list[i-1].Created) > VisitorLife {
			return list[:i]
		}
	}
	return list
}

func newKey() (Key, error) {
	var random [4 + minSecret]byte
	if _, err := rand.Read(random[:]); err != nil {
		return Key{}, fmt.Errorf("auth: make key: %w", err)
	}
	return Key{ID: hex.EncodeToString(random[:4]), Secret: random[4:], Created: time.Now().UTC().Truncate(time.Second)}, nil
}

func readKeys(ctx context.Context, settings sites.Settings) (list []Key, value string, err error) {
	value, err = settings.Get(ctx, setting)
	if err != nil {
		return nil, "", fmt.Errorf("auth: read keys: %w", err)
	}
	if value == "" {
		return nil, "", nil
	}
	if err := json.Unmarshal([]byte(value), &list); err != nil || len(list) == 0 {
		return nil, "", fmt.Errorf("auth: the kept signing keys cannot be read: %w", err)
	}
	return list, value, nil
}

func (k *Keys) newest(ctx context.Context) Key {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refresh(ctx, reloadAfter)
	return k.list[0]
}

func (k *Keys) byID(ctx context.Context, id string) (Key, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	age := reloadAfter
	if _, known := k.find(id); !known {
		age = reloadLimit
	}
	k.refresh(ctx, age) // which may also have revoked it
	return k.find(id)
}

func (k *Keys) find(id string) (Key, bool) {
	for _, key := range k.list {
		if key.ID == id {
			return key, true
		}
	}
	return Key{}, false
}

// refresh reads kept keys again when they are older than this. While the
// database is gone the known ones count on.
func (k *Keys) refresh(ctx context.Context, age time.Duration) {
	if k.settings == nil || time.Since(k.loaded) < age {
		return
	}
	k.loaded = time.Now()
	ctx, cancel := context.WithTimeout(ctx, reloadTime)
	defer cancel()
	if list, _, err := readKeys(ctx, k.settings); err == nil && len(list) > 0 {
		k.list = list
	}
}
