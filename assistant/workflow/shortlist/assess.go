package shortlist

import (
	"slices"
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

// failure is a condition that somebody does not meet, or a limit of the post
// once the person narrows the list.
type failure struct {
	condition Condition
	finding   fit.Finding
	note      string // what is said of it; "" for what the finding says
}

// text says what somebody lacks.
func (f failure) text(p retrieval.Profile) string {
	if f.note != "" {
		return f.note
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
		for _, c := range doc.Conditions {
			f := p.fit.Check(c.Requirement, today)
			a.findings = append(a.findings, f)
			if c.Requirement.Hard && !c.Requirement.Keeps(f) {
				a.failed = append(a.failed, failure{condition: c, finding: f})
			}
		}
		a.failed = append(a.failed, narrowed(doc, a, today)...)
		all[i] = a
	}
	return all
}

// narrowed are the limits of the post that count once the person narrows the
// list: who wants "only people in Spain" wants those who can do the work. What the person has
// said of the same kind takes the place of the post's limit.
func narrowed(doc *Document, a assessed, today time.Time) []failure {
	if !slices.ContainsFunc(doc.Conditions, func(c Condition) bool { return c.Requirement.Hard }) || slices.Contains(doc.Pinned, a.id) {
		return nil
	}
	said := func(k fit.Kind) bool {
		return slices.ContainsFunc(doc.Conditions, func(c Condition) bool { return c.Requirement.Kind == k })
	}
	var failed []failure
	for i, r := range doc.Requirements {
		if text := pastLimit(r, a.findings[i], a.profile); text != "" && !said(r.Kind) {
			failed = append(failed, failure{Condition{ID: r.ID, Text: r.Text, Requirement: r}, a.findings[i], text})
		}
	}
	if text := awayFor(doc.Requirements, a.profile, today); text != "" && !said(fit.Start) {
		failed = append(failed, failure{note: text})
	}
	if len(failed) == 0 && showsNothing(doc.Requirements, a.findings) {
		failed = append(failed, failure{note: "The profile shows nothing of what the work needs."})
	}
	return failed
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
