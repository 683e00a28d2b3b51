// Package demo is a small marketplace that comes with the binary, so that a
// first day has history to learn from: job posts, profiles and proposals,
// written by hand for this project. Nobody in it exists.
//
// The texts lie in the folder source, one file a category and kind. After a
// change there, go generate packs them into the compressed file that is
// embedded; a test fails while it is stale.
package demo

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/parleyhq/parley/retrieval"
)

//go:generate go run ./pack

//go:embed demo.jsonl.gz
var packed []byte

// Categories are those of the demo marketplace.
var Categories = []string{
	"web", "mobile", "data", "ml", "design", "video_audio", "writing", "translation",
	"marketing", "sales", "finance", "legal", "admin", "engineering", "science", "education",
}

// Documents returns the demo marketplace: posts, then profiles, then proposals,
// all with Demo set. Each call decodes them anew, so that they are the caller's.
func Documents() ([]retrieval.Document, error) {
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	decoder := json.NewDecoder(reader)
	var docs []retrieval.Document
	for {
		var d retrieval.Document
		if err := decoder.Decode(&d); errors.Is(err, io.EOF) {
			return docs, nil
		} else if err != nil {
			return nil, fmt.Errorf("demo: document %d: %w", len(docs)+1, err)
		}
		docs = append(docs, d)
	}
}
