package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/operators"
)

// moderationRoutes are all routes of moderation with the weakest role that may
// use each, for a case of the shop.
func moderationRoutes(id string) map[string]struct {
	role operators.Role
	body any
} {
	type route = struct {
		role operators.Role
		body any
	}
	return map[string]route{
		"GET /v1/moderation/cases":                    {operators.Viewer, nil},
		"GET /v1/moderation/cases/" + id:              {operators.Viewer, nil},
		"GET /v1/moderation/counts":                   {operators.Viewer, nil},
		"GET /v1/moderation/agreement":                {operators.Viewer, nil},
		"GET /v1/moderation/policies":                 {operators.Viewer, nil},
		"GET /v1/moderation/rules":                    {operators.Viewer, nil},
		"GET /v1/moderation/settings":                 {operators.Viewer, nil},
		"POST /v1/moderation/check":                   {operators.Reviewer, object{"id": "x", "text": "hello"}},
		"POST /v1/moderation/cases/" + id + "/decide": {operators.Reviewer, object{"version": 99, "decision": "deliver"}},
		"POST /v1/moderation/cases/" + id + "/assign": {operators.Reviewer, object{"version": 99, "assignee": "x"}},
		"POST /v1/moderation/cases/" + id + "/undo":   {operators.Reviewer, object{"version": 99}},
		"POST /v1/moderation/appeals":                 {operators.Admin, object{"message_id": "held", "text": "x"}},
		"DELETE /v1/moderation/cases":                 {operators.Admin, nil},
		"GET /v1/moderation/reviews.jsonl":            {operators.Admin, nil},
		"GET /v1/moderation/webhooks":                 {operators.Admin, nil},
		"POST /v1/moderation/webhooks/x/redeliver":    {operators.Admin, object{}},
		"PUT /v1/moderation/settings":                 {operators.Admin, object{}},
	}
}

// ofCase are those of the routes that name a case or a message of the shop.
func ofCase(route string) bool {
	return strings.Contains(route, "/cases/") || strings.HasSuffix(route, "/appeals") || strings.HasSuffix(route, "/redeliver")
}

// hire adds operators before the server runs, and returns their one-time tokens.
func hire(t *testing.T, cfg Config, list ...operators.Operator) (tokens []string) {
	t.Helper()
	storage, err := openStorage(t.Context(), cfg, quietLog)
	if err != nil {
		t.Fatal(err)
	}
	defer storage.close()
	desk, err := operators.NewDesk(operators.Config{Store: storage.staff})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range list {
		added, err := desk.Add(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		token, err := desk.Token(t.Context(), added.ID)
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, token)
	}
	return tokens
}

// signedIn is an operator at the console.
type signedIn struct {
	id     string
	cookie *http.Cookie
}

func (s *server) signIn(t *testing.T, token string) signedIn {
	t.Helper()
	response, body := s.console(t, signedIn{}, "POST", "/v1/console/session", object{"token": token}, http.StatusCreated)
	var session struct{ Operator struct{ ID string } }
	if err := json.Unmarshal(body, &session); err != nil || len(response.Cookies()) != 1 {
		t.Fatalf("%v: %s", err, body)
	}
	return signedIn{session.Operator.ID, response.Cookies()[0]}
}

// console sends a request as the console's page does; a want of 0 takes any status.
func (s *server) console(t *testing.T, who signedIn, method, path string, body any, want int) (*http.Response, []byte) {
	t.Helper()
	var content bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&content).Encode(body); err != nil {
			t.Fatal(err)
		}
	}
	r, err := http.NewRequestWithContext(t.Context(), method, s.base+path, &content)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", s.base)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set(operators.Header, "1")
	if who.cookie != nil {
		r.AddCookie(who.cookie)
	}
	return s.send(t, r, want, nil)
}

func TestModerationBelongsToItsSite(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		m := &moderated{env: env}
		cfg := testConfig(t, m.write(t))
		tokens := hire(t, cfg,
			operators.Operator{Name: "Vera Viewer", Role: operators.Viewer, Sites: []string{"shop"}},
			operators.Operator{Name: "Rita Reviewer", Role: operators.Reviewer, Sites: []string{"shop"}},
			operators.Operator{Name: "Ada Admin", Role: operators.Admin},
			operators.Operator{Name: "Otto Other", Role: operators.Admin, Sites: []string{"other"}})
		s := startServer(t, cfg)
		s.settings(t, shopKey, ruledByWords())
		held := s.check(t, "held", heldWord, http.StatusOK)
		staff := map[operators.Role]signedIn{}
		for i, role := range operators.Roles() {
			staff[role] = s.signIn(t, tokens[i])
		}
		other := s.signIn(t, tokens[3])
		before, _ := json.Marshal(s.caseOf(t, held.Case))

		person := userToken(t, cfg, "shop", "alice", sessions.RoleClient)
		for route, r := range moderationRoutes(held.Case) {
			method, path, _ := strings.Cut(route, " ")
			site := path + "?site=shop"
			for name, token := range map[string]string{"nobody": "", "a person": person, "a wrong key": shopKey + "x"} {
				t.Run(route+" by "+name, func(t *testing.T) {
					s.do(t, method, site, token, r.body, http.StatusUnauthorized, nil)
				})
			}
			s.do(t, method, site, otherKey, r.body, http.StatusForbidden, nil)
			s.console(t, signedIn{}, method, site, r.body, http.StatusUnauthorized)
			s.console(t, other, method, site, r.body, http.StatusForbidden)
			for role, who := range staff {
				if !role.Covers(r.role) {
					s.console(t, who, method, site, r.body, http.StatusForbidden)
				}
			}
			if ofCase(route) {
				// At their own site there is no such case, nor such a message.
				s.do(t, method, path, otherKey, r.body, http.StatusNotFound, nil)
				s.console(t, other, method, path+"?site=other", r.body, http.StatusNotFound)
			}
			// Another page cannot use the cookie.
			if method != "GET" {
				s.forged(t, staff[operators.Admin], method, site, r.body)
			}
		}
		s.console(t, staff[operators.Admin], "GET", "/v1/moderation/cases?site=nowhere", nil, http.StatusNotFound)
		if after, _ := json.Marshal(s.caseOf(t, held.Case)); string(after) != string(before) {
			t.Errorf("the case changed:\n%s\n%s", before, after)
		}
		s.assertAllowed(t, staff, held.Case)
	})
}

// forged sends a request with the cookie as another page might have it sent.
func (s *server) forged(t *testing.T, who signedIn, method, path string, body any) {
	t.Helper()
	content, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	for name, headers := range map[string]map[string]string{
		"without the header": {"Sec-Fetch-Site": "same-origin"},
		"of another origin":  {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site", operators.Header: "1"},
		"of nowhere":         {operators.Header: "1"},
	} {
		r, err := http.NewRequestWithContext(t.Context(), method, s.base+path, bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		r.AddCookie(who.cookie)
		r.Header.Set("Content-Type", "application/json")
		for key, value := range headers {
			r.Header.Set(key, value)
		}
		response, _ := s.send(t, r, http.StatusForbidden, nil)
		if response.StatusCode != http.StatusForbidden {
			t.Errorf("%s %s, %s", method, path, name)
		}
	}
}

// assertAllowed has each role do what it may: with its name in the history.
func (s *server) assertAllowed(t *testing.T, staff map[operators.Role]signedIn, id string) {
	t.Helper()
	for route, r := range moderationRoutes(id) {
		method, path, _ := strings.Cut(route, " ")
		if method != "GET" {
			continue
		}
		for role, who := range staff {
			if role.Covers(r.role) {
				s.console(t, who, method, path+"?site=shop", nil, http.StatusOK)
			}
		}
	}
	reviewer := staff[operators.Reviewer]
	path := "/v1/moderation/cases/" + id
	s.console(t, reviewer, "POST", path+"/assign?site=shop", object{"version": 1, "assignee": reviewer.id}, http.StatusOK)
	_, body := s.console(t, reviewer, "POST", path+"/decide?site=shop", object{"version": 2, "decision": "block", "labels": []string{"scam"}}, http.StatusOK)
	var d detail
	if err := json.Unmarshal(body, &d); err != nil {
		t.Fatal(err)
	}
	if last := d.History[len(d.History)-1]; last.Actor != reviewer.id || d.People[reviewer.id] != "Rita Reviewer" || d.Case.Status != "decided" {
		t.Errorf("decided by a reviewer: %s", body)
	}
	var page struct{ People map[string]string }
	_, body = s.console(t, staff[operators.Viewer], "GET", "/v1/moderation/cases?site=shop&assignee="+reviewer.id, nil, http.StatusOK)
	if err := json.Unmarshal(body, &page); err != nil || page.People[reviewer.id] != "Rita Reviewer" {
		t.Errorf("%v: %s", err, body)
	}
}
