package main

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/gorilla/websocket"

	"github.com/parleyhq/parley/web/operators"
)

// staffOf starts a server of two sites with an admin of all sites, an admin of
// the shop and a viewer of the shop at the console.
func staffOf(t *testing.T, env map[string]string) (s *server, root, admin, viewer *console) {
	t.Helper()
	cfg := twoSitesConfig(t, env)
	tokens := hire(t, cfg,
		operators.Operator{Name: "Noa Levi", Email: "noa@parley.example", Role: operators.Admin},
		operators.Operator{Name: "Ada Obi", Email: "ada@shop.example", Role: operators.Admin, Sites: []string{"shop"}},
		operators.Operator{Name: "Vic Tran", Email: "vic@shop.example", Role: operators.Viewer, Sites: []string{"shop"}},
	)
	s = startServer(t, cfg)
	var list []*console
	for _, token := range tokens {
		c := &console{t: t, s: s}
		c.signIn(token, http.StatusCreated)
		list = append(list, c)
	}
	return s, list[0], list[1], list[2]
}

type problemBody struct {
	Code, Field, Detail string
	Settings            struct{ Version int }
}

const settingsPath = "/v1/console/settings?site=shop"

func TestSettingsOfASite(t *testing.T) {
	leaks(t)
	onDatabases(t, func(t *testing.T, env map[string]string) {
		s, root, admin, viewer := staffOf(t, env)
		embed := func(origin string, want int) {
			t.Helper()
			response, err := s.http.Get(s.base + "/embed?site=shop&origin=" + origin)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode != want {
				t.Errorf("a frame in %s answers %d, want %d", origin, response.StatusCode, want)
			}
			if policy := response.Header.Get("Content-Security-Policy"); want == http.StatusOK && !strings.Contains(policy, "frame-ancestors https://shop.example "+origin) {
				t.Errorf("policy %s", policy)
			}
		}
		const blog = "https://blog.example"
		embed(blog, http.StatusForbidden)
		look := object{"accent": "#aa3300", "radius": 0, "position": "left", "scheme": "dark"}
		chosen := object{"origins": []string{blog}, "theme": look, "greeting": "Hello <b>there</b>", "locale": "es"}
		admin.send("PUT", settingsPath, object{"version": 0, "chosen": chosen}, http.StatusOK, nil, nil)
		embed(blog, http.StatusOK)

		var public struct {
			Site, Greeting, Locale string
			Theme                  struct {
				Accent string
				Radius *int
			}
		}
		s.do(t, "GET", "/v1/site?site=shop", "", nil, http.StatusOK, &public)
		if public.Site != "shop" || public.Theme.Accent != "#aa3300" || public.Theme.Radius == nil || *public.Theme.Radius != 0 || public.Greeting != "Hello <b>there</b>" || public.Locale != "es" {
			t.Errorf("%+v", public)
		}
		s.do(t, "GET", "/v1/site?site=other", "", nil, http.StatusOK, &public)
		s.do(t, "GET", "/v1/site?site=nowhere", "", nil, http.StatusNotFound, nil)

		// A page of the origin, and a frame in it, talk until the origin is removed.
		dial := func(query, origin string) *websocket.Conn {
			t.Helper()
			ws, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(s.base, "http")+"/v1/chat?site=shop"+query, http.Header{"Origin": {origin}})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { ws.Close() })
			return ws
		}
		page, frame, stays := dial("", blog), dial("&host="+blog, s.base), dial("", "https://shop.example")
		var problem problemBody
		admin.send("PUT", settingsPath, object{"version": 0, "chosen": object{"origins": []string{}}}, http.StatusConflict, &problem, nil)
		if problem.Code != "stale_version" || problem.Settings.Version != 1 {
			t.Errorf("%+v", problem)
		}
		admin.send("PUT", settingsPath, object{"version": 1, "chosen": object{"origins": []string{}}}, http.StatusOK, nil, nil)
		embed(blog, http.StatusForbidden)
		for name, ws := range map[string]*websocket.Conn{"page": page, "frame": frame} {
			ws.SetReadDeadline(time.Now().Add(10 * time.Second))
			_, _, err := ws.ReadMessage()
			var closed *websocket.CloseError
			if !errors.As(err, &closed) || closed.Code != 3503 {
				t.Errorf("the %s's socket: %v", name, err)
			}
		}
		if err := stays.WriteJSON(object{"type": "session.open", "id": "1"}); err != nil {
			t.Error(err)
		}
		stays.SetReadDeadline(time.Now().Add(10 * time.Second))
		if _, _, err := stays.ReadMessage(); err != nil {
			t.Errorf("another origin's socket: %v", err)
		}

		for field, wrong := range map[string]object{
			"origins":  {"origins": []string{"javascript:alert(1)"}},
			"accent":   {"origins": []string{}, "theme": object{"accent": "red;} * {display:none"}},
			"greeting": {"origins": []string{}, "greeting": strings.Repeat("a", 301)},
		} {
			problem = problemBody{}
			admin.send("PUT", settingsPath, object{"version": 2, "chosen": wrong}, http.StatusBadRequest, &problem, nil)
			if problem.Field != field {
				t.Errorf("%s: %+v", field, problem)
			}
		}
		for _, body := range []any{nil, object{"version": 2}, object{"version": 2, "chosen": object{"colour": "red"}}} {
			admin.send("PUT", settingsPath, body, http.StatusBadRequest, nil, nil)
		}

		// Who may not.
		viewer.send("GET", settingsPath, nil, http.StatusOK, nil, nil)
		viewer.send("PUT", settingsPath, object{"version": 2, "chosen": object{}}, http.StatusForbidden, nil, nil)
		for _, path := range []string{"settings", "history", "keys", "webhooks", "webhooks/deliveries"} {
			admin.send("GET", "/v1/console/"+path+"?site=other", nil, http.StatusForbidden, nil, nil)
			admin.send("GET", "/v1/console/"+path+"?site=shop", nil, http.StatusOK, nil, nil)
		}
		root.send("GET", "/v1/console/settings?site=other", nil, http.StatusOK, nil, nil)

		var history struct{ Changes []struct{ What, Name string } }
		viewer.send("GET", "/v1/console/history?site=shop", nil, http.StatusOK, &history, nil)
		if len(history.Changes) != 2 || history.Changes[0].Name != "Ada Obi" {
			t.Errorf("%+v", history)
		}
	})
}

func TestKeysOfASite(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		s, root, admin, viewer := staffOf(t, env)
		type made struct {
			Key    struct{ ID, Hint string }
			Secret string
		}
		const keys = "/v1/console/keys?site=shop"
		make := func(body object) (m made) {
			t.Helper()
			admin.send("POST", keys, body, http.StatusCreated, &m, nil)
			return m
		}
		revoke := func(c *console, id, site string, want int) {
			t.Helper()
			c.send("DELETE", "/v1/console/keys/"+id+"?site="+site, nil, want, nil, nil)
		}
		asSite := func(key string, want int) {
			t.Helper()
			s.do(t, "GET", "/v1/moderation/cases", key, nil, want, nil)
		}
		first := make(object{"kind": "api", "name": "Backend"})
		asSite(first.Secret, http.StatusOK)
		second := make(object{"kind": "api", "name": "Backend", "replaces": first.Key.ID, "overlap_hours": 24})
		asSite(first.Secret, http.StatusOK)
		asSite(second.Secret, http.StatusOK)
		revoke(admin, first.Key.ID, "shop", http.StatusNoContent)
		asSite(first.Secret, http.StatusUnauthorized)
		asSite(second.Secret, http.StatusOK)
		asSite(shopKey, http.StatusOK)

		token := func(secret string) string {
			t.Helper()
			claims := jwt.MapClaims{"sub": "ana", "iss": "shop.example", "aud": "parley", "exp": time.Now().Add(time.Hour).Unix()}
			signed, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(secret))
			if err != nil {
				t.Fatal(err)
			}
			return signed
		}
		asUser := func(secret string, want int) {
			t.Helper()
			s.do(t, "GET", "/v1/sessions?site=shop", token(secret), nil, want, nil)
		}
		old := make(object{"kind": "jwt", "name": "Rails"})
		asUser(old.Secret, http.StatusOK)
		fresh := make(object{"kind": "jwt", "name": "Rails", "replaces": old.Key.ID, "overlap_hours": 1})
		for _, secret := range []string{shopSecret, old.Secret, fresh.Secret} {
			asUser(secret, http.StatusOK)
		}
		revoke(admin, old.Key.ID, "shop", http.StatusNoContent)
		asUser(old.Secret, http.StatusUnauthorized)
		asUser(fresh.Secret, http.StatusOK)

		// Nobody else makes or ends them, and nobody sees a secret again.
		viewer.send("POST", keys, object{"kind": "api", "name": "x"}, http.StatusForbidden, nil, nil)
		revoke(viewer, second.Key.ID, "shop", http.StatusForbidden)
		revoke(admin, second.Key.ID, "other", http.StatusForbidden)
		revoke(root, second.Key.ID, "other", http.StatusNotFound)
		s.do(t, "POST", "/v1/console/keys", second.Secret, object{"kind": "api", "name": "x"}, http.StatusForbidden, nil)
		s.do(t, "DELETE", "/v1/console/keys/"+second.Key.ID, second.Secret, nil, http.StatusForbidden, nil)
		s.do(t, "GET", "/v1/console/operators", second.Secret, nil, http.StatusForbidden, nil)
		for _, body := range []object{{"kind": "ssh", "name": "x"}, {"kind": "api", "name": " "}, {"kind": "api", "name": "x", "overlap_hours": -1}, {"kind": "api", "name": "x", "overlap_hours": 1 << 60}, {"kind": "api", "name": "x", "overlap_hours": -1 << 63}} {
			admin.send("POST", keys, body, http.StatusBadRequest, nil, nil)
		}
		admin.send("POST", keys, object{"kind": "api", "name": "x", "replaces": "nothing"}, http.StatusNotFound, nil, nil)
		asSite(second.Secret, http.StatusOK)
		_, list := s.console(t, signedIn{cookie: viewer.cookies[0]}, "GET", keys, nil, http.StatusOK)
		_, history := s.console(t, signedIn{cookie: viewer.cookies[0]}, "GET", "/v1/console/history?site=shop", nil, http.StatusOK)
		for _, secret := range []string{first.Secret, second.Secret, old.Secret, fresh.Secret, shopSecret, shopKey} {
			if strings.Contains(string(list)+string(history)+s.logs.String(), secret) {
				t.Error("a secret is shown again, or in the log")
			}
		}
		if !strings.Contains(string(list), `"hint":"`+second.Key.Hint+`"`) || !strings.Contains(string(list), `"maker":"Ada Obi"`) {
			t.Errorf("keys are not to be told apart: %s", list)
		}
	})
}

// What is chosen in one process counts in another within seconds.
func TestSettingsReachOtherProcesses(t *testing.T) {
	cfg := twoSitesConfig(t, map[string]string{"DATABASE_URL": testDatabase(t)})
	tokens := hire(t, cfg, operators.Operator{Name: "Noa Levi", Role: operators.Admin})
	here, there := startServer(t, cfg), startServer(t, cfg)
	admin := &console{t: t, s: here}
	admin.signIn(tokens[0], http.StatusCreated)
	var m struct {
		Key    struct{ ID string }
		Secret string
	}
	admin.send("POST", "/v1/console/keys?site=shop", object{"kind": "api", "name": "Backend"}, http.StatusCreated, &m, nil)
	asSite := func() int {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, there.base+"/v1/moderation/cases", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+m.Secret)
		response, err := there.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.StatusCode
	}
	until := func(want int) {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); asSite() != want; time.Sleep(50 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("the other process does not answer %d", want)
			}
		}
	}
	until(http.StatusOK)
	admin.send("DELETE", "/v1/console/keys/"+m.Key.ID+"?site=shop", nil, http.StatusNoContent, nil, nil)
	until(http.StatusUnauthorized)
}
