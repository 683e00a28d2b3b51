package retrieval_test

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

func TestPhrasesStandTogether(t *testing.T) {
	for _, tt := range []struct {
		query, text string
		want        bool
	}{
		{`"night shift"`, "Guards for the night shift.", true},
		{`"night shift"`, "We offer night shifts", true},
		{`"night shift"`, "a shift at night", false},
		{`"night shift"`, "night or day shift", false},
		{`"night shift" nurse`, "night shift", true},
		{`"night shift" "care home"`, "night shift in a care home", true},
		{`"night shift" "care home"`, "night shift at home, with care", false},
		{`“night shift”`, "day shift", false},
		{`«night shift»`, "night shift", true},
		{`"front-end developer"`, "a front end developer", true},
		{`"front end developer"`, "Front-End Developers", true},
		{`"node.js"`, "we use Node.js", true},
		{`"C++"`, "C and C#", false},
		{`"diseño web"`, "se busca diseñador web", true},
		{`"diseño web"`, "web con diseño", false},
		{`"ubersetzer deutsch"`, "Übersetzerin Deutsch–Englisch", true},
		{`"logo`, "anything", true},
		{`a 5" by 7" print`, "anything", true},
		{`""`, "anything", true},
		{`" . "`, "anything", true},
		{`"night shift"`, "", false},
	} {
		if got := retrieval.InPhrases(tt.query, tt.text); got != tt.want {
			t.Errorf("%s in %q: %v", tt.query, tt.text, got)
		}
	}
}

func TestPhrasesLeaveTheirWords(t *testing.T) {
	for _, tt := range []struct {
		query, rest string
		count       int
	}{
		{`a "night shift" nurse`, "a night shift nurse", 1},
		{`no quotes`, "no quotes", 0},
		{`"open`, `"open`, 0},
		{`it's 5" wide`, `it's 5" wide`, 0},
		{"\"two\"\nlines", "\"two\"\nlines", 0},
		{strings.Repeat("prose ", 50) + `"quoted"`, strings.Repeat("prose ", 50) + `"quoted"`, 0},
		{strings.Repeat(`"a" `, 20), strings.Repeat("a ", 20), 5},
	} {
		rest, count := retrieval.Unquoted(tt.query)
		if rest != tt.rest || count != tt.count {
			t.Errorf("%q: %q with %d phrases, want %q with %d", tt.query, rest, count, tt.rest, tt.count)
		}
	}
}

func FuzzPhrases(f *testing.F) {
	f.Add(`a "b c" “d” 5" «e`, "b c d")
	f.Add("\"\xff\"\"", "\xff")
	f.Fuzz(func(t *testing.T, query, text string) {
		rest, _ := retrieval.Unquoted(query)
		if len(rest) > len(query) {
			t.Fatalf("%q became %q", query, rest)
		}
		retrieval.InPhrases(query, text)
	})
}
