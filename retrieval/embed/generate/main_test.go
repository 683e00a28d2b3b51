package main

import (
	"os"
	"strings"
	"testing"
)

func TestAssemble(t *testing.T) {
	folder := os.Getenv("PARLEY_TESTDATA")
	if folder == "" {
		t.Skip("PARLEY_TESTDATA is not set: needs the public files")
	}
	first, err := assemble(folder)
	if err != nil {
		t.Fatal(err)
	}
	if n := first.Texts(); n < 300_000 {
		t.Errorf("%d texts, want 300,000 or more", n)
	}
	again, err := assemble(folder)
	if err != nil {
		t.Fatal(err)
	}
	if first.Hash() != again.Hash() {
		t.Error("the same files gave another corpus")
	}
}

func TestAssembleNamesWhatIsMissing(t *testing.T) {
	if _, err := assemble(t.TempDir()); err == nil || !strings.Contains(err.Error(), "esco_occupations_en.csv.gz") {
		t.Errorf("an empty folder: %v", err)
	}
}
