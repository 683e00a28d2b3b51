package jobpost

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parleyhq/parley/retrieval/skills"
)

// reasked says what is wrong with the questions of a conversation: those for
// a slot that had been asked for, that the draft already had, or whose fact
// the client had already written.
func reasked(facts Facts, asked []Asked) []string {
	var reasons []string
	before := make(map[string]bool)
	for _, a := range asked {
		switch {
		case before[a.Slot]:
			reasons = append(reasons, fmt.Sprintf("asked again for %s: %q", a.Slot, a.Text))
		case a.Post.has(a.Slot):
			reasons = append(reasons, fmt.Sprintf("asked for %s, which the draft has: %q", a.Slot, a.Text))
		case facts.told(a.Slot, a.Before):
			reasons = append(reasons, fmt.Sprintf("asked for %s, which the client had said: %q", a.Slot, a.Text))
		}
		before[a.Slot] = true
	}
	return reasons
}

// has reports whether the post has a value for the slot of a question.
func (p post) has(slot string) bool {
	switch slot {
	case "summary":
		return p.Description != ""
	case "pay":
		return p.Pay != nil && (p.Pay.Min > 0 || p.Pay.Max > 0)
	case "currency":
		return p.Pay != nil && p.Pay.Currency != ""
	case "duration", "deadline":
		return p.Deadline.value() != "" || p.Duration != nil && (p.Duration.Min > 0 || p.Duration.Max > 0)
	case "hours_per_week":
		return p.Hours != nil && (p.Hours.Min > 0 || p.Hours.Max > 0)
	case "level":
		return p.Level != ""
	case "skills":
		return len(p.Skills.Must)+len(p.Skills.Nice) > 0
	case "start":
		return p.Start.value() != ""
	case "location":
		return p.Location != nil && p.Location.Mode != ""
	case "time_zone":
		return p.TimeZone != ""
	}
	return false // what belongs to the work, and what there is already: there may always be more
}

// told reports whether the client had written the fact that a question is
// for, whatever was read of it. It looks for values as people write them and
// would rather miss one than be wrong.
func (f Facts) told(slot, said string) bool {
	low := strings.ToLower(said)
	switch slot {
	case "pay":
		return f.Pay != nil && (hasSum(low, f.Pay.Min) || hasSum(low, f.Pay.Max))
	case "currency":
		return f.Pay != nil && slices.ContainsFunc(currencies[f.Pay.Currency], func(sign string) bool { return strings.Contains(low, sign) })
	case "duration", "deadline":
		return hasLength(low, f.Duration) || hasDate(low, f.Deadline)
	case "hours_per_week":
		return f.Hours.Known() && (hasHours(low, f.Hours.Min) || hasHours(low, f.Hours.Max))
	case "level":
		return slices.ContainsFunc(levelWords[f.Level], func(word string) bool { return contains(said, word) })
	case "skills":
		return f.skillsTold(said)
	case "start":
		return hasDate(low, f.Start) || f.Start == "asap" && (contains(said, "asap") || contains(said, "as soon as possible"))
	case "location":
		return f.Location != nil && slices.ContainsFunc(modeWords[f.Location.Mode], func(word string) bool { return contains(said, word) })
	}
	return false
}

var currencies = map[string][]string{
	"USD": {"$", "usd", "dollar"}, "EUR": {"€", "eur"}, "GBP": {"£", "gbp", "pound", "quid"}, "INR": {"₹", "inr", "rupee"}, "CHF": {"chf", "franc"}, "CAD": {"cad"}, "AUD": {"aud"},
	"SEK": {"sek"}, "NOK": {"nok"}, "DKK": {"dkk"}, "PLN": {"pln", "zł", "zloty"}, "BRL": {"r$", "brl", "reais"}, "JPY": {"¥", "jpy", "yen"}, "ZAR": {"zar", "rand"}, "SGD": {"sgd"}, "NZD": {"nzd"},
}

var levelWords = map[string][]string{
	"entry": {"entry level", "entry-level", "junior", "beginner"}, "intermediate": {"intermediate", "mid-level", "mid level", "medior"}, "expert": {"expert", "senior"},
}

var modeWords = map[string][]string{
	"remote": {"remote", "remotely"}, "onsite": {"on-site", "onsite", "on site", "in person", "in-person"}, "hybrid": {"hybrid"},
}

// hasSum finds an amount of minor units as people write it: 2000, 2,000, 2.000, 2 000, 2k, 2.5k.
func hasSum(low string, minor float64) bool {
	if minor <= 0 {
		return false
	}
	whole := int64(minor / 100)
	forms := []string{strconv.FormatInt(whole, 10)}
	if whole >= 1000 {
		for _, sign := range []string{",", ".", " ", "'"} {
			forms = append(forms, fmt.Sprintf("%d%s%03d", whole/1000, sign, whole%1000))
		}
		if whole%100 == 0 {
			forms = append(forms, strconv.FormatFloat(float64(whole)/1000, 'f', -1, 64)+"k")
		}
	}
	return slices.ContainsFunc(forms, func(form string) bool { return contains(low, form) })
}

var (
	lengths   = regexp.MustCompile(`\b(\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)(?: or so)?[ -](day|week|month|year)s?\b`)
	someHours = regexp.MustCompile(`\b(\d+)\s*(?:-|–|to)?\s*(\d*)\s*(?:h|hrs?|hours?)\b`)
	small     = map[string]float64{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12}
	unitDays  = map[string]float64{"day": 1, "week": 7, "month": 30, "year": 365}
)

func hasLength(low string, want *Range) bool {
	if !want.Known() {
		return false
	}
	for _, m := range lengths.FindAllStringSubmatch(low, -1) {
		days := number(m[1]) * unitDays[m[2]]
		if want.Max > 0 && sameRange(Range{want.Max, want.Max}, Range{days, days}, 0.15, 0) {
			return true
		}
	}
	return false
}

func number(word string) float64 {
	if n, ok := small[word]; ok {
		return n
	}
	n, _ := strconv.ParseFloat(word, 64)
	return n
}

func hasHours(low string, want float64) bool {
	for _, m := range someHours.FindAllStringSubmatch(low, -1) {
		if want > 0 && (number(m[1]) == want || number(m[2]) == want) {
			return true
		}
	}
	return false
}

// hasDate finds a date written with its month: 2026-04-30, 30 April, April 30th, Apr 30.
func hasDate(low, date string) bool {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return false
	}
	if strings.Contains(low, date) {
		return true
	}
	month := strings.ToLower(at.Month().String())
	named := fmt.Sprintf(`(?:%s|%s\.?)`, month, month[:3])
	day := fmt.Sprintf(`%d(?:st|nd|rd|th)?`, at.Day())
	found, err := regexp.MatchString(`\b(?:`+day+`(?: of)? `+named+`|`+named+` `+day+`)\b`, low)
	return err == nil && found
}

// skillsTold reports whether all skills that are needed had been named.
func (f Facts) skillsTold(said string) bool {
	named := make(map[string]bool)
	for _, match := range skills.Default().Match(said) {
		named[match.Skill.Name] = true
	}
	for _, want := range f.MustSkills {
		if !contains(said, want) && !slices.ContainsFunc(skillNames(want), func(name string) bool { return named[name] }) {
			return false
		}
	}
	return len(f.MustSkills) > 0
}
