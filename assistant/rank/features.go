package rank

import (
	"math"
	"strconv"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// value is that of a feature for a candidate, with the reason in words.
type value struct {
	value float64
	why   string
}

// reader computes features for one piece of work.
type reader struct {
	work     Work
	affinity *affinity
	title    map[string]bool // skills and stems that the title names
}

func newReader(work Work) *reader {
	r := &reader{work: work, affinity: newAffinity(work.Post), title: make(map[string]bool)}
	for _, match := range skills.Default().Match(work.Post.Title) {
		r.title[match.Skill.Name] = true
	}
	for _, word := range words.Split(work.Post.Title) {
		if !words.Stop(word) {
			r.title[words.Stem(word)] = true
		}
	}
	return r
}

func (r *reader) value(feature Feature, c Candidate) value {
	switch feature {
	case Must:
		return r.covered(c, true)
	case Nice:
		return r.covered(c, false)
	case Fit:
		return r.affinity.value(c.Profile)
	case Level:
		return r.level(c)
	case Pay:
		return r.pay(c)
	case Zone:
		return r.zone(c)
	case Availability:
		return r.availability(c)
	case TrackRecord:
		return record(c.Profile.TrackRecord)
	}
	return r.recency(c.Profile)
}

// of returns the candidate's finding for the first requirement of a kind.
func (r *reader) of(c Candidate, kind fit.Kind) (fit.Finding, bool) {
	for _, requirement := range r.work.Requirements {
		if requirement.Kind == kind {
			return find(c.Findings, requirement.ID), true
		}
	}
	return fit.Finding{}, false
}

func plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return strconv.Itoa(n) + " " + unit + "s"
}

func clamp(x float64) float64 { return min(1, max(0, x)) }

func round(x float64, digits int) float64 {
	scale := math.Pow10(digits)
	return math.Round(x*scale) / scale
}
