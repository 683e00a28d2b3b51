package operators

import (
	"context"
	"errors"
	"time"
)

const (
	fresh      = time.Second // how old what is known of a session may be
	touchEvery = time.Minute
	purgeEvery = time.Hour
	mostKnown  = 1000
)

// knownSession is a session with its operator, as they were when they were read.
type knownSession struct {
	session  Session
	operator Operator
	read     time.Time
}

// look returns a session that counts now, with its operator. What it knows is
// at most a second old.
func (d *Desk) look(ctx context.Context, hash string) (knownSession, error) {
	now := d.now()
	d.mu.Lock()
	k, found := d.known[hash]
	d.mu.Unlock()
	if age := now.Sub(k.read); !found || age < 0 || age >= fresh {
		s, o, err := d.cfg.Store.Session(ctx, hash)
		if errors.Is(err, ErrNotFound) {
			return k, ErrSignedOut
		}
		if err != nil {
			return k, err
		}
		k = knownSession{session: s, operator: o, read: now}
		d.remember(k)
	}
	if !k.operator.Revoked.IsZero() || !now.Before(k.session.Expires) || now.Sub(k.session.Seen) > SessionIdle {
		return k, ErrSignedOut
	}
	return k, nil
}

// used notes that a session is in use, about once a minute.
func (d *Desk) used(ctx context.Context, k knownSession) error {
	now := d.now()
	if now.Sub(k.session.Seen) < touchEvery {
		return nil
	}
	k.session.Seen = now
	d.remember(k)
	return d.cfg.Store.Touch(ctx, k.session.Hash, now)
}

func (d *Desk) remember(k knownSession) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.known) >= mostKnown {
		clear(d.known)
	}
	d.known[k.session.Hash] = k
}

func (d *Desk) forget(which func(knownSession) bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for hash, k := range d.known {
		if which(k) {
			delete(d.known, hash)
		}
	}
}

// purge removes what has expired, at most once an hour. That it fails harms
// nobody: what has expired does not count.
func (d *Desk) purge(ctx context.Context) {
	now := d.now()
	d.mu.Lock()
	due := now.Sub(d.purged) >= purgeEvery
	if due {
		d.purged = now
	}
	d.mu.Unlock()
	if due {
		_ = d.cfg.Store.Purge(ctx, now, now.Add(-SessionIdle))
	}
}
