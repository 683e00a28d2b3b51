package auth

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/sites"
)

// A visitor's token is "pv1.KEY.CLAIMS.MAC": the id of the key that signed it,
// its claims as JSON, and the HMAC-SHA-256 of all before it; the last two in
// base64url. It is not a JWT, so neither can be taken for the other.
const visitorPrefix = "pv1."

// VisitorLife is how long a visitor's token counts. After half of it a fresh
// one for the same visitor may be had from Renew.
const VisitorLife = 180 * 24 * time.Hour

// visitorSubject begins every visitor's subject; a site's user may not have such an id.
const visitorSubject = "visitor_"

// IsVisitor tells whether a subject is that of a visitor, whom no site has signed in.
func IsVisitor(subject string) bool { return strings.HasPrefix(subject, visitorSubject) }

type visitorClaims struct {
	Tenant  string `json:"t"`
	Subject string `json:"s"`
	Expires int64  `json:"x"` // seconds since 1970
}

var base64url = base64.RawURLEncoding

// Visitor makes a new visitor of a site and the token that they keep.
func (a *Authenticator) Visitor(ctx context.Context, tenant string) (string, sessions.Principal, error) {
	if _, err := a.sites.Get(tenant); err != nil {
		return "", sessions.Principal{}, err
	}
	var random [16]byte
	if _, err := rand.Read(random[:]); err != nil {
		return "", sessions.Principal{}, fmt.Errorf("auth: make visitor: %w", err)
	}
	who := visitor(tenant, visitorSubject+base64url.EncodeToString(random[:]))
	return a.signVisitor(ctx, who), who, nil
}

// Renew returns a fresh token for a visitor whose token expires within half of
// VisitorLife; ok is false when there is no need or who is no visitor.
func (a *Authenticator) Renew(ctx context.Context, who sessions.Principal, expires time.Time) (token string, ok bool) {
	if !strings.HasPrefix(who.Subject, visitorSubject) || expires.Sub(a.now()) > VisitorLife/2 {
		return "", false
	}
	return a.signVisitor(ctx, who), true
}

func visitor(tenant, subject string) sessions.Principal {
	return sessions.Principal{Tenant: tenant, Subject: subject, Role: sessions.RoleClient}
}

func (a *Authenticator) signVisitor(ctx context.Context, who sessions.Principal) string {
	claims, _ := json.Marshal(visitorClaims{who.Tenant, who.Subject, a.now().Add(VisitorLife).Unix()}) // strings and a number: cannot fail
	key := a.keys.newest(ctx)
	signed := visitorPrefix + key.ID + "." + base64url.EncodeToString(claims)
	return signed + "." + base64url.EncodeToString(key.mac(signed))
}

func (a *Authenticator) verifyVisitor(ctx context.Context, site sites.Site, token string) (sessions.Principal, time.Time, error) {
	claims, err := a.readVisitor(ctx, token)
	if err != nil {
		return sessions.Principal{}, time.Time{}, err
	}
	if claims.Tenant != site.ID || !strings.HasPrefix(claims.Subject, visitorSubject) {
		return sessions.Principal{}, time.Time{}, fmt.Errorf("%w: of another site", ErrInvalid)
	}
	expires := time.Unix(claims.Expires, 0)
	if !a.now().Before(expires) {
		return sessions.Principal{}, time.Time{}, ErrExpired
	}
	return visitor(claims.Tenant, claims.Subject), expires, nil
}

// readVisitor returns the claims of a token that one of our keys signed.
func (a *Authenticator) readVisitor(ctx context.Context, token string) (claims visitorClaims, err error) {
	parts := strings.Split(token, ".")
	if len(parts) != 4 {
		return claims, fmt.Errorf("%w: not four parts", ErrInvalid)
	}
	key, found := a.keys.byID(ctx, parts[1])
	if !found {
		return claims, fmt.Errorf("%w: unknown key", ErrInvalid)
	}
	mac, err := base64url.DecodeString(parts[3])
	if err != nil || !hmac.Equal(mac, key.mac(token[:strings.LastIndexByte(token, '.')])) {
		return claims, fmt.Errorf("%w: wrong signature", ErrInvalid)
	}
	body, err := base64url.DecodeString(parts[2])
	if err != nil {
		return claims, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if err := json.Unmarshal(body, &claims); err != nil {
		return claims, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return claims, nil
}

func (k Key) mac(text string) []byte {
	h := hmac.New(sha256.New, k.Secret)
	h.Write([]byte(text))
	return h.Sum(nil)
}
