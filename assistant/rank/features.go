package rank

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
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

// covering are the kinds of requirements that count as covered or not. The
// others have features of their own.
var covering = []fit.Kind{fit.Skill, fit.Experience, fit.Credential, fit.Language, fit.Place}

// covered is the mean degree of the requirements that are musts, or of those
// that are not. What no requirement of the kind exists for is neutral.
func (r *reader) covered(c Candidate, must bool) value {
	var sum, weights float64
	met, count := 0, 0
	for _, requirement := range r.work.Requirements {
		if requirement.Must != must || !slices.Contains(covering, requirement.Kind) {
			continue
		}
		count++
		finding, weight := find(c.Findings, requirement.ID), r.counts(requirement)
		weights += weight
		switch {
		case finding.Status == fit.Silent && (requirement.Kind == fit.Language || requirement.Kind == fit.Place):
			sum += weight * Unsaid
		default:
			sum += weight * finding.Degree * solid(finding)
		}
		if finding.Status == fit.Met {
			met++
		}
	}
	name := "must-haves"
	if !must {
		name = "nice-to-haves"
	}
	if count == 0 {
		return value{Unsaid, "The work names no " + name + "."}
	}
	return value{sum / weights, fmt.Sprintf("%d of %d %s are covered in full.", met, count, name)}
}

// merelyListed is what a finding counts whose only proof is a list of words in
// what somebody says of themselves.
const merelyListed = 0.5

// solid tells a finding that a sentence proves from one that a list of words
// claims. A list in an experience is taken for what was done there.
func solid(f fit.Finding) float64 {
	if f.Status != fit.Met {
		return 1 // the degree says already what a mere claim is worth
	}
	claimed := false
	for _, p := range f.Proofs {
		own := p.Field == "/overview" || p.Field == "/headline"
		if !own && !strings.HasPrefix(p.Field, "/skills") || own && told(p.Quote, shortSentence) != "" {
			return 1
		}
		claimed = true
	}
	if claimed {
		return merelyListed
	}
	return 1
}

// counts is how much a requirement counts among its like: double what the
// title of the work names and credentials, without which the work cannot be
// done, and half what is about the person and not about the work.
func (r *reader) counts(requirement fit.Requirement) float64 {
	switch requirement.Kind {
	case fit.Language, fit.Place:
		return 0.5
	case fit.Credential:
		return 2
	}
	if r.titled(requirement) {
		return 2
	}
	return 1
}

// titled reports whether the title of the work names what is required.
func (r *reader) titled(requirement fit.Requirement) bool {
	for _, name := range requirement.Skills {
		if r.title[name] {
			return true
		}
	}
	for _, term := range requirement.Terms {
		if r.title[term] {
			return true
		}
	}
	return false
}

// find returns the finding for a requirement, a silent one where there is none.
func find(findings []fit.Finding, id string) fit.Finding {
	for _, f := range findings {
		if f.Requirement == id {
			return f
		}
	}
	return fit.Finding{Requirement: id, Status: fit.Silent}
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

var levels = []string{"entry", "intermediate", "expert"}

// level is 1 for the level asked for, a little less above it, and little below.
func (r *reader) level(c Candidate) value {
	asked, has := slices.Index(levels, r.work.Post.Level), slices.Index(levels, c.Profile.Level)
	switch {
	case asked < 0:
		return value{Unsaid, "The work names no level."}
	case has < 0:
		return value{Unsaid, "The profile names no level."}
	}
	why := fmt.Sprintf("The level is %s, asked for is %s.", c.Profile.Level, r.work.Post.Level)
	switch has - asked {
	case 0:
		return value{1, why}
	case 1, 2:
		return value{0.85, why}
	case -1:
		return value{0.35, why}
	}
	return value{0, why}
}

// What a rate at the ceiling counts, and the share above it at which it counts nothing.
const (
	atCeiling = 0.8
	beyond    = 0.3
)

// pay falls slowly from 1 to 0.8 at the ceiling, and to 0 at 30% above it. Rates are
// compared in one currency; another one is neutral unless fit could convert it.
func (r *reader) pay(c Candidate) value {
	post, rate := r.work.Post, c.Profile.Rate
	ceiling := max(post.PayMax, post.PayMin)
	switch {
	case post.PayType != retrieval.PayHourly || ceiling == 0:
		return value{Unsaid, "The work names no hourly pay to compare with."}
	case rate == 0 || c.Profile.Currency == "":
		return value{Unsaid, "The profile names no rate."}
	}
	asks := brief.Money(rate, c.Profile.Currency) + " an hour"
	if c.Profile.Currency != post.Currency {
		finding, ok := r.of(c, fit.Pay)
		if !ok || finding.Status == fit.Silent {
			return value{Unsaid, "The rate of " + asks + " is in another currency."}
		}
		return value{finding.Degree, "The rate is " + asks + ", in another currency; " + paid(post) + "."}
	}
	share := float64(rate) / float64(ceiling)
	worth := 1 - (1-atCeiling)*share
	if share > 1 {
		worth = atCeiling * (1 - (share-1)/beyond)
	}
	return value{clamp(worth), "The rate is " + asks + "; " + paid(post) + "."}
}

func paid(post retrieval.JobPost) string {
	return "the work pays up to " + brief.Money(max(post.PayMax, post.PayMin), post.Currency)
}

// enoughOverlap is how many hours of a working day in common are enough.
const enoughOverlap = 4

// zone is the share of four common hours of an eight-hour working day.
func (r *reader) zone(c Candidate) value {
	if finding, ok := r.of(c, fit.Zone); ok && finding.Status != fit.Silent {
		return value{finding.Degree, "The time zone is " + c.Profile.TimeZone + "."}
	}
	here, ok := offset(r.work.Post.TimeZone, r.work.Today)
	if !ok {
		return value{Unsaid, "The work names no time zone."}
	}
	there, ok := offset(c.Profile.TimeZone, r.work.Today)
	if !ok {
		return value{Unsaid, "The profile names no time zone."}
	}
	apart := math.Abs(here - there)
	apart = min(apart, 24-apart)
	overlap := max(0, 8-apart)
	return value{clamp(overlap / enoughOverlap), fmt.Sprintf("%s of a working day fall together.", hours(overlap))}
}

func hours(n float64) string {
	if n == 1 {
		return "1 hour"
	}
	return strconv.FormatFloat(n, 'f', -1, 64) + " hours"
}

// offset is that of a time zone from UTC, in hours.
func offset(name string, day time.Time) (float64, bool) {
	if name == "" || name == "Local" {
		return 0, false
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return 0, false
	}
	_, seconds := day.In(zone).Zone()
	return float64(seconds) / 3600, true
}

// availability is the mean of hours and start, as far as both sides name them.
func (r *reader) availability(c Candidate) value {
	hours, start := r.hours(c), r.start(c)
	return value{(hours.value + start.value) / 2, hours.why + " " + start.why}
}

func (r *reader) hours(c Candidate) value {
	wanted, has := r.work.Post.HoursPerWeek, c.Profile.HoursPerWeek
	switch {
	case wanted == 0:
		return value{Unsaid, "The work names no hours a week."}
	case has == 0:
		return value{Unsaid, "The profile names no hours a week."}
	}
	return value{clamp(float64(has) / float64(wanted)), fmt.Sprintf("%d hours a week are free, %d are wanted.", has, wanted)}
}

// waited is how many days after today a start counts nothing.
const waited = 60

func (r *reader) start(c Candidate) value {
	free, err := time.Parse(time.DateOnly, c.Profile.AvailableFrom)
	if err != nil {
		return value{Unsaid, "The profile names no start."}
	}
	why := "Free from " + c.Profile.AvailableFrom + "."
	if finding, ok := r.of(c, fit.Start); ok && finding.Status != fit.Silent {
		return value{finding.Degree, why}
	}
	days := free.Sub(r.work.Today).Hours() / 24
	return value{clamp(1 - (days-14)/(waited-14)), why}
}

// The record is smoothed, so that one perfect review does not beat forty very
// good ones: a rating counts as if five reviews of 4.6 stood beside it (the
// usual rating of marketplaces), and jobs count by their logarithm up to fifty.
const (
	priorRating  = 4.6
	priorReviews = 5
	worstRating  = 3.5
	manyJobs     = 50
)

func record(t retrieval.TrackRecord) value {
	if t.Jobs == 0 && t.Reviews == 0 {
		return value{Unsaid, "There are no jobs on this marketplace yet."}
	}
	rating := float64(priorRating)
	why := fmt.Sprintf("%s here, no reviews.", plural(t.Jobs, "job"))
	if t.Reviews > 0 && t.Rating > 0 {
		n := float64(t.Reviews)
		rating = (priorRating*priorReviews + t.Rating*n) / (priorReviews + n)
		why = fmt.Sprintf("%s here, rated %s by %s.", plural(t.Jobs, "job"), strconv.FormatFloat(t.Rating, 'f', -1, 64), plural(t.Reviews, "review"))
	}
	quality := clamp((rating - worstRating) / (5 - worstRating))
	volume := clamp(math.Log1p(float64(t.Jobs)) / math.Log1p(manyJobs))
	return value{0.6*quality + 0.4*volume, why}
}

// fresh and stale bound how long ago, in years, the last position ended.
const (
	fresh = 0.5
	stale = 5
)

func (r *reader) recency(p retrieval.Profile) value {
	last := ""
	for _, e := range p.Experience {
		switch {
		case e.From == "" && e.To == "":
		case e.To == "":
			return value{1, "A position lasts until today."}
		case e.To > last:
			last = e.To
		}
	}
	end, err := time.Parse("2006-01", last)
	if err != nil {
		return value{Unsaid, "The profile dates no position."}
	}
	years := r.work.Today.Sub(end.AddDate(0, 1, 0)).Hours() / 24 / 365.25
	return value{clamp(1 - (years-fresh)/(stale-fresh)), "The last position ended in " + last + "."}
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
