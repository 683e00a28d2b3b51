package jobpost

import (
	"slices"
	"strconv"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/sessions"
)

// The kinds of facts that this workflow gives a model. A reply says them in
// the order in which they stand.
const (
	factIntent     = "intent"               // what the message was beside facts; key: greeting, thanks, help …
	factStart      = "start"                // a draft begins; text: its title
	factChange     = "change"               // a slot was set or changed; key: slot; attrs: name, value, old, n
	factRemoved    = "removed"              // something was taken back
	factDeclined   = "declined"             // a slot stays open; key: slot
	factFigure     = "figure"               // what similar posts paid, a sentence
	factPlace      = "place"                // where the person's pay stands in it, a sentence
	factNoFigure   = "no_figure"            // why there is no figure, a sentence
	factDemo       = "demo"                 // the figures come from demo data
	factWarning    = "warning"              // wording to change; attrs: word, reason, better
	factSuggestion = "suggestion"           // what similar posts mention; attrs: n, of, name
	factOpen       = "open"                 // slots left open; text: their names
	factReady      = "ready"                // the post is finished
	factEnough     = "enough"               // nothing more is asked
	factSoFar      = "so_far"               // what is known, clauses; attrs: title
	factWhy        = "why"                  // why wording is warned of; attrs: word
	factRefused    = "refused"              // work that no post is written for, a sentence
	factQuestion   = "question"             // what to ask, word for word
	factStatement  = "statement"            // a sentence of the description, from the person
	factTerm       = "term"                 // a sentence on pay, time or place
	factExcluded   = grounding.KindExcluded // a skill that is not wanted
)

// facts collects what may be said, with where each came from.
type facts struct {
	list    []model.Fact
	sources map[string][]sessions.Source
}

func (f *facts) add(kind, key, text string, attrs map[string]string, sources ...sessions.Source) {
	if f.sources == nil {
		f.sources = make(map[string][]sessions.Source)
	}
	id := "f" + strconv.Itoa(len(f.list)+1)
	f.list = append(f.list, model.Fact{ID: id, Kind: kind, Key: key, Text: text, Attrs: attrs})
	if len(sources) == 0 {
		sources = []sessions.Source{{Kind: "wording"}}
	}
	f.sources[id] = sources
}

// insert adds a fact that is said before the others.
func (f *facts) insert(kind, key, text string, attrs map[string]string) {
	f.add(kind, key, text, attrs)
	last := len(f.list) - 1
	first := f.list[last]
	copy(f.list[1:], f.list[:last])
	f.list[0] = first
}

// from joins the sources of several facts, without repeating one.
func (f *facts) from(ids []string) []sessions.Source {
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

// citations turns the claims of a text into those of the wire.
func (f *facts) citations(path string, list []grounding.Claim) []sessions.Claim {
	var c claims
	for _, claim := range list {
		c.add(path, claim.Start, claim.End, claim.Text, claim.Kind, f.from(claim.Facts))
	}
	return c
}

// descriptionFacts list the sentences that a description is made of.
func descriptionFacts(doc *Document) *facts {
	f := &facts{}
	terms := termQuotes(doc.Brief.Brief)
	for _, item := range doc.Brief.Summary {
		text := item.Text
		if !isEdit(item) {
			text = postVoice(text, terms)
		}
		if text != "" {
			f.add(factStatement, "", text, nil, toSources(item.Sources)...)
		}
	}
	if !doc.Brief.Memory.NoTerms {
		for _, t := range termSentences(doc.Brief.Brief) {
			f.add(factTerm, "", t.text, map[string]string{"currency": doc.Brief.Pay.Value.Currency}, toSources(t.sources)...)
		}
	}
	for _, item := range doc.Brief.Without {
		f.add(factExcluded, "", item.Text, nil, toSources(item.Sources)...)
	}
	return f
}
