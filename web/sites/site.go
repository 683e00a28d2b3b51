package sites

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
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
}

// JWT says how a site signs its users in: HS256 tokens with this issuer and audience.
type JWT struct {
	Secret   []byte // at least 32 bytes
	Issuer   string
	Audience string
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
		if err := validOrigin(origin); err != nil {
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

func validOrigin(origin string) error {
	u, err := url.Parse(origin)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.Contains(u.Host, "*") || u.User != nil ||
		!strings.EqualFold(origin, u.Scheme+"://"+u.Host) {
		return fmt.Errorf("%q is no origin: write it as https://host, without a path", origin)
	}
	return nil
}

// Allows tells whether a page of this origin may talk to Parley as the site.
func (s Site) Allows(origin string) bool {
	return slices.ContainsFunc(s.AllowedOrigins, func(allowed string) bool { return strings.EqualFold(allowed, origin) })
}

// Directory holds the sites of an installation. It does not change after NewDirectory.
type Directory struct {
	sites map[string]Site
	keys  map[[sha256.Size]byte]string // hash of an API key to its site
}

// NewDirectory checks the sites and adds [Default] when it is not among them.
func NewDirectory(list ...Site) (*Directory, error) {
	d := &Directory{sites: map[string]Site{}, keys: map[[sha256.Size]byte]string{}}
	if !slices.ContainsFunc(list, func(s Site) bool { return s.ID == Default }) {
		list = append(list, Site{ID: Default})
	}
	for _, s := range list {
		if err := s.Validate(); err != nil {
			return nil, err
		}
		if _, twice := d.sites[s.ID]; twice {
			return nil, fmt.Errorf("sites: %s is there twice", s.ID)
		}
		d.sites[s.ID] = s
		for _, key := range s.APIKeys {
			hash := sha256.Sum256([]byte(key))
			if other, twice := d.keys[hash]; twice && other != s.ID {
				return nil, fmt.Errorf("sites: %s and %s have the same API key", other, s.ID)
			}
			d.keys[hash] = s.ID
		}
	}
	return d, nil
}

// Get returns a site, or ErrUnknown.
func (d *Directory) Get(id string) (Site, error) {
	s, found := d.sites[id]
	if !found {
		return Site{}, fmt.Errorf("%w: %.64q", ErrUnknown, id)
	}
	return s, nil
}

// ByKey returns the site whose API key this is, or ErrUnknown. Keys are
// compared by hash, so that the time it takes tells nothing about them.
func (d *Directory) ByKey(key string) (Site, error) {
	id, found := d.keys[sha256.Sum256([]byte(key))]
	if !found {
		return Site{}, ErrUnknown
	}
	return d.sites[id], nil
}

// All returns the sites in order of their ids.
func (d *Directory) All() []Site {
	list := make([]Site, 0, len(d.sites))
	for _, s := range d.sites {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b Site) int { return strings.Compare(a.ID, b.ID) })
	return list
}
