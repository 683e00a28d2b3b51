package operators

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"
)

const (
	// TokenLife is how long a one-time token counts.
	TokenLife = 24 * time.Hour
	// SessionLife is how long a session lasts, however much it is used.
	SessionLife = 7 * 24 * time.Hour
	// SessionIdle is how long a session lasts that is not used.
	SessionIdle = 12 * time.Hour
)

// Config is what a Desk is made of. Store is required.
type Config struct {
	Store Store
	// Key returns the site whose API key this is; nil or an error: none.
	Key func(key string) (site string, err error)
	// PublicURL is how browsers reach the server; "" when that is not known.
	// With https cookies are kept from plain connections.
	PublicURL string
	OIDC      *OIDC            // nil: tokens only
	Now       func() time.Time // time.Now
}

// Desk signs operators in and tells who is asking. It is safe for concurrent
// use, and starts nothing of its own.
type Desk struct {
	cfg      Config
	origin   string // of PublicURL, "" for none
	secure   bool
	provider *provider // nil without OIDC
	attempts *attempts

	mu     sync.Mutex
	known  map[string]knownSession // by hash
	purged time.Time
}

// NewDesk returns a Desk, or what is wrong with its configuration.
func NewDesk(cfg Config) (*Desk, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	d := &Desk{cfg: cfg, known: map[string]knownSession{}, attempts: newAttempts()}
	if u, err := url.Parse(cfg.PublicURL); err == nil && u.Host != "" {
		d.origin, d.secure = strings.ToLower(u.Scheme+"://"+u.Host), u.Scheme == "https"
	}
	if cfg.OIDC != nil {
		p, err := newProvider(*cfg.OIDC, cfg.Now)
		if err != nil {
			return nil, err
		}
		d.provider = p
	}
	return d, nil
}

// secret returns a new random token of 26 characters, with what it is kept as.
func secret() (token, hash string) {
	token = rand.Text()
	return token, hashOf(token)
}

// hashOf needs no salt: what it is made of are 128 random bits.
func hashOf(token string) string {
	sum := sha256.Sum256([]byte("parley operator\x00" + token))
	return hex.EncodeToString(sum[:])
}

func (d *Desk) now() time.Time { return d.cfg.Now().UTC().Truncate(time.Microsecond) }

// Bootstrap returns the token with which the first operator signs in, an admin
// of all sites; "" when there is an operator already or such a token was
// returned within TokenLife. It is returned once and cannot be had again.
func (d *Desk) Bootstrap(ctx context.Context) (token string, err error) {
	token, hash := secret()
	now := d.now()
	kept, err := d.cfg.Store.Bootstrap(ctx, Token{Hash: hash, Created: now, Expires: now.Add(TokenLife)})
	if err != nil || !kept {
		return "", err
	}
	return token, nil
}

// Add adds an operator; its id and time of creation are given here.
func (d *Desk) Add(ctx context.Context, o Operator) (Operator, error) {
	o.ID, o.Created, o.Email = rand.Text(), d.now(), strings.ToLower(o.Email)
	if err := o.Check(); err != nil {
		return o, err
	}
	return o, d.cfg.Store.Add(ctx, o)
}

// Token returns a one-time token for an operator, or ErrNotFound.
func (d *Desk) Token(ctx context.Context, operator string) (token string, err error) {
	token, hash := secret()
	now := d.now()
	err = d.cfg.Store.AddToken(ctx, Token{Hash: hash, Operator: operator, Created: now, Expires: now.Add(TokenLife)})
	if err != nil {
		return "", err
	}
	return token, nil
}

// Grant gives an operator another role and other sites, none for all. ErrLast:
// then nobody would be an admin of all sites any more.
func (d *Desk) Grant(ctx context.Context, id string, role Role, sites []string) (Operator, error) {
	return d.keepLast(ctx, id, func(o *Operator) error {
		if !o.Revoked.IsZero() {
			return ErrNotFound
		}
		o.Role, o.Sites = role, sites
		return o.Check()
	})
}

// Revoke ends an operator: sessions and tokens end with it, and nothing brings
// them back. Revoking again changes nothing. ErrLast: see Grant.
func (d *Desk) Revoke(ctx context.Context, id string) (Operator, error) {
	return d.keepLast(ctx, id, func(o *Operator) error {
		if o.Revoked.IsZero() {
			o.Revoked = d.now()
		}
		return nil
	})
}

// keepLast is change for what people do: an identity provider may take the last
// admin away, since it can give another.
func (d *Desk) keepLast(ctx context.Context, id string, change func(*Operator) error) (Operator, error) {
	return d.apply(ctx, id, func(o *Operator, last bool) error {
		err := change(o)
		if err == nil && last && !o.Rules() {
			err = ErrLast
		}
		return err
	})
}

func (d *Desk) change(ctx context.Context, id string, change func(*Operator) error) (Operator, error) {
	return d.apply(ctx, id, func(o *Operator, _ bool) error { return change(o) })
}

func (d *Desk) apply(ctx context.Context, id string, change func(o *Operator, last bool) error) (Operator, error) {
	changed, err := d.cfg.Store.Change(ctx, id, func(o Operator, last bool) (Operator, error) {
		err := change(&o, last)
		return o, err
	})
	if err == nil {
		d.forget(func(k knownSession) bool { return k.operator.ID == id })
	}
	return changed, err
}

// List returns all operators, revoked ones too, the oldest first.
func (d *Desk) List(ctx context.Context) ([]Operator, error) { return d.cfg.Store.List(ctx) }

// SignIn uses a one-time token up and returns the value of a session's cookie;
// ErrToken, or ErrTooOften when too many from that address failed.
func (d *Desk) SignIn(ctx context.Context, token, address string) (cookie string, o Operator, err error) {
	if !d.attempts.allowed(address, d.now()) {
		return "", o, ErrTooOften
	}
	cookie, begun := d.session("")
	first := Operator{ID: rand.Text(), Name: "First operator", Role: Admin, Created: begun.Created}
	o, err = d.cfg.Store.Redeem(ctx, hashOf(strings.TrimSpace(token)), first, begun)
	switch {
	case errors.Is(err, ErrToken), errors.Is(err, ErrNotFound), errors.Is(err, ErrConflict):
		d.attempts.failed(address, d.now())
		return "", o, fmt.Errorf("%w: %w", ErrToken, err)
	case err != nil:
		return "", o, err
	}
	d.purge(ctx)
	return cookie, o, nil
}

// session makes a session of an operator that begins now.
func (d *Desk) session(operator string) (cookie string, s Session) {
	cookie, hash := secret()
	now := d.now()
	return cookie, Session{Hash: hash, Operator: operator, Created: now, Seen: now, Expires: now.Add(SessionLife)}
}

// SignOut ends the session of an access; nothing for an API key.
func (d *Desk) SignOut(ctx context.Context, a Access) error {
	if a.session == "" {
		return nil
	}
	err := d.cfg.Store.End(ctx, a.session)
	d.forget(func(k knownSession) bool { return k.session.Hash == a.session })
	return err
}

// Find returns the operator with that id or that email, revoked ones only by id.
func (d *Desk) Find(ctx context.Context, who string) (Operator, error) {
	list, err := d.cfg.Store.List(ctx)
	if err != nil {
		return Operator{}, err
	}
	email := strings.ToLower(who)
	for _, o := range list {
		if o.ID == who || o.Revoked.IsZero() && o.Email != "" && o.Email == email {
			return o, nil
		}
	}
	return Operator{}, fmt.Errorf("%w: %.64q", ErrNotFound, cmp.Or(who, "nobody"))
}
