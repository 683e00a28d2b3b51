package sites

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Chosen is what a site chose in the console, on top of the configuration.
type Chosen struct {
	Origins []string `json:"origins"` // allowed besides the configured ones
	Look
	JWTIssuer   string `json:"jwt_issuer,omitempty"`   // of tokens signed by secrets made here; the site's id
	JWTAudience string `json:"jwt_audience,omitempty"` // [Audience]
}

// Audience is for whom a site's tokens are when it chose nothing else.
const Audience = "parley"

const (
	mostOrigins = 100
	mostName    = 200 // bytes
)

// Clean returns what was chosen with origins in small letters, each once, in
// the order given, or what is wrong with it: a *FieldError.
func (c Chosen) Clean() (Chosen, error) {
	origins := []string{}
	for _, origin := range c.Origins {
		origin, err := Origin(strings.TrimSpace(origin))
		if err != nil {
			return c, fieldError("origins", "%s", err)
		}
		if !slices.Contains(origins, origin) {
			origins = append(origins, origin)
		}
	}
	c.Origins = origins
	switch {
	case len(origins) > mostOrigins:
		return c, fieldError("origins", "%d at most", mostOrigins)
	case !validName(c.JWTIssuer):
		return c, fieldError("jwt_issuer", "plain text of at most %d bytes", mostName)
	case !validName(c.JWTAudience):
		return c, fieldError("jwt_audience", "plain text of at most %d bytes", mostName)
	}
	return c, c.Check()
}

func validName(name string) bool {
	return len(name) <= mostName && utf8.ValidString(name) && !strings.ContainsFunc(name, unicode.IsControl)
}

// with returns a site as configured, with what it chose and the secrets of its
// users that could be read. What the configuration says stays.
func (s Site) with(c Chosen, secrets []Secret) Site {
	s.AllowedOrigins = slices.Clone(s.AllowedOrigins)
	for _, origin := range c.Origins {
		if !s.Allows(origin) {
			s.AllowedOrigins = append(s.AllowedOrigins, origin)
		}
	}
	s.Look = c.Look
	if len(secrets) == 0 {
		return s
	}
	jwt := JWT{Issuer: c.JWTIssuer, Audience: c.JWTAudience}
	if jwt.Issuer == "" {
		jwt.Issuer = s.ID
	}
	if jwt.Audience == "" {
		jwt.Audience = Audience
	}
	if s.JWT != nil {
		jwt = *s.JWT
	}
	jwt.More = secrets
	s.JWT = &jwt
	return s
}
