package builtin

import "github.com/parleyhq/parley/assistant/model"

// The kinds of facts of a shortlist's reply come worded; these tell where a
// paragraph begins. Package shortlist says what they hold.
const (
	kindCandidate = "candidate"
	kindGap       = "gap"
	kindPart      = "part"
	kindNext      = "next"
	kindClosing   = "closing"
	kindGreeting  = "greeting"
	kindTermFact  = "term"
)

// shortlist says what came of looking for people: each sentence as it is, a
// paragraph for each person and one for what can be done next.
func shortlist(w *writer, facts []model.Fact) {
	before := ""
	for _, f := range facts {
		switch {
		case f.Kind == kindCandidate, f.Kind == kindNext && len(facts) > 2, f.Kind == kindQuestion,
			(before == kindCandidate || before == kindGap) && f.Kind != kindGap && f.Kind != kindPart,
			f.Kind == kindPart && before != kindPart && before != kindCandidate:
			w.paragraph()
		}
		w.say(f.Text, f)
		before = f.Kind
	}
}

// invitation writes a letter: greeting, why, terms, closing.
func invitation(w *writer, facts []model.Fact) {
	before := ""
	for _, f := range facts {
		if before == kindGreeting || f.Kind == kindClosing || f.Kind == kindTermFact && before != kindTermFact {
			w.paragraph()
		}
		w.say(f.Text, f)
		before = f.Kind
	}
}
