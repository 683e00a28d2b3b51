package jobpost

import (
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow"
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

// descriptionFacts list the sentences that a description is made of.
func descriptionFacts(doc *Document) *workflow.Facts {
	f := &workflow.Facts{}
	terms := termQuotes(doc.Brief.Brief)
	for _, item := range doc.Brief.Summary {
		text := item.Text
		if !isEdit(item) {
			text = postVoice(text, terms)
		}
		if text != "" {
			f.Add(factStatement, "", text, nil, workflow.ToSources(item.Sources)...)
		}
	}
	if !doc.Brief.Memory.NoTerms {
		for _, t := range termSentences(doc.Brief.Brief) {
			f.Add(factTerm, "", t.text, map[string]string{"currency": doc.Brief.Pay.Value.Currency}, workflow.ToSources(t.sources)...)
		}
	}
	for _, item := range doc.Brief.Without {
		f.Add(factExcluded, "", item.Text, nil, workflow.ToSources(item.Sources)...)
	}
	return f
}
