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
