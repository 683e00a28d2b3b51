package operators

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/oauth2"
)

// flow is what a sign-in through the provider needs when the browser comes
// back. Its browser keeps it in a cookie, so that only the browser that began
// can finish, and any process can.
type flow struct {
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"` // of PKCE
	Expires  int64  `json:"x"` // seconds since 1970
}

const flowLife = 10 * time.Minute

// Start begins a sign-in through the identity provider: it returns where to
// send the browser, and the cookie to send with it; ErrNoOIDC without one.
func (d *Desk) Start(r *http.Request) (address string, cookie *http.Cookie, err error) {
	if d.provider == nil {
		return "", nil, ErrNoOIDC
	}
	f := flow{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Expires: d.now().Add(flowLife).Unix()}
	if address, err = d.provider.address(r.Context(), f); err != nil {
		return "", nil, err
	}
	value, err := json.Marshal(f)
	if err != nil {
		return "", nil, fmt.Errorf("operators: begin sign-in: %w", err)
	}
	return address, d.flowCookie(base64.RawURLEncoding.EncodeToString(value), flowLife), nil
}

// flowCookie is lax and not strict: the browser comes back from another site.
func (d *Desk) flowCookie(value string, life time.Duration) *http.Cookie {
	c := &http.Cookie{
		Name: d.cookieName() + "_oidc", Value: value, Path: "/", MaxAge: int(life / time.Second),
		HttpOnly: true, Secure: d.secure, SameSite: http.SameSiteLaxMode,
	}
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

// Forget is the cookie that ends what Start began.
func (d *Desk) Forget() *http.Cookie { return d.flowCookie("", 0) }

// Finish ends a sign-in: the provider has sent the browser back with this
// request. It returns the value of a session's cookie. ErrUntrusted: it was not
// begun by this browser, or what the provider says does not hold; ErrStranger
// and ErrForbidden: it does, but this person may not use the console.
func (d *Desk) Finish(r *http.Request, address string) (cookie string, o Operator, err error) {
	if d.provider == nil {
		return "", o, ErrNoOIDC
	}
	if !d.attempts.allowed(address, d.now()) {
		return "", o, ErrTooOften
	}
	f, err := d.returned(r)
	if err != nil {
		d.attempts.failed(address, d.now())
		return "", o, err
	}
	said, err := d.provider.claims(r.Context(), f, r.URL.Query().Get("code"))
	if err != nil {
		d.attempts.failed(address, d.now())
		return "", o, err
	}
	if o, err = d.recognise(r.Context(), said); err != nil {
		return "", o, err
	}
	cookie, begun := d.session(o.ID)
	if err := d.cfg.Store.Begin(r.Context(), begun); err != nil {
		return "", o, err
	}
	d.purge(r.Context())
	return cookie, o, nil
}

// returned is the flow that a browser comes back from.
func (d *Desk) returned(r *http.Request) (f flow, err error) {
	cookie, err := r.Cookie(d.cookieName() + "_oidc")
	if err != nil {
		return f, fmt.Errorf("%w: this browser began nothing", ErrUntrusted)
	}
	value, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err == nil {
		err = json.Unmarshal(value, &f)
	}
	query := r.URL.Query()
	switch {
	case err != nil || f.State == "" || f.Nonce == "" || f.Verifier == "":
		return f, fmt.Errorf("%w: the cookie cannot be read", ErrUntrusted)
	case subtle.ConstantTimeCompare([]byte(f.State), []byte(query.Get("state"))) != 1:
		return f, fmt.Errorf("%w: another state", ErrUntrusted)
	case d.now().Unix() >= f.Expires:
		return f, fmt.Errorf("%w: it took too long", ErrUntrusted)
	case query.Get("code") == "":
		return f, fmt.Errorf("%w: the provider gave no code: %.64q", ErrUntrusted, query.Get("error"))
	}
	return f, nil
}
