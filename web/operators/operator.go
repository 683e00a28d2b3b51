package operators

import (
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Errors of this package. What exactly is wrong with a token or a session is
// not told: whoever tries some learns nothing from the answer.
var (
	ErrNotFound  = errors.New("operators: not found")
	ErrConflict  = errors.New("operators: this email or id is taken")
	ErrInvalid   = errors.New("operators: invalid")
	ErrLast      = errors.New("operators: the last admin")        // of all sites: nobody could make another
	ErrSignedOut = errors.New("operators: not signed in")         // no session, or not any more
	ErrToken     = errors.New("operators: token is not valid")    // used, expired, or never one
	ErrForbidden = errors.New("operators: forbidden")             // the role or the sites are not enough
	ErrForged    = errors.New("operators: not from the console")  // another page may have sent it
	ErrTooOften  = errors.New("operators: too many attempts")     // of signing in
	ErrProvider  = errors.New("operators: identity provider")     // it cannot be reached, or refuses us
	ErrNoOIDC    = errors.New("operators: no identity provider")  // none is configured
	ErrStranger  = errors.New("operators: nobody of this name")   // signed in there, but no operator here
	ErrUntrusted = errors.New("operators: sign-in not confirmed") // what came back is not what was asked for
)

// Role is what an operator may do. Each may do all that the one before may.
type Role string

// The roles.
const (
	Viewer   Role = "viewer"   // looks
	Reviewer Role = "reviewer" // decides what was held
	Admin    Role = "admin"    // changes settings
)

var roles = []Role{Viewer, Reviewer, Admin}

// Roles are all roles, the weakest first.
func Roles() []Role { return slices.Clone(roles) }

// Covers tells whether whoever has this role may do what needs the other one.
// An unknown role covers nothing, and nothing covers it.
func (r Role) Covers(need Role) bool {
	has, needs := slices.Index(roles, r), slices.Index(roles, need)
	return needs >= 0 && has >= needs
}

// Operator is a person who may use the console.
type Operator struct {
	ID      string    `json:"id"` // unguessable
	Name    string    `json:"name"`
	Email   string    `json:"email,omitempty"` // in small letters
	Subject string    `json:"-"`               // "ISSUER SUB" of who signed in through an identity provider
	Role    Role      `json:"role"`
	Sites   []string  `json:"sites"` // none: all
	Created time.Time `json:"created"`
	Seen    time.Time `json:"seen,omitzero"` // the last use of a session, to about a minute
	Revoked time.Time `json:"revoked,omitzero"`
}

// Rules tells whether an operator counts as an admin of all sites.
func (o Operator) Rules() bool { return o.Role == Admin && len(o.Sites) == 0 && o.Revoked.IsZero() }

// Sees tells whether an operator may see a site.
func (o Operator) Sees(site string) bool {
	return len(o.Sites) == 0 || slices.Contains(o.Sites, site)
}

const maxName = 200 // bytes of a name or an address

// Check tells what is wrong with an operator, if anything is: ErrInvalid.
func (o Operator) Check() error {
	switch {
	case strings.TrimSpace(o.Name) == "" || len(o.Name) > maxName || !plain(o.Name):
		return fmt.Errorf("%w: a name has 1 to %d bytes of plain text", ErrInvalid, maxName)
	case o.Email != "" && !validEmail(o.Email):
		return fmt.Errorf("%w: %q is no email address", ErrInvalid, o.Email)
	case !o.Role.Covers(Viewer):
		return fmt.Errorf("%w: the role is viewer, reviewer or admin", ErrInvalid)
	}
	return nil
}

func plain(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

func validEmail(address string) bool {
	parsed, err := mail.ParseAddress(address)
	return err == nil && parsed.Address == address && len(address) <= maxName && address == strings.ToLower(address) && plain(address)
}
