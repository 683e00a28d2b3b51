package fit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
)

// mostRequirements bounds how many requirements are read of a post.
const mostRequirements = 40

// Post reads what a job post asks for, from its fields and from its text:
// skills and experience first, in the order of the post, each once. Must is
// what the fields ask for and what the text says is needed; Hard is what leaves
// out whoever fails it: a language that is a must, a place to come to, and who
// may not apply at all. today is what "next week" counts from.
func (r *Reader) Post(post retrieval.JobPost, today time.Time) []Requirement {
	context := WishContext{Zone: post.TimeZone, Country: post.Country, Currency: post.Currency, Hours: post.HoursPerWeek}
	x := r.newReading(clip(post.Title+".\n"+post.Description, longestPost), today, context)
	x.title = min(len(post.Title), longestPost)
	x.silence()
	x.conditions()
	x.harden()
	x.fields(post)
	list := x.merged()
	return list[:min(len(list), mostRequirements)]
}

// fields adds what the fields of a post ask for, where the text does not.
func (x *reading) fields(post retrieval.JobPost) {
	for _, s := range post.Skills {
		if code := languageCodes[strings.ToLower(s)]; code != "" {
			x.field(Requirement{Kind: Language, Codes: []string{code}, Fluency: "conversational", Text: "speaks " + languageName(code), Quote: s, Must: true})
			continue
		}
		name := s
		if known, ok := x.reader.vocabulary.Lookup(s); ok {
			name = known.Name
		}
		x.field(Requirement{Kind: Skill, Skills: []string{name}, Text: s, Quote: s, Must: true})
	}
	if indexOf(levels, post.Level) >= 0 && !x.has(Level) {
		wanted := levels[indexOf(levels, post.Level):]
		x.field(Requirement{Kind: Level, Levels: slices.Clone(wanted), Text: levelText(wanted[:1]), Quote: post.Level, Must: true})
	}
	if post.PayType == retrieval.PayHourly && post.PayMax > 0 {
		x.unset(Pay)
		x.field(Requirement{Kind: Pay, Rates: []retrieval.PayRange{{Currency: post.Currency, Max: post.PayMax}}, Text: fmt.Sprintf("at most %s an hour", brief.Money(post.PayMax, post.Currency)), Must: true})
	}
	if post.HoursPerWeek > 0 && !x.has(Hours) {
		x.field(Requirement{Kind: Hours, HoursAWeek: post.HoursPerWeek, Text: fmt.Sprintf("at least %d hours a week", post.HoursPerWeek), Must: true})
	}
	if offset, ok := offsetOf(post.TimeZone, x.today); ok && !x.has(Zone) {
		x.field(Requirement{Kind: Zone, Zone: &retrieval.ZoneWindow{Offset: offset, Within: 6 * 60}, Text: "a clock near " + post.TimeZone})
	}
	if post.Language != "" && !x.has(Language) {
		x.field(Requirement{Kind: Language, Codes: []string{post.Language}, Fluency: "conversational", Text: "speaks " + languageName(post.Language)})
	}
}

func (x *reading) field(r Requirement) {
	x.found = append(x.found, placed{Requirement: r, from: x.Len(), to: x.Len()})
}

func (x *reading) has(k Kind) bool {
	return slices.ContainsFunc(x.found, func(p placed) bool { return p.Kind == k })
}

func (x *reading) unset(k Kind) {
	x.found = slices.DeleteFunc(x.found, func(p placed) bool { return p.Kind == k })
}

// harden makes those musts hard that no skill makes up for.
func (x *reading) harden() {
	for i := range x.found {
		p := &x.found[i]
		switch p.Kind {
		case Language, Place:
			p.Hard = p.Must && !p.soft
		}
		if p.Not && p.Kind != Skill {
			p.Must = true
			p.Hard = p.Kind != Experience || overlap(p.Terms, []string{agencyTerm})
		}
	}
}

// merged joins what fields and text say of the same skill: the text's words
// win, as they say more.
func (x *reading) merged() []Requirement {
	var list []Requirement
	var hoped []bool // of each, whether the text merely hopes for it
	slices.SortStableFunc(x.found, func(a, b placed) int {
		if d := order(a.Kind) - order(b.Kind); d != 0 {
			return d
		}
		return a.from - b.from
	})
	for _, p := range x.found {
		at := slices.IndexFunc(list, func(r Requirement) bool { return r.covers(p.Requirement) })
		if at < 0 {
			list, hoped = append(list, p.Requirement), append(hoped, p.soft)
			continue
		}
		old := &list[at]
		old.Must = old.Must || p.Must && (p.from < x.Len() || !hoped[at])
		if p.Years > old.Years {
			old.Years, old.Text, old.Quote = p.Years, p.Text, p.Quote
		}
		old.Proven = old.Proven || p.Proven
		if p.Kind == Language && p.Must && indexOf(fluencies, p.Fluency) > indexOf(fluencies, old.Fluency) {
			old.Fluency, old.Text, old.Quote, old.Hard = p.Fluency, p.Text, p.Quote, p.Hard
		}
	}
	return number(list)
}

// covers reports whether a requirement asks for what another one does.
func (r Requirement) covers(o Requirement) bool {
	if r.Kind != o.Kind || r.Not != o.Not {
		return false
	}
	switch r.Kind {
	case Skill:
		return overlap(r.Skills, o.Skills)
	case Language:
		return overlap(r.Codes, o.Codes)
	case Experience, Credential:
		return slices.Equal(r.Terms, o.Terms) && (r.Years == o.Years || len(r.Terms) > 0)
	case Place, Record:
		return r.same(o)
	}
	return true
}

// agencyTerm stands for being a company and not a person.
const agencyTerm = "~~agency"

// agencies reads "no agencies", "individuals only".
func (x *reading) agencies() {
	for i := 0; i < x.Len(); i++ {
		if x.wishing && x.Is(i, "agencies", "agency") && x.denied(i) && x.free(i, i+1) {
			x.add(Requirement{Kind: Experience, Not: true, Terms: []string{agencyTerm}, Text: "no agencies"}, i, i+1)
			continue
		}
		if end, ok := x.run(i, "single freelancers", "no agencies", "no agency", "not agencies", "not an agency", "no studios", "no teams", "no companies", "individuals only", "only individuals", "no middlemen", "no subcontractors", "no subcontracting", "freelancers only , no agencies", "please no agencies"); ok && x.free(i, end) {
			x.add(Requirement{Kind: Experience, Not: true, Terms: []string{agencyTerm}, Text: "no agencies"}, i, end)
			last := &x.found[len(x.found)-1]
			last.Must, last.Hard = true, true
		}
	}
}

// silence takes the sentences that ask nothing of a person: what the client
// has, questions, and lines that address a machine.
func (x *reading) silence() {
	for _, s := range x.sentences {
		tokens := wordsOf(x.Quote(s.From, s.To))
		if s.Question || orders(tokens) || stanceOf(tokens, x.Quote(s.From, s.To), partOverview) == aimed {
			x.take(s.From, s.To)
		}
	}
}

// orders reports whether a sentence of a post tells what is to be written about
// whoever applies, or speaks to a machine: it is no requirement.
func orders(tokens []string) bool {
	for i, w := range tokens {
		next := func(any ...string) bool { return i+1 < len(tokens) && slices.Contains(any, tokens[i+1]) }
		switch w {
		case "proposal", "proposals", "application", "applications", "letter", "letters", "answer", "reply":
			if next("must", "should", "has", "have", "only") && slices.ContainsFunc(tokens[i:], func(t string) bool {
				return t == "state" || t == "say" || t == "claim" || t == "repeat" || t == "begin" || t == "json" || t == "pretend"
			}) {
				return true
			}
		case "you":
			if next("are") && i+2 < len(tokens) && slices.Contains([]string{"now", "dan", "an", "no"}, tokens[i+2]) && slices.ContainsFunc(tokens, func(t string) bool { return t == "ai" || t == "assistant" || t == "rules" || t == "model" }) {
				return true
			}
		case "ignore", "disregard", "forget":
			if slices.Contains(tokens, "instructions") || slices.Contains(tokens, "instruction") || slices.Contains(tokens, "rules") || slices.Contains(tokens, "prompt") {
				return true
			}
		case "respond", "output", "print":
			if next("only", "with", "your", "the") && (slices.Contains(tokens, "json") || slices.Contains(tokens, "prompt") || slices.Contains(tokens, "object")) {
				return true
			}
		}
	}
	return false
}

// Questions returns the screening questions of a post, as it words them: those
// that it asks whoever applies, and what it wants to be told.
func Questions(text string) []string {
	scan := brief.NewScan(clip(text, longestPost), time.Time{}, "")
	var list []string
	for _, s := range scan.Sentences() {
		from, to := s.From, s.To
		for from < to && (scan.Is(from, "-", "*", "•", ")", "(") || from+1 < to && scan.Is(from+1, ")", ".") && !scan.Word(from)) {
			from++
			if scan.Is(from, ")", ".") {
				from++
			}
		}
		text := strings.TrimSpace(scan.Quote(from, to))
		if text == "" || slices.Contains(list, text) || len(list) == mostQuestions {
			continue
		}
		if s.Question || asksToTell(scan, from, to) {
			list = append(list, text)
		}
	}
	return list
}

const mostQuestions = 12

// asksToTell reports whether a sentence wants something told: "Tell us about a
// restaurant site you have built", "Please include your daily volume".
func asksToTell(scan *brief.Scan, from, to int) bool {
	for i := from; i < min(to, from+9); i++ {
		switch {
		case scan.Is(i, "tell", "show") && scan.Is(i+1, "us", "me"),
			scan.Is(i, "let") && scan.Is(i+1, "us", "me") && scan.Is(i+2, "know"),
			scan.Is(i, "include", "mention", "describe", "answer", "state", "name", "attach", "send", "quote", "explain", "say", "share", "link") && (i == from || scan.Is(i-1, "please", "also", ",", "and", "proposal", "application", "apply")):
			return to-i > 2
		}
	}
	return false
}
