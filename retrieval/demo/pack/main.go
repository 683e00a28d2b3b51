// Command pack checks the texts of the demo marketplace and writes them into
// the compressed file that package demo embeds. Run it by go generate.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

func main() {
	packed, err := pack(os.DirFS("source"))
	if err == nil {
		err = os.WriteFile("demo.jsonl.gz", packed, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// kinds are the kinds of documents and what the names of their files begin with.
var kinds = []struct {
	kind   retrieval.Kind
	prefix string
}{
	{retrieval.KindJobPost, "posts-"},
	{retrieval.KindProfile, "profiles-"},
	{retrieval.KindProposal, "proposals-"},
}

// pack reads all source files and returns them as compressed JSON lines, the
// same bytes for the same files. The error joins what is wrong with each line.
func pack(source fs.FS) ([]byte, error) {
	var lines bytes.Buffer
	var problems []error
	for _, k := range kinds {
		names, err := fs.Glob(source, k.prefix+"*.jsonl")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			problems = append(problems, appendFile(&lines, source, name, k.kind))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	if lines.Len() == 0 {
		return nil, errors.New("pack: no source files")
	}
	return compress(lines.Bytes())
}

func appendFile(lines *bytes.Buffer, source fs.FS, name string, kind retrieval.Kind) error {
	content, err := fs.ReadFile(source, name)
	if err != nil {
		return err
	}
	var problems []error
	number := 0
	for line := range strings.Lines(string(content)) {
		number++
		if strings.TrimSpace(line) == "" {
			continue
		}
		doc, err := retrieval.DecodeDocument([]byte(line), kind)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %w", path.Base(name), number, err))
			continue
		}
		doc.Demo = true
		packed, err := json.Marshal(doc)
		if err != nil {
			return err
		}
		lines.Write(append(packed, '\n'))
	}
	return errors.Join(problems...)
}

// compress writes no time and no name, so that the bytes depend on the content only.
func compress(content []byte) ([]byte, error) {
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := writer.Write(content); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
