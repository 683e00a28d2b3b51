package main

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/auth"
)

const (
	shopSecret  = "the-shop-signs-its-users-with-this-secret"
	otherSecret = "the-other-site-signs-users-with-this-one!"
	shopKey     = "api-key-of-the-shop-with-enough-characters"
	otherKey    = "api-key-of-the-other-site-long-enough-too"
)

const twoSites = `
tenants:
  - id: shop
    allowed_origins: ["https://shop.example"]
    jwt: {secret_env: SHOP_SECRET, issuer: shop.example, audience: parley}
    api_key_env: SHOP_KEY
  - id: other
    jwt: {secret_env: OTHER_SECRET, issuer: other.example, audience: parley}
    api_key_env: OTHER_KEY
`

// twoSitesConfig serves two sites beside the default one.
func twoSitesConfig(t testing.TB, env map[string]string) Config {
	t.Helper()
	file := filepath.Join(t.TempDir(), "parley.yaml")
	if err := os.WriteFile(file, []byte(twoSites), 0o600); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{
		"PARLEY_CONFIG": file, "SHOP_SECRET": shopSecret, "OTHER_SECRET": otherSecret, "SHOP_KEY": shopKey, "OTHER_KEY": otherKey,
	}
	for k, v := range env {
		all[k] = v
	}
	return testConfig(t, all)
}

// userToken signs a user of a site in.
func userToken(t testing.TB, cfg Config, site, subject string, role sessions.Role) string {
	t.Helper()
	directory, err := cfg.directory()
	if err != nil {
		t.Fatal(err)
	}
	found, err := directory.Get(site)
	if err != nil {
		t.Fatal(err)
	}
	token, err := auth.SignUser(found, sessions.Principal{Tenant: site, Subject: subject, Role: role}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// person is somebody with a conversation of their own.
type person struct {
	site, token string
	session     string
	message     string
	response    string
	draft       sessions.Draft
}

func newPerson(t testing.TB, s *server, site, token string) person {
	t.Helper()
	c := dial(t, s, site, object{"token": token})
	defer c.ws.Close()
	answer := c.say("We need a logo for our bakery, 300 to 500 USD, within two weeks")
	draft := c.draft()
	if draft == nil {
		t.Fatal("no draft")
		return person{}
	}
	return person{site: site, token: token, session: c.session, message: answer.Message, response: answer.ID, draft: *draft}
}

// paths are all resources of a person, by method.
func (p person) paths() map[string]any {
	session, draft := "/v1/sessions/"+p.session, "/v1/drafts/"+p.draft.ID
	return map[string]any{
		"GET " + session:                nil,
		"GET " + session + "/messages":  nil,
		"GET " + session + "/export":    nil,
		"GET " + draft:                  nil,
		"GET " + draft + ".md":          nil,
		"GET " + draft + ".json":        nil,
		"PATCH " + session:              object{"title": "Taken over"},
		"POST /v1/feedback":             object{"session": p.session, "response_id": p.response, "rating": "up"},
		"POST " + session + "/frames":   object{"type": "typing", "id": "x"},
		"GET " + session + "/events":    nil,
		"DELETE " + session:             nil,
		"GET /v1/sessions/nobodys":      nil,
		"DELETE /v1/sessions/nobodys":   nil,
		"GET /v1/drafts/nobodys-123":    nil,
		"GET /v1/drafts/" + p.session:   nil,
		"GET " + draft + ".exe":         nil,
		"GET " + session + "-x/export":  nil,
		"GET /v1/sessions/" + p.message: nil,
	}
}

// frames are all frames that name something of a person.
func (p person) frames() []object {
	return []object{
		{"type": "message.create", "message_id": rand.Text(), "text": "Let me in"},
		{"type": "message.create", "message_id": rand.Text(), "parent_id": p.message, "text": "Let me in"},
		{"type": "message.edit", "source_id": p.message, "message_id": rand.Text(), "text": "Changed"},
		{"type": "response.cancel", "response_id": p.response},
		{"type": "response.regenerate", "message_id": p.message},
		{"type": "branch.select", "message_id": p.message},
		{"type": "draft.update", "draft_id": p.draft.ID, "version": p.draft.Version, "patch": object{"title": "Taken over"}},
		{"type": "draft.publish", "draft_id": p.draft.ID, "version": p.draft.Version},
		{"type": "suggestion.accept", "draft_id": p.draft.ID, "version": p.draft.Version, "suggestion_id": "s1", "id": "s1"},
		{"type": "feedback.create", "response_id": p.response, "rating": "down"},
	}
}

func TestNobodySeesAnothersConversation(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		cfg := twoSitesConfig(t, env)
		s := startServer(t, cfg)
		alice := newPerson(t, s, "shop", userToken(t, cfg, "shop", "alice", sessions.RoleClient))
		before := s.everything(t, alice)

		bob := newPerson(t, s, "shop", userToken(t, cfg, "shop", "bob", sessions.RoleClient))
		// The same id at another site is another person.
		namesake := newPerson(t, s, "other", userToken(t, cfg, "other", "alice", sessions.RoleClient))
		visitor := newPerson(t, s, "shop", dial(t, s, "shop", nil).token)
		for name, stranger := range map[string]person{"of the same site": bob, "of another site": namesake, "a visitor": visitor} {
			t.Run(name, func(t *testing.T) {
				s.assertShutOut(t, alice, stranger)
			})
		}
		for name, c := range map[string]struct{ site, token string }{
			"nobody":                  {"shop", ""},
			"forged":                  {"shop", alice.token[:len(alice.token)-3] + "abc"},
			"token of another site":   {"shop", namesake.token},
			"own token, other site":   {"other", alice.token},
			"an operator's key":       {"shop", shopKey},
			"visitor of another site": {"other", visitor.token},
		} {
			for route, body := range alice.paths() {
				method, path, _ := strings.Cut(route, " ")
				want := http.StatusUnauthorized
				if c.token == shopKey && strings.HasPrefix(path, "/v1/drafts/") {
					want = http.StatusNotFound // a site sees of drafts what was published
				}
				s.do(t, method, path+"?site="+c.site, c.token, body, want, nil)
			}
			if _, err := tryDial(t, s, c.site, object{"token": c.token, "session": alice.session}); err == nil {
				t.Errorf("%s opened the conversation over the WebSocket", name)
			}
		}
		if after := s.everything(t, alice); after != before {
			t.Errorf("the conversation changed:\n%s\n%s", before, after)
		}
	})
}

// everything is the export of a person's conversation.
func (s *server) everything(t testing.TB, p person) string {
	t.Helper()
	_, body := s.get(t, "/v1/sessions/"+p.session+"/export?site="+p.site, p.token, http.StatusOK, nil)
	return string(body)
}

// assertShutOut tries every route and frame on somebody else's conversation.
// What is refused is refused as if it did not exist.
func (s *server) assertShutOut(t *testing.T, owner, stranger person) {
	t.Helper()
	for route, body := range owner.paths() {
		method, path, _ := strings.Cut(route, " ")
		want := http.StatusNotFound
		if strings.HasSuffix(path, "/frames") {
			continue // its frames are tried below
		}
		s.do(t, method, path+"?site="+stranger.site, stranger.token, body, want, nil)
	}
	var list struct{ Sessions []sessions.Session }
	s.get(t, "/v1/sessions?site="+stranger.site, stranger.token, http.StatusOK, &list)
	for _, found := range list.Sessions {
		if found.ID == owner.session {
			t.Error("the list names another's conversation")
		}
	}

	if _, err := tryDial(t, s, stranger.site, object{"token": stranger.token, "session": owner.session}); err == nil || !strings.Contains(err.Error(), "not_found") {
		t.Errorf("opening another's conversation: %v", err)
	}
	own := dial(t, s, stranger.site, object{"token": stranger.token, "session": stranger.session})
	for _, f := range owner.frames() {
		f["id"] = rand.Text()
		var reply frame
		_, body := s.do(t, http.MethodPost, fmt.Sprintf("/v1/sessions/%s/frames?site=%s", owner.session, stranger.site), stranger.token, f, http.StatusOK, &reply)
		if reply.Error == nil || reply.Error.Code != "not_found" {
			t.Errorf("%s on another's conversation: %s", f["type"], body)
		}
		if f["type"] == "message.create" && f["parent_id"] == nil {
			continue
		}
		if reply := own.request(f); reply.Error == nil || reply.Error.Code != "not_found" && reply.Error.Code != "invalid" {
			t.Errorf("%s with another's ids in one's own conversation: %s", f["type"], reply.raw)
		}
	}
	own.ws.Close()
}

func TestDocumentsBelongToTheirSite(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		cfg := twoSitesConfig(t, env)
		s := startServer(t, cfg)
		alice := userToken(t, cfg, "shop", "alice", sessions.RoleClient)
		post := `{"kind":"job_post","id":"p1","title":"Walk two very calm llamas","description":"Twice a day around the pond, they know the way.","skills":["Animal Care"]}`
		profile := `{"kind":"profile","id":"f1","headline":"Llama walker","overview":"Ten years with llamas.","skills":["Animal Care"]}`

		var loaded struct{ Rows, Changed, Rejected int }
		s.do(t, "POST", "/v1/documents", shopKey, post+"\n\n"+profile+"\n", 200, &loaded)
		if loaded.Rows != 2 || loaded.Changed != 2 || loaded.Rejected != 0 {
			t.Fatalf("%+v", loaded)
		}
		s.do(t, "POST", "/v1/documents", shopKey, post+"\n"+profile+"\n", 200, &loaded)
		if loaded.Changed != 0 {
			t.Errorf("the same again: %+v", loaded)
		}
		for _, token := range []string{"", alice, "wrong-key"} {
			want := http.StatusUnauthorized
			if token == alice {
				want = http.StatusForbidden
			}
			s.do(t, "POST", "/v1/documents?site=shop", token, post, want, nil)
			s.do(t, "DELETE", "/v1/documents/job_post/p1?site=shop", token, nil, want, nil)
		}

		s.get(t, "/v1/documents/job_post/p1?site=shop", alice, 200, nil)
		s.get(t, "/v1/documents/profile/f1?site=shop", alice, http.StatusForbidden, nil)
		s.search(t, "/v1/search?site=shop", alice, object{"kind": "profile", "text": "llama"}, http.StatusForbidden)
		s.get(t, "/v1/documents/profile/f1", shopKey, 200, nil)
		s.get(t, "/v1/documents/recipe/f1", shopKey, http.StatusBadRequest, nil)

		found := func(token, site, kind string) int {
			return len(s.search(t, "/v1/search?site="+site, token, object{"kind": kind, "text": "llama"}, 200))
		}
		if n := found(alice, "shop", "job_post"); n != 1 {
			t.Errorf("alice finds %d posts", n)
		}
		if n := found(shopKey, "", "profile"); n != 1 {
			t.Errorf("the shop's operator finds %d profiles", n)
		}
		if n := found(otherKey, "", "profile") + found(otherKey, "other", "job_post"); n != 0 {
			t.Errorf("another site's operator finds %d documents", n)
		}
		s.search(t, "/v1/search?site=shop", otherKey, object{"kind": "job_post", "text": "llama"}, http.StatusForbidden)
		s.get(t, "/v1/documents/job_post/p1", otherKey, http.StatusNotFound, nil)
		s.do(t, "DELETE", "/v1/documents/job_post/p1", otherKey, nil, http.StatusNotFound, nil)
		s.do(t, "DELETE", "/v1/documents/job_post/p1", shopKey, nil, http.StatusNoContent, nil)
		s.get(t, "/v1/documents/job_post/p1", shopKey, http.StatusNotFound, nil)
	})
}

func TestBrokenDocumentsAreNamed(t *testing.T) {
	s := startServer(t, twoSitesConfig(t, nil))
	good := `{"id":"ok","title":"Paint a mural","description":"Four metres wide, on a school wall."}`
	lines := []string{good, "not json", `{"id":"x"}`, strings.Repeat("y", 2<<20), `{"id":"z","title":"t","description":"d","colour":"red"}`, strings.ReplaceAll(good, "ok", "ok2")}
	var body struct {
		Rows, Changed, Rejected int
		Rejects                 []struct {
			Line   int
			Reason string
		}
	}
	s.do(t, "POST", "/v1/documents?kind=job_post", shopKey, strings.Join(lines, "\n"), 200, &body)
	if body.Rows != 6 || body.Changed != 2 || body.Rejected != 4 || len(body.Rejects) != 4 {
		t.Fatalf("%+v", body)
	}
	for i, line := range []int{2, 3, 4, 5} {
		if body.Rejects[i].Line != line || body.Rejects[i].Reason == "" {
			t.Errorf("rejected %+v, want line %d", body.Rejects[i], line)
		}
	}
	if !strings.Contains(body.Rejects[3].Reason, "colour") {
		t.Errorf("the reason does not name the field: %s", body.Rejects[3].Reason)
	}
}
