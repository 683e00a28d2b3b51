package main

import (
	"bufio"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web"
)

func TestConversationsAsResources(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		s := startServer(t, testConfig(t, env))
		var created struct {
			Session sessions.Session
			Token   string
		}
		response, _ := s.do(t, "POST", "/v1/sessions", "", object{"locale": "en-GB", "time_zone": "Europe/London"}, http.StatusCreated, &created)
		if created.Token == "" || response.Header.Get("Location") != "/v1/sessions/"+created.Session.ID {
			t.Fatalf("created %+v at %s", created, response.Header.Get("Location"))
		}
		token, path := created.Token, "/v1/sessions/"+created.Session.ID
		var second struct{ Session sessions.Session }
		_, body := s.do(t, "POST", "/v1/sessions", token, object{}, http.StatusCreated, &second)
		if strings.Contains(string(body), `"token"`) {
			t.Error("somebody with a token was given another one")
		}

		c := dial(t, s, "default", object{"token": token, "session": created.Session.ID})
		answer := c.say(petShop)
		draft := c.draft()

		var named struct{ Session sessions.Session }
		s.do(t, "PATCH", path, token, object{"title": "  The pet shop "}, http.StatusOK, &named)
		if named.Session.Title != "The pet shop" {
			t.Errorf("title %q", named.Session.Title)
		}
		if f := c.until("the new title", func(f frame) bool { return f.Type == "session.updated" && f.Session.Title == "The pet shop" }); f.Offset == 0 {
			t.Error("the new title is not durable")
		}
		s.do(t, "PATCH", path, token, object{"title": "The\r\npet\u202e \u0007shop"}, http.StatusOK, &named)
		if named.Session.Title != "The pet shop" {
			t.Errorf("title %q", named.Session.Title)
		}
		s.do(t, "PATCH", path, token, object{"title": " "}, http.StatusBadRequest, nil)
		s.do(t, "PATCH", path, token, object{"title": strings.Repeat("x", 300)}, http.StatusRequestEntityTooLarge, nil)
		s.do(t, "PATCH", path, token, object{"title": 5}, http.StatusBadRequest, nil)
		s.do(t, "PATCH", path, token, "title: x", http.StatusUnsupportedMediaType, nil)
		s.do(t, "PATCH", path, token, object{"title": strings.Repeat("x", 70_000)}, http.StatusRequestEntityTooLarge, nil)

		s.do(t, "PATCH", path+"%00", token, object{"title": "x"}, http.StatusNotFound, nil)
		s.get(t, path, token, http.StatusOK, &named)
		var kept sessions.Snapshot
		s.get(t, path+"/messages", token, http.StatusOK, &kept)
		if len(kept.Messages) != 1 || len(kept.Responses) != 1 || len(kept.Drafts) != 1 || kept.Messages[0].Text != petShop {
			t.Errorf("messages: %+v", kept)
		}
		var export struct {
			Session sessions.Session
			Drafts  []sessions.Draft
		}
		s.get(t, path+"/export", token, http.StatusOK, &export)
		if export.Session.Title != "The pet shop" || len(export.Drafts) == 0 {
			t.Errorf("export: %+v", export)
		}

		s.do(t, "POST", "/v1/feedback", token, object{"session": created.Session.ID, "response_id": answer.ID, "rating": "up", "comment": "Right."}, http.StatusNoContent, nil)
		s.do(t, "POST", "/v1/feedback", token, object{"session": created.Session.ID, "response_id": answer.ID, "rating": "great"}, http.StatusBadRequest, nil)
		s.do(t, "POST", "/v1/feedback", token, object{"rating": "up"}, http.StatusBadRequest, nil)
		s.get(t, path+"/messages", token, http.StatusOK, &kept)
		if len(kept.Feedback) != 1 || kept.Feedback[0].Comment != "Right." {
			t.Errorf("feedback: %+v", kept.Feedback)
		}

		s.checkDraft(t, token, draft)

		s.do(t, "DELETE", path, token, nil, http.StatusNoContent, nil)
		s.get(t, path, token, http.StatusNotFound, nil)
		s.get(t, "/v1/drafts/"+draft.ID, token, http.StatusNotFound, nil)
		c.untilType("session.deleted")
	})
}

// checkDraft reads a draft in each of its formats.
func (s *server) checkDraft(t *testing.T, token string, draft *sessions.Draft) {
	t.Helper()
	if draft == nil {
		t.Fatal("there is no draft")
	}
	var found sessions.Draft
	s.get(t, "/v1/drafts/"+draft.ID, token, http.StatusOK, &found)
	if found.Version != draft.Version || len(found.Claims) == 0 {
		t.Errorf("draft %+v", found)
	}
	response, text := s.get(t, "/v1/drafts/"+draft.ID+".md", token, http.StatusOK, nil)
	for _, want := range []string{"# ", "pet", "4,000"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the Markdown lacks %q:\n%s", want, text)
		}
	}
	if name := response.Header.Get("Content-Disposition"); !strings.HasPrefix(name, `attachment; filename="`) || !strings.HasSuffix(name, `.md"`) {
		t.Errorf("file name %s", name)
	}
	var post map[string]any
	s.get(t, "/v1/drafts/"+draft.ID+".json", token, http.StatusOK, &post)
	if post["title"] == "" || post["brief"] != nil {
		t.Errorf("published: %v", post)
	}
}

func TestSessionsAreListedInPages(t *testing.T) {
	s := startServer(t, testConfig(t, nil))
	c := dial(t, s, "default", nil)
	for range 4 {
		s.do(t, "POST", "/v1/sessions", c.token, object{}, http.StatusCreated, nil)
	}
	seen := map[string]bool{}
	path := "/v1/sessions?limit=2"
	for pages := 0; path != "" && pages < 5; pages++ {
		var page struct {
			Sessions []sessions.Session
			Next     *time.Time
		}
		s.get(t, path, c.token, http.StatusOK, &page)
		for _, found := range page.Sessions {
			if seen[found.ID] {
				t.Errorf("%s is listed twice", found.ID)
			}
			seen[found.ID] = true
		}
		path = ""
		if page.Next != nil {
			path = "/v1/sessions?limit=2&before=" + page.Next.Format(time.RFC3339Nano)
		}
	}
	if len(seen) != 5 {
		t.Errorf("%d sessions are listed, want 5", len(seen))
	}
	for _, query := range []string{"limit=0", "limit=1000", "limit=x", "before=yesterday"} {
		s.get(t, "/v1/sessions?"+query, c.token, http.StatusBadRequest, nil)
	}
}

// search posts a search, and answers what was found.
func (s *server) search(t testing.TB, path, token string, body object, want int) []web.Hit {
	t.Helper()
	var found web.SearchAnswer
	s.do(t, "POST", path, token, body, want, &found)
	return found.Hits
}

func TestSearchAndMarket(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		s := startServer(t, testConfig(t, env))
		c := dial(t, s, "default", nil)
		hits := s.search(t, "/v1/search", c.token, object{"text": "online shop for pet supplies", "limit": 5}, http.StatusOK)
		if len(hits) != 5 || !hits[0].Demo || hits[0].Why.Fused <= 0 || len(hits[0].Words) == 0 {
			t.Errorf("hits: %+v", hits)
		}
		s.get(t, "/v1/documents/job_post/"+hits[0].ID, c.token, http.StatusOK, nil)
		for name, filter := range map[string]struct {
			body object
			kept func(web.HitData) bool
		}{
			"category": {object{"category": "web"}, func(d web.HitData) bool { return d.Category == "web" }},
			"level":    {object{"level": "expert"}, func(d web.HitData) bool { return d.Level == "expert" }},
			"pay": {object{"pay_type": "fixed", "pay": []object{{"currency": "USD", "min": 100_000, "max": 300_000}}}, func(d web.HitData) bool {
				return d.PayType == "fixed" && d.Currency == "USD" && d.PayMax >= 100_000 && d.PayMin <= 300_000
			}},
			"dates": {object{"from": "2025-01-01", "to": "2025-06-30"}, func(d web.HitData) bool { return d.PostedOn >= "2025-01-01" && d.PostedOn <= "2025-06-30" }},
		} {
			hits := s.search(t, "/v1/search", c.token, filter.body, http.StatusOK)
			if len(hits) == 0 {
				t.Errorf("%s: nothing found", name)
			}
			for _, h := range hits {
				if !filter.kept(h.Data) {
					t.Errorf("%s: found %+v", name, h)
				}
			}
		}
		s.search(t, "/v1/search", "", object{"text": "x"}, http.StatusOK) // what everybody may see
		s.search(t, "/v1/search", "", object{"kind": "profile"}, http.StatusForbidden)
		s.search(t, "/v1/search", "no.such.token", object{"text": "x"}, http.StatusUnauthorized)
		s.search(t, "/v1/search?site=nowhere", "", object{"text": "x"}, http.StatusNotFound)
		s.search(t, "/v1/search", c.token, object{"kind": "profile"}, http.StatusForbidden)
		s.search(t, "/v1/search", c.token, object{"text": `') OR 1=1 -- "*`}, http.StatusOK)
		s.checkRefusals(t, c.token)

		var figures retrieval.Market
		s.get(t, "/v1/market?q=online+shop&skill=Shopify&skill=PHP&currency=USD&pay_type=fixed", c.token, http.StatusOK, &figures)
		if figures.Posts == 0 || len(figures.Pay) == 0 || figures.Pay[0].Currency != "USD" || figures.Pay[0].High < figures.Pay[0].Low {
			t.Errorf("figures: %+v", figures)
		}
		var moves retrieval.Trend
		s.get(t, "/v1/market/trend?category=web", c.token, http.StatusOK, &moves)
		if len(moves.Months) < 12 || moves.Growth == nil {
			t.Errorf("trend: %+v", moves)
		}
		s.get(t, "/v1/market/trend?skill=shopify&category=web&months=3", c.token, http.StatusOK, nil)
		for _, path := range []string{"/v1/market?q=x", "/v1/market/trend?skill=x"} {
			s.get(t, path, "", http.StatusOK, nil)
			s.get(t, path, "no.such.token", http.StatusUnauthorized, nil)
			s.get(t, path+"&site=nowhere", "", http.StatusNotFound, nil)
		}
		for _, path := range []string{
			"/v1/market?q=" + strings.Repeat("x", 5000), "/v1/market?q=nul%00here", "/v1/market?q=%ff%fe", "/v1/market?q=x&level=wizard",
			"/v1/market?q=x&currency=XYZ", "/v1/market?q=x&convert=true", "/v1/market?q=x&convert=maybe",
			"/v1/market/trend", "/v1/market/trend?skill=x&from=yesterday", "/v1/market/trend?skill=x&months=0", "/v1/market/trend?skill=x&months=900",
		} {
			s.get(t, path, c.token, http.StatusBadRequest, nil)
		}
		s.get(t, "/v1/documents/job_post/x%00", c.token, http.StatusNotFound, nil)
	})
}

// checkRefusals sends searches that are wrong: the answer names the field.
func (s *server) checkRefusals(t *testing.T, token string) {
	t.Helper()
	many := slices.Repeat([]string{"x"}, 51)
	for _, c := range []struct {
		body object
		says string
	}{
		{object{"kind": "recipe"}, "kind"},
		{object{"text": strings.Repeat("x", 5000)}, "text"},
		{object{"text": "nul\x00here"}, "characters"},
		{object{"colour": "red"}, `"colour"`},
		{object{"pay": []object{{"currency": "EUR", "most": 5}}}, `"most"`},
		{object{"pay": []object{{"currency": "EUX", "max": 5}}}, "EUX"},
		{object{"pay": []object{{"max": 5}}}, "currency"},
		{object{"limit": "ten"}, "limit"},
		{object{"limit": 51}, "limit"},
		{object{"time_zone": "somewhere"}, "time_zone"},
		{object{"level": "wizard"}, "level"},
		{object{"countries": []string{"Germany"}}, "country"},
		{object{"from": "yesterday"}, "from"},
		{object{"available_by": "2025-13-01"}, "available_by"},
		{object{"min_hours": 500}, "min_hours"},
		{object{"all_skills": many}, "all_skills"},
		{object{"convert": true, "pay": []object{{"currency": "EUR", "max": 5}}}, "rates"},
	} {
		var problem web.Problem
		s.do(t, "POST", "/v1/search", token, c.body, http.StatusBadRequest, &problem)
		if !strings.Contains(problem.Detail, c.says) {
			t.Errorf("%.80v: %s, which does not say %s", c.body, problem.Detail, c.says)
		}
	}
	s.do(t, "POST", "/v1/search", token, []string{"x"}, http.StatusBadRequest, nil)
	s.do(t, "POST", "/v1/search", token, `{"text":"x"}`, http.StatusUnsupportedMediaType, nil)
}

func TestEventsAsAStream(t *testing.T) {
	s := startServer(t, testConfig(t, nil))
	c := dial(t, s, "default", nil)
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.base+"/v1/sessions/"+c.session+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	response, err := s.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%s, %s", response.Status, response.Header.Get("Content-Type"))
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	next := func(kind string) frame {
		for lines.Scan() {
			data, found := strings.CutPrefix(lines.Text(), "data: ")
			var f frame
			if found && json.Unmarshal([]byte(data), &f) == nil && f.Type == kind {
				return f
			}
		}
		t.Fatalf("no %s in the stream: %v", kind, lines.Err())
		return frame{}
	}
	next("session.opened")
	var reply frame
	s.do(t, "POST", "/v1/sessions/"+c.session+"/frames", c.token, object{"type": "message.create", "id": "1", "message_id": "m1", "text": petShop}, http.StatusOK, &reply)
	if reply.Error != nil {
		t.Fatalf("%s", reply.raw)
	}
	if done := next("response.completed"); done.Response.Message != "m1" || done.Offset == 0 {
		t.Errorf("completed: %+v", done)
	}
}

func TestPagesOfOtherOrigins(t *testing.T) {
	s := startServer(t, twoSitesConfig(t, map[string]string{"PARLEY_PUBLIC_URL": "https://chat.example"}))
	for _, c := range []struct {
		origin, site string
		want         int
	}{
		{"https://shop.example", "shop", http.StatusNoContent},
		{"https://chat.example", "other", http.StatusNoContent},
		{s.base, "other", http.StatusNoContent},
		{"https://shop.example", "other", http.StatusForbidden},
		{"https://shop.example", "default", http.StatusForbidden},
		{"https://evil.example", "shop", http.StatusForbidden},
		{"null", "shop", http.StatusForbidden},
	} {
		r, err := http.NewRequestWithContext(t.Context(), "OPTIONS", s.base+"/v1/sessions?site="+c.site, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Origin", c.origin)
		r.Header.Set("Access-Control-Request-Method", "POST")
		response, err := s.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		allowed := response.Header.Get("Access-Control-Allow-Origin")
		if response.StatusCode != c.want || (c.want == http.StatusNoContent) != (allowed == c.origin) {
			t.Errorf("%s at %s: %d, allows %q", c.origin, c.site, response.StatusCode, allowed)
		}
		if response.Header.Get("Access-Control-Allow-Credentials") != "" {
			t.Error("credentials are allowed")
		}
		post, err := http.NewRequestWithContext(t.Context(), "POST", s.base+"/v1/sessions?site="+c.site, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		post.Header.Set("Origin", c.origin)
		post.Header.Set("Content-Type", "application/json")
		want := http.StatusCreated
		if c.want != http.StatusNoContent {
			want = http.StatusForbidden
		}
		s.send(t, post, want, nil)
	}
}

func TestOperation(t *testing.T) {
	s := startServer(t, testConfig(t, nil))
	s.get(t, "/healthz", "", http.StatusOK, nil)
	s.get(t, "/readyz", "", http.StatusOK, nil)
	s.get(t, "/favicon.ico", "", http.StatusNoContent, nil)
	s.get(t, "/licences.txt", "", http.StatusOK, nil)
	if _, spec := s.get(t, "/v1/openapi.yaml", "", http.StatusOK, nil); !strings.HasPrefix(string(spec), "openapi: 3.1") {
		t.Error("openapi.yaml is not served")
	}
	response, page := s.get(t, "/", "", http.StatusOK, nil)
	if policy := response.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self'") || strings.Contains(policy, "unsafe") {
		t.Errorf("the page's policy: %s", policy)
	}
	if !strings.Contains(string(page), "<title>") {
		t.Errorf("page: %.200s", page)
	}
	s.get(t, "/nothing/here", "", http.StatusNotFound, nil)
	s.do(t, "PUT", "/v1/sessions", "", nil, http.StatusMethodNotAllowed, nil)
	s.get(t, "/v1/chat", "", http.StatusBadRequest, nil)

	c := dial(t, s, "default", nil)
	c.say(petShop)
	var figures []byte
	eventually(t, "the turn is counted", func() bool { // which happens after its last event is sent
		_, figures = s.get(t, "/metrics", "", http.StatusOK, nil)
		return strings.Contains(string(figures), "parley_turns_running 0")
	})
	for _, want := range []string{
		`parley_turn_seconds_count{route="job_post",status="completed"} 1`, "parley_connections 1", `parley_frames_total{type="message.create"} 1`,
		`parley_turn_stage_seconds_count{stage="retrieve"} 1`, `parley_http_request_seconds_count{method="GET",route="/readyz",status="200"} 1`,
	} {
		if !strings.Contains(string(figures), want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	forwarded, err := http.NewRequestWithContext(t.Context(), "GET", s.base+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	forwarded.Header.Set("X-Forwarded-For", "203.0.113.9")
	s.send(t, forwarded, http.StatusForbidden, nil)
}
