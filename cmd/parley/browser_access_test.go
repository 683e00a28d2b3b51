package main

import (
	"strings"
	"testing"
)

// TestEveryPageIsAccessible walks all pages in a real Chromium: axe-core, narrow
// and enlarged, forced colours, reduced motion, reading aloud. See needBrowser.
func TestEveryPageIsAccessible(t *testing.T) {
	needBrowser(t)
	runPages(t, "e2e/access-pages.mjs", append(newConsole(t), "PARLEY_BUILTIN_URL="+serveBuiltin(t))...)
}

// TestPagesAreFast asserts how pages stay quick; with PARLEY_BENCH=on it measures
// how quick they are (`make bench-pages`).
func TestPagesAreFast(t *testing.T) {
	needBrowser(t)
	runPages(t, "e2e/speed.mjs", "PARLEY_URL="+serveBuiltin(t))
}

// runPages runs a file of scenarios.
func runPages(t *testing.T, file string, env ...string) {
	t.Helper()
	out, err := runNode(t, []string{"--test", "--test-concurrency=1", file}, env...)
	switch {
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	case !strings.Contains(out, "# pass ") && !strings.Contains(out, "ℹ pass "):
		t.Errorf("no scenario ran:\n%s", out)
	default:
		t.Log(out)
	}
}
