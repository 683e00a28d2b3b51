package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/parleyhq/parley/sessions"
)

// TestDraftsOfEveryKind checks that what a conversation writes can be had as a
// resource and as files, whatever its kind.
func TestDraftsOfEveryKind(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		s := startServer(t, testConfig(t, env))
		c := dial(t, s, "default", nil)
		c.say("Find me a Shopify developer for a small shop")
		c.say("draft an invitation to c1")
		var kept sessions.Snapshot
		s.get(t, "/v1/sessions/"+c.session+"/messages", c.token, http.StatusOK, &kept)
		kinds := make(map[string]bool)
		for _, d := range kept.Drafts {
			kinds[d.Kind] = true
			var one sessions.Draft
			s.get(t, "/v1/drafts/"+d.ID, c.token, http.StatusOK, &one)
			if one.Kind != d.Kind || one.Version != d.Version {
				t.Errorf("%s version %d, not %s version %d", one.Kind, one.Version, d.Kind, d.Version)
			}
			response, text := s.do(t, "GET", "/v1/drafts/"+d.ID+".md", c.token, nil, http.StatusOK, nil)
			if !strings.HasPrefix(string(text), "# ") || !strings.Contains(response.Header.Get("Content-Disposition"), ".md") {
				t.Errorf("%s as Markdown: %.200s", d.Kind, text)
			}
			var document map[string]json.RawMessage
			s.get(t, "/v1/drafts/"+d.ID+".json", c.token, http.StatusOK, &document)
			if len(document) < 3 {
				t.Errorf("%s as JSON: %v", d.Kind, document)
			}
		}
		if !kinds["shortlist"] || !kinds["invitation"] {
			t.Errorf("kinds %v", kinds)
		}
	})
}
