package shortlist

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
)

// topic is what a requirement is about, as it stands inside a sentence.
func topic(r fit.Requirement) string {
	if r.Kind == fit.Skill && len(r.Skills) > 0 && r.Years == 0 {
		return strings.Join(r.Skills, " or ")
	}
	return welcome.ReplaceAllString(strings.TrimRight(r.Text, "."), "")
}

// welcome is how posts call something a plus; what is called so stands before it.
var welcome = regexp.MustCompile(`(?i),? (?:is|are|would be) (?:also )?(?:an? (?:big |clear |real )?(?:plus|bonus|advantage)|welcome|nice to have|helpful)$`)

// reasonText says in a sentence how somebody meets a requirement.
func reasonText(r fit.Requirement, f fit.Finding, p retrieval.Profile) string {
	if text := valueText(r.Kind, p); text != "" {
		return text
	}
	text := "Shows " + topic(r)
	if field, _ := proof(f); strings.HasPrefix(field, "/skills") {
		text = "Lists " + topic(r) + " as a skill"
	}
	if f.Via != "" {
		text += " (" + strings.TrimRight(f.Via, ".") + ")"
	}
	return text + "."
}

// valueText says what a profile gives for the requirements that are about one
// of its values, "" for the others and for what is not given.
func valueText(kind fit.Kind, p retrieval.Profile) string {
	switch kind {
	case fit.Level:
		if p.Level != "" {
			return "Works at " + p.Level + " level."
		}
	case fit.Pay:
		if p.Rate > 0 {
			return "Asks " + rate(p) + "."
		}
	case fit.Language:
		if text := languages(p.Languages); text != "" {
			return "Speaks " + text + "."
		}
	case fit.Place:
		if name := countryName(p.Country); name != "" {
			return "Lives in " + name + "."
		}
	case fit.Zone:
		if p.TimeZone != "" {
			return "Works in the time zone " + p.TimeZone + "."
		}
	case fit.Hours:
		if p.HoursPerWeek > 0 {
			return fmt.Sprintf("Has %d hours a week.", p.HoursPerWeek)
		}
	case fit.Start:
		if p.AvailableFrom != "" {
			return "Is free from " + day(p.AvailableFrom) + "."
		}
	case fit.Record:
		return "Has " + strings.Replace(trackRecord(p.TrackRecord), "No jobs", "no jobs", 1) + "."
	}
	return ""
}

// proof returns the best proof of a finding: running text before lists.
func proof(f fit.Finding) (field, quote string) {
	for _, p := range f.Proofs {
		if !strings.HasPrefix(p.Field, "/skills") {
			return p.Field, p.Quote
		}
	}
	if len(f.Proofs) > 0 {
		return f.Proofs[0].Field, f.Proofs[0].Quote
	}
	return "", ""
}

// prose reports whether a field holds running text.
func prose(field string) bool {
	return field == "/overview" || field == "/headline" || strings.HasPrefix(field, "/experience") || strings.HasPrefix(field, "/credentials")
}

// longestQuote is how many bytes of a proof are quoted in the chat.
const longestQuote = 80

// excerpt is a proof as it is quoted inside a sentence: the beginning of one
// sentence of it, letter by letter, to the last comma or word that fits.
func excerpt(quote string) string { return excerptOf(quote, longestQuote) }

// shortExcerpt is one that stands beside something else.
func shortExcerpt(quote string) string { return excerptOf(quote, longestQuote*2/3) }

func excerptOf(quote string, longest int) string {
	quote = strings.Join(strings.Fields(quote), " ")
	for i, r := range quote {
		if strings.ContainsRune(".!?…", r) && i > 20 && (i+utf8.RuneLen(r) == len(quote) || quote[i+utf8.RuneLen(r)] == ' ') {
			quote = quote[:i]
			break
		}
	}
	if len(quote) > longest {
		short := strings.ToValidUTF8(quote[:longest], "")
		if at := strings.LastIndexAny(short, ",;"); at > longest/2 {
			short = short[:at]
		} else if at := strings.LastIndexByte(short, ' '); at > 0 {
			short = short[:at]
		}
		quote = short
	}
	quote = strings.NewReplacer("“", "'", "”", "'", "\"", "'", "[", "(", "]", ")", "?", "", "!", "").Replace(quote)
	return strings.TrimRightFunc(quote, func(r rune) bool { return unicode.IsPunct(r) && r != ')' && r != '#' && r != '%' })
}

// countryName is a country as it stands behind "in": "the Netherlands".
func countryName(code string) string {
	name := brief.CountryName(code)
	if withArticle[code] {
		name = "the " + name
	}
	return name
}

var withArticle = set("NL US GB PH AE CZ DO BS MV")

// telltale is the excerpt of a reason's quotation that names what it proves: of
// a long sentence the clause that does, where that stands behind the beginning.
func telltale(doc *Document, r *Reason) string {
	requirement, _ := doc.requirement(r.Requirement)
	low := strings.ToLower(r.Quote)
	if len(low) != len(r.Quote) {
		return excerpt(r.Quote)
	}
	first := -1
	for _, name := range append(slices.Clone(requirement.Skills), requirement.Terms...) {
		for _, word := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '|' || r == '+' || r == ' ' }) {
			if at := strings.Index(low, word); at >= 0 && (first < 0 || at < first) {
				first = at
			}
		}
	}
	if first < len(excerpt(r.Quote)) {
		return excerpt(r.Quote)
	}
	from := 0
	if at := strings.LastIndexAny(r.Quote[:first], ",;:."); at > 0 {
		from = at + 1
	}
	clause := strings.TrimSpace(r.Quote[from:])
	for _, word := range []string{"and ", "or ", "but "} {
		clause = strings.TrimPrefix(clause, word)
	}
	return excerpt(clause)
}

func languages(list []retrieval.Language) string {
	var out []string
	for _, l := range list {
		name := l.Code
		if tag, err := language.Parse(l.Code); err == nil {
			name = display.English.Languages().Name(tag)
		}
		if l.Level != "" {
			name += " (" + l.Level + ")"
		}
		out = append(out, name)
	}
	return workflow.Join(out)
}

func trackRecord(t retrieval.TrackRecord) string {
	switch {
	case t.Jobs == 0 && t.Reviews == 0:
		return "No jobs here yet"
	case t.Reviews == 0 || t.Rating == 0:
		return count(t.Jobs, "job") + " here, no reviews"
	}
	return fmt.Sprintf("%s here, rated %s by %s", count(t.Jobs, "job"), strconv.FormatFloat(t.Rating, 'f', -1, 64), count(t.Reviews, "review"))
}

// day writes a date for people: "5 March 2026".
func day(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return t.Format("2 January 2006")
}

func count(n int, unit string) string {
	switch {
	case n == 1:
		return "1 " + unit
	case unit == "person":
		return strconv.Itoa(n) + " people"
	}
	return strconv.Itoa(n) + " " + unit + "s"
}
