package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// TestPackedFileIsFresh compares contents: compressed bytes may differ between
// versions of Go.
func TestPackedFileIsFresh(t *testing.T) {
	packed, err := pack(os.DirFS("../source"))
	if err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile("../demo.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(unpack(t, packed), unpack(t, committed)) {
		t.Error("demo.jsonl.gz is stale: run go generate ./retrieval/demo")
	}
	again, err := pack(os.DirFS("../source"))
	if err != nil || !bytes.Equal(packed, again) {
		t.Errorf("packed twice, the bytes differ (%v)", err)
	}
}

func unpack(t *testing.T, packed []byte) []byte {
	t.Helper()
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestPackRefusesWhatIsNotValid(t *testing.T) {
	_, err := pack(fstest.MapFS{
		"posts-web.jsonl":    {Data: []byte(`{"id":"a","title":"x"}` + "\n\n" + `{"id":"b","titel":"x"}` + "\n")},
		"profiles-web.jsonl": {Data: []byte(`{"id":"c"}`)},
	})
	for _, want := range []string{`posts-web.jsonl:3: `, `unknown field "titel"`, "profiles-web.jsonl:1: ", "headline: is missing"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not say %q", err, want)
		}
	}
	if _, err := pack(fstest.MapFS{}); err == nil {
		t.Error("nothing was packed")
	}
}
