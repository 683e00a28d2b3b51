package main

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/parleyhq/parley/web/operators"
)

// TestDocumentsConsole runs what operators do with documents and market figures
// in a real Chromium, on the demo marketplace. See needBrowser. With
// PARLEY_SCREENSHOTS it takes their pictures too.
func TestDocumentsConsole(t *testing.T) {
	needBrowser(t)
	cfg := testConfig(t, map[string]string{"PARLEY_API_KEY": shopKey})
	tokens := hire(t, cfg,
		operators.Operator{Name: "Noa Levi", Email: "noa@parley.example", Role: operators.Admin},
		operators.Operator{Name: "Vic Tran", Email: "vic@parley.example", Role: operators.Viewer},
	)
	s := startServer(t, cfg)
	s.do(t, "POST", "/v1/documents", shopKey, `{"kind":"job_post","id":"own-1","title":"Repair our greenhouse controller","description":"1 < 2 <b waters too much."}
{"kind":"job_post","id":"own-2","title":""}
`, http.StatusOK, nil)
	out, err := runNode(t, []string{"--test", "--test-concurrency=1", "e2e/console-documents.mjs"}, "PARLEY_URL="+s.base, "PARLEY_CONSOLE_TOKENS="+strings.Join(tokens, ","))
	switch {
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	case !strings.Contains(out, "# pass ") && !strings.Contains(out, "ℹ pass "):
		t.Errorf("no scenario ran:\n%s", out)
	case os.Getenv("PARLEY_SCREENSHOTS") != "":
		t.Log(out)
	}
}
