package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/parleyhq/parley/assistant/route"
	"github.com/parleyhq/parley/retrieval/learn"
)

// What was trained for a site is used in place of the router of the binary,
// and the one before it is kept.
func TestOpenRouter(t *testing.T) {
	data := t.TempDir()
	opens := func(want string) {
		t.Helper()
		router, err := openRouter(data)
		if err != nil || router.Artefact().Data != want {
			t.Errorf("%v is not that of %s: %v", router, want, err)
		}
	}
	opens(route.Default().Artefact().Data)
	for _, name := range []string{"first", "second", "second"} {
		artefact := *route.Default().Artefact()
		artefact.Data = name
		if err := writeRouter(data, routerFile(data), &artefact); err != nil {
			t.Fatal(err)
		}
		opens(name)
	}
	if former, err := route.Open(formerRouterFile(data)); err != nil || former.Artefact().Data != "first" {
		t.Errorf("the one before is not kept: %v", err)
	}
	if err := os.WriteFile(routerFile(data), []byte("no router"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openRouter(data); !errors.Is(err, learn.ErrNotModel) || !errors.Is(err, errConfig) {
		t.Errorf("a damaged router: %v", err)
	}
}

func TestTrainRouterRefuses(t *testing.T) {
	for _, text := range []string{"", "\n", `{"role":"client","text":"hello","route":"weather"}`, `{"role":`} {
		file := filepath.Join(t.TempDir(), "utterances.jsonl")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := (trainRouterCmd{Utterances: file}).options(); !errors.Is(err, route.ErrUtterance) && !errors.Is(err, errNoUtterances) {
			t.Errorf("%q: %v", text, err)
		}
	}
	file := filepath.Join(t.TempDir(), "utterances.jsonl")
	if err := os.WriteFile(file, []byte(`{"role":"client","context":{"workflow":"","draft":"","question":""},"text":"where is my quote","route":"proposal"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if o, err := (trainRouterCmd{Utterances: file}).options(); err != nil || len(o.Site) != 1 || o.Site[0].Route != route.Proposal {
		t.Errorf("%+v, %v", o, err)
	}
}
