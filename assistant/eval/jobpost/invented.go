package jobpost

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/eval/dialogue"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/sessions"
)

type claims = []sessions.Claim

// invented lists what a post says that nobody told it: sentences and values without a
// source, sources that are not what the client wrote, numbers and skills that the client
// did not name, and what the case says must not appear.
func invented(c Case, p post, list claims, said string) []string {
	var reasons []string
	reasons = append(reasons, unclaimed(p, list, said)...)
	reasons = append(reasons, strangeNumbers(p, said)...)
	reasons = append(reasons, strangeSkills(p, said)...)
	for _, phrase := range c.MustNotAppear {
		if stated(p.text(), phrase) {
			reasons = append(reasons, fmt.Sprintf("must not appear: %q", phrase))
		}
	}
	return reasons
}

// unclaimed finds sentences that no claim covers, and values without one.
func unclaimed(p post, list claims, said string) []string {
	var reasons []string
	for _, passage := range p.prose() {
		for _, sentence := range dialogue.Unsourced(list, passage.path, passage.text, said) {
			reasons = append(reasons, fmt.Sprintf("%s has no source: %q", passage.path, sentence))
		}
	}
	for path, set := range p.values() {
		if set && !slices.ContainsFunc(list, func(c sessions.Claim) bool { return c.Path == path && dialogue.Sourced(c, said) }) {
			reasons = append(reasons, path+" has no source")
		}
	}
	slices.Sort(reasons)
	return reasons
}

// values are the slots that hold no text, by their JSON pointers, and whether
// they are set.
func (p post) values() map[string]bool {
	return map[string]bool{
		"/level": p.Level != "", "/pay": p.Pay != nil, "/duration": p.Duration != nil, "/hours_per_week": p.Hours != nil, "/start": p.Start != nil, "/deadline": p.Deadline != nil,
		"/location": p.Location != nil, "/time_zone": p.TimeZone != "",
	}
}

var numbers = regexp.MustCompile(`\d+(?:[.,' ]\d{3})*(?:[.,]\d+)?k?`)

// strangeNumbers finds numbers in the post's sentences that neither the client
// wrote nor a value of the post holds, whose own source was checked.
func strangeNumbers(p post, said string) []string {
	known := make(map[string]bool)
	add := func(text string) {
		for _, n := range numbers.FindAllString(strings.ToLower(text), -1) {
			known[plain(n)] = true
			for part := range strings.FieldsFuncSeq(n, func(r rune) bool { return r < '0' || r > '9' }) {
				known[plain(part)] = true
			}
		}
	}
	add(said)
	add(valuesText(p))
	for word, n := range small {
		if contains(said, word) {
			known[strconv.FormatFloat(n, 'f', -1, 64)] = true
		}
	}
	var reasons []string
	for _, passage := range p.prose() {
		for _, n := range numbers.FindAllString(strings.ToLower(passage.text), -1) {
			if !known[plain(n)] {
				reasons = append(reasons, fmt.Sprintf("%s: nobody said %s", passage.path, n))
			}
		}
	}
	return reasons
}

// valuesText writes the values of the post with their numbers.
func valuesText(p post) string {
	p.Title, p.Description, p.Deliverables, p.Conditions, p.Questions = "", "", nil, nil, nil
	p.Skills.Must, p.Skills.Nice = nil, nil
	text := p.text()
	if p.Duration != nil { // told in whatever unit
		for _, days := range []float64{p.Duration.Min, p.Duration.Max} {
			for _, unit := range unitDays {
				text += fmt.Sprintf(" %.0f", days/unit)
			}
		}
	}
	for _, d := range []*day{p.Start, p.Deadline} {
		if d != nil && len(d.Date) == len("2006-01-02") {
			text += " " + strings.TrimLeft(d.Date[8:], "0") + " " + d.Date[:4]
		}
	}
	return text
}

// plain writes a number one way: 2,000.00, 2.000 and 2k are 2000.
func plain(n string) string {
	n, thousand := strings.CutSuffix(n, "k")
	if i := strings.LastIndexAny(n, ".,"); i >= 0 && len(n)-i-1 != 3 {
		whole := digits(n[:i])
		value, _ := strconv.ParseFloat(whole+"."+n[i+1:], 64)
		if thousand {
			value *= 1000
		}
		return strconv.FormatFloat(value, 'f', -1, 64)
	}
	value, _ := strconv.ParseFloat(digits(n), 64)
	if thousand {
		value *= 1000
	}
	return strconv.FormatFloat(value, 'f', -1, 64)
}

func digits(n string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, n)
}

// strangeSkills finds skills that the post names and the client did not.
func strangeSkills(p post, said string) []string {
	named := make(map[string]bool)
	for _, match := range skills.Default().Match(said) {
		named[match.Skill.Name] = true
	}
	words := eval.TermSet(said)
	var reasons []string
	for _, passage := range p.prose() {
		for _, match := range skills.Default().Match(passage.text) {
			if !named[match.Skill.Name] && eval.Covered(eval.Terms(match.Text), words) < inItem && eval.Covered(eval.Terms(match.Skill.Name), words) < inItem {
				reasons = append(reasons, fmt.Sprintf("%s: nobody named %s", passage.path, match.Skill.Name))
			}
		}
	}
	return reasons
}

// stated reports whether a text says a phrase without denying it: "no
// WordPress" does not state WordPress.
func stated(text, phrase string) bool {
	low := strings.ToLower(text)
	for _, at := range eval.Find(text, phrase) {
		before := low[max(0, at-40):at]
		if i := strings.LastIndexAny(before, ".!?\n"); i >= 0 {
			before = before[i+1:]
		}
		if !denial.MatchString(before) {
			return true
		}
	}
	return false
}

var denial = regexp.MustCompile(`\b(?:no|not|non|without|never|n't|excluding|except|rather than|instead of|don't want)\b`)
