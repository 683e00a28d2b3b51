package rules_test

import (
	"testing"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// TestDigitsAcrossMessages tells a number that was divided from figures that
// only follow each other.
func TestDigitsAcrossMessages(t *testing.T) {
	set := rules.Default()
	for _, c := range []struct {
		name  string
		lines []string // "f:" before those of the other one
		want  bool
	}{
		{"an amount after hours", []string{"f:What would the logo cost, and how many hours?", "40 hours", "1200"}, false},
		{"one's own question", []string{"What would the logo cost, and how many hours?", "40 hours", "1200"}, false},
		{"a year", []string{"2026", "118 44"}, false},
		{"sizes", []string{"f:What sizes do you need?", "300 250", "728 90"}, false},
		{"sizes with more digits than a number", []string{"1920 1080", "1080 1350"}, false},
		{"pixels", []string{"the widths in px please", "300 600", "250 970"}, false},
		{"prices", []string{"$450 or $500?", "450 12", "500 300"}, false},
		{"round amounts", []string{"12000", "15500"}, false},
		{"the first and then", []string{"f:How many rows each?", "the first has 41220", "then 39877"}, false},
		{"too short together", []string{"415", "5550"}, false},
		{"words beside", []string{"lot 41555", "batch 50132"}, false},
		{"bare parts", []string{"41555", "50132"}, true},
		{"with a zero", []string{"f:how much is it?", "07700", "900123"}, true},
		{"with a plus", []string{"+44", "7700", "900123"}, true},
		{"three parts", []string{"077", "00 900", "123"}, true},
		{"announced", []string{"f:how much is it?", "my number starts with 41555", "50132"}, true},
		{"the rest", []string{"555 01", "42. That's the rest."}, true},
		{"spelled", []string{"five five five oh", "one four two nine nine"}, true},
	} {
		m := message.Message{Sender: "client", Text: c.lines[len(c.lines)-1]}
		for _, l := range c.lines[:len(c.lines)-1] {
			line := message.Line{Sender: "client", Text: l}
			if len(l) > 2 && l[:2] == "f:" {
				line = message.Line{Sender: "freelancer", Text: l[2:]}
			}
			m.Thread = append(m.Thread, line)
		}
		joined := false
		for _, h := range set.Check(m).Hits {
			joined = joined || h.Label == policy.ContactExchange && h.Thread > 0
		}
		if joined != c.want {
			t.Errorf("%s: %q joined: %v, want %v", c.name, c.lines, joined, c.want)
		}
	}
}

// TestDeliverable tells data that is to be printed, shown or tried from data
// with such a word only near it.
func TestDeliverable(t *testing.T) {
	set := rules.Default()
	for text, held := range map[string]bool{
		"My email is maria.lopez@gmail.com, the header should be blue.":          true,
		"My number is +44 7700 900123. The header of the page should be blue.":   true,
		"The header of the page should be blue. My number is +44 7700 900123.":   true,
		"The header should be blue, +44 7700 900123":                             true,
		"The flyer is done\n+44 7700 900123":                                     true,
		"The footer should read nicely, call me on +44 7700 900123":              true,
		"The headline should read Hello; +44 7700 900123":                        true,
		"Here is my number for the flyer: +44 7700 900123":                       true,
		"The footer should be bigger but +44 7700 900123 is where I am":          true,
		"+44 7700 900123, the header should be blue":                             true,
		"put +1 202 555 0147 on the flyer":                                       false,
		"the footer should show +49 30 5550 123":                                 false,
		"The footer should show: Jane's Bakery, High Street 4, +49 30 5550 123":  false,
		"Make me a flyer with +49 30 5550 123 at the bottom":                     false,
		"Business card:\nBaker Jane\n+49 30 5550 123":                            false,
		"The header shows the wrong digits, it should be +49 30 5550 123":        false,
		"+49 30 5550 123, put that on the flyer":                                 false,
		`The sign should say "Call me! +49 30 5550 123"`:                         false,
		`The poster should say "Call me! +49 30 5550 123"`:                       false,
		"Im Impressum muss stehen: Tel. +49 30 23125 118, Fax -119":              false,
		"Validate that +1 415 555 0132 and \"text me\" both pass the form regex": false,
	} {
		h, _ := set.Check(message.Message{Text: text}).Strongest(policy.ContactExchange)
		if (h.Strength >= rules.Likely) != held {
			t.Errorf("%q: %s %s, held should be %v", text, h.Rule, h.Strength, held)
		}
	}
}
