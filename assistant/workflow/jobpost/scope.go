package jobpost

import (
	"regexp"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
)

// What is enough of a scope, so that it is not asked for. Judged by hand on
// conversations in which the question was one too many.
const (
	enoughWords    = 32 // of statements on the work
	specificWords  = 12 // with a measure among them
	longEnoughPost = 500
)

// scopeSaid reports whether the person already told what belongs to the work:
// several things to hand over, a measure with what it is of, or enough words.
func scopeSaid(doc *Document) bool {
	b := doc.Brief.Brief
	if len(b.Deliverables) > 1 || len(doc.Description) >= longEnoughPost {
		return true
	}
	said := statements(b)
	words := len(strings.Fields(said))
	if words >= enoughWords {
		return true
	}
	kind := doc.Category
	switch act(doc) {
	case "translate":
		kind = "translation"
	case "animate", "record":
		kind = "video_audio"
	}
	if measure := scopeMeasures[kind]; measure != nil {
		return measure.MatchString(said)
	}
	return words >= specificWords && len(counted.FindAllString(said, -1)) >= 2
}

// statements are the person's own words on the work, without those that became
// pay or dates.
func statements(b brief.Brief) string {
	var out strings.Builder
	for _, list := range [][]brief.Item{b.Summary, b.Deliverables} {
		for _, item := range list {
			out.WriteString(" " + item.Text)
		}
	}
	said := out.String()
	for _, sources := range [][]brief.Source{b.Pay.Sources, b.Deadline.Sources, b.Duration.Sources, b.Start.Sources, b.Hours.Sources} {
		for _, s := range sources {
			if s.Quote != "" {
				said = strings.ReplaceAll(said, s.Quote, " ")
			}
		}
	}
	return said
}

// scopeMeasures are what answers the question on the scope in the trades where
// it asks for one thing.
var scopeMeasures = map[string]*regexp.Regexp{
	"translation": regexp.MustCompile(`(?i)\b\d[\d,.]*k?[ -](?:\p{L}+ )?(?:words?|pages?|strings?|minutes?|characters?|lines?|documents?|certificates?)\b`),
	"writing":     regexp.MustCompile(`(?i)\b\d[\d,.]*k?[ -](?:\p{L}+ )?(?:words?|pages?|articles?|posts?|chapters?|emails?)\b`),
	"video_audio": regexp.MustCompile(`(?i)\b\d[\d,.]*[ -](?:min\p{L}*|sec\p{L}*|hours?|hrs?|videos?|episodes?|clips?|words?|pages?)\b`),
	"legal":       regexp.MustCompile(`(?i)\b\d[\d,.]*[ -](?:\p{L}+ )?(?:pages?|clauses?|contracts?|documents?)\b`),
	"education":   regexp.MustCompile(`(?i)\b(?:my (?:son|daughter|kid|child|wife|husband|team|boss)|grade|year \d|gcse|a[- ]level|ib|exam|[abc][12]|beginner|\d+ (?:students|pupils|employees|people|learners)|year[- ]?old)\b`),
}

// counted finds numbers with what they count.
var counted = regexp.MustCompile(`(?i)\b(?:\d[\d,.]*k?|two|three|four|five|six|seven|eight|nine|ten|twelve) \p{L}{3,}`)

// qualified reports whether the person named who may do the work in other
// words than a level: a profession under licence, years, a seniority.
func qualified(b brief.Brief) bool {
	if b.Title.Known() && qualification.MatchString(b.Title.Value) || qualification.MatchString(statements(b)) {
		return true
	}
	for _, item := range b.Conditions {
		if qualification.MatchString(item.Text) {
			return true
		}
	}
	return false
}

var qualification = regexp.MustCompile(`(?i)\b(?:qualified|certified|licen[cs]ed|chartered|sworn|accredited|senior|junior|attorney|lawyer|solicitor|notary|cpa|aat|acca|phd|professor|\d+\+? ?(?:years?|yrs)(?: of)? (?:experience|in|with|of)|years of experience|experienced|beginners?|native)\b`)
