package jobpost

import (
	"testing"

	"github.com/parleyhq/parley/assistant/brief"
)

func TestPostVoice(t *testing.T) {
	tests := []struct {
		said  string
		terms []string
		want  string
	}{
		{"I need someone to build an online shop for my pet store", nil, "I am looking for someone to build an online shop for my pet store."},
		{"we need someone who knows payroll", nil, "We are looking for someone who knows payroll."},
		{"I need a logo for my cafe", nil, "I need a logo for my cafe."},
		{"Looking for a senior React developer.", nil, "I am looking for a senior React developer."},
		{"need a logo", nil, "I need a logo."},
		{"Hi there, can you help me find a tutor for my son?", nil, "I am looking for a tutor for my son."},
		{"hello! we want to hire two writers", nil, "We are looking for two writers."},
		{"please write a job post for a video editor", nil, "I am looking for a video editor."},
		{"we sell shoes and i'm tired of spreadsheets", nil, "We sell shoes and I'm tired of spreadsheets."},
		{"iPhone app for beekeepers", nil, "iPhone app for beekeepers."},
		{"Need to redo the books since January", nil, "Need to redo the books since January."},
		{"I need someone to build a shop, maybe 4k, before Christmas", []string{"4k", "before Christmas"}, "I am looking for someone to build a shop."},
		{"A website, about $2,000 (design included), in six weeks", []string{"about $2,000", "in six weeks"}, "A website, about $2,000 (design included)."},
		{"A shop with 1,000 products, 4k", []string{"4k"}, "A shop with 1,000 products."},
		{"The shop must be quick, 4k orders a day", []string{"4k"}, "The shop must be quick, 4k orders a day."},
		{"find me a physics tutor in Berlin", nil, "I am looking for a physics tutor in Berlin."},
		{"make me a tiktok editor job", nil, "I am looking for a tiktok editor."},
		{"make a logo and post it", nil, "Make a logo and post it."},
		{"ios app for beekeepers", nil, "iOS app for beekeepers."},
		{"A logo for a brewery called \"Nine Oxen\"", nil, "A logo for a brewery called \"Nine Oxen\"."},
		{"No clip art please!", []string{"4k"}, "No clip art please!"},
		{"thanks!", nil, ""},
		{"ok", nil, ""},
		{"also, it should look warm", nil, "It should look warm."},
		{"Why does it cost so much?", nil, "Why does it cost so much?"},
		{"", nil, ""},
	}
	for _, test := range tests {
		if got := postVoice(test.said, test.terms); got != test.want {
			t.Errorf("%q: got %q, want %q", test.said, got, test.want)
		}
	}
}

func TestTermSentences(t *testing.T) {
	src := []brief.Source{{Kind: "message", ID: "m1"}}
	tests := []struct {
		name string
		b    brief.Brief
		want string
	}{
		{"nothing", brief.Brief{}, ""},
		{"fixed", brief.Brief{Pay: brief.Field[brief.Pay]{Value: brief.Pay{Type: "fixed", Min: 400000, Max: 400000, Currency: "USD", Around: true}, Sources: src}}, "The budget is about $4,000, fixed price."},
		{"hourly with hours", brief.Brief{Pay: brief.Field[brief.Pay]{Value: brief.Pay{Type: "hourly", Min: 4000, Max: 6000, Currency: "EUR"}, Sources: src},
			Hours: brief.Field[brief.Hours]{Value: brief.Hours{Min: 10, Max: 15}, Sources: src}}, "The rate is €40–60 an hour, for 10–15 hours a week."},
		{"time", brief.Brief{Duration: brief.Field[brief.Period]{Value: brief.Period{MinDays: 42, MaxDays: 42, Text: "Six weeks"}, Sources: src},
			Deadline: brief.Field[brief.Day]{Value: brief.Day{Date: "2026-12-24", Text: "before Christmas"}, Sources: src}}, "The work should take six weeks and be finished before Christmas."},
		{"a day that counts from today", brief.Brief{Deadline: brief.Field[brief.Day]{Value: brief.Day{Date: "2026-11-27", Text: "by next Friday"}, Sources: src}}, "The work should be finished by 27 November 2026."},
		{"ongoing", brief.Brief{Duration: brief.Field[brief.Period]{Value: brief.Period{Ongoing: true, Text: "long term"}, Sources: src}}, "The work is ongoing."},
		{"no rush", brief.Brief{Deadline: brief.Field[brief.Day]{Value: brief.Day{Text: "no rush"}, Sources: src}}, ""},
		{"start and place", brief.Brief{Start: brief.Field[brief.Day]{Value: brief.Day{Asap: true, Text: "asap"}, Sources: src},
			Location: brief.Field[brief.Location]{Value: brief.Location{Mode: "onsite", Place: "Berlin"}, Sources: src}}, "It can start as soon as possible. The work is on site in Berlin."},
		{"remote", brief.Brief{Location: brief.Field[brief.Location]{Value: brief.Location{Mode: "remote"}, Sources: src}}, "The work is remote."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			for _, s := range termSentences(test.b) {
				if got != "" {
					got += " "
				}
				got += s.text
				if len(s.sources) == 0 {
					t.Errorf("%q has no source", s.text)
				}
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
