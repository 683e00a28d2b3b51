package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/web/operators"
	"github.com/parleyhq/parley/web/operators/operatorstest"
)

// console is a browser with the console's page open.
type console struct {
	t       *testing.T
	s       *server
	cookies []*http.Cookie
}

// send sends what the page would; change may be nil.
func (c *console) send(method, path string, body any, want int, into any, change func(*http.Request)) *http.Response {
	c.t.Helper()
	var content bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&content).Encode(body); err != nil {
			c.t.Fatal(err)
		}
	}
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.s.base+path, &content)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if method != http.MethodGet {
		r.Header.Set(operators.Header, "1")
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Origin", c.s.base)
	}
	for _, cookie := range c.cookies {
		r.AddCookie(cookie)
	}
	if change != nil {
		change(r)
	}
	response, _ := c.s.send(c.t, r, want, into)
	return response
}

func (c *console) signIn(token string, want int) *http.Response {
	c.t.Helper()
	response := c.send(http.MethodPost, "/v1/console/session", object{"token": token}, want, nil, nil)
	c.cookies = response.Cookies()
	return response
}

type whoAmI struct {
	Operator operators.Operator
	Sites    []string
}

func TestSignInToTheConsole(t *testing.T) {
	leaks(t)
	onDatabases(t, func(t *testing.T, env map[string]string) {
		cfg := twoSitesConfig(t, env)
		s := startServer(t, cfg)
		var text bytes.Buffer
		s.print(&text)
		token := regexp.MustCompile(`(?m)^  ([A-Z2-7]{26})$`).FindStringSubmatch(text.String())
		if token == nil || !strings.Contains(text.String(), s.base+"/console") {
			t.Fatalf("the start message has no token:\n%s", text.String())
		}
		c := &console{t: t, s: s}
		c.send(http.MethodGet, "/v1/console/session", nil, http.StatusUnauthorized, nil, nil)
		c.signIn("nonsense", http.StatusUnauthorized)
		c.send(http.MethodPost, "/v1/console/session", object{"token": token[1]}, http.StatusForbidden, nil, func(r *http.Request) { r.Header.Del(operators.Header) })
		c.send(http.MethodPost, "/v1/console/session", object{"token": token[1]}, http.StatusForbidden, nil, func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			r.Header.Del("Origin")
		})
		cookie := c.signIn(token[1], http.StatusCreated).Header.Get("Set-Cookie")
		for _, part := range []string{"parley_console=", "Path=/", "HttpOnly", "SameSite=Strict"} {
			if !strings.Contains(cookie, part) {
				t.Errorf("the cookie is %s", cookie)
			}
		}
		var me whoAmI
		c.send(http.MethodGet, "/v1/console/session", nil, http.StatusOK, &me, nil)
		if me.Operator.Role != operators.Admin || strings.Join(me.Sites, " ") != "default demo-site other shop" {
			t.Errorf("%+v", me)
		}
		(&console{t: t, s: s}).signIn(token[1], http.StatusUnauthorized)

		again := startAnother(t, s, cfg)
		text.Reset()
		again.print(&text)
		if strings.Contains(text.String(), "first operator") {
			t.Errorf("a second start gives a token:\n%s", text.String())
		}
		c.s = again
		c.send(http.MethodGet, "/v1/console/session", nil, http.StatusOK, nil, nil)
		c.send(http.MethodDelete, "/v1/console/session", nil, http.StatusForbidden, nil, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") })
		c.send(http.MethodDelete, "/v1/console/session", nil, http.StatusNoContent, nil, nil)
		c.send(http.MethodGet, "/v1/console/session", nil, http.StatusUnauthorized, nil, nil)
		c.send(http.MethodDelete, "/v1/console/session", nil, http.StatusNoContent, nil, nil)
		c.send(http.MethodGet, "/v1/console/oidc/start", nil, http.StatusNotFound, nil, nil)
		if logs := s.logs.String() + again.logs.String(); strings.Contains(logs, token[1]) || strings.Contains(logs, strings.TrimPrefix(strings.Split(cookie, ";")[0], "parley_console=")) {
			t.Error("the token or the cookie is in the log")
		}
	})
}

// startAnother ends a server and starts one on the same data.
func startAnother(t *testing.T, s *server, cfg Config) *server {
	t.Helper()
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	return startServer(t, cfg)
}

// operator adds an operator to a running server's database.
func (s *server) operator(t *testing.T, desk *operators.Desk, role operators.Role, sites ...string) (*console, operators.Operator) {
	t.Helper()
	added, err := desk.Add(t.Context(), operators.Operator{Name: string(role), Role: role, Sites: sites})
	if err != nil {
		t.Fatal(err)
	}
	token, err := desk.Token(t.Context(), added.ID)
	if err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, s: s}
	c.signIn(token, http.StatusCreated)
	return c, added
}

// With PostgreSQL the command and servers have one database at once: what it
// changes counts in them within a second.
func TestRolesCountInRunningServers(t *testing.T) {
	cfg := twoSitesConfig(t, map[string]string{"DATABASE_URL": testDatabase(t)})
	s := startServer(t, cfg)
	storage, err := openStorage(t.Context(), cfg, quietLog)
	if err != nil {
		t.Fatal(err)
	}
	defer storage.close()
	desk, err := operators.NewDesk(operators.Config{Store: storage.staff})
	if err != nil {
		t.Fatal(err)
	}
	admin, added := s.operator(t, desk, operators.Admin, "shop")
	const settings, cases = "/v1/moderation/reviews.jsonl", "/v1/moderation/cases"
	admin.send(http.MethodGet, settings+"?site=shop", nil, http.StatusOK, nil, nil)
	for _, site := range []string{"", "?site=other", "?site=default"} {
		admin.send(http.MethodGet, cases+site, nil, http.StatusForbidden, nil, nil)
	}
	admin.send(http.MethodGet, cases+"?site=nowhere", nil, http.StatusForbidden, nil, nil)

	if _, err := desk.Grant(t.Context(), added.ID, operators.Viewer, []string{"shop"}); err != nil {
		t.Fatal(err)
	}
	untilStatus(t, admin, settings+"?site=shop", http.StatusForbidden)
	admin.send(http.MethodGet, cases+"?site=shop", nil, http.StatusOK, nil, nil)
	if _, err := desk.Revoke(t.Context(), added.ID); err != nil {
		t.Fatal(err)
	}
	untilStatus(t, admin, cases+"?site=shop", http.StatusUnauthorized)
}

// untilStatus waits for an answer that comes within a second, and some more for
// a busy machine.
func untilStatus(t *testing.T, c *console, path string, want int) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.s.base+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, cookie := range c.cookies {
			r.AddCookie(cookie)
		}
		response, err := c.s.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode == want {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s answers %d, want %d", path, response.StatusCode, want)
		}
	}
}

func TestSignInThroughAnIdentityProvider(t *testing.T) {
	provider := operatorstest.NewProvider(t)
	cfg, err := LoadConfig(writeConfig(t, "public_url: https://parley.example\ndemo: false\noidc: {issuer: '"+provider.URL+"', client_id: "+operatorstest.ClientID+
		", client_secret_env: OIDC_SECRET, roles_claim: groups, roles: {support: reviewer}}\n"), environment(map[string]string{
		"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": t.TempDir(), "OIDC_SECRET": operatorstest.ClientSecret,
	}))
	if err != nil {
		t.Fatal(err)
	}
	s := startServer(t, cfg)
	s.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	visit := func(person map[string]any) (*console, *http.Response) {
		c := &console{t: t, s: s}
		begun := c.send(http.MethodGet, "/v1/console/oidc/start", nil, http.StatusFound, nil, nil)
		c.cookies = begun.Cookies()
		query := provider.Visit(begun.Header.Get("Location"), person)
		// The browser comes from another site, with what it may send then.
		back := c.send(http.MethodGet, "/v1/console/oidc/callback?"+query.Encode(), nil, http.StatusSeeOther, nil, func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "cross-site")
		})
		c.cookies = back.Cookies()
		return c, back
	}
	c, back := visit(map[string]any{"sub": "1", "name": "Ana", "groups": []string{"support"}})
	if back.Header.Get("Location") != "/console" {
		t.Errorf("sent to %s", back.Header.Get("Location"))
	}
	if cookies := strings.Join(back.Header.Values("Set-Cookie"), "\n"); !strings.Contains(cookies, "__Host-parley_console=") || !strings.Contains(cookies, "Secure") {
		t.Errorf("cookies %s", cookies)
	}
	var me whoAmI
	c.send(http.MethodGet, "/v1/console/session", nil, http.StatusOK, &me, nil)
	if me.Operator.Name != "Ana" || me.Operator.Role != operators.Reviewer {
		t.Errorf("%+v", me)
	}
	c, back = visit(map[string]any{"sub": "2", "name": "Ben", "groups": []string{"cooks"}})
	if back.Header.Get("Location") != "/console?error=stranger" {
		t.Errorf("sent to %s", back.Header.Get("Location"))
	}
	c.send(http.MethodGet, "/v1/console/session", nil, http.StatusUnauthorized, nil, nil)
}
