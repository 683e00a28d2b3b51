package demo

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// tokenLife is short: a token that leaks is soon worth nothing, and whoever logs
// out here is soon out there. The widget asks for the next one by itself.
const tokenLife = 5 * time.Minute

// claims are what Parley is told of a person.
type claims struct {
	Role    string `json:"role"`
	Profile string `json:"profile_id,omitempty"`
	jwt.RegisteredClaims
}

// token answers the page's getToken with a token for whoever is signed in here.
// The secret stays on this server: with it anybody could be anybody.
func (s *Site) token(w http.ResponseWriter, r *http.Request) {
	person := s.people.of(r)
	if person == nil {
		http.Error(w, "nobody is signed in", http.StatusUnauthorized)
		return
	}
	now := time.Now()
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{
		Role: person.Role, Profile: person.Profile,
		RegisteredClaims: jwt.RegisteredClaims{
			Subject: person.ID, Issuer: s.cfg.Issuer, Audience: jwt.ClaimStrings{s.cfg.Audience},
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(tokenLife)),
		},
	}).SignedString(s.cfg.JWTSecret)
	if err != nil {
		s.cfg.Log.Error("demo site: sign token", "error", err)
		http.Error(w, "no token could be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(map[string]string{"token": token}) // whoever asked may be gone
}
