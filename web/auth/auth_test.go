package auth

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/sites"
)

var (
	shopSecret  = []byte(strings.Repeat("s", 32))
	otherSecret = []byte(strings.Repeat("o", 32))
	now         = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
)

func authenticator(t *testing.T, keys *Keys) *Authenticator {
	t.Helper()
	directory, err := sites.NewDirectory(
		sites.Site{ID: "shop", JWT: &sites.JWT{Secret: shopSecret, Issuer: "shop.example", Audience: "parley"}, AllowedOrigins: []string{"https://shop.example"},
			APIKeys: []string{strings.Repeat("a", 32)}},
		sites.Site{ID: "other", JWT: &sites.JWT{Secret: otherSecret, Issuer: "shop.example", Audience: "parley"}},
		sites.Site{ID: "closed"},
	)
	if err != nil {
		t.Fatal(err)
	}
	if keys == nil {
		keys = givenKeys(t, strings.Repeat("k", 32))
	}
	a := New(directory, keys)
	a.now = func() time.Time { return now }
	return a
}

func givenKeys(t *testing.T, secrets ...string) *Keys {
	t.Helper()
	keys, err := GivenKeys(secrets...)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestVisitorsAreKnownAgain(t *testing.T) {
	a := authenticator(t, nil)
	token, who, err := a.Visitor(t.Context(), "shop")
	if err != nil {
		t.Fatal(err)
	}
	again, expires, err := a.Verify(t.Context(), "shop", token)
	if err != nil || again != who || who.Tenant != "shop" || who.Role != sessions.RoleClient {
		t.Errorf("verified as %+v, made as %+v: %v", again, who, err)
	}
	if want := now.Add(VisitorLife); !expires.Equal(want) {
		t.Errorf("expires %v, want %v", expires, want)
	}
	_, second, _ := a.Visitor(t.Context(), "shop")
	if second.Subject == who.Subject {
		t.Error("two visitors have one subject")
	}
	if _, _, err := a.Visitor(t.Context(), "nowhere"); !errors.Is(err, sites.ErrUnknown) {
		t.Errorf("visitor of an unknown site: %v", err)
	}
}

func TestForgedVisitors(t *testing.T) {
	a := authenticator(t, nil)
	token, _, err := a.Visitor(t.Context(), "shop")
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(token, ".")
	forged := base64url.EncodeToString([]byte(`{"t":"shop","s":"visitor_someone","x":4000000000}`))
	stranger := authenticator(t, givenKeys(t, strings.Repeat("z", 32)))
	foreign, _, _ := stranger.Visitor(t.Context(), "shop")
	for name, token := range map[string]string{
		"other claims":     strings.Join([]string{parts[0], parts[1], forged, parts[3]}, "."),
		"no signature":     strings.Join([]string{parts[0], parts[1], parts[2], ""}, "."),
		"short signature":  token[:len(token)-1],
		"unknown key":      strings.Join([]string{parts[0], "00000000", parts[2], parts[3]}, "."),
		"three parts":      strings.Join(parts[:3], "."),
		"five parts":       token + ".x",
		"signed elsewhere": foreign,
		"empty":            "",
		"huge":             "pv1." + strings.Repeat("x", maxToken),
	} {
		if who, _, err := a.Verify(t.Context(), "shop", token); !errors.Is(err, ErrInvalid) || who != (sessions.Principal{}) {
			t.Errorf("%s: %+v, %v", name, who, err)
		}
	}
	if _, _, err := a.Verify(t.Context(), "other", token); !errors.Is(err, ErrInvalid) {
		t.Errorf("at another site: %v", err)
	}
}

func TestVisitorsExpireAndRenew(t *testing.T) {
	a := authenticator(t, nil)
	token, who, _ := a.Visitor(t.Context(), "shop")
	_, expires, _ := a.Verify(t.Context(), "shop", token)
	if _, ok := a.Renew(t.Context(), who, expires); ok {
		t.Error("a fresh token was renewed")
	}
	a.now = func() time.Time { return now.Add(VisitorLife/2 + time.Hour) }
	renewed, ok := a.Renew(t.Context(), who, expires)
	if !ok {
		t.Fatal("an old token was not renewed")
	}
	a.now = func() time.Time { return now.Add(VisitorLife) }
	if _, _, err := a.Verify(t.Context(), "shop", token); !errors.Is(err, ErrExpired) {
		t.Errorf("after its life: %v", err)
	}
	if again, _, err := a.Verify(t.Context(), "shop", renewed); err != nil || again != who {
		t.Errorf("renewed: %+v, %v", again, err)
	}
	if _, ok := a.Renew(t.Context(), sessions.Principal{Tenant: "shop", Subject: "42"}, now); ok {
		t.Error("a site's user was given a visitor's token")
	}
}

func claims(change func(jwt.MapClaims)) jwt.MapClaims {
	c := jwt.MapClaims{"sub": "user-42", "iss": "shop.example", "aud": "parley", "exp": now.Add(time.Hour).Unix(), "role": "freelancer", "profile_id": "p-7"}
	if change != nil {
		change(c)
	}
	return c
}

func sign(t *testing.T, method jwt.SigningMethod, key any, c jwt.MapClaims) string {
	t.Helper()
	token, err := jwt.NewWithClaims(method, c).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestSitesSignTheirUsersIn(t *testing.T) {
	a := authenticator(t, nil)
	token := sign(t, jwt.SigningMethodHS256, shopSecret, claims(nil))
	who, expires, err := a.Verify(t.Context(), "shop", token)
	want := sessions.Principal{Tenant: "shop", Subject: "user-42", Role: sessions.RoleFreelancer, Profile: "p-7"}
	if err != nil || who != want {
		t.Errorf("%+v, %v; want %+v", who, err, want)
	}
	if !expires.Equal(now.Add(time.Hour + leeway)) {
		t.Errorf("expires %v", expires)
	}
	plain := sign(t, jwt.SigningMethodHS256, shopSecret, claims(func(c jwt.MapClaims) { delete(c, "role"); delete(c, "profile_id") }))
	if who, _, err := a.Verify(t.Context(), "shop", plain); err != nil || who.Role != sessions.RoleClient {
		t.Errorf("without a role: %+v, %v", who, err)
	}
	late := sign(t, jwt.SigningMethodHS256, shopSecret, claims(func(c jwt.MapClaims) { c["exp"] = now.Add(-30 * time.Second).Unix() }))
	if _, _, err := a.Verify(t.Context(), "shop", late); err != nil {
		t.Errorf("within the leeway: %v", err)
	}
}

func TestBadJWTs(t *testing.T) {
	a := authenticator(t, nil)
	hs256 := func(change func(jwt.MapClaims)) string {
		return sign(t, jwt.SigningMethodHS256, shopSecret, claims(change))
	}
	set := func(name string, value any) string {
		return hs256(func(c jwt.MapClaims) { c[name] = value })
	}
	drop := func(name string) string { return hs256(func(c jwt.MapClaims) { delete(c, name) }) }
	good := hs256(nil)
	for name, c := range map[string]struct {
		token string
		want  error
	}{
		"expired":                {set("exp", now.Add(-2*time.Minute).Unix()), ErrExpired},
		"expired and forged":     {sign(t, jwt.SigningMethodHS256, otherSecret, claims(func(c jwt.MapClaims) { c["exp"] = 1 })), ErrInvalid},
		"no expiry":              {drop("exp"), ErrInvalid},
		"not yet valid":          {set("nbf", now.Add(2*time.Minute).Unix()), ErrInvalid},
		"other issuer":           {set("iss", "evil.example"), ErrInvalid},
		"no issuer":              {drop("iss"), ErrInvalid},
		"other audience":         {set("aud", "billing"), ErrInvalid},
		"no audience":            {drop("aud"), ErrInvalid},
		"no subject":             {drop("sub"), ErrInvalid},
		"a visitor's subject":    {set("sub", "visitor_abc"), ErrInvalid},
		"control characters":     {set("sub", "a\x00b"), ErrInvalid},
		"long subject":           {set("sub", strings.Repeat("a", 256)), ErrInvalid},
		"operator by role":       {set("role", "operator"), ErrInvalid},
		"profile of a client":    {set("role", "client"), ErrInvalid},
		"other site's key":       {sign(t, jwt.SigningMethodHS256, otherSecret, claims(nil)), ErrInvalid},
		"HS512 with the key":     {sign(t, jwt.SigningMethodHS512, shopSecret, claims(nil)), ErrInvalid},
		"alg none":               {sign(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, claims(nil)), ErrInvalid},
		"alg none, old mac":      {swapHeader(t, good, map[string]any{"alg": "none", "typ": "JWT"}), ErrInvalid},
		"changed after signing":  {good[:len(good)-2], ErrInvalid},
		"larger than 8 KiB":      {set("pad", strings.Repeat("x", maxToken)), ErrInvalid},
		"no token at all":        {"Bearer me", ErrInvalid},
		"empty parts":            {"..", ErrInvalid},
		"our visitors' by looks": {"pv1." + good, ErrInvalid},
	} {
		if who, _, err := a.Verify(t.Context(), "shop", c.token); !errors.Is(err, c.want) || who != (sessions.Principal{}) {
			t.Errorf("%s: %+v, %v; want %v", name, who, err, c.want)
		}
	}
	if _, _, err := a.Verify(t.Context(), "other", good); !errors.Is(err, ErrInvalid) {
		t.Errorf("at another site: %v", err)
	}
	if _, _, err := a.Verify(t.Context(), "closed", good); !errors.Is(err, ErrInvalid) {
		t.Errorf("at a site that signs nobody in: %v", err)
	}
}

func swapHeader(t *testing.T, token string, header map[string]any) string {
	t.Helper()
	body, err := json.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(token, ".")
	return base64.RawURLEncoding.EncodeToString(body) + "." + rest
}

func TestSignUserMakesWhatVerifyTakes(t *testing.T) {
	a := authenticator(t, nil)
	a.now = time.Now
	site, _ := a.sites.Get("shop")
	want := sessions.Principal{Tenant: "shop", Subject: "user-9", Role: sessions.RoleFreelancer, Profile: "p-9"}
	token, err := SignUser(site, want, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if who, _, err := a.Verify(t.Context(), "shop", token); err != nil || who != want {
		t.Errorf("%+v, %v", who, err)
	}
	if _, err := SignUser(site, sessions.Principal{Subject: "x", Role: "boss"}, time.Hour); err == nil {
		t.Error("an unknown role was signed")
	}
	closed, _ := a.sites.Get("closed")
	if _, err := SignUser(closed, want, time.Hour); err == nil {
		t.Error("signed for a site without a secret")
	}
}

func TestRequests(t *testing.T) {
	a := authenticator(t, nil)
	for _, c := range []struct {
		origin string
		want   bool
	}{
		{"", true},
		{"http://example.com", true}, // the host that httptest.NewRequest asks
		{"https://shop.example", true},
		{"https://evil.example", false},
		{"null", false},
	} {
		r := httptest.NewRequest("GET", "/?site=shop", nil)
		r.Header.Set("Origin", c.origin)
		if got := a.OriginAllowed(Tenant(r), r); got != c.want {
			t.Errorf("origin %q: %v", c.origin, got)
		}
	}
	r := httptest.NewRequest("GET", "/", nil)
	if Tenant(r) != sites.Default || Bearer(r) != "" {
		t.Errorf("tenant %q, bearer %q", Tenant(r), Bearer(r))
	}
	r.Header.Set("Authorization", "bearer  abc ")
	if Bearer(r) != "abc" {
		t.Errorf("bearer %q", Bearer(r))
	}
	if tenant, err := a.Operator(strings.Repeat("a", 32)); err != nil || tenant != "shop" {
		t.Errorf("operator: %q, %v", tenant, err)
	}
	if _, err := a.Operator("x"); !errors.Is(err, ErrInvalid) {
		t.Errorf("wrong key: %v", err)
	}
}

func TestUsersOfTwoSecrets(t *testing.T) {
	a := authenticator(t, nil)
	directory, err := sites.NewDirectory(sites.Site{ID: "shop", JWT: &sites.JWT{Secret: shopSecret, Issuer: "shop.example", Audience: "parley",
		More: []sites.Secret{{ID: "new", Value: otherSecret}, {ID: "old", Value: []byte(strings.Repeat("p", 32)), Until: now.Add(time.Hour)}}}})
	if err != nil {
		t.Fatal(err)
	}
	a.sites = directory
	token := func(secret []byte, expires time.Time) string {
		t.Helper()
		signed, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": "ana", "iss": "shop.example", "aud": "parley", "exp": expires.Unix()}).SignedString(secret)
		if err != nil {
			t.Fatal(err)
		}
		return signed
	}
	check := func(name string, token string, want error) {
		t.Helper()
		if _, _, err := a.Verify(t.Context(), "shop", token); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	soon := now.Add(3 * time.Hour)
	check("configured", token(shopSecret, soon), nil)
	check("new", token(otherSecret, soon), nil)
	check("old", token([]byte(strings.Repeat("p", 32)), soon), nil)
	check("neither", token([]byte(strings.Repeat("q", 32)), soon), ErrInvalid)
	check("expired", token(otherSecret, now.Add(-time.Hour)), ErrExpired)
	a.now = func() time.Time { return now.Add(2 * time.Hour) }
	check("old, after its end", token([]byte(strings.Repeat("p", 32)), soon), ErrInvalid)
	check("new, later", token(otherSecret, soon), nil)
}
