package advice

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/sessions"
)

// The kinds of facts of an answer.
const (
	factPassage = "passage" // a sentence of the handbook; key: the section; attrs: p "1" begins a paragraph, item "1" is one of a list
	factSource  = "source"  // which section it is from
	factFigure  = "figure"  // what posts say, a sentence
	factNotice  = "notice"  // what kind of information this is
	factUnknown = "unknown" // that the answer is not known
)

const (
	legalNotice = "This is general information and no legal advice; the rules differ by country."
	alsoNear    = 0.75 // a second section is quoted that scores this share of the first
)

// decide collects what the answer says: figures first, since they were asked
// for in so many words, then the handbook, then what to keep in mind.
func (t *turn) decide() {
	t.figures.tell(t)
	if t.figures.told || asksPrice.MatchString(t.question) { // "what does a logo cost" is no question on who owns it
		t.matches = slices.DeleteFunc(t.matches, func(m match) bool { return m.section.Topic != "pricing" })
	}
	said := t.said()
	room, quoted := mostWords, 0
	for i, m := range t.matches[:min(2, len(t.matches))] {
		if i == 1 && (m.score < alsoNear*t.matches[0].score || room < secondWords) {
			break
		}
		units := choose(m.section, t.asked, room, said)
		if len(units) == 0 {
			continue
		}
		quoted++
		t.quote(m.section, units)
		for _, u := range units {
			room -= u.words()
		}
		if i == 0 {
			room = min(room, secondWords+20)
		}
	}
	switch {
	case quoted == 0 && len(t.matches) > 0 && !t.figures.told:
		t.unknown("That is all the handbook has on this. Tell me which part you would like to look at more closely.")
	case quoted == 0 && !t.figures.told:
		t.unknown(t.dontKnow())
	case quoted > 0 && t.needsNotice(said):
		t.facts.Add(factNotice, "", legalNotice, map[string]string{"p": "1"})
	}
}

func (t *turn) quote(s *Section, units []unit) {
	first := true
	var text strings.Builder
	add := func(sentence string, attrs map[string]string) {
		attrs["title"] = s.Title
		t.facts.Add(factPassage, s.ID, sentence, attrs, sessions.Source{Kind: "document", ID: s.ID, Quote: sentence})
		text.WriteString(sentence + " ")
		first = false
	}
	for _, u := range units {
		for i, sentence := range u.sentences {
			attrs := map[string]string{}
			if i == 0 && (!first || len(t.facts.List) > 0) {
				attrs["p"] = "1"
			}
			add(sentence, attrs)
		}
		for _, item := range u.items {
			add(item, map[string]string{"item": "1"})
		}
	}
	t.facts.Add(factSource, s.ID, "This is from “"+s.Title+"” in the handbook.", map[string]string{"p": "1"}, sessions.Source{Kind: "document", ID: s.ID})
	t.evidence = append(t.evidence, guideEvidence(s, text.String()))
}

func (t *turn) unknown(text string) {
	t.facts.Add(factUnknown, "", text, nil)
}

// dontKnow says plainly that nothing is known, and what is.
func (t *turn) dontKnow() string {
	if t.figures.wanted {
		return "There are too few posts like that here to give you a figure, and I would rather not guess. If you tell me the kind of work in a few words, I look again."
	}
	if t.in.Session.Role == sessions.RoleFreelancer {
		return "I have nothing reliable on that, and I would rather not guess. What I can answer comes from this marketplace’s figures and a handbook on pricing, scoping, contracts, milestones, interviews, feedback, tax basics and staying safe."
	}
	return "I have nothing reliable on that, and I would rather not guess. What I can answer comes from this marketplace’s figures and a handbook on scoping, pricing, contracts, milestones, interviews, feedback, rights to the work and staying safe."
}

// needsNotice reports whether a section touches law and the notice was not given yet.
func (t *turn) needsNotice(said string) bool {
	for _, m := range t.matches[:min(2, len(t.matches))] {
		if isLegal(m.section) && !strings.Contains(said, legalNotice) {
			return true
		}
	}
	return false
}
