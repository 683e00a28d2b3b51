package fit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
)

// peopleWho are people by what they tell of themselves.
func peopleWho(texts map[string]string) map[string]*fit.Person {
	reader := newReader()
	people := make(map[string]*fit.Person)
	for id, text := range texts {
		headline, work, _ := strings.Cut(text, " | ")
		people[id] = reader.Person(id, retrieval.Profile{Headline: headline, Experience: []retrieval.Experience{{Title: headline, From: "2019-01", Text: work}}})
	}
	return people
}

// left are the ids whom a wish leaves of some people, in order.
func left(t *testing.T, text string, people map[string]*fit.Person) string {
	t.Helper()
	var list []*fit.Person
	for _, p := range people {
		list = append(list, p)
	}
	wish := newReader().Wish(text, today, fit.WishContext{Currency: "EUR"}).Among(list, today)
	var ids []string
	for id, p := range people {
		if !slices.ContainsFunc(wish.Add, func(r fit.Requirement) bool { return r.Hard && !r.Keeps(p.Check(r, today)) }) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

// TestExperienceAmongPeople asks for experience in other words than the
// profiles have it in, and holds who stays.
func TestExperienceAmongPeople(t *testing.T) {
	people := peopleWho(map[string]string{
		"a": "Firmware engineer | C for collars that farmers put on their cattle, two years on a coin cell. Updates over the air, 40,000 units in the field.",
		"b": "Rust developer | Servers for a trading desk. An ESP32 I only play with, for fun at home.",
		"c": "Filmmaker | Twenty ceremonies a year, full length, with a drone.",
		"d": "Video editor | Thirty reels a week for gyms and cafes.",
		"e": "Tutor | Pupils of 14 to 18, algebra before their A-levels.",
		"f": "Primary teacher | Reading with six to nine year olds, many of them dyslexic.",
		"g": "Bookkeeper | Ledgers and VAT for eleven cafes and two bakeries. Payroll I leave to others.",
	})
	for text, want := range map[string]string{
		"devices that run on batteries":               "a",
		"who has done remote updates of devices?":     "a",
		"somebody who knows hospitality businesses":   "d g",
		"who has filmed with a drone":                 "c",
		"with young children":                         "f",
		"who prepares teenagers for exams":            "e",
		"they must know agriculture":                  "a",
		"experience with dyslexia":                    "f",
		"with films (footage, clips), not reels":      "c",
		"somebody who has handled payroll themselves": "",
		"with a background in trombones":              "a b c d e f g",
	} {
		if got := left(t, text, people); got != want {
			t.Errorf("%q leaves %q, want %q", text, got, want)
		}
	}
}

// TestPaperLevels holds that a level that is asked for is compared, not its words.
func TestPaperLevels(t *testing.T) {
	reader := newReader()
	for paper, want := range map[string]bool{"WSET Level 2 Award in Wines": false, "WSET Level 3 Award in Wines": true, "WSET Level 4 Diploma": true, "Barista level 3": false} {
		p := reader.Person("p", retrieval.Profile{Credentials: []string{paper}})
		wish := reader.Wish("only with WSET 3 or higher", today, fit.WishContext{})
		if len(wish.Add) != 1 || wish.Add[0].Keeps(p.Check(wish.Add[0], today)) != want {
			t.Errorf("%q: %+v, want %v", paper, wish.Add, want)
		}
	}
}

// BenchmarkAmong fits an experience in words to a pool of 50.
func BenchmarkAmong(b *testing.B) {
	reader := newReader()
	wish := reader.Wish("who has worked for restaurants and knows their booking systems", today, fit.WishContext{})
	for b.Loop() {
		var list []*fit.Person
		for range 50 {
			list = append(list, reader.Person("c", profile))
		}
		wish.Among(list, today)
	}
}
