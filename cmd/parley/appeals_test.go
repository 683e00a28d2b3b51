package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/auth"
)

// TestAPersonAsksForASecondLook has a message held, its sender ask about it, and
// a reviewer decide one way and the other.
func TestAPersonAsksForASecondLook(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		m := &moderated{hook: newReceiver(t).url, env: env}
		s := startServer(t, testConfig(t, m.write(t)))
		s.settings(t, shopKey, ruledByWords())
		c := dial(t, s, "shop", nil)
		other := dial(t, s, "shop", nil)
		held := func(id string) string {
			c.write(object{"type": "message.create", "id": id, "message_id": id, "text": "I need a shop for my " + blockedWord + ", about 2000 USD"})
			return c.untilType("moderation.held").Response.ID
		}
		path := func(response string) string {
			return "/v1/sessions/" + c.session + "/responses/" + response + "/appeal?site=shop"
		}
		var a struct{ State, Policy string }
		state := func(response, want string) {
			t.Helper()
			if s.get(t, path(response), c.token, http.StatusOK, &a); a.State != want || a.Policy != "scam" {
				t.Errorf("%s: %+v, want %s", response, a, want)
			}
		}
		ask := func(token, response, text string, want int) {
			t.Helper()
			s.do(t, "POST", path(response), token, object{"text": text}, want, nil)
		}

		first := held("m1")
		state(first, "none")
		ask(c.token, first, strings.Repeat("x", 2001), http.StatusBadRequest)
		ask(other.token, first, "It is mine.", http.StatusNotFound)
		ask("", first, "It is mine.", http.StatusUnauthorized)
		ask(c.token, "r_none", "What of it?", http.StatusNotFound)
		s.get(t, path(first), other.token, http.StatusNotFound, nil)
		ask(c.token, first, "", http.StatusOK)
		ask(c.token, first, " ", http.StatusOK) // once more, as after a lost answer
		ask(c.token, first, "It is the name of our shop.", http.StatusConflict)
		state(first, "asked")

		decide := func(decision object) {
			t.Helper()
			var page struct {
				Cases []struct {
					ID      string
					Version int
				}
			}
			s.get(t, "/v1/moderation/cases?appealed=true", shopKey, http.StatusOK, &page)
			if len(page.Cases) != 1 {
				t.Fatalf("appeals: %+v", page)
			}
			decision["version"] = page.Cases[0].Version
			s.do(t, "POST", "/v1/moderation/cases/"+page.Cases[0].ID+"/decide", shopKey, decision, http.StatusOK, nil)
			d := s.caseOf(t, page.Cases[0].ID)
			if len(d.History) != 3 || d.History[1].Actor != "sender" || d.History[1].Note == "" {
				t.Errorf("history: %+v", d.History)
			}
		}
		decide(object{"decision": "block", "labels": []string{"scam"}})
		state(first, "upheld")
		ask(c.token, first, "Are you sure?", http.StatusConflict)

		second := held("m2")
		ask(c.token, second, "It is the name of our shop.", http.StatusOK)
		state(second, "asked")
		decide(object{"decision": "deliver", "labels": []string{}})
		c.until("the answer", answers("m2"))
	})
}

// TestAskingIsLimited has somebody ask for more second looks than a person reads.
func TestAskingIsLimited(t *testing.T) {
	m := &moderated{hook: newReceiver(t).url, env: map[string]string{}}
	s := startServer(t, testConfig(t, m.write(t)))
	s.settings(t, shopKey, ruledByWords())
	c := dial(t, s, "shop", nil)
	for i, want := range []int{200, 200, 200, 200, 200, 429} {
		id := string(rune('a' + i))
		c.write(object{"type": "message.create", "id": id, "message_id": id, "text": "A " + blockedWord + " again"})
		held := c.untilType("moderation.held").Response.ID
		s.do(t, "POST", "/v1/sessions/"+c.session+"/responses/"+held+"/appeal?site=shop", c.token, object{}, want, nil)
	}
}

// TestAConversationAsText checks the export for people.
func TestAConversationAsText(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		s := startServer(t, testConfig(t, env))
		c := dial(t, s, "default", nil)
		c.say("I need *someone* to build an online shop for my pet store, about 4000 USD")
		path := "/v1/sessions/" + c.session + "/export"
		response, text := s.do(t, "GET", path+"?format=md", c.token, nil, http.StatusOK, nil)
		for _, want := range []string{"\n> I need \\*someone\\* to build an online shop", "\n---\n\n# ", "4,000"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%q is missing in\n%s", want, text)
			}
		}
		if response.Header.Get("Content-Type") != "text/markdown; charset=utf-8" {
			t.Errorf("content type %q", response.Header.Get("Content-Type"))
		}
		s.get(t, path+"?format=pdf", c.token, http.StatusBadRequest, nil)
		s.get(t, path+"?format=md", dial(t, s, "default", nil).token, http.StatusNotFound, nil)
	})
}

// TestAFreelancerReadsTheirProfile checks that it is theirs alone.
func TestAFreelancerReadsTheirProfile(t *testing.T) {
	cfg := twoSitesConfig(t, nil)
	s := startServer(t, cfg)
	docs := `{"kind":"profile","id":"p1","headline":"Shopify developer","overview":"23 stores since 2020.","category":"web"}` + "\n" +
		`{"kind":"profile","id":"p2","headline":"Somebody else","overview":"Translates.","category":"translation"}` + "\n"
	s.do(t, "POST", "/v1/documents", shopKey, docs, http.StatusOK, nil)
	own := profileToken(t, cfg, "p1")
	var got struct{ Headline string }
	s.get(t, "/v1/documents/profile/p1?site=shop", own, http.StatusOK, &got)
	if got.Headline != "Shopify developer" {
		t.Errorf("profile: %+v", got)
	}
	s.get(t, "/v1/documents/profile/p2?site=shop", own, http.StatusForbidden, nil)
	s.get(t, "/v1/documents/profile/p1?site=shop", userToken(t, cfg, "shop", "u2", sessions.RoleFreelancer), http.StatusForbidden, nil)
	s.get(t, "/v1/documents/profile/p1?site=other", own, http.StatusUnauthorized, nil)
}

// profileToken signs a freelancer of the shop in who has a profile.
func profileToken(t *testing.T, cfg Config, profile string) string {
	t.Helper()
	directory, err := cfg.directory()
	if err != nil {
		t.Fatal(err)
	}
	shop, err := directory.Get("shop")
	if err != nil {
		t.Fatal(err)
	}
	token, err := auth.SignUser(shop, sessions.Principal{Tenant: "shop", Subject: "u1", Role: sessions.RoleFreelancer, Profile: profile}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return token
}
