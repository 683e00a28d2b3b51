package sites

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Default is the site of an installation that serves only one.
const Default = "default"

// ErrUnknown means that no site has the name that was asked for.
var ErrUnknown = errors.New("sites: unknown site")

// Site is one tenant.
type Site struct {
	ID             string
	AllowedOrigins []string // exact ones, such as "https://shop.example"
	JWT            *JWT     // nil: the site does not sign its users in
	APIKeys        []string // each lets its holder load documents and search them as the site
	Look           Look     // of the widget and the chat
}

// JWT says how a site signs its users in: HS256 tokens with this issuer and audience.
type JWT struct {
	Secret   []byte // at least 32 bytes; nil when only those of the console sign
	Issuer   string
	Audience string
	More     []Secret // made in the console, the newest first
}

// Secret is one of the secrets that sign a site's users in.
type Secret struct {
	ID    string // "" for the configured one
	Value []byte
	Until time.Time // zero for no end
}

// Secrets are those that count now.
func (j JWT) Secrets(now time.Time) []Secret {
	list := make([]Secret, 0, 1+len(j.More))
	for _, s := range j.More {
		if s.Until.IsZero() || now.Before(s.Until) {
			list = append(list, s)
		}
	}
	if len(j.Secret) > 0 {
		list = append(list, Secret{Value: j.Secret})
	}
	return list
}

// minSecret is the length of a key for HS256: RFC 7518, section 3.2.
const minSecret = 32

var validID = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,62}$`)

// Validate tells what is wrong with a site, if anything is.
func (s Site) Validate() error {
	if !validID.MatchString(s.ID) {
		return fmt.Errorf("sites: %q is no site id: use up to 63 small letters, digits, - and _", s.ID)
	}
	for _, origin := range s.AllowedOrigins {
		if _, err := Origin(origin); err != nil {
			return fmt.Errorf("sites: %s: %w", s.ID, err)
		}
	}
	for _, key := range s.APIKeys {
		if len(key) < minSecret {
			return fmt.Errorf("sites: %s: an API key has at least %d characters", s.ID, minSecret)
		}
	}
	switch {
	case s.JWT == nil:
		return nil
	case len(s.JWT.Secret) < minSecret:
		return fmt.Errorf("sites: %s: the JWT secret has at least %d bytes", s.ID, minSecret)
	case s.JWT.Issuer == "" || s.JWT.Audience == "":
		return fmt.Errorf("sites: %s: JWT needs an issuer and an audience", s.ID)
	}
	return nil
}

// Allows tells whether a page of this origin may talk to Parley as the site.
func (s Site) Allows(origin string) bool {
	return slices.ContainsFunc(s.AllowedOrigins, func(allowed string) bool { return strings.EqualFold(allowed, origin) })
}
