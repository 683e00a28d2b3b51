// Package corpus holds the labelled messages that were written for this project
// and from which moderation learns. Each file is by another author.
package corpus

import (
	"bufio"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

//go:embed *.jsonl
var files embed.FS

// Kind is how an example says what it says.
type Kind string

// The kinds: the first four are of violations, the others of clean messages.
const (
	Plain      Kind = "plain"      // openly
	Polite     Kind = "polite"     // in a friendly, businesslike way
	Sly        Kind = "sly"        // hinted, deniable, coded
	Obfuscated Kind = "obfuscated" // spelled out, disguised, split
	Hard       Kind = "hard"       // clean, and looks like a violation
	Ordinary   Kind = "ordinary"   // clean, of everyday
)

// Example is a labelled message.
type Example struct {
	message.Message
	Labels []policy.Label `json:"labels"`         // empty for a clean one
	Lang   string         `json:"lang,omitempty"` // en, es, fr, de, pt or mixed
	Kind   Kind           `json:"kind,omitempty"`
	Source string         `json:"source,omitempty"` // the id of the example that this one is a variant of
	// Operator made a variant, and Within is the family of the ordinary message that it was put into.
	Operator string `json:"operator,omitempty"`
	Within   string `json:"within,omitempty"`
	Author   string `json:"author,omitempty"` // the file's name
}

// Clean reports whether an example breaks nothing.
func (e Example) Clean() bool { return len(e.Labels) == 0 }

// Family is what an example shares with its variants: they must not be split
// between training and testing.
func (e Example) Family() string {
	if e.Source != "" {
		return e.Source
	}
	return e.ID
}

// Blind are authors whose messages nobody had read when rules and features were
// written: what is measured on them is what to expect of writers to come.
func Blind(author string) bool { return author == "b1" || author == "b2" || author == "b3" }

// Written returns the examples that were written by hand, by author.
func Written() ([]Example, error) {
	names, err := fs.Glob(files, "*.jsonl")
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	var all []Example
	for _, name := range names {
		f, err := files.Open(name)
		if err != nil {
			return nil, fmt.Errorf("corpus: %w", err)
		}
		list, err := Read(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("corpus: %s: %w", name, err)
		}
		for i := range list {
			list[i].Author = name[:len(name)-len(path.Ext(name))]
		}
		all = append(all, list...)
	}
	return all, nil
}

// Read reads examples, one JSON object a line.
func Read(r io.Reader) ([]Example, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	var list []Example
	for n := 1; lines.Scan(); n++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var e Example
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		for _, l := range e.Labels {
			if !l.Known() {
				return nil, fmt.Errorf("line %d: %s: unknown label %q", n, e.ID, l)
			}
		}
		list = append(list, e)
	}
	return list, lines.Err()
}
