package jobpost

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/brief"
)

func TestReviewText(t *testing.T) {
	tests := []struct{ text, word, kind string }{
		{"We want a young salesperson.", "young", unlawful},
		{"You are young, dynamic and hungry.", "young, dynamic and hungry", unlawful},
		{"Must be under 35.", "Must be under 35", unlawful},
		{"Applicants under 30.", "Applicants under 30", unlawful},
		{"Under 35 years.", "Under 35 years", unlawful},
		{"Between 20 and 30 years old, please.", "Between 20 and 30 years old", unlawful},
		{"Females only.", "Females only", unlawful},
		{"We prefer a woman for this.", "prefer a woman", unlawful},
		{"Looking for a girl to answer the phone.", "Looking for a girl", unlawful},
		{"Christians only.", "Christians only", unlawful},
		{"No Indians please.", "No Indians", unlawful},
		{"Able-bodied people.", "Able-bodied", unlawful},
		{"Single people only.", "Single people only", unlawful},
		{"No kids.", "No kids", unlawful},
		{"Native speakers only.", "Native speakers only", excluding},
		{"A native English speaker.", "native English speaker", excluding},
		{"You must be a native German.", "must be a native German", excluding},
		{"No accents.", "No accents", excluding},
		{"Suits recent graduates.", "recent graduates", excluding},
		{"We need digital natives.", "digital natives", excluding},
		{"Please send a photo of yourself.", "send a photo of yourself", excluding},
		{"A salesman.", "salesman", coded},
		{"We need a web guy.", "web guy", coded},
		{"He must have five years of it.", "He must have", coded},
		{"A coding ninja.", "ninja", coded},
		{"Be a rock star.", "rock star", coded},
		{"A WordPress guru.", "guru", coded},
		{"Dominate the market.", "Dominate", coded},
		{"Aggressive targets.", "Aggressive", coded},
		{"A nurturing teacher.", "nurturing", coded},
		{"40 man-hours.", "man-hours", coded},
		{"👩‍🎨 A salesman.", "salesman", coded},
		{"Female designer for a set of icons", "Female designer", unlawful},
		{"Copywriter, male.", "male", unlawful},
		{"Female", "Female", unlawful},
		{"I want a girl on the team.", "want a girl", unlawful},
		{"A girl for reception.", "girl for reception", unlawful},
		{"She is max 30 years old.", "max 30 years old", unlawful},
		{"Designer under 25, remote.", "under 25", unlawful},
		{"Cashier, under 25", "under 25", unlawful},
		{"Native English.", "Native English", excluding},
		{"From a Christian background.", "Christian background", unlawful},
		{"Applicants must be between 20 and 30.", "must be between 20 and 30", unlawful},
		{"Reception assistant, age 20-30", "age 20-30", unlawful},

		{"A novel for young adults.", "", ""},
		{"Lessons for young children and older people.", "", ""},
		{"A shop for girls' and women's clothes.", "", ""},
		{"A book about an old man and his dog.", "", ""},
		{"Our foreman will show you.", "", ""},
		{"A budget under 3000 dollars, under 40 pages in under 30 days.", "", ""},
		{"Our native app is written in Swift; React Native is fine.", "", ""},
		{"Rocks and stars for a game.", "", ""},
		{"Add a setup wizard to the app.", "", ""},
		{"A human reader, management, Manchester.", "", ""},
		{"An accented colour scheme.", "", ""},
		{"Competitive prices.", "", ""},
		{"Physics tutor for 3 students, 16–17 years old.", "", ""},
		{"Maths lessons for my son, 12-13 years old.", "", ""},
		{"Toys for girls under 10.", "", ""},
		{"A female voice with a British accent.", "", ""},
		{"Female voice artist for an audiobook.", "", ""},
		{"A survey of women between 30 and 45 years old.", "", ""},
		{"The page must be under 50 KB.", "", ""},
		{"Our customers are male and female.", "", ""},
		{"A USB adapter with a male connector.", "", ""},
		{"Illustrations for young readers.", "", ""},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			found := reviewText(nil, "/description", test.text)
			if test.word == "" {
				if len(found) > 0 {
					t.Errorf("warns of %q", found[0].Word)
				}
				return
			}
			if len(found) != 1 || !strings.EqualFold(found[0].Word, test.word) || found[0].Kind != test.kind {
				t.Fatalf("got %+v, want %q (%s)", found, test.word, test.kind)
			}
			if word, _ := brief.UTF16Slice(test.text, found[0].Start, found[0].End); word != found[0].Word {
				t.Errorf("the span holds %q", word)
			}
		})
	}
}

func TestEachWishIsMarked(t *testing.T) {
	words := map[string]bool{}
	for _, w := range reviewText(nil, "/description", "A native English speaking copywriter, female preferred, under 30, young.") {
		words[w.Word] = true
	}
	for _, want := range []string{"native English speaking", "female preferred", "under 30", "young"} {
		if !words[want] {
			t.Errorf("%q is not among %v", want, words)
		}
	}
}

// TestBetterFits puts the better wording in the place of what it is better than.
func TestBetterFits(t *testing.T) {
	for text, want := range map[string]string{
		"A salesman for our shop.":               "A salesperson for our shop.",
		"Two cameramen.":                         "Two camera operators.",
		"A native English speaker.":              "A fluent English speaker.",
		"Polish native speaker required.":        "Fluent Polish speaker required.",
		"He must have five years of it.":         "They must have five years of it.",
		"We need a web guy.":                     "We need a web specialist.",
		"We need a good guy.":                    "We need a good person.",
		"40 man-hours.":                          "40 hours of work.",
		"Two rockstars.":                         "Two experts.",
		"It dominates the market.":               "It leads the market.",
		"Must be under 35.":                      "",
		"You are young and hungry.":              "",
		"Females only.":                          "",
		"No kids.":                               "",
		"Looking for a girl to answer the phone": "",
	} {
		found := reviewText(nil, "/description", text)
		if len(found) != 1 {
			t.Fatalf("%q: %+v", text, found)
		}
		w := found[0]
		if want == "" {
			if w.Better != "" || w.Reason == "" {
				t.Errorf("%q: replace %q by %q", text, w.Word, w.Better)
			}
			continue
		}
		if got := strings.Replace(text, w.Word, w.Better, 1); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, text := range []string{
		"I need 50 fake reviews for my restaurant", "someone to write 5 star reviews on Google for us", "buy 10k followers for our page",
		"write my thesis for me", "Somebody to do my homework in calculus", "I need exam answers by Friday", "take my online exam",
		"hack my ex's Instagram account", "a fake diploma", "phishing page for a bank",
	} {
		if refused(text) == "" {
			t.Errorf("%q is not turned down", text)
		}
	}
	for _, text := range []string{
		"a model that detects fake reviews", "help with statistics for my thesis", "proofread my dissertation", "a tutor to prepare for my exam", "write blog posts about student life",
		"our site was hacked, clean it up", "a reviews page with ratings for our shop", "a plugin against spam emails", "likes and follows for our own app", "a quiz app for exams", "landing page with customer reviews",
		"essays for our magazine", "a thesis template in LaTeX", "growth hacking for our Instagram",
	} {
		if r := refused(text); r != "" {
			t.Errorf("%q is turned down: %s", text, r)
		}
	}
}

// TestTriggers checks that sparing a text the search never spares a warning.
func TestTriggers(t *testing.T) {
	for _, c := range cautions {
		for _, trigger := range c.triggers {
			if trigger != strings.ToLower(trigger) || trigger == "" {
				t.Errorf("trigger %q of %s", trigger, c.pattern)
			}
		}
	}
	for _, text := range []string{"young", "YOUTHFUL", "Aged 20-30", "max age: 40", "not older than 40", "saleswomen", "cut-throat", "kills it and killing it", "girls wanted", "he/she", "s/he"} {
		low := strings.ToLower(text)
		for _, c := range cautions {
			if !c.pattern.MatchString(text) {
				continue
			}
			spared := true
			for _, trigger := range c.triggers {
				spared = spared && !strings.Contains(low, trigger)
			}
			if spared {
				t.Errorf("%q matches %s and has none of its triggers", text, c.pattern)
			}
		}
	}
}
