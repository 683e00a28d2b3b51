// Package auth tells who is asking. An [Authenticator] verifies the two kinds
// of tokens that people carry and makes one of them:
//
//   - a visitor's token, which Parley signs itself and hands to whoever opens a
//     conversation without one;
//   - a site's JWT (HS256), with which a site signs in the users it knows.
//
// Either names one site, and counts for that site only. Operators show an API
// key of their site instead. Nothing here reads cookies.
package auth

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/sites"
)

// Errors of tokens and keys. What exactly is wrong with a token stays in the
// log: whoever forges one learns nothing from the answer.
var (
	ErrInvalid = errors.New("auth: token is not valid")
	ErrExpired = errors.New("auth: token has expired")
)

// maxToken is the longest token that is looked at, in bytes.
const maxToken = 8 << 10

// Authenticator verifies tokens. It is safe for concurrent use.
type Authenticator struct {
	sites *sites.Directory
	keys  *Keys
	now   func() time.Time
}

// New returns an Authenticator for these sites that signs with these keys.
func New(directory *sites.Directory, keys *Keys) *Authenticator {
	return &Authenticator{sites: directory, keys: keys, now: time.Now}
}

// Verify returns whom a token of a site stands for, and until when. A token
// that is forged, of another site, or not one at all is ErrInvalid; one that
// was good is ErrExpired; an unknown site is sites.ErrUnknown.
func (a *Authenticator) Verify(ctx context.Context, tenant, token string) (sessions.Principal, time.Time, error) {
	site, err := a.sites.Get(tenant)
	if err != nil {
		return sessions.Principal{}, time.Time{}, err
	}
	switch {
	case token == "" || len(token) > maxToken:
		return sessions.Principal{}, time.Time{}, ErrInvalid
	case strings.HasPrefix(token, visitorPrefix):
		return a.verifyVisitor(ctx, site, token)
	default:
		return a.verifyUser(site, token)
	}
}

// Operator returns the site whose API key this is, or ErrInvalid.
func (a *Authenticator) Operator(key string) (tenant string, err error) {
	site, err := a.sites.ByKey(key)
	if err != nil {
		return "", ErrInvalid
	}
	return site.ID, nil
}
