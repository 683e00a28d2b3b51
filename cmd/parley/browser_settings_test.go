package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/parleyhq/parley/web/operators"
)

// TestSettingsConsole runs what admins do with settings, operators and webhooks
// in a real Chromium. See needBrowser. With PARLEY_SCREENSHOTS it takes their
// pictures too.
func TestSettingsConsole(t *testing.T) {
	needBrowser(t)
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/gone" {
			w.WriteHeader(http.StatusGone)
		}
	}))
	defer receiver.Close()
	cfg := twoSitesConfig(t, nil)
	inner := cfg.getenv
	cfg.getenv = func(name string) string {
		if name == "HOOK_SECRET" {
			return strings.Repeat("s", 32)
		}
		return inner(name)
	}
	cfg.Tenants[0].Webhooks = []WebhookConfig{{URL: receiver.URL + "/events", SecretEnv: "HOOK_SECRET"}, {URL: receiver.URL + "/gone", SecretEnv: "HOOK_SECRET"}}
	tokens := hire(t, cfg,
		operators.Operator{Name: "Noa Levi", Email: "noa@parley.example", Role: operators.Admin},
		operators.Operator{Name: "Ada Obi", Email: "ada@shop.example", Role: operators.Admin, Sites: []string{"shop"}},
		operators.Operator{Name: "Vic Tran", Email: "vic@shop.example", Role: operators.Viewer, Sites: []string{"shop"}},
		operators.Operator{Name: "Ben Ruiz", Email: "ben@shop.example", Role: operators.Reviewer, Sites: []string{"shop"}},
	)
	s := startServer(t, cfg)
	out, err := runNode(t, []string{"--test", "--test-concurrency=1", "e2e/console-settings.mjs"}, "PARLEY_URL="+s.base, "PARLEY_CONSOLE_TOKENS="+strings.Join(tokens, ","))
	switch {
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	case !strings.Contains(out, "# pass ") && !strings.Contains(out, "ℹ pass "):
		t.Errorf("no scenario ran:\n%s", out)
	case os.Getenv("PARLEY_SCREENSHOTS") != "":
		t.Log(out)
	}
}
