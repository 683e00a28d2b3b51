package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/operators"
)

type shownStaff struct {
	operators.Operator
	Yours bool
}

func TestOperatorsAtTheConsole(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		s, root, admin, viewer := staffOf(t, env)
		const path = "/v1/console/operators"
		list := func(c *console, site string) map[string]shownStaff {
			t.Helper()
			var body struct{ Operators []shownStaff }
			c.send("GET", path+"?site="+site, nil, http.StatusOK, &body, nil)
			found := map[string]shownStaff{}
			for _, o := range body.Operators {
				found[o.Name] = o
			}
			return found
		}
		add := func(c *console, site string, body object, want int) (o operators.Operator, token string) {
			t.Helper()
			var made struct {
				Operator operators.Operator
				Token    string
			}
			c.send("POST", path+"?site="+site, body, want, &made, nil)
			return made.Operator, made.Token
		}
		viewer.send("GET", path+"?site=shop", nil, http.StatusForbidden, nil, nil)
		add(viewer, "shop", object{"name": "x", "role": "viewer", "sites": []string{"shop"}}, http.StatusForbidden)

		// An admin of the shop manages the shop's people only.
		eve, token := add(admin, "shop", object{"name": "Eve Holm", "email": "Eve@shop.example", "role": "reviewer", "sites": []string{"shop"}}, http.StatusCreated)
		for _, body := range map[string]object{
			"all sites": {"name": "x", "role": "viewer", "sites": []string{}}, "another site": {"name": "x", "role": "viewer", "sites": []string{"other"}},
			"no name": {"name": " ", "role": "viewer", "sites": []string{"shop"}}, "no role": {"name": "x", "sites": []string{"shop"}},
			"no such role": {"name": "x", "role": "king", "sites": []string{"shop"}}, "no address": {"name": "x", "email": "x", "role": "viewer", "sites": []string{"shop"}},
		} {
			add(admin, "shop", body, http.StatusBadRequest)
		}
		add(admin, "shop", object{"name": "Eve again", "email": "eve@shop.example", "role": "viewer", "sites": []string{"shop"}}, http.StatusConflict)
		both, _ := add(root, "shop", object{"name": "Bo Lund", "email": "bo@parley.example", "role": "reviewer", "sites": []string{"shop", "other"}}, http.StatusCreated)
		elsewhere, _ := add(root, "shop", object{"name": "Una Other", "role": "admin", "sites": []string{"other"}}, http.StatusCreated)

		seen := list(admin, "shop")
		if _, found := seen["Una Other"]; found || !seen["Eve Holm"].Yours || seen["Bo Lund"].Yours || seen["Noa Levi"].Yours {
			t.Errorf("%+v", seen)
		}
		if o := seen["Bo Lund"]; strings.Join(o.Sites, " ") != "shop" || o.Email != "" {
			t.Errorf("of another site's people too much is seen: %+v", o)
		}
		for _, id := range []string{both.ID, elsewhere.ID, seen["Noa Levi"].ID, "nobody"} {
			admin.send("PATCH", path+"/"+id+"?site=shop", object{"role": "viewer"}, http.StatusNotFound, nil, nil)
			admin.send("DELETE", path+"/"+id+"?site=shop", nil, http.StatusNotFound, nil, nil)
			admin.send("POST", path+"/"+id+"/token?site=shop", nil, http.StatusNotFound, nil, nil)
		}
		admin.send("PATCH", path+"/"+eve.ID+"?site=shop", object{"sites": []string{}}, http.StatusBadRequest, nil, nil)

		// A role counts at once, and its end too.
		her := &console{t: t, s: s}
		her.signIn(token, http.StatusCreated)
		if list(admin, "shop")["Eve Holm"].Seen.IsZero() {
			t.Error("whoever signed in was never seen")
		}
		her.send("GET", "/v1/moderation/cases?site=shop", nil, http.StatusOK, nil, nil)
		admin.send("PATCH", path+"/"+eve.ID+"?site=shop", object{"role": "admin"}, http.StatusOK, nil, nil)
		her.send("GET", path+"?site=shop", nil, http.StatusOK, nil, nil)
		admin.send("DELETE", path+"/"+eve.ID+"?site=shop", nil, http.StatusNoContent, nil, nil)
		her.send("GET", "/v1/moderation/cases?site=shop", nil, http.StatusUnauthorized, nil, nil)

		var history struct {
			Changes []struct {
				What, Name string
				Detail     struct{ Name string }
			}
		}
		var told []string
		admin.send("GET", "/v1/console/history?site=shop", nil, http.StatusOK, &history, nil)
		for _, change := range history.Changes {
			told = append(told, change.Name+" "+change.What+" "+change.Detail.Name)
		}
		const want = "Ada Obi operator.revoked Eve Holm, Ada Obi operator.changed Eve Holm, Noa Levi operator.added Bo Lund, Ada Obi operator.added Eve Holm"
		if got := strings.Join(told, ", "); got != want {
			t.Errorf("the history: %s", got)
		}

		// Somebody stays.
		noa := list(root, "shop")["Noa Levi"]
		var problem problemBody
		root.send("DELETE", path+"/"+noa.ID+"?site=shop", nil, http.StatusConflict, &problem, nil)
		if problem.Code != "conflict" || !strings.Contains(problem.Detail, "stay an admin") {
			t.Errorf("%+v", problem)
		}
		root.send("PATCH", path+"/"+noa.ID+"?site=shop", object{"role": "viewer"}, http.StatusConflict, nil, nil)
	})
}

// What an operator has open ends when they are revoked.
func TestRevokingEndsOpenStreams(t *testing.T) {
	s, root, _, viewer := staffOf(t, nil)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.base+"/v1/console/live?site=shop", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(viewer.cookies[0])
	response, err := (&http.Client{}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("the stream answers %d", response.StatusCode)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		buffer := make([]byte, 4096)
		for {
			if _, err := response.Body.Read(buffer); err != nil {
				return
			}
		}
	}()
	var body struct{ Operators []operators.Operator }
	root.send("GET", "/v1/console/operators?site=shop", nil, http.StatusOK, &body, nil)
	for _, o := range body.Operators {
		if o.Name == "Vic Tran" {
			root.send("DELETE", "/v1/console/operators/"+o.ID+"?site=shop", nil, http.StatusNoContent, nil, nil)
		}
	}
	select {
	case <-ended:
	case <-time.After(30 * time.Second):
		t.Error("the stream of a revoked operator stays open")
	}
}

func TestWebhooksAtTheConsole(t *testing.T) {
	answers := make(chan int, 10)
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(<-answers) }))
	defer receiver.Close()
	onDatabases(t, func(t *testing.T, env map[string]string) {
		cfg := twoSitesConfig(t, env)
		cfg.getenv = func(inner func(string) string) func(string) string {
			return func(name string) string {
				if name == "HOOK_SECRET" {
					return strings.Repeat("s", 32)
				}
				return inner(name)
			}
		}(cfg.getenv)
		cfg.Tenants[0].Webhooks = []WebhookConfig{{URL: receiver.URL + "/hook?token=confidential", SecretEnv: "HOOK_SECRET", Events: []string{hooks.ModerationDecided}}}
		tokens := hire(t, cfg,
			operators.Operator{Name: "Ada Obi", Role: operators.Admin, Sites: []string{"shop"}},
			operators.Operator{Name: "Vic Tran", Role: operators.Viewer, Sites: []string{"shop"}},
			operators.Operator{Name: "Una Other", Role: operators.Admin, Sites: []string{"other"}},
		)
		s := startServer(t, cfg)
		var people []*console
		for _, token := range tokens {
			c := &console{t: t, s: s}
			c.signIn(token, http.StatusCreated)
			people = append(people, c)
		}
		admin, viewer, stranger := people[0], people[1], people[2]
		const base = "/v1/console/webhooks"
		test := func(c *console, site string, body any, want int) (id string) {
			t.Helper()
			var made struct{ ID string }
			c.send("POST", base+"/test?site="+site, body, want, &made, nil)
			return made.ID
		}
		test(viewer, "shop", object{"endpoint": 0}, http.StatusForbidden)
		test(admin, "shop", object{"endpoint": 1}, http.StatusBadRequest)
		test(stranger, "other", object{"endpoint": 0}, http.StatusBadRequest)
		answers <- http.StatusGone
		id := test(admin, "shop", object{"endpoint": 0}, http.StatusAccepted)

		type event struct {
			Payload    struct{ Type, Site string }
			Deliveries []struct {
				Status, URL string
				Answer      int
			}
		}
		until := func(c *console, status string, answer int) (e event) {
			t.Helper()
			for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
				e = event{}
				c.send("GET", base+"/deliveries/"+id+"?site=shop", nil, http.StatusOK, &e, nil)
				if d := e.Deliveries[0]; d.Status == status && d.Answer == answer {
					return e
				}
				if time.Now().After(end) {
					t.Fatalf("%+v", e)
				}
			}
		}
		if e := until(admin, "dead", http.StatusGone); e.Payload.Type != hooks.Test || e.Payload.Site != "shop" {
			t.Errorf("an admin sees %+v", e)
		}
		if e := until(viewer, "dead", http.StatusGone); e.Payload.Type != "" || strings.Contains(e.Deliveries[0].URL, "confidential") {
			t.Errorf("a viewer sees %+v", e)
		}
		stranger.send("GET", base+"/deliveries/"+id+"?site=other", nil, http.StatusNotFound, nil, nil)
		stranger.send("POST", base+"/deliveries/"+id+"/redeliver?site=other", nil, http.StatusNotFound, nil, nil)
		viewer.send("POST", base+"/deliveries/"+id+"/redeliver?site=shop", nil, http.StatusForbidden, nil, nil)
		var endpoints struct {
			Endpoints []struct {
				URL  string
				Dead int
			}
		}
		admin.send("GET", base+"?site=shop", nil, http.StatusOK, &endpoints, nil)
		if len(endpoints.Endpoints) != 1 || endpoints.Endpoints[0].Dead != 1 || !strings.Contains(endpoints.Endpoints[0].URL, "confidential") {
			t.Errorf("%+v", endpoints)
		}
		answers <- http.StatusNoContent
		admin.send("POST", base+"/deliveries/"+id+"/redeliver?site=shop", nil, http.StatusOK, nil, nil)
		until(admin, "delivered", http.StatusNoContent)
		var page struct{ Deliveries []struct{ ID string } }
		admin.send("GET", base+"/deliveries?site=shop&status=delivered&type=webhook.test&endpoint=0", nil, http.StatusOK, &page, nil)
		if len(page.Deliveries) != 1 || page.Deliveries[0].ID != id {
			t.Errorf("%+v", page)
		}
		var history struct{ Changes []struct{ What string } }
		viewer.send("GET", "/v1/console/history?site=shop", nil, http.StatusOK, &history, nil)
		if len(history.Changes) != 2 || history.Changes[0].What != "webhook.redelivered" || history.Changes[1].What != "webhook.tested" {
			t.Errorf("the history: %+v", history)
		}
		for _, query := range []string{"status=lost", "limit=0", "before=x", "endpoint=7"} {
			admin.send("GET", base+"/deliveries?site=shop&"+query, nil, http.StatusBadRequest, nil, nil)
		}
	})
}

func TestSettingsOfModerationAreNotNull(t *testing.T) {
	s := startServer(t, twoSitesConfig(t, nil))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, s.base+"/v1/moderation/settings", strings.NewReader(" null "))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+shopKey)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("If-Match", `"x"`)
	s.send(t, r, http.StatusBadRequest, nil)
}

func TestACaseIsAssignedToWhoCanDecideIt(t *testing.T) {
	s, root, admin, viewer := staffOf(t, nil)
	labels, held := object{}, object{"certain": "hold", "likely": "hold", "review": 0.4, "hold": 0.8, "block": 2}
	for _, label := range policy.Labels() {
		labels[string(label)] = held
	}
	s.settings(t, shopKey, object{"labels": labels, "any": object{"review": 0.000001, "hold": 0.9, "block": 2}})
	answer := s.check(t, "m-1", "Write me on WhatsApp, +44 7700 900123, and pay me by PayPal, then the site keeps nothing of it.", http.StatusOK)
	if answer.Case == "" {
		t.Fatal("the message was delivered at once")
	}
	var list struct{ Operators []operators.Operator }
	root.send("GET", "/v1/console/operators?site=shop", nil, http.StatusOK, &list, nil)
	ids := map[string]string{}
	for _, o := range list.Operators {
		ids[o.Name] = o.ID
	}
	assign := func(c *console, version int, to string, want int) {
		t.Helper()
		c.send("POST", "/v1/moderation/cases/"+answer.Case+"/assign?site=shop", object{"version": version, "assignee": to}, want, nil, nil)
	}
	version := s.caseOf(t, answer.Case).Case.Version
	for _, wrong := range []string{"nobody", "vic@shop.example", ids["Vic Tran"]} {
		assign(admin, version, wrong, http.StatusBadRequest)
	}
	assign(viewer, version, ids["Ada Obi"], http.StatusForbidden)
	assign(admin, version, ids["Noa Levi"], http.StatusOK)
	assign(admin, s.caseOf(t, answer.Case).Case.Version, "", http.StatusOK)
}
