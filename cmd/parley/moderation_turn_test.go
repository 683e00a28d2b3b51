package main

import (
	"net/http"
	"testing"
)

// TestATurnConcernsNobodyElse has a turn with the assistant held and released:
// the site is not told of it, and its case goes when the conversation does.
func TestATurnConcernsNobodyElse(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		site := newReceiver(t)
		m := &moderated{hook: site.url, env: env}
		s := startServer(t, testConfig(t, m.write(t)))
		s.settings(t, shopKey, ruledByWords())
		c := dial(t, s, "shop", nil)
		c.write(object{"type": "message.create", "id": "m1", "message_id": "m1", "text": "I need a shop for my " + blockedWord + ", about 2000 USD"})
		held := c.untilType("moderation.held")
		var page struct {
			Cases []struct {
				ID, Session, Response string
				Version               int
			}
		}
		s.get(t, "/v1/moderation/cases?channel=assistant", shopKey, http.StatusOK, &page)
		if len(page.Cases) != 1 || page.Cases[0].Session != c.session || page.Cases[0].Response != held.Response.ID {
			t.Fatalf("cases: %+v", page)
		}
		path := "/v1/moderation/cases/" + page.Cases[0].ID
		s.do(t, "POST", path+"/decide", shopKey, object{"version": page.Cases[0].Version, "decision": "deliver"}, http.StatusOK, nil)
		c.until("the answer", answers("m1"))

		// A message between people that is decided after it is told of.
		blocked := s.check(t, "later", "The "+blockedWord, http.StatusOK)
		s.do(t, "POST", "/v1/moderation/cases/"+blocked.Case+"/decide", shopKey, object{"version": 1, "decision": "deliver"}, http.StatusOK, nil)
		eventually(t, "the site is told of the message", func() bool { return len(site.of("later")) == 1 })
		if n := site.tried(); n != 1 {
			t.Errorf("the site was told %d times", n)
		}
		s.do(t, "DELETE", "/v1/sessions/"+c.session+"?site=shop", c.token, nil, http.StatusNoContent, nil)
		s.get(t, path, shopKey, http.StatusNotFound, nil)
	})
}
