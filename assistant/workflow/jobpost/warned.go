package jobpost

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/workflow"
)

// warnGroup is the warnings of one reason.
type warnGroup struct {
	kind, reason, better string
	words                []string
	first                Warning
}

// groupWarnings joins warnings that have one reason, the gravest kind first.
// The better wording is kept where it is for all that is in the group.
func groupWarnings(warnings []Warning) []warnGroup {
	var groups []warnGroup
	for _, kind := range []string{unlawful, excluding, coded} {
		for _, w := range warnings {
			if w.Kind != kind {
				continue
			}
			at := slices.IndexFunc(groups, func(g warnGroup) bool { return g.reason == w.Reason })
			if at < 0 {
				groups = append(groups, warnGroup{kind: kind, reason: w.Reason, better: w.Better, first: w})
				at = len(groups) - 1
			}
			g := &groups[at]
			if !slices.ContainsFunc(g.words, func(word string) bool { return strings.EqualFold(word, w.Word) }) {
				g.words = append(g.words, w.Word)
			}
			if !strings.EqualFold(g.better, w.Better) {
				g.better = ""
			}
		}
	}
	return groups
}

// warningFacts tell of all wording to change that was not told of before.
func (t *turn) warningFacts(f *workflow.Facts) {
	for _, g := range groupWarnings(t.doc.Warnings) {
		g.words = slices.DeleteFunc(g.words, func(word string) bool {
			return slices.Contains(t.doc.Brief.Memory.Warned, warnKey(word, g.reason))
		})
		if len(g.words) == 0 {
			continue
		}
		t.remember(g)
		f.Add(factWarning, g.kind, quoted(g.words), map[string]string{"word": quoted(g.words), "reason": g.reason, "better": g.better}, t.sourceOf(g.first))
	}
}

func (t *turn) remember(g warnGroup) {
	for _, word := range g.words {
		if key := warnKey(word, g.reason); !slices.Contains(t.doc.Brief.Memory.Warned, key) {
			t.doc.Brief.Memory.Warned = append(t.doc.Brief.Memory.Warned, key)
		}
	}
}

func warnKey(word, reason string) string {
	return strings.ToLower(word) + ": " + workflow.Clip(reason, 24)
}

// quoted writes words as a list of quotations: “a” and “b”.
func quoted(texts []string) string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = "“" + text + "”"
	}
	return workflow.Join(out)
}
