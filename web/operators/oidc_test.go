package operators_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parleyhq/parley/web/operators"
	"github.com/parleyhq/parley/web/operators/operatorstest"
)

// byProvider is a desk that takes operators from the provider by their groups.
func (o *office) byProvider(p *operatorstest.Provider, change func(*operators.OIDC)) *operators.Desk {
	o.t.Helper()
	cfg := &operators.OIDC{
		Issuer: p.URL, ClientID: operatorstest.ClientID, ClientSecret: operatorstest.ClientSecret, RedirectURL: "https://parley.example" + operators.CallbackPath,
		RolesClaim: "groups", Roles: map[string]operators.Role{"support": operators.Reviewer, "leads": operators.Admin, "all": operators.Viewer},
	}
	if change != nil {
		change(cfg)
	}
	return o.desk(func(c *operators.Config) { c.OIDC = cfg })
}

// begin sends a browser to the provider and back.
func begin(t *testing.T, desk *operators.Desk, p *operatorstest.Provider, person jwt.MapClaims) (*http.Cookie, url.Values) {
	t.Helper()
	address, cookie, err := desk.Start(httptest.NewRequest(http.MethodGet, "https://parley.example/v1/console/oidc/start", nil))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(address, p.URL+"/authorize?") || !cookie.HttpOnly || !cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || strings.Contains(address, cookie.Value) {
		t.Errorf("%s, %+v", address, cookie)
	}
	return cookie, p.Visit(address, person)
}

func finish(t *testing.T, desk *operators.Desk, cookie *http.Cookie, query url.Values) (string, operators.Operator, error) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "https://parley.example"+operators.CallbackPath+"?"+query.Encode(), nil)
	if cookie != nil {
		r.AddCookie(cookie)
	}
	return desk.Finish(r, "192.0.2.1")
}

func signIn(t *testing.T, desk *operators.Desk, p *operatorstest.Provider, person jwt.MapClaims) (operators.Operator, error) {
	t.Helper()
	cookie, query := begin(t, desk, p, person)
	value, o, err := finish(t, desk, cookie, query)
	if err == nil {
		if _, err := desk.SignedIn(request(http.MethodGet, desk.Cookie(value))); err != nil {
			t.Errorf("the session of %s: %v", o.Name, err)
		}
	}
	return o, err
}

func ana(groups ...any) jwt.MapClaims {
	return jwt.MapClaims{"sub": "42", "name": "Ana", "email": "Ana@site.example", "email_verified": true, "groups": groups}
}

func TestSignInThroughTheProvider(t *testing.T) {
	o, p := newOffice(t), operatorstest.NewProvider(t)
	desk := o.byProvider(p, nil)
	first, err := signIn(t, desk, p, ana("support", "all", 7))
	if err != nil || first.Name != "Ana" || first.Email != "ana@site.example" || first.Role != operators.Reviewer {
		t.Fatalf("%+v, %v", first, err)
	}
	again, err := signIn(t, o.byProvider(p, nil), p, ana("all", "leads"))
	if err != nil || again.ID != first.ID || again.Role != operators.Admin {
		t.Errorf("%+v, %v", again, err)
	}
	p.Rotate()
	lowered, err := signIn(t, desk, p, ana("all"))
	if err != nil || lowered.ID != first.ID || lowered.Role != operators.Viewer {
		t.Errorf("after the provider's keys were rotated: %+v, %v", lowered, err)
	}
	_, err = signIn(t, desk, p, ana("cooks"))
	check(t, "without a role", err, operators.ErrStranger)
	moved := ana("all")
	moved["email"] = "ana@elsewhere.example"
	same, err := signIn(t, desk, p, moved)
	if err != nil || same.ID != first.ID {
		t.Errorf("with another address: %+v, %v", same, err)
	}
	_, err = desk.Revoke(t.Context(), first.ID)
	check(t, "revoke", err, nil)
	_, err = signIn(t, desk, p, ana("leads"))
	check(t, "revoked", err, operators.ErrForbidden)
	other := ana("leads")
	other["sub"] = "43"
	_, err = signIn(t, desk, p, other)
	check(t, "the address of who was revoked", err, operators.ErrForbidden)
}

func TestWhatTheProviderSaysIsChecked(t *testing.T) {
	stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, forge := range map[string]func(p *operatorstest.Provider, c jwt.MapClaims) string{
		"another issuer": func(p *operatorstest.Provider, c jwt.MapClaims) string {
			c["iss"] = "https://evil.example"
			return p.Sign(c)
		},
		"another audience": func(p *operatorstest.Provider, c jwt.MapClaims) string { c["aud"] = "another-app"; return p.Sign(c) },
		"another nonce":    func(p *operatorstest.Provider, c jwt.MapClaims) string { c["nonce"] = "replayed"; return p.Sign(c) },
		"no nonce":         func(p *operatorstest.Provider, c jwt.MapClaims) string { delete(c, "nonce"); return p.Sign(c) },
		"expired": func(p *operatorstest.Provider, c jwt.MapClaims) string {
			c["exp"] = time.Now().Add(-time.Hour).Unix()
			return p.Sign(c)
		},
		"alg none": func(p *operatorstest.Provider, c jwt.MapClaims) string {
			return operatorstest.SignWith(t, jwt.SigningMethodNone, "", jwt.UnsafeAllowNoneSignatureType, c)
		},
		"signed with the client's secret": func(p *operatorstest.Provider, c jwt.MapClaims) string {
			return operatorstest.SignWith(t, jwt.SigningMethodHS256, p.KeyID(), []byte(operatorstest.ClientSecret), c)
		},
		"an unknown key": func(p *operatorstest.Provider, c jwt.MapClaims) string {
			return operatorstest.SignWith(t, jwt.SigningMethodES256, rand.Text(), stranger, c)
		},
		"another key under its name": func(p *operatorstest.Provider, c jwt.MapClaims) string {
			return operatorstest.SignWith(t, jwt.SigningMethodES256, p.KeyID(), stranger, c)
		},
		"no token":     func(*operatorstest.Provider, jwt.MapClaims) string { return "" },
		"half a token": func(p *operatorstest.Provider, c jwt.MapClaims) string { text := p.Sign(c); return text[:len(text)/2] },
		"a broken body": func(p *operatorstest.Provider, c jwt.MapClaims) string {
			c["email_verified"] = "perhaps"
			return p.Sign(c)
		},
	} {
		t.Run(name, func(t *testing.T) {
			o, p := newOffice(t), operatorstest.NewProvider(t)
			p.Forge(func(c jwt.MapClaims) string { return forge(p, c) })
			_, err := signIn(t, o.byProvider(p, nil), p, ana("leads"))
			check(t, name, err, operators.ErrUntrusted)
			if list, err := o.desk(nil).List(t.Context()); err != nil || len(list) != 0 {
				t.Errorf("somebody got in: %+v, %v", list, err)
			}
		})
	}
}

// Only the browser that began can finish, soon and once.
func TestTheBrowserComesBack(t *testing.T) {
	o, p := newOffice(t), operatorstest.NewProvider(t)
	desk := o.byProvider(p, nil)
	mine, query := begin(t, desk, p, ana("all"))
	another, _ := begin(t, desk, p, ana("all"))
	cases := map[string]struct {
		cookie *http.Cookie
		change func(url.Values)
	}{
		"without a cookie":      {nil, nil},
		"in another browser":    {another, nil},
		"with a broken cookie":  {&http.Cookie{Name: mine.Name, Value: "e30"}, nil},
		"with another state":    {mine, func(q url.Values) { q.Set("state", "x") }},
		"without a state":       {mine, func(q url.Values) { q.Del("state") }},
		"without a code":        {mine, func(q url.Values) { q.Del("code"); q.Set("error", "access_denied") }},
		"with a code that none": {mine, func(q url.Values) { q.Set("code", "guess") }},
	}
	for name, c := range cases {
		changed := url.Values{"code": query["code"], "state": query["state"]}
		if c.change != nil {
			c.change(changed)
		}
		_, _, err := finish(t, desk, c.cookie, changed)
		check(t, name, err, operators.ErrUntrusted)
	}
	if _, _, err := finish(t, o.byProvider(p, nil), mine, query); err != nil { // in another process
		t.Errorf("the browser that began: %v", err)
	}
	_, _, err := finish(t, desk, mine, query)
	check(t, "again", err, operators.ErrUntrusted)

	late, query := begin(t, desk, p, ana("all"))
	o.clock.move(10 * time.Minute)
	_, _, err = finish(t, desk, late, query)
	check(t, "too late", err, operators.ErrUntrusted)
}

func TestKnownBeforehand(t *testing.T) {
	o, p := newOffice(t), operatorstest.NewProvider(t)
	desk := o.byProvider(p, func(c *operators.OIDC) {
		c.RolesClaim, c.Roles, c.Domains = "", nil, []string{"site.example"}
	})
	_, err := signIn(t, desk, p, ana())
	check(t, "nobody yet", err, operators.ErrStranger)
	added, err := desk.Add(t.Context(), operators.Operator{Name: "Ana", Email: "ana@site.example", Role: operators.Reviewer, Sites: []string{"shop"}})
	check(t, "add", err, nil)
	unverified := ana()
	unverified["email_verified"] = false
	_, err = signIn(t, desk, p, unverified)
	check(t, "an address that is not verified", err, operators.ErrStranger)
	abroad := ana()
	abroad["email"] = "ana@site.example.evil.test"
	_, err = signIn(t, desk, p, abroad)
	check(t, "another domain", err, operators.ErrStranger)
	in, err := signIn(t, desk, p, ana())
	if err != nil || in.ID != added.ID || in.Role != operators.Reviewer || len(in.Sites) != 1 {
		t.Errorf("%+v, %v", in, err)
	}
	// The address is given to somebody else there.
	successor := ana()
	successor["sub"] = "99"
	_, err = signIn(t, desk, p, successor)
	check(t, "another person with the address", err, operators.ErrStranger)
}

func TestWithoutTheProvider(t *testing.T) {
	o, p := newOffice(t), operatorstest.NewProvider(t)
	desk := o.byProvider(p, nil)
	cookie, query := begin(t, desk, p, ana("all"))
	p.Fail(http.StatusBadGateway)
	_, _, err := finish(t, desk, cookie, query)
	check(t, "its token endpoint fails", err, operators.ErrProvider)

	fresh := o.byProvider(p, nil) // starts while the provider is gone
	p.Close()
	_, _, err = fresh.Start(httptest.NewRequest(http.MethodGet, "/", nil))
	check(t, "it is gone", err, operators.ErrProvider)
	_, _, err = o.desk(nil).Start(httptest.NewRequest(http.MethodGet, "/", nil))
	check(t, "none is set up", err, operators.ErrNoOIDC)
}

func TestProvidersAreChecked(t *testing.T) {
	good := operators.OIDC{Issuer: "https://id.example", ClientID: "parley", RedirectURL: "https://parley.example" + operators.CallbackPath}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*operators.OIDC){
		"plain http":    func(c *operators.OIDC) { c.Issuer = "http://id.example" },
		"no issuer":     func(c *operators.OIDC) { c.Issuer = "" },
		"no client":     func(c *operators.OIDC) { c.ClientID = "" },
		"no way back":   func(c *operators.OIDC) { c.RedirectURL = operators.CallbackPath },
		"no claim":      func(c *operators.OIDC) { c.Roles = map[string]operators.Role{"a": operators.Admin} },
		"no roles":      func(c *operators.OIDC) { c.RolesClaim = "groups" },
		"unknown role":  func(c *operators.OIDC) { c.RolesClaim, c.Roles = "groups", map[string]operators.Role{"a": "root"} },
		"domain's at":   func(c *operators.OIDC) { c.Domains = []string{"@site.example"} },
		"domain's case": func(c *operators.OIDC) { c.Domains = []string{"Site.example"} },
	} {
		c := good
		change(&c)
		if err := c.Check(); !errors.Is(err, operators.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
