package dialogue

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/sessions"
)

// Unsourced returns the sentences of a draft's text at a JSON pointer that no
// claim with a source covers. Quotations of sources are looked up in known: what was
// written in the conversation and in the documents it is about.
func Unsourced(claims []sessions.Claim, path, text, known string) []string {
	var bare []string
	for _, sentence := range grounding.Sentences(text) {
		sentence = strings.TrimSpace(sentence)
		covers := func(c sessions.Claim) bool {
			said := strings.TrimSpace(c.Text)
			return c.Path == path && said != "" && (strings.Contains(said, sentence) || strings.Contains(sentence, said)) && Sourced(c, known)
		}
		if sentence != "" && !slices.ContainsFunc(claims, covers) {
			bare = append(bare, sentence)
		}
	}
	return bare
}

// Sourced reports whether a claim rests on something that is there. Wording
// says nothing that could be false and needs no source.
func Sourced(c sessions.Claim, known string) bool {
	if c.Kind == string(grounding.Wording) {
		return true
	}
	for _, source := range c.Sources {
		written := source.Kind == "message" || source.Kind == "document"
		if written && source.Quote != "" && !strings.Contains(known, source.Quote) {
			return false
		}
	}
	return len(c.Sources) > 0
}
