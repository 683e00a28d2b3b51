package main

import (
	"encoding/json"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/parleyhq/parley"

// mayImport is the table of docs/architecture.md: for each package, which
// others of this module it may import. "…" stands for everything below.
var mayImport = map[string][]string{
	"cmd/parley": {"…"},

	"web":       {"sessions", "sessions/inspect", "retrieval", "retrieval/skills", "retrieval/ingest", "retrieval/ingest/contacts", "retrieval/loads", "assistant", "assistant/…", "web/…"},
	"web/auth":  {"sessions", "migrations", "web/sites"},
	"web/sites": {"migrations"},
	"web/chat":  {"sessions", "web/auth"},

	"web/sites/pgsites":     {"web/sites"},
	"web/sites/sqlitesites": {"web/sites", "migrations"},
	"web/static":            {},
	"web/demo":              {"web/hooks"},

	"web/operators":             {"web/auth"},
	"web/operators/pgstaff":     {"web/operators"},
	"web/operators/sqlitestaff": {"web/operators", "migrations"},
	"web/figures":               {"assistant/gateway"},
	"web/figures/pgfigures":     {"web/figures"},
	"web/figures/sqlitefigures": {"web/figures", "migrations"},
	"web/hooks":                 {},
	"web/hooks/pgoutbox":        {"web/hooks"},
	"web/hooks/sqliteoutbox":    {"web/hooks", "migrations"},

	"sessions":             {},
	"sessions/pgstore":     {"sessions", "migrations"},
	"sessions/sqlitestore": {"sessions", "migrations"},

	"sessions/inspect":              {"sessions"},
	"sessions/inspect/pgreader":     {"sessions", "sessions/inspect"},
	"sessions/inspect/sqlitereader": {"sessions", "sessions/inspect", "migrations"},

	"retrieval":                 {"retrieval/skills", "retrieval/words"},
	"retrieval/skills":          {},
	"retrieval/words":           {},
	"retrieval/words/count":     {"retrieval", "retrieval/words", "retrieval/skills", "retrieval/demo"},
	"retrieval/record":          {"retrieval", "retrieval/words"},
	"retrieval/ingest":          {"retrieval", "retrieval/ingest/contacts"},
	"retrieval/ingest/contacts": {},
	"retrieval/loads":           {"retrieval", "retrieval/ingest", "migrations"},
	"retrieval/learn":           {},
	"retrieval/embed":           {"retrieval", "retrieval/skills", "retrieval/words", "retrieval/learn"},
	"retrieval/embed/generate":  {"retrieval/embed", "retrieval/learn", "retrieval/skills", "retrieval/demo"},
	"retrieval/demo":            {"retrieval"},
	"retrieval/demo/pack":       {"retrieval", "retrieval/demo"},
	"retrieval/pgindex":         {"retrieval", "retrieval/words", "retrieval/record", "migrations"},
	"retrieval/sqliteindex":     {"retrieval", "retrieval/words", "retrieval/record", "migrations"},

	"assistant":                        {"sessions", "retrieval", "retrieval/skills", "retrieval/embed", "assistant/…"},
	"assistant/brief":                  {"retrieval", "retrieval/skills", "retrieval/words"},
	"assistant/model":                  {},
	"assistant/builtin":                {"assistant/model"},
	"assistant/gateway":                {"assistant/model", "retrieval/ingest/contacts"},
	"assistant/gateway/pgledger":       {"assistant/gateway"},
	"assistant/gateway/sqliteledger":   {"assistant/gateway", "migrations"},
	"assistant/grounding":              {"assistant/brief", "assistant/model", "retrieval", "retrieval/skills"},
	"assistant/eval":                   {"assistant", "assistant/…", "retrieval", "retrieval/skills", "retrieval/learn", "retrieval/words"},
	"assistant/eval/dialogue":          {"sessions", "assistant/grounding"},
	"assistant/eval/jobpost":           {"sessions", "retrieval/skills", "assistant/brief", "assistant/grounding", "assistant/eval", "assistant/eval/dialogue"},
	"assistant/eval/shortlist":         {"sessions", "retrieval", "assistant/eval", "assistant/eval/dialogue"},
	"assistant/eval/proposal":          {"sessions", "retrieval", "assistant/brief", "assistant/grounding", "assistant/eval", "assistant/eval/dialogue"},
	"assistant/eval/injection":         {"retrieval", "assistant/route", "assistant/grounding", "assistant/eval", "assistant/eval/dialogue", "assistant/eval/shortlist", "assistant/eval/proposal"},
	"assistant/eval/transcript":        {"assistant/brief", "assistant/eval/dialogue"},
	"assistant/route":                  {"retrieval/learn"},
	"assistant/upload":                 {},
	"assistant/moderation":             {"assistant/moderation/message", "assistant/moderation/policy", "assistant/moderation/rules", "assistant/moderation/classify", "assistant/model", "sessions"},
	"assistant/moderation/message":     {},
	"assistant/moderation/policy":      {},
	"assistant/moderation/rules":       {"assistant/moderation/message", "assistant/moderation/policy"},
	"assistant/moderation/classify":    {"assistant/moderation/message", "assistant/moderation/policy", "assistant/moderation/rules", "assistant/moderation/corpus", "retrieval", "retrieval/embed", "retrieval/words", "retrieval/learn"},
	"assistant/moderation/corpus":      {"assistant/moderation/message", "assistant/moderation/policy", "assistant/moderation/rules"},
	"assistant/moderation/pgqueue":     {"assistant/moderation", "assistant/moderation/message", "assistant/moderation/policy", "migrations"},
	"assistant/moderation/sqlitequeue": {"assistant/moderation", "assistant/moderation/message", "assistant/moderation/policy", "migrations"},
	"assistant/eval/moderation":        {"assistant/eval", "assistant/model", "assistant/moderation", "assistant/moderation/message", "assistant/moderation/policy", "assistant/moderation/rules", "assistant/moderation/classify", "assistant/moderation/corpus", "retrieval/learn"},
	"assistant/fit":                    {"assistant/brief", "retrieval", "retrieval/skills", "retrieval/words"},
	"assistant/rank":                   {"assistant/fit", "assistant/brief", "retrieval", "retrieval/skills", "retrieval/words", "retrieval/learn"},
	"assistant/workflow":               {"sessions", "assistant/model", "assistant/brief", "assistant/builtin", "assistant/grounding", "retrieval", "retrieval/skills"},
	"assistant/workflow/jobpost":       {"sessions", "assistant/workflow", "assistant/model", "assistant/brief", "assistant/grounding", "retrieval", "retrieval/skills"},
	"assistant/workflow/shortlist":     {"sessions", "assistant/workflow", "assistant/workflow/jobpost", "assistant/model", "assistant/brief", "assistant/grounding", "assistant/fit", "assistant/rank", "retrieval", "retrieval/skills", "retrieval/words"},
	"assistant/workflow/proposal":      {"sessions", "assistant/workflow", "assistant/model", "assistant/brief", "assistant/grounding", "assistant/fit", "retrieval", "retrieval/skills", "retrieval/words"},
	"assistant/workflow/advice":        {"sessions", "assistant/workflow", "assistant/model", "assistant/brief", "assistant/grounding", "retrieval", "retrieval/skills", "retrieval/words"},

	"migrations": {},
}

// helpers are packages for tests and measurements: what they import is their
// affair, and no product code imports them.
func isHelper(pkg string) bool {
	return strings.HasSuffix(pkg, "test") || path.Base(pkg) == "bench"
}

type goPackage struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func TestLayers(t *testing.T) {
	list := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", module+"/...")
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for decoder.More() {
		var p goPackage
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		checkImports(t, p)
	}
}

func checkImports(t *testing.T, p goPackage) {
	t.Helper()
	name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
	if isHelper(name) {
		return
	}
	allowed, known := mayImport[name]
	if !known {
		t.Errorf("%s is not in the table: add it here and to docs/architecture.md", name)
		return
	}
	for _, other := range own(p.Imports) {
		if isHelper(other) || !permits(allowed, other) {
			t.Errorf("%s imports %s", name, other)
		}
	}
	for _, other := range own(append(p.TestImports, p.XTestImports...)) {
		if other != name && !permits(allowed, other) && !testMay(name, other) {
			t.Errorf("a test of %s imports %s", name, other)
		}
	}
}

// testMay tells what test files may import beyond their package's own: helpers,
// and the adapters and data that stand behind the package's seams, so that it
// is tested on real parts. Nothing of a layer above.
func testMay(name, other string) bool {
	if isHelper(other) || other == "migrations" {
		return true
	}
	layer := func(pkg string) string { first, _, _ := strings.Cut(pkg, "/"); return first }
	behind := map[string][]string{
		"web":       {"sessions", "retrieval", "assistant", "web"},
		"sessions":  {"sessions"},
		"retrieval": {"retrieval"},
		"assistant": {"assistant", "retrieval", "sessions"},
	}
	return slices.Contains(behind[layer(name)], layer(other))
}

// own keeps imports of this module, without its path.
func own(imports []string) (names []string) {
	for _, i := range imports {
		if rest, found := strings.CutPrefix(i, module+"/"); found {
			names = append(names, rest)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func permits(allowed []string, other string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		below, wild := strings.CutSuffix(a, "…")
		return a == other || wild && strings.HasPrefix(other, below)
	})
}

func TestLayersRefuse(t *testing.T) {
	for _, c := range []struct {
		allowed []string
		other   string
		want    bool
	}{
		{[]string{"…"}, "migrations", true},
		{[]string{"assistant/…"}, "assistant/model", true},
		{[]string{"assistant/…"}, "assistant", false},
		{[]string{"sessions"}, "sessions/pgstore", false},
		{nil, "sessions", false},
	} {
		if got := permits(c.allowed, c.other); got != c.want {
			t.Errorf("permits(%v, %s) = %v", c.allowed, c.other, got)
		}
	}
}
