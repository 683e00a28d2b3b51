package shortlist

import (
	"slices"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
)

// assessed is a person with what was found, a finding for each requirement and
// then for each condition.
type assessed struct {
	person
	findings []fit.Finding
	limits   []string // of the post that they are past, a sentence each
	failed   []failure
	unsuited bool // one of many, who shows nothing of what the work needs
}

// failure is what leaves somebody out: a condition that they do not meet, or,
// once the person narrows the list, a limit of the post that they are past.
type failure struct {
	condition Condition // of a limit, the post's requirement; without an id where no requirement says it
	finding   fit.Finding
	limit     string // what is said of a limit of the post, a sentence; "" for a condition
}

// text says what somebody lacks.
func (f failure) text(p retrieval.Profile) string {
	if f.limit != "" {
		return f.limit
	}
	return gapText(f.condition.Requirement, f.finding, p)
}

// assess compares everybody with everything that is asked.
func assess(doc *Document, people []person, today time.Time) []assessed {
	all := make([]assessed, len(people))
	for i, p := range people {
		a := assessed{person: p}
		for _, r := range doc.Requirements {
			f := p.fit.Check(r, today)
			a.findings = append(a.findings, f)
			if text := pastLimit(r, f, p.profile); text != "" && !slices.Contains(a.limits, text) {
				a.limits = append(a.limits, text)
			}
		}
		if text := awayFor(doc.Requirements, p.profile, today); text != "" {
			a.limits = append(a.limits, text)
		}
		settled, chosen := doc.Memory.Kept[p.id]
		for _, c := range doc.Conditions {
			f := p.fit.Check(c.Requirement, today)
			a.findings = append(a.findings, f)
			if c.Requirement.Hard && !c.Requirement.Keeps(f) && (!chosen || c.number() > settled) {
				a.failed = append(a.failed, failure{condition: c, finding: f})
			}
		}
		if !chosen && !slices.Contains(doc.Pinned, p.id) {
			a.failed = append(a.failed, narrowed(doc, a, today)...)
		}
		all[i] = a
	}
	return all
}

// narrowed are the limits of the post that somebody is past, where they count:
// who narrows a list to "only people in Spain" wants those who can do the
// work. Before that the post alone leaves nobody out. Hours a week that stand
// in a field of the post and not in its words are an estimate, and no limit.
func narrowed(doc *Document, a assessed, today time.Time) []failure {
	if !slices.ContainsFunc(doc.Conditions, func(c Condition) bool { return c.Requirement.Hard }) {
		return nil
	}
	var failed []failure
	for i, r := range doc.Requirements {
		if text := pastLimit(r, a.findings[i], a.profile); text != "" && !doc.replaces(r) && (r.Kind != fit.Hours || r.Quote != "") {
			if !strings.Contains(text, ", and ") {
				text = strings.TrimSuffix(text, ".") + limitText(r) + "."
			}
			failed = append(failed, failure{Condition{ID: r.ID, Text: r.Text, Requirement: r}, a.findings[i], text})
		}
	}
	if text := awayFor(doc.Requirements, a.profile, today); text != "" && !doc.replaces(fit.Requirement{Kind: fit.Start}) {
		failed = append(failed, failure{limit: text})
	}
	if len(failed) == 0 && showsNothing(doc.Requirements, a.findings) {
		failed = append(failed, failure{limit: "Shows nothing of what the work needs."})
	}
	return failed
}

// replaces reports whether the person has set something of the kind themselves,
// which takes the place of what the post says: "at most 90" of its ceiling.
// "Only with a rate" says nothing of a ceiling, and Dutch nothing of English.
func (d *Document) replaces(r fit.Requirement) bool {
	return slices.ContainsFunc(d.Conditions, func(c Condition) bool {
		own := c.Requirement
		switch {
		case !own.Hard || own.Kind != r.Kind || own.Not != r.Not:
			return false
		case r.Kind == fit.Pay:
			return len(own.Rates) > 0
		case r.Kind == fit.Language:
			return slices.ContainsFunc(own.Codes, func(code string) bool { return slices.Contains(r.Codes, code) })
		}
		return !r.Not
	})
}

// limitText says behind a value what the post asks for instead.
func limitText(r fit.Requirement) string {
	asked := inner(r.Text)
	switch r.Kind {
	case fit.Start:
		if by, err := time.Parse(time.DateOnly, r.By); err == nil {
			return ", and the post starts by " + by.Format("2 January")
		}
	case fit.Pay:
		return ", and the post pays " + asked
	case fit.Hours, fit.Language:
		return ", and the post asks for " + asked
	}
	return ""
}

// What a post says is a limit where no good work makes up for it: a language
// that must be spoken, a ceiling that is far exceeded, hours or a start that
// are out of reach, a place where somebody has to be, and whom it rules out.
// Who is past one stands behind all others and is told apart; a person decides.
func pastLimit(r fit.Requirement, f fit.Finding, p retrieval.Profile) string {
	if f.Status == fit.Silent || r.Keeps(f) || !r.Must && !r.Hard {
		return ""
	}
	least, ok := limits[r.Kind]
	if !r.Not && (!ok || f.Degree >= least) {
		return ""
	}
	if !r.Hard && (r.Kind == fit.Place || r.Kind == fit.Language) {
		return ""
	}
	return gapText(r, f, p)
}

// limits are below which degree somebody is past a limit, by kind of
// requirement: a rate a tenth above the ceiling, three quarters of the hours, a start
// eleven days late, a language that is spoken less well.
var limits = map[fit.Kind]float64{fit.Pay: 0.6, fit.Hours: 0.45, fit.Start: 0.55, fit.Language: 0.6, fit.Place: 0.6}

// longestWait is how many days from today on work that names no start waits.
const longestWait = 75

// awayFor is what is said of somebody who is free so late that work which
// names no start can hardly be meant.
func awayFor(requirements []fit.Requirement, p retrieval.Profile, today time.Time) string {
	if slices.ContainsFunc(requirements, func(r fit.Requirement) bool { return r.Kind == fit.Start }) {
		return ""
	}
	free, err := time.Parse(time.DateOnly, p.AvailableFrom)
	if err != nil || free.Before(today.AddDate(0, 0, longestWait)) {
		return ""
	}
	return "Is free only from " + day(p.AvailableFrom) + "."
}

// rate is what somebody asks, in words.
func rate(p retrieval.Profile) string {
	if p.Rate == 0 {
		return ""
	}
	return brief.Money(p.Rate, p.Currency) + " an hour"
}
