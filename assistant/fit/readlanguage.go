package fit

import (
	"slices"
	"strings"
)

// Fluencies as profiles have them, rising.
var fluencies = []string{"basic", "conversational", "fluent", "native"}

// fluencyWords say how well a language is spoken.
var fluencyWords = table(`native native mother native natively native fluent fluent fluently fluent excellent fluent proficient fluent proficiency fluent perfect fluent perfectly fluent flawless fluent impeccable fluent
	strong fluent professional fluent business fluent confident fluent solid fluent c1 fluent c2 fluent advanced fluent bilingual fluent fluency fluent proficiency fluent mastery fluent good conversational well conversational conversational conversational conversation conversational
	decent conversational working conversational intermediate conversational b1 conversational b2 conversational reasonable conversational basic basic some basic bit basic little basic a1 basic a2 basic`)

// languages reads which languages somebody must speak, and how well.
func (x *reading) languages() {
	for i := 0; i < x.Len(); i++ {
		if x.taken[i] {
			continue
		}
		if languageCodes[x.Low(i)] == "" {
			x.loneFluency(i)
			continue
		}
		if x.Is(i, "latin") && (x.Is(i+1, "america", "american", "americans") || !x.Capital(i)) {
			continue
		}
		end := x.listEnd(i)
		if end > i+1 && fluencyWords[x.Low(i-1)] != "" && fluencyWords[x.Low(end)] != "" && !x.Is(end-2, "or", "/") {
			end = i + 1 // "at least B1 Polish, and Ukrainian native": each has its own
		}
		if x.Is(end, "people", "citizens", "nationals", "residents", "folks") && !x.before(i, 3, "speak", "speaking", "speaks", "native", "fluent") {
			i = end - 1
			continue // "British or Irish people"
		}
		if x.Is(end, "one", "guy", "lady", "woman", "man", "candidate", "person") {
			continue
		}
		if fluency, from, to, ok := x.spoken(i, end); ok {
			x.addLanguages(i, end, fluency, from, to)
		}
		i = end - 1
	}
}

// listEnd returns where a list of languages that begins at token i ends.
func (x *reading) listEnd(i int) int {
	end := i + 1
	for x.Is(end, "or", "and", ",", "/", "&", "plus") || x.Is(end, "as") && x.Is(end+1, "well") && x.Is(end+2, "as") {
		at := end + 1
		if x.Is(end, "as") {
			at = end + 3
		}
		if x.Is(end, "or") {
			for x.Is(at, ",", "failing", "that", "else", "if", "not", "at", "least", "alternatively", "perhaps", "maybe", "even", "otherwise") {
				at++
			}
		}
		for x.Is(at, "or", "and") || fluencyWords[x.Low(at)] != "" && languageCodes[x.Low(at+1)] != "" {
			if fluencyWords[x.Low(at)] != "" && fluencyWords[x.Low(at)] != "native" && x.Is(end, ",") {
				break
			}
			at++
		}
		if languageCodes[x.Low(at)] == "" || fluencyWords[x.Low(at-1)] != "" {
			break
		}
		end = at + 1
	}
	return end
}

// speaking is what the words around languages say of how they are spoken.
type speaking struct {
	fluency  string
	from, to int
	cue      bool // they are about speaking at all
}

// spoken reports whether the languages of tokens [i, end) are ones that
// somebody speaks, and how well.
func (x *reading) spoken(i, end int) (fluency string, from, to int, ok bool) {
	s := speaking{from: i, to: end, cue: x.Is(i, "english") && x.wishing && x.clauseIs(i, end)}
	x.spokenBefore(&s, i)
	if !x.spokenBehind(&s, end) {
		return "", 0, 0, false
	}
	return s.fluency, s.from, s.to, (s.cue || x.asksLanguage(i, end)) && !(s.fluency == "" && x.subjectOfWork(i, end))
}

// asksLanguage reports whether a bare language is asked for: "German too", "the
// report has to be in Swedish".
func (x *reading) asksLanguage(i, end int) bool {
	switch {
	case x.before(i, 3, "with", "need", "needs", "must") && x.clauseEnds(end):
		return true
	case !x.wishing:
		return false
	case x.clauseIs(i, end):
		return true
	case x.Is(i-1, "in"):
		return !x.Is(i-2, "interest") && x.before(i, 6, "be", "written", "write", "report", "work", "teach", "is", "done", "answer", "correspond")
	}
	return x.Is(end, "too", "only", "please", "as") && x.before(i, 3, "with", "need", "needs", "and", "want")
}

// subjectOfWork reports whether a language is what the work is about: "from
// German", "German law".
func (x *reading) subjectOfWork(i, end int) bool {
	return x.before(i, 5, "from", "into", "translated", "translate", "translates") ||
		x.Is(end, "law", "market", "clients", "customers", "companies", "company", "tax", "office", "to", "history", "literature", "books", "translation", "teachers", "lessons", "school", "food", "wine")
}

// spokenBefore reads how well languages are spoken by the words before them.
func (x *reading) spokenBefore(s *speaking, i int) {
	for k := i - 1; k >= max(0, i-7) && !x.parts(k); k-- {
		low := x.Low(k)
		if k < i-1 && x.Is(k, "natively", "fluently", "well") {
			break // of the language before
		}
		if level := fluencyWords[low]; level != "" && !(x.Is(k, "good", "well") && x.Is(k-1, "as")) {
			if x.Is(k+1, "or") && s.fluency != "" && fluencyWords[x.Low(k+2)] != "" { // "fluent or native"
				s.fluency, s.from = fluencies[min(indexOf(fluencies, level), indexOf(fluencies, s.fluency))], k
				continue
			}
			if !s.cue || indexOf(fluencies, level) > indexOf(fluencies, s.fluency) || s.fluency == "" {
				s.fluency = level
				if x.Is(k, "good") && x.Is(k-1, "very", "really") {
					s.fluency = "fluent"
				}
			}
			s.cue, s.from = true, k
			continue
		}
		if x.Is(k, "speak", "speaks", "speaking", "speaker", "speakers", "spoken", "write", "writes", "understands", "language", "languages", "tongue") {
			s.cue, s.from = true, k
			continue
		}
		if x.Is(k, "know", "knows", "read", "reads") {
			s.cue, s.from = true, k
		}
		if !x.Is(k, "in", "level", "of", "a", "the", "is", "to", "at", "also", "both", "very", "really", "and", "or", "written", "can", "who", "must", "-", "their", "as", "whose", "only", "good", "enough", "be", "should", "us", "uk", "british", "american", "skills", "for", "either", "one", "any") {
			break
		}
	}
}

// spokenBehind reads how well they are spoken by the words behind them; it is
// false where these speak of a country or market.
func (x *reading) spokenBehind(s *speaking, end int) bool {
	for k := end; k < min(x.Len(), end+6) && !x.parts(k); k++ {
		if x.Is(k, "-") && x.Is(k+1, "speaking", "language") && x.Is(k+2, "countries", "country", "market", "markets", "customers", "clients", "audience", "region", "part", "podcast", "world", "areas") {
			return false
		}
		if x.Is(k, "-") && x.Is(k+1, "speaking", "speaker", "speakers", "language") {
			s.cue, s.to = true, k+2
			break
		}
		if x.Is(k, "speaker", "speakers", "speaking", "language") && k == s.to {
			s.cue, s.to = true, k+1
			continue
		}
		level := fluencyWords[x.Low(k)]
		if x.Is(k, "better", "more") && x.Is(k+1, "than") && indexOf(fluencies, fluencyWords[x.Low(k+2)]) >= 0 {
			s.fluency, s.cue, s.to = fluencies[min(indexOf(fluencies, fluencyWords[x.Low(k+2)])+1, 3)], true, k+3
			break
		}
		if x.Is(k, "is") && (x.Is(k+1, "a") && x.Is(k+2, "must") || x.Is(k+1, "required", "needed", "essential", "necessary", "mandatory", "important", "enough")) {
			s.cue = true
			continue
		}
		if !x.wishing && (x.Is(k, "helps", "enough", "helpful") || x.Is(k, "is") && x.Is(k+1, "nice", "welcome", "enough", "helpful")) {
			s.cue, s.to = true, k+1
			if x.Is(k, "is") {
				s.to++
			}
			break
		}
		if level != "" && !x.Is(k, "some", "well") && (s.fluency == "" || s.fluency == "conversational") {
			s.fluency, s.cue = level, true
			if x.Is(k, "good") {
				s.fluency = "fluent" // "at a good level"
			}
			s.to = k + 1
			continue
		}
		if x.Is(k, "well") {
			s.cue, s.to = true, k+1
			continue
		}
		if x.Is(k, "needed", "required", "mandatory", "essential", "level") {
			s.cue, s.to = true, k+1
			continue
		}
		if x.Is(k, "at", "a", "is", "level", "too", "to", "very", "must", "only", "be", "also", "as", "should", "has", "have", "needs", "on", "really", "least", "both", "properly", "quite", "all") {
			continue
		}
		break
	}
	if x.Is(s.to, "or") && fluencyWords[x.Low(s.to+1)] != "" && languageCodes[x.Low(s.to+2)] == "" && s.fluency != "" {
		s.fluency = fluencies[min(indexOf(fluencies, s.fluency), indexOf(fluencies, fluencyWords[x.Low(s.to+1)]))]
	}
	for x.Is(s.to, "or") && (x.Is(s.to+1, "better", "above", "higher", "more") || fluencyWords[x.Low(s.to+1)] != "" && languageCodes[x.Low(s.to+2)] == "") {
		s.to += 2
	}
	return true
}

// clauseIs reports whether a clause has no telling word beside tokens [i, end).
func (x *reading) clauseIs(i, end int) bool {
	a, b := x.clause(i)
	b = max(b, end)
	for k := a; k < b; k++ {
		if (k < i || k >= end) && x.Word(k) && !x.taken[k] && !plain(x.Low(k)) {
			s, ok := x.placeAt(k)
			if !ok || s.to > b {
				return false
			}
			k = s.to - 1
		}
	}
	return true
}

func (x *reading) clauseEnds(end int) bool { return end >= x.Len() || x.parts(end) }

// addLanguages adds one requirement for a list with "or", one for each with "and".
func (x *reading) addLanguages(i, end int, fluency string, from, to int) {
	var codes []string
	alternatives := false
	for k := i; k < end; k++ {
		if code := languageCodes[x.Low(k)]; code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
		alternatives = alternatives || x.Is(k, "or", "/")
	}
	if fluency == "" {
		fluency = "conversational"
	}
	if alternatives {
		x.addLanguage(codes, fluency, from, to)
		return
	}
	for _, code := range codes {
		x.addLanguage([]string{code}, fluency, from, to)
	}
}

func (x *reading) addLanguage(codes []string, fluency string, from, to int) {
	not := x.wishing && x.denied(from) && !x.before(from, 5, "just")
	if not && x.behind(to-1, 3, "needed", "required", "necessary") {
		x.take(from, to) // "no Russian needed"
		return
	}
	var names []string
	for _, code := range codes {
		names = append(names, languageName(code))
	}
	text := languageText(strings.Join(names, " or "), fluency)
	if not {
		text = "not " + text
	}
	x.add(Requirement{Kind: Language, Codes: codes, Fluency: fluency, Not: not, Text: text}, from, to)
}

func languageText(names, fluency string) string {
	switch fluency {
	case "native":
		return "native " + names
	case "fluent":
		return "fluent " + names
	case "basic":
		return "some " + names
	}
	return "speaks " + names
}

// loneFluency reads how well the language named before must be spoken, where a
// clause says only that: "conversational would do".
func (x *reading) loneFluency(i int) {
	fluency := fluencyWords[x.Low(i)]
	from, to := x.clause(i)
	if !x.wishing || fluency == "" || x.Is(i, "some", "bit", "little", "good", "well", "strong", "excellent", "perfect", "professional", "business", "solid", "advanced", "working", "intermediate", "reasonable", "confident") || !x.clauseIs(i, i+1) {
		return
	}
	for k := from; k < to; k++ {
		if languageCodes[x.Low(k)] != "" {
			return
		}
	}
	said := false
	for k := len(x.found) - 1; k >= 0; k-- {
		if p := &x.found[k]; p.Kind == Language {
			p.Fluency, p.Text, said = fluency, languageText(p.languageNames(), fluency), true
			if !x.before(i, 4, "both", "all", "each") {
				break
			}
		}
	}
	if said {
		x.take(from, to)
		return
	}
	for k := len(x.context.Earlier) - 1; k >= 0; k-- {
		if r := x.context.Earlier[k]; r.Kind == Language && !r.Not {
			x.addLanguage(r.Codes, fluency, i, i+1)
			x.take(from, to)
			return
		}
	}
}
