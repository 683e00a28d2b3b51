package workflow

import (
	"slices"
	"strconv"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/sessions"
)

// Facts collects what may be said, with where each came from. The zero value
// is ready for use.
type Facts struct {
	List    []model.Fact
	sources map[string][]sessions.Source
}

// Add appends a fact. Its id is "f" and its place, counted from 1. Without
// sources it is wording of the workflow's own.
func (f *Facts) Add(kind, key, text string, attrs map[string]string, sources ...sessions.Source) {
	if f.sources == nil {
		f.sources = make(map[string][]sessions.Source)
	}
	id := "f" + strconv.Itoa(len(f.List)+1)
	f.List = append(f.List, model.Fact{ID: id, Kind: kind, Key: key, Text: text, Attrs: attrs})
	if len(sources) == 0 {
		sources = []sessions.Source{{Kind: "wording"}}
	}
	f.sources[id] = sources
}

// Insert adds a fact that is said before the others.
func (f *Facts) Insert(kind, key, text string, attrs map[string]string) {
	f.Add(kind, key, text, attrs)
	last := len(f.List) - 1
	first := f.List[last]
	copy(f.List[1:], f.List[:last])
	f.List[0] = first
}

// From joins the sources of several facts, without repeating one.
func (f *Facts) From(ids []string) []sessions.Source {
	var out []sessions.Source
	for _, id := range ids {
		for _, s := range f.sources[id] {
			if !slices.Contains(out, s) && (s.Kind != "wording" || len(ids) == 1) {
				out = append(out, s)
			}
		}
	}
	if len(out) == 0 {
		out = []sessions.Source{{Kind: "wording"}}
	}
	return out
}

// Citations turns the claims of a text into those of the wire. Path is "" for
// a response's text, else a JSON pointer into a document.
func (f *Facts) Citations(path string, list []grounding.Claim) []sessions.Claim {
	var c Claims
	for _, claim := range list {
		c.Add(path, claim.Start, claim.End, claim.Text, claim.Kind, f.From(claim.Facts))
	}
	return c
}
