package main

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/learn"
)

// trainedAs writes the built-in model under another name and opens it.
func trainedAs(t *testing.T, file, source string) *embed.Trained {
	t.Helper()
	artefact := *embed.Default().Artefact()
	artefact.Source = source
	if err := learn.WriteFile(file, &artefact); err != nil {
		t.Fatal(err)
	}
	trained, err := embed.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	return trained
}

// TestModelStaysWhenItsSuccessorCannotBeWritten: the model in use is lost neither by
// a write that fails nor by the one that succeeds.
func TestModelStaysWhenItsSuccessorCannotBeWritten(t *testing.T) {
	cfg := Config{Data: t.TempDir()}
	file := embedderFile(cfg.Data)
	inUse := trainedAs(t, file, "in use")
	successor := trainedAs(t, filepath.Join(t.TempDir(), "successor"), "successor")
	is := func(file string, want *embed.Trained) {
		t.Helper()
		if got, err := embed.Open(file); err != nil || got.Name() != want.Name() {
			t.Errorf("%s is not %s: %v", file, want.Name(), err)
		}
	}
	train := trainEmbedderCmd{Out: file}
	scores := successor.Artefact().Scores
	for range 2 {
		successor.Artefact().Scores = []learn.Score{{Value: math.NaN()}} // has no form in a file
		if err := train.write(cfg, successor); err == nil {
			t.Fatal("it is written all the same: this test shows nothing")
		}
		is(file, inUse)
	}
	successor.Artefact().Scores = scores
	if err := train.write(cfg, successor); err != nil {
		t.Fatal(err)
	}
	is(file, successor)
	is(formerEmbedderFile(cfg.Data), inUse)
	if entries, err := os.ReadDir(filepath.Dir(file)); err != nil || len(entries) != 2 {
		t.Errorf("%v are left, %v", entries, err)
	}
}
