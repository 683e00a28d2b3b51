package main

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/operators"
)

// traced is what a turn's route answers, as far as tests look.
type traced struct {
	Message  sessions.Message
	Response sessions.Response
	Spans    []struct {
		Name  string
		Start float64 `json:"start_ms"`
		Took  float64 `json:"ms"`
	}
	Calls       []struct{ Task, Model, Status string }
	Annotations struct {
		Routing    struct{ Route, By string }
		Moderation struct{ Decision string }
	}
	Masked bool
}

// Operators look at their own sites' conversations: viewers with contact data
// masked, and admins see who looked.
func TestConversationsBelongToTheirSite(t *testing.T) {
	leaks(t)
	onDatabases(t, func(t *testing.T, env map[string]string) {
		cfg := twoSitesConfig(t, env)
		tokens := hire(t, cfg,
			operators.Operator{Name: "Vera Viewer", Role: operators.Viewer, Sites: []string{"shop"}},
			operators.Operator{Name: "Rita Reviewer", Role: operators.Reviewer, Sites: []string{"shop"}},
			operators.Operator{Name: "Ada Admin", Role: operators.Admin},
			operators.Operator{Name: "Otto Other", Role: operators.Admin, Sites: []string{"other"}})
		s := startServer(t, cfg)
		alice := userToken(t, cfg, "shop", "alice", sessions.RoleClient)
		p := newPerson(t, s, "shop", alice)
		c := dial(t, s, "shop", object{"token": alice, "session": p.session})
		c.say("Send the drafts to zoe@bakery.example or call +44 7700 900123")
		c.ws.Close()
		vera, rita, ada, otto := s.signIn(t, tokens[0]), s.signIn(t, tokens[1]), s.signIn(t, tokens[2]), s.signIn(t, tokens[3])

		own := []string{"/v1/console/sessions/" + p.session, "/v1/console/turns/" + p.response}
		for _, path := range append(own, "/v1/console/sessions", "/v1/console/live", "/v1/console/views") {
			site := path + "?site=shop"
			for _, token := range []string{"", alice, shopKey + "x"} {
				s.get(t, site, token, http.StatusUnauthorized, nil)
			}
			s.get(t, site, otherKey, http.StatusForbidden, nil)
			s.console(t, signedIn{}, "GET", site, nil, http.StatusUnauthorized)
			s.console(t, otto, "GET", site, nil, http.StatusForbidden)
		}
		for _, path := range own {
			s.get(t, path, otherKey, http.StatusNotFound, nil)
			s.console(t, otto, "GET", path+"?site=other", nil, http.StatusNotFound)
		}
		for _, text := range []string{"bakery", p.session, p.message, p.response, "alice"} {
			if _, body := s.console(t, otto, "GET", "/v1/console/sessions?site=other&text="+text, nil, http.StatusOK); !strings.Contains(string(body), `"sessions":[]`) {
				t.Errorf("another site finds %q: %s", text, body)
			}
		}
		for _, who := range []signedIn{vera, rita} {
			s.console(t, who, "GET", "/v1/console/views?site=shop", nil, http.StatusForbidden)
		}

		for _, path := range []string{"/v1/console/sessions?site=shop&text=drafts", own[0] + "?site=shop"} {
			_, seen := s.console(t, vera, "GET", path, nil, http.StatusOK)
			_, whole := s.console(t, rita, "GET", path, nil, http.StatusOK)
			if strings.Contains(string(seen), "zoe@") || strings.Contains(string(seen), "900123") || !strings.Contains(string(seen), "[email]") {
				t.Errorf("%s: a viewer sees %s", path, seen)
			}
			if !strings.Contains(string(whole), "zoe@bakery.example") {
				t.Errorf("%s: a reviewer sees %s", path, whole)
			}
		}
		s.tellsTheTurn(t, rita, p)
		s.tellsWhoLooked(t, ada, p.session, vera, rita)
	})
}

// tellsTheTurn checks the trace of a person's first answer.
func (s *server) tellsTheTurn(t *testing.T, who signedIn, p person) {
	t.Helper()
	_, body := s.console(t, who, "GET", "/v1/console/turns/"+p.response+"?site=shop", nil, http.StatusOK)
	var turn traced
	if err := json.Unmarshal(body, &turn); err != nil {
		t.Fatal(err)
	}
	var names []string
	end := 0.0
	for _, span := range turn.Spans {
		names = append(names, span.Name)
		if span.Start < end-0.001 {
			t.Errorf("%s begins before the part before it has ended: %+v", span.Name, turn.Spans)
		}
		end = span.Start + span.Took
	}
	if got := strings.Join(names, " "); got != "screen route understand retrieve decide say describe" || end > turn.Response.Timings.Total {
		t.Errorf("parts %s, until %v of %v ms", got, end, turn.Response.Timings.Total)
	}
	if turn.Message.ID != p.message || turn.Annotations.Routing.Route != "job_post" || turn.Annotations.Routing.By != "router" || turn.Annotations.Moderation.Decision != "deliver" || turn.Masked {
		t.Errorf("%.2000s", body)
	}
	if len(turn.Calls) == 0 || turn.Calls[0].Model != "builtin" || turn.Calls[0].Status != "settled" {
		t.Errorf("calls: %+v", turn.Calls)
	}
}

// tellsWhoLooked checks the list of views, which outlives the conversation.
func (s *server) tellsWhoLooked(t *testing.T, admin signedIn, session string, viewers ...signedIn) {
	t.Helper()
	looked := func() map[string]bool {
		_, body := s.console(t, admin, "GET", "/v1/console/views?site=shop&session="+session, nil, http.StatusOK)
		var list struct {
			Views []struct{ Operator, Name string }
		}
		if err := json.Unmarshal(body, &list); err != nil {
			t.Fatal(err)
		}
		who := map[string]bool{}
		for _, v := range list.Views {
			who[v.Operator] = v.Name != ""
		}
		return who
	}
	who := looked()
	for _, v := range viewers {
		if !who[v.id] {
			t.Errorf("%s looked and is not among %v", v.id, who)
		}
	}
	if len(who) != len(viewers) {
		t.Errorf("looked: %v", who)
	}
}

// What is deleted is gone for operators too.
func TestDeletedConversationsVanish(t *testing.T) {
	leaks(t)
	onDatabases(t, func(t *testing.T, env map[string]string) {
		cfg := twoSitesConfig(t, env)
		s := startServer(t, cfg)
		p := newPerson(t, s, "shop", userToken(t, cfg, "shop", "alice", sessions.RoleClient))
		paths := []string{"/v1/console/sessions/" + p.session, "/v1/console/turns/" + p.response}
		for _, path := range paths {
			s.get(t, path, shopKey, http.StatusOK, nil)
		}
		s.do(t, "DELETE", "/v1/sessions/"+p.session+"?site=shop", p.token, nil, http.StatusNoContent, nil)
		for _, path := range paths {
			s.get(t, path, shopKey, http.StatusNotFound, nil)
		}
		if _, body := s.get(t, "/v1/console/sessions?text=bakery", shopKey, http.StatusOK, nil); strings.Contains(string(body), p.session) {
			t.Errorf("it is still found: %s", body)
		}
		if _, body := s.get(t, "/v1/console/views?session="+p.session, shopKey, http.StatusOK, nil); !strings.Contains(string(body), `"operator":"api"`) {
			t.Errorf("who had looked is forgotten: %s", body)
		}
		for _, query := range []string{"status=burnt", "limit=0", "limit=x", "after=x", "from=today", "role=boss", "workflow=A%20B", "text=" + strings.Repeat("x", 600)} {
			s.get(t, "/v1/console/sessions?"+query, shopKey, http.StatusBadRequest, nil)
		}
		s.get(t, paths[0]+"?before=-1", shopKey, http.StatusBadRequest, nil)
	})
}

// stream is an operator who looks on.
type stream struct {
	events chan string // type and data; closed at the end of the stream
	cancel context.CancelFunc
}

func (s *server) lookOn(t *testing.T, who signedIn) *stream {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/v1/console/live?site=shop", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(who.cookie)
	response, err := s.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%d %v", response.StatusCode, response.Header)
	}
	out := &stream{events: make(chan string, 100), cancel: cancel}
	go func() {
		defer close(out.events)
		defer response.Body.Close()
		lines := bufio.NewScanner(response.Body)
		lines.Buffer(nil, 1<<20)
		kind := ""
		for lines.Scan() {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				kind = name
			}
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				out.events <- kind + " " + data
			}
		}
	}()
	return out
}

// until waits for an event that has all the parts, or with none for the end of the stream.
func (o *stream) until(t *testing.T, parts ...string) {
	t.Helper()
	limit := time.After(20 * time.Second)
	for {
		select {
		case event, open := <-o.events:
			if !open {
				if len(parts) > 0 {
					t.Fatalf("the stream ended before %v", parts)
				}
				return
			}
			fits := len(parts) > 0
			for _, part := range parts {
				fits = fits && strings.Contains(event, part)
			}
			if fits {
				return
			}
		case <-limit:
			t.Fatalf("no %v", parts)
		}
	}
}

// Whoever looks on sees what happens in any process, and nothing more from the
// moment in which their role is lowered, or they are revoked or signed out.
func TestLookingOnEndsWithTheRole(t *testing.T) {
	leaks(t)
	cfg := twoSitesConfig(t, map[string]string{"DATABASE_URL": testDatabase(t)})
	list := []operators.Operator{
		{Name: "Lowered", Role: operators.Reviewer, Sites: []string{"shop"}}, {Name: "Moved", Role: operators.Viewer, Sites: []string{"shop"}},
		{Name: "Revoked", Role: operators.Viewer, Sites: []string{"shop"}}, {Name: "Left", Role: operators.Viewer, Sites: []string{"shop"}}, {Name: "Stays", Role: operators.Viewer, Sites: []string{"shop"}},
	}
	tokens := hire(t, cfg, list...)
	s, another := startServer(t, cfg), startServer(t, cfg)
	storage, err := openStorage(t.Context(), cfg, quietLog)
	if err != nil {
		t.Fatal(err)
	}
	defer storage.close()
	desk, err := operators.NewDesk(operators.Config{Store: storage.staff})
	if err != nil {
		t.Fatal(err)
	}
	var who []signedIn
	var streams []*stream
	for _, token := range tokens {
		w := s.signIn(t, token)
		who, streams = append(who, w), append(streams, s.lookOn(t, w))
	}
	p := newPerson(t, another, "shop", userToken(t, cfg, "shop", "alice", sessions.RoleClient))
	theirs := newPerson(t, another, "other", userToken(t, cfg, "other", "bob", sessions.RoleClient))
	for _, stream := range streams {
		stream.until(t, "session ", p.session, `"status":"completed"`)
	}

	if _, err := desk.Grant(t.Context(), who[0].id, operators.Viewer, []string{"shop"}); err != nil {
		t.Fatal(err)
	}
	streams[0].until(t, "ended ", "forbidden")
	if _, err := desk.Grant(t.Context(), who[1].id, operators.Viewer, []string{"other"}); err != nil {
		t.Fatal(err)
	}
	streams[1].until(t, "ended ", "forbidden")
	if _, err := desk.Revoke(t.Context(), who[2].id); err != nil {
		t.Fatal(err)
	}
	streams[2].until(t, "ended ", "unauthorized")
	s.console(t, who[3], "DELETE", "/v1/console/session", nil, http.StatusNoContent)
	streams[3].until(t, "ended ", "unauthorized")
	for _, stream := range streams[:4] {
		stream.until(t)
	}
	s.console(t, who[2], "GET", "/v1/console/live?site=shop", nil, http.StatusUnauthorized)

	again := newPerson(t, another, "shop", p.token)
	streams[4].until(t, "session ", again.session)
	for len(streams[4].events) > 0 {
		if event := <-streams[4].events; strings.Contains(event, theirs.session) {
			t.Errorf("another site's conversation: %s", event)
		}
	}
	streams[4].cancel()
	streams[4].until(t)
}
