package operators

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/parleyhq/parley/web/auth"
)

// Access is who is asking, and for which site.
type Access struct {
	Operator Operator
	Site     string
	ByKey    bool // with a site's API key: Operator is nobody in particular

	session string // its hash, "" with an API key
	key     string // the API key itself, "" with a session
}

// KeyActor is the operator's id of whoever asks with a site's API key.
const KeyActor = "api"

type contextKey struct{}

// With returns a context that carries an access.
func With(ctx context.Context, a Access) context.Context {
	return context.WithValue(ctx, contextKey{}, a)
}

// Of returns the access that a context carries.
func Of(ctx context.Context) (a Access, ok bool) {
	a, ok = ctx.Value(contextKey{}).(Access)
	return a, ok
}

// Header is what a request of the console that changes something carries, with
// the value "1": a form of another page cannot send it.
const Header = "X-Parley-Console"

// SignedIn returns who sent a request, by the session's cookie, whatever role
// they have; Site is empty. ErrSignedOut, ErrForged or the store's error.
func (d *Desk) SignedIn(r *http.Request) (Access, error) {
	cookie, err := r.Cookie(d.cookieName())
	if err != nil {
		return Access{}, ErrSignedOut
	}
	if err := d.FromConsole(r); err != nil {
		return Access{}, err
	}
	k, err := d.look(r.Context(), hashOf(cookie.Value))
	if err != nil {
		return Access{}, err
	}
	return Access{Operator: k.operator, session: k.session.Hash}, d.used(r.Context(), k)
}

// Access returns who sent a request, if they have that role for the site: with
// an API key as bearer token an admin of its site, otherwise by the session's
// cookie. A cookie alone is never enough: see FromConsole.
//
// The errors are ErrSignedOut, ErrForbidden, ErrForged, or the store's.
func (d *Desk) Access(r *http.Request, site string, need Role) (Access, error) {
	if key := auth.Bearer(r); key != "" {
		return d.byKey(r, key, need)
	}
	a, err := d.SignedIn(r)
	if err != nil {
		return Access{}, err
	}
	a.Site = site
	return a, a.check(need)
}

func (d *Desk) byKey(r *http.Request, key string, need Role) (Access, error) {
	if d.cfg.Key == nil {
		return Access{}, ErrSignedOut
	}
	site, err := d.cfg.Key(key)
	if err != nil {
		return Access{}, ErrSignedOut
	}
	o := Operator{ID: KeyActor, Name: "API key of " + site, Role: Admin, Sites: []string{site}}
	// The key names its site by itself; another one that the request names is a mistake.
	if named := r.URL.Query().Get("site"); named != "" && named != site {
		return Access{}, ErrForbidden
	}
	a := Access{Operator: o, Site: site, ByKey: true, key: key}
	return a, a.check(need)
}

func (a Access) check(need Role) error {
	if !a.Operator.Role.Covers(need) || !a.Operator.Sees(a.Site) {
		return ErrForbidden
	}
	return nil
}

// FromConsole tells whether a request comes from the console's own page:
// ErrForged when it does not. A request that changes something needs [Header]
// and a browser's word that a page of this origin sent it; one that reads must
// only not come from another origin.
func (d *Desk) FromConsole(r *http.Request) error {
	origin, site := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions
	switch {
	case site == "same-origin": // no page can write this header
	case reads && site == "none": // typed by a person
	case site != "" || origin != "" && !d.own(origin, r.Host) || origin == "" && !reads:
		return ErrForged
	}
	if !reads && r.Header.Get(Header) != "1" {
		return ErrForged
	}
	return nil
}

// own tells whether an origin is the server's: the public one, or the one that
// the request was sent to.
func (d *Desk) own(origin, host string) bool {
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" {
		return false
	}
	return strings.EqualFold(u.Host, host) || d.origin != "" && strings.EqualFold(origin, d.origin)
}

// cookieName with the prefix __Host- keeps other hosts of the domain from
// setting the cookie; browsers take it with Secure only.
func (d *Desk) cookieName() string {
	if d.secure {
		return "__Host-parley_console"
	}
	return "parley_console"
}

// Cookie is what a browser keeps of a session; with value "" it forgets it.
func (d *Desk) Cookie(value string) *http.Cookie {
	c := &http.Cookie{
		Name: d.cookieName(), Value: value, Path: "/", MaxAge: int(SessionLife / time.Second),
		HttpOnly: true, Secure: d.secure, SameSite: http.SameSiteStrictMode,
	}
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

// watchGrace is how long a socket stays open while the database cannot tell
// whether it may.
const watchGrace = 30 * time.Second

// Watch returns when an access is lost: the session has ended, or the role or
// the sites are not enough any more; with ErrSignedOut or ErrForbidden. It
// returns ctx's error when ctx ends. Whoever keeps a connection open for an
// operator calls it in a goroutine, and closes the connection when it returns.
func (d *Desk) Watch(ctx context.Context, a Access, need Role) error {
	ticker := time.NewTicker(fresh)
	defer ticker.Stop()
	sure := time.Now()
	for {
		err := d.still(ctx, &a, need)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			sure = time.Now()
		case isLost(err) || time.Since(sure) > watchGrace:
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}

// still tells whether an access counts now.
func (d *Desk) still(ctx context.Context, a *Access, need Role) error {
	if a.ByKey {
		if site, err := d.cfg.Key(a.key); err != nil || site != a.Site {
			return ErrSignedOut
		}
		return nil
	}
	k, err := d.look(ctx, a.session)
	if err != nil {
		return err
	}
	a.Operator = k.operator
	return a.check(need)
}

func isLost(err error) bool { return errors.Is(err, ErrSignedOut) || errors.Is(err, ErrForbidden) }
