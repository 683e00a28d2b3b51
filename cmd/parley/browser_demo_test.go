package main

import (
	"os"
	"strings"
	"testing"
)

// TestDemoSiteInABrowser goes from /demo to a published job and back, in a real
// Chromium. See needBrowser. With PARLEY_SCREENSHOTS it takes pictures too.
func TestDemoSiteInABrowser(t *testing.T) {
	needBrowser(t)
	s := startServer(t, testConfig(t, nil))
	out, err := runNode(t, []string{"--test", "--test-concurrency=1", "e2e/demo-site.mjs"}, "PARLEY_URL="+s.base)
	switch {
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	case !strings.Contains(out, "# pass ") && !strings.Contains(out, "ℹ pass "):
		t.Errorf("no scenario ran:\n%s", out)
	case os.Getenv("PARLEY_SCREENSHOTS") != "":
		t.Log(out)
	}
}
