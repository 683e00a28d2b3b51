package auth

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/sites"
)

// leeway is how far a site's clock may be off.
const leeway = time.Minute

// maxSubject is the longest user id that a site may sign in, in bytes.
const maxSubject = 255

// userClaims are the claims of a site's JWT: sub is the site's id of the user,
// role is client (also when it is missing) or freelancer, profile_id the
// freelancer's own profile.
type userClaims struct {
	Role    sessions.Role `json:"role,omitempty"`
	Profile string        `json:"profile_id,omitempty"`
	jwt.RegisteredClaims
}

// Validate is called by the parser after the signature and the registered claims are found good.
func (c userClaims) Validate() error {
	switch {
	case c.Subject == "" || len(c.Subject) > maxSubject || !plain(c.Subject):
		return errors.New("sub is empty, longer than 255 bytes or not plain text")
	case strings.HasPrefix(c.Subject, visitorSubject):
		return errors.New("sub is a visitor's")
	case len(c.Profile) > maxSubject || !plain(c.Profile):
		return errors.New("profile_id is longer than 255 bytes or not plain text")
	case c.Role != "" && c.Role != sessions.RoleClient && c.Role != sessions.RoleFreelancer:
		return errors.New("role is neither client nor freelancer")
	case c.Profile != "" && c.Role != sessions.RoleFreelancer:
		return errors.New("profile_id belongs to freelancers only")
	}
	return nil
}

// plain tells whether an id is valid UTF-8 without control characters.
func plain(id string) bool {
	return utf8.ValidString(id) && !strings.ContainsFunc(id, unicode.IsControl)
}

func (a *Authenticator) verifyUser(site sites.Site, token string) (sessions.Principal, time.Time, error) {
	if site.JWT == nil {
		return sessions.Principal{}, time.Time{}, fmt.Errorf("%w: the site signs nobody in", ErrInvalid)
	}
	parser := jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithIssuer(site.JWT.Issuer),
		jwt.WithAudience(site.JWT.Audience),
		jwt.WithExpirationRequired(),
		jwt.WithLeeway(leeway),
		jwt.WithTimeFunc(a.now),
	)
	claims, err := a.parseUser(parser, site.JWT, token)
	switch {
	case errors.Is(err, jwt.ErrTokenExpired) && !errors.Is(err, jwt.ErrTokenSignatureInvalid):
		return sessions.Principal{}, time.Time{}, ErrExpired
	case err != nil:
		return sessions.Principal{}, time.Time{}, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	who := sessions.Principal{Tenant: site.ID, Subject: claims.Subject, Role: claims.Role, Profile: claims.Profile}
	if who.Role == "" {
		who.Role = sessions.RoleClient
	}
	return who, claims.ExpiresAt.Add(leeway), nil
}

// parseUser tries the site's secrets, which are several while one takes the
// place of another. An error about more than the signature is the answer: the
// secret was right.
func (a *Authenticator) parseUser(parser *jwt.Parser, site *sites.JWT, token string) (claims userClaims, err error) {
	err = jwt.ErrTokenSignatureInvalid
	for _, secret := range site.Secrets(a.now()) {
		claims = userClaims{}
		_, err = parser.ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return secret.Value, nil })
		if err == nil {
			a.sites.Used(secret.ID)
		}
		if !errors.Is(err, jwt.ErrTokenSignatureInvalid) {
			break
		}
	}
	return claims, err
}

// SignUser makes the token with which a site would sign this user in. It is
// for trying an embed out before the site's own server signs.
func SignUser(site sites.Site, who sessions.Principal, life time.Duration) (string, error) {
	if site.JWT == nil || len(site.JWT.Secrets(time.Now())) == 0 {
		return "", fmt.Errorf("auth: site %s has no jwt in the configuration", site.ID)
	}
	now := time.Now()
	claims := userClaims{Role: who.Role, Profile: who.Profile, RegisteredClaims: jwt.RegisteredClaims{
		Subject:   who.Subject,
		Issuer:    site.JWT.Issuer,
		Audience:  jwt.ClaimStrings{site.JWT.Audience},
		IssuedAt:  jwt.NewNumericDate(now),
		ExpiresAt: jwt.NewNumericDate(now.Add(life)),
	}}
	if err := claims.Validate(); err != nil {
		return "", fmt.Errorf("auth: sign user: %w", err)
	}
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(site.JWT.Secrets(time.Now())[0].Value)
	if err != nil {
		return "", fmt.Errorf("auth: sign user: %w", err)
	}
	return token, nil
}
