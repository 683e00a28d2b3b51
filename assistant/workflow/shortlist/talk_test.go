package shortlist_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/workflow/shortlist"
)

// TestConversation is what people say to a list, one after the other, with
// what the answer must say and must not.
func TestConversation(t *testing.T) {
	c := rental(t)
	for _, step := range []struct {
		say  string
		want []string
		not  []string
		ids  []string // in order; nil when the list stays as it was
	}{
		{"why is c2 first?", []string{"c2 (", "not first but number 3 of 8", "Most points come from"}, nil, nil},
		{"why is c1 first?", []string{"is first of 8", "Rebuilt the reservation pages"}, []string{"not first"}, nil},
		{"why not c7?", []string{"number 8 of 8", "c7 asks €140 an hour", "c7 stands behind all who keep to it"}, nil, nil},
		{"compare the first two", []string{"| c1 | c4 |", "no: “I have never used Vue.js”", "€68 an hour"}, nil, nil},
		{"who else has Stripe", []string{"c1, c4, c3, c6, c5 and c7 fit “Stripe”"}, []string{"c8"}, nil},
		{"what does c3 lack", []string{"c3 does not mention “built booking or reservation systems”", "TypeScript"}, []string{"named, and work near"}, nil},
		{"who is the cheapest?", []string{"c6 asks €15 an hour", "1 person could not be compared"}, nil, nil},
		{"which one is free first?", []string{"is free from 2 March 2026"}, nil, nil},
		{"compare c1 and c99", []string{"no c99"}, []string{"| c1"}, nil},
		{"who is the best woman?", []string{"I choose nobody by"}, []string{"number 1"}, nil},
		{"show more", []string{"That is everybody: 8 people"}, nil, nil},
		{"only people in the EU", []string{"Five left of 8", "c5 is free only from 4 May, and the post starts by 23 March", "c8 lives in the United States"}, nil, []string{"c1", "c4", "c2", "c3", "c6"}},
		{"why not c5?", []string{"c5 (", "free only from 4 May", "Put c5 back"}, []string{"because of what you set"}, nil},
		{"put c5 back", []string{"Back on the list: c5", "Mind that c5 is free only from 4 May"}, nil, []string{"c1", "c4", "c2", "c3", "c6", "c5"}},
		{"put c5 back", []string{"c5 is on the list already"}, nil, nil},
		{"drop c8", []string{"c8 was not on the list"}, nil, nil},
		{"draft an invitation to c3", []string{"drafted an invitation to c3", "I contact nobody"}, nil, nil},
		{"shorter", []string{"The invitation to c3 is changed"}, nil, nil},
		{"mention the date", []string{"The invitation to c3 is changed"}, nil, nil},
	} {
		before := c.ids()
		a := c.say(step.say)
		for _, want := range step.want {
			if !strings.Contains(a.text, want) {
				t.Errorf("%s: %q is not in %q", step.say, want, a.text)
			}
		}
		for _, not := range step.not {
			if strings.Contains(a.text, not) {
				t.Errorf("%s: %q is in %q", step.say, not, a.text)
			}
		}
		if want := step.ids; want == nil && !slices.Equal(c.ids(), before) || want != nil && !slices.Equal(c.ids(), want) {
			t.Errorf("%s: %v became %v, want %v", step.say, before, c.ids(), want)
		}
		if d := dropped(t, a); len(d) > 0 {
			t.Errorf("%s: not let through: %v", step.say, d)
		}
	}
	inv := c.invitation()
	if inv.ProfileID != "c3" || !strings.Contains(inv.Text, "23 March 2026") || wordCount(inv.Text) > 70 {
		t.Errorf("%+v", inv)
	}
}

// TestNobodyInTheMarket finds nobody for work that none of the profiles shows
// anything of, and says so.
func TestNobodyInTheMarket(t *testing.T) {
	for _, request := range []string{"find me a COBOL programmer for a mainframe", "find me a beekeeper who can do hive inspections"} {
		c := newTalk(t, people()...)
		a := c.say(request)
		doc := c.list()
		if doc.Status != shortlist.Empty || len(doc.Candidates) > 0 || doc.Unsuited != 8 {
			t.Errorf("%s: %s with %v, %d unsuited", request, doc.Status, c.ids(), doc.Unsuited)
		}
		if !strings.HasPrefix(a.text, "None of the 8 profiles") || strings.Contains(a.text, "c1") || len(a.evidence) > 0 {
			t.Errorf("%s: %s", request, a.text)
		}
	}
}

// TestNobodyLeftStaysShort says it in a paragraph, however often nobody is left.
func TestNobodyLeftStaysShort(t *testing.T) {
	c := rental(t)
	for _, text := range []string{"only people in the Netherlands", "under 30 euros an hour", "must speak Swedish", "at least 40 hours", "at least 100 jobs", "rated 5"} {
		a := c.say(text)
		if n := wordCount(a.text); n > 75 {
			t.Errorf("%s: %d words: %s", text, n, a.text)
		}
		if a.question != nil && len(a.question.Suggestions) > 3 {
			t.Errorf("%s: %v", text, a.question.Suggestions)
		}
	}
}

// TestFirstAnswers holds for every development case: not too long, no sentence
// shape three times, no gap said twice.
func TestFirstAnswers(t *testing.T) {
	shape := regexp.MustCompile(`“[^”]*”|\([^)]*\)|c\d+`)
	for _, dev := range devCases(t) {
		c := newTalk(t, dev.documents(t)...)
		a := c.say("Find me people for this post: post-1")
		if n := wordCount(a.text); n > 120 {
			t.Errorf("%s: %d words: %s", dev.ID, n, a.text)
		}
		shapes := make(map[string]int)
		for _, sentence := range strings.SplitAfter(a.text, ". ") {
			if shapes[shape.ReplaceAllString(sentence, "x")]++; shapes[shape.ReplaceAllString(sentence, "x")] > 2 {
				t.Errorf("%s: three times the same: %s", dev.ID, sentence)
			}
		}
		if d := dropped(t, a); len(d) > 0 {
			t.Errorf("%s: not let through: %v", dev.ID, d)
		}
	}
}

// TestConditionsAreThePersonsWords shows a condition as it was said, brackets and all.
func TestConditionsAreThePersonsWords(t *testing.T) {
	c := rental(t)
	c.say("must have built reservation pages (campsites/theatres)")
	for _, text := range conditions(c) {
		if strings.Count(text, "(") != strings.Count(text, ")") || strings.HasPrefix(text, "campsites") {
			t.Errorf("cut to pieces: %q", conditions(c))
		}
	}
}

// TestWhoSomebodyIsHasNoPart says so where a request asks for people by what they are.
func TestWhoSomebodyIsHasNoPart(t *testing.T) {
	c := newTalk(t, people()...)
	if a := c.say("find me a female Vue developer, Christian"); !strings.Contains(a.text, "who somebody is has no part") || len(conditions(c)) > 0 {
		t.Errorf("%v: %s", conditions(c), a.text)
	}
}
