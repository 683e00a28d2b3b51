package jobpost

import (
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
)

// term is one sentence of the paragraph that closes a description.
type term struct {
	text    string
	kind    grounding.Kind
	sources []brief.Source
}

// termSentences states pay, time and place in sentences.
func termSentences(b brief.Brief) []term {
	var terms []term
	add := func(text string, kind grounding.Kind, sources ...[]brief.Source) {
		if text != "" {
			terms = append(terms, term{text, kind, slices.Concat(sources...)})
		}
	}
	if b.Pay.Known() && b.Pay.Value.Amount() {
		add(paySentence(b), grounding.Money, b.Pay.Sources, b.Hours.Sources)
		if b.Hours.Known() && !numbered(b.Hours.Value) {
			add(hoursSentence(b), grounding.Duration, b.Hours.Sources)
		}
	} else if b.Hours.Known() {
		add(hoursSentence(b), grounding.Duration, b.Hours.Sources)
	}
	add(timeSentence(b), grounding.Date, b.Duration.Sources, b.Deadline.Sources)
	if b.Start.Known() {
		add(startSentence(b.Start.Value), grounding.Date, b.Start.Sources)
	}
	if b.Location.Known() {
		add(placeSentence(b.Location.Value), grounding.Entity, b.Location.Sources)
	}
	return terms
}

func paySentence(b brief.Brief) string {
	pay := b.Pay.Value
	text := "The budget is " + pay.String()
	if pay.Type == "hourly" {
		text = "The rate is " + pay.String()
	} else if pay.Per != "" {
		text = "The pay is " + pay.String()
	}
	if b.Hours.Known() && numbered(b.Hours.Value) {
		text += ", for " + b.Hours.Value.String()
	}
	return text + "."
}

func hoursSentence(b brief.Brief) string {
	return capital(strings.Replace(clause(b, brief.SlotHours), "it ", "the work ", 1)) + "."
}

func timeSentence(b brief.Brief) string {
	length, end := "", ""
	if p := b.Duration.Value; b.Duration.Known() && !p.Ongoing {
		length = periodWords(p)
	}
	if b.Deadline.Known() {
		end = dayWords(b.Deadline.Value, "by")
	}
	switch {
	case b.Duration.Known() && b.Duration.Value.Ongoing && end == "":
		return "The work is ongoing."
	case length != "" && end != "":
		return "The work should take " + length + " and be finished " + end + "."
	case length != "":
		return "The work should take " + length + "."
	case end != "":
		return "The work should be finished " + end + "."
	}
	return ""
}

func startSentence(d brief.Day) string {
	if d.Asap {
		return "It can start as soon as possible."
	}
	if when := dayWords(d, "on"); when != "" {
		return "It starts " + when + "."
	}
	return ""
}

func placeSentence(l brief.Location) string {
	if l.Mode == "" || l.Mode == "remote" && l.Place == "" && l.Country == "" {
		if l.Mode == "remote" {
			return "The work is remote."
		}
		return ""
	}
	place := l.Place
	if place == "" {
		place = brief.CountryName(l.Country)
	}
	mode := strings.Replace(l.Mode, "onsite", "on site", 1)
	if place == "" {
		return "The work is " + mode + "."
	}
	if l.Mode == "remote" {
		return "The work is remote, from " + place + "."
	}
	return "The work is " + mode + " in " + place + "."
}

// periodWords uses the person's own words where they fit behind "take".
func periodWords(p brief.Period) string {
	first, _, _ := strings.Cut(strings.ToLower(p.Text), " ")
	if m := bareCount.FindStringSubmatch(p.Text); m != nil && m[1] != "1" {
		return m[1] + " " + strings.ToLower(m[2]) + "s" // "6 month"
	}
	if p.Text != "" && (unitWord.MatchString(p.Text) || p.MinDays == 0) && (startsPeriod[first] || first != "" && first[0] >= '0' && first[0] <= '9') {
		return strings.ToLower(p.Text)
	}
	p.Text = ""
	return p.String()
}

var bareCount = regexp.MustCompile(`(?i)^(\d+) ?(day|week|month|year)$`)

var unitWord = regexp.MustCompile(`(?i)\b(?:hours?|days?|weeks?|months?|years?|quarters?|season|semester|term|fortnight|weekend)\b`)

var startsPeriod = words("a an about around roughly one two three four five six seven eight nine ten twelve half up at several")

func words(list string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}
