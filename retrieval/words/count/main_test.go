package main

import (
	"testing"

	"github.com/parleyhq/parley/retrieval/words"
	"strings"
)

// TestTableIsFresh fails when the demo marketplace or the skill vocabulary has
// changed since the table of package words was counted.
func TestTableIsFresh(t *testing.T) {
	text, err := count()
	if err != nil {
		t.Fatal(err)
	}
	table, err := words.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if table.Fingerprint() != words.Default().Fingerprint() {
		t.Error("the table is stale: run go generate ./retrieval/words")
	}
}
