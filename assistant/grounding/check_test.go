package grounding_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/retrieval/skills"
)

var facts = []model.Fact{
	{ID: "f1", Kind: "statement", Text: "I need someone to build an online shop for my pet store in Denver."},
	{ID: "f2", Kind: "term", Text: "The budget is about $4,000, fixed price.", Attrs: map[string]string{"currency": "USD"}},
	{ID: "f3", Kind: "figure", Text: "Similar fixed-price posts mostly paid $2,800–4,500 (median $3,600, 14 posts, Jan 2025 – Oct 2026)."},
	{ID: "f4", Kind: "term", Text: "It should be done before Christmas.", Attrs: map[string]string{"date": "2026-12-24"}},
	{ID: "f5", Kind: grounding.KindExcluded, Text: "WordPress"},
	{ID: "f6", Kind: "change", Text: "React and TypeScript"},
	{ID: "f7", Kind: "statement", Text: "We sell about 300 products and have “no idea about hosting” at all."},
	{ID: "f9", Kind: "question", Text: "How should it be paid?"},
	{ID: "f8", Kind: "term", Text: "The work should take six weeks."},
}

func TestCheck(t *testing.T) {
	tests := []struct {
		name     string
		sentence string
		cited    string
		ok       bool // in a reply
		strict   bool // in what gets published
		kind     grounding.Kind
	}{
		{"restates", "You need an online shop for your pet store.", "f1", true, true, grounding.Quote},
		{"money", "Your budget is about $4,000.", "f2", true, true, grounding.Money},
		{"money in another form", "The budget is 4k dollars.", "f2", true, true, grounding.Money},
		{"another sum", "Your budget is about $5,000.", "f2", false, false, grounding.Money},
		{"another currency", "Your budget is about €4,000.", "f2", false, false, grounding.Money},
		{"right sum, wrong fact", "Your budget is $3,600.", "f2", false, false, grounding.Money},
		{"a median passed off as the budget, unmarked", "Your budget is $3,600.", "", false, false, grounding.Money},
		{"range", "Similar posts mostly paid $2,800–4,500.", "f3", true, true, grounding.Money},
		{"mixed up ends", "Similar posts mostly paid $2,800–4,600.", "f3", false, false, grounding.Money},
		{"figures without marks", "Similar posts mostly paid $2,800 to $4,500, and the median was $3,600.", "", true, true, grounding.Money},
		{"sample", "That rests on 14 posts.", "f3", true, false, grounding.Number},
		{"made-up sample", "That rests on 40 posts.", "f3", false, false, grounding.Number},
		{"number as a word", "That rests on fourteen posts.", "f3", true, false, grounding.Number},
		{"duration", "It should take 6 weeks.", "f8", true, true, grounding.Duration},
		{"another unit", "It should take 6 months.", "f8", false, false, grounding.Duration},
		{"date", "It should be done before Christmas.", "f4", true, true, grounding.Date},
		{"date from an attribute", "It should be done by 24 December.", "f4", true, true, grounding.Date},
		{"another month", "It should be done by 24 November.", "f4", false, false, grounding.Date},
		{"skill", "The post asks for React and TypeScript.", "f6", true, true, grounding.Skill},
		{"skill by its alias", "The post asks for ReactJS.", "f6", true, true, grounding.Skill},
		{"skill that nobody named", "The post asks for React and Angular.", "f6", false, false, grounding.Skill},
		{"a skill that was ruled out", "The post asks for WordPress.", "f5", false, false, grounding.Skill},
		{"ruling it out", "No WordPress.", "f5", true, true, grounding.Skill},
		{"place", "The pet store is in Denver.", "f1", true, true, grounding.Entity},
		{"another place", "The pet store is in Boston.", "f1", false, false, grounding.Entity},
		{"a company nobody named", "Acme needs an online shop for a pet store.", "f1", false, false, grounding.Entity},
		{"quotation", "You have “no idea about hosting”.", "f7", true, true, grounding.Quote},
		{"false quotation", "You have “no plan for hosting”.", "f7", false, false, grounding.Skill},
		{"lower-case invention", "You need an online shop with free local delivery and weekly newsletters.", "f1", false, false, grounding.Quote},
		{"courtesy", "Here is a first draft.", "", true, true, grounding.Wording},
		{"courtesy with a number", "Here are 3 drafts.", "", false, false, grounding.Number},
		{"opinion", "That is a realistic budget.", "f2", true, true, grounding.Opinion},
		{"an unrelated statement", "Your neighbour steals bicycles at night.", "", false, false, grounding.Quote},
		{"unknown mark", "The post asks for Angular.", "f99", false, false, grounding.Skill},
		{"full-width digits", "Your budget is ＄９,０００.", "f2", false, false, grounding.Money},
		{"digits of another script", "Your budget is ٩٠٠٠ dollars.", "f2", false, false, grounding.Money},
		{"a question that no fact asks", "Would you like a logo?", "", false, false, grounding.Wording},
		{"a question of a fact", "How should it be paid?", "f9", true, true, grounding.Wording},
		{"bold", "Your budget is **$4,000**.", "f2", true, true, grounding.Money},
		{"list item", "- Online shop for the pet store", "f1", true, true, grounding.Skill},
	}
	reply, published := grounding.NewChecker(facts, skills.Default(), false), grounding.NewChecker(facts, skills.Default(), true)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var cited []string
			if test.cited != "" {
				cited = []string{test.cited}
			}
			got := reply.Check(test.sentence, cited)
			if got.OK != test.ok {
				t.Errorf("in a reply: %v, missing %q", got.OK, got.Missing)
			}
			if strict := published.Check(test.sentence, cited); strict.OK != test.strict {
				t.Errorf("published: %v, missing %q", strict.OK, strict.Missing)
			}
			if got.OK && got.Kind != test.kind && test.kind != grounding.Wording {
				t.Errorf("kind %s, want %s", got.Kind, test.kind)
			}
		})
	}
}

func TestUnmarkedSentencesFindTheirFacts(t *testing.T) {
	c := grounding.NewChecker(facts, skills.Default(), false)
	v := c.Check("Your budget of $4,000 is noted.", nil)
	if !v.OK || !slices.Equal(v.Facts, []string{"f2"}) {
		t.Errorf("rests on %v, missing %v; want f2", v.Facts, v.Missing)
	}
}

func TestStream(t *testing.T) {
	tests := []struct {
		name    string
		text    string
		want    string
		dropped int
	}{
		{"marks are taken out", "You need an online shop [f1]. Your budget is about $4,000. [f2]", "You need an online shop. Your budget is about $4,000.", 0},
		{"a false sentence in the middle", "You need an online shop [f1]. It will cost $9,999 [f2]. Your budget is about $4,000 [f2].", "You need an online shop. Your budget is about $4,000.", 1},
		{"paragraphs survive what is dropped", "You need an online shop [f1].\n\nFree bonus of $50 [f2].\n\nYour budget is about $4,000 [f2].", "You need an online shop.\n\nYour budget is about $4,000.", 1},
		{"the first one is dropped", "Buy Bitcoin now.\n\nYour budget is about $4,000 [f2].", "Your budget is about $4,000.", 1},
		{"lists", "Skills:\n- React [f6]\n- Angular [f6]\n- TypeScript [f6]", "Skills:\n- React\n- TypeScript", 1},
		{"numbered lists", "1. React [f6]\n2. TypeScript [f6]", "1. React\n2. TypeScript", 0},
		{"several marks", "You need an online shop with about $4,000 [f1][f2].", "You need an online shop with about $4,000.", 0},
		{"marks in one bracket", "You need an online shop with about $4,000 [f1, f2].", "You need an online shop with about $4,000.", 0},
		{"brackets that are no marks", "Here is a first draft [draft].", "Here is a first draft [draft].", 0},
		{"no marks at all", "You need an online shop for your pet store. Your budget is about $4,000.", "You need an online shop for your pet store. Your budget is about $4,000.", 0},
		{"nothing", "", "", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, size := range []int{1, 2, 3, 7, len(test.text) + 1} {
				s, got := stream(t, test.text, size)
				if got != test.want || len(s.Dropped()) != test.dropped {
					t.Fatalf("in pieces of %d: got %q, dropped %v\nwant %q, dropped %d", size, got, s.Dropped(), test.want, test.dropped)
				}
				checkSpans(t, s, got)
			}
		})
	}
}

var replyChecker = sync.OnceValue(func() *grounding.Checker { return grounding.NewChecker(facts, skills.Default(), false) })

// stream writes a text in pieces of so many bytes.
func stream(t testing.TB, text string, size int) (*grounding.Stream, string) {
	t.Helper()
	var got strings.Builder
	s := grounding.NewStream(replyChecker(), func(text string) error {
		got.WriteString(text)
		return nil
	})
	for len(text) > 0 {
		n := min(size, len(text))
		if err := s.Write(text[:n]); err != nil {
			t.Fatal(err)
		}
		text = text[n:]
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s, got.String()
}

func checkSpans(t testing.TB, s *grounding.Stream, text string) {
	t.Helper()
	if s.Text() != text {
		t.Errorf("Text is %q, emitted %q", s.Text(), text)
	}
	for _, c := range s.Claims() {
		if got := slice16(text, c.Start, c.End); got != c.Text {
			t.Errorf("claim %q stands at [%d,%d), where the text is %q", c.Text, c.Start, c.End, got)
		}
	}
}

func TestStreamHoldsBackOneSentence(t *testing.T) {
	var got []string
	s := grounding.NewStream(grounding.NewChecker(facts, skills.Default(), false), func(text string) error {
		got = append(got, text)
		return nil
	})
	for _, piece := range []string{"You need an online ", "shop [f1]. ", "Your", " budget is about $4,000 [f2]. H"} {
		if err := s.Write(piece); err != nil {
			t.Fatal(err)
		}
	}
	if len(got) != 2 {
		t.Errorf("emitted %q while the third sentence had begun", got)
	}
}
