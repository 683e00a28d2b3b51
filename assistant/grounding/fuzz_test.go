package grounding_test

import (
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/retrieval/skills"
)

func slice16(text string, start, end int) string {
	units := utf16.Encode([]rune(text))
	if start < 0 || end > len(units) || start > end {
		return ""
	}
	return string(utf16.Decode(units[start:end]))
}

var (
	number     = regexp.MustCompile(`\d+(?:[.,]\d+)*`)
	listNumber = regexp.MustCompile(`^[\s>#]*\d{1,2}[.)]\s`)
	thousands  = regexp.MustCompile(`\d+(?:[ '’]\d{3})+(?:\D|$)`)
)

// allowed are the numbers that the facts state, in the forms of digits that a
// text may write them in.
var allowed = func() map[float64]bool {
	set := map[float64]bool{4: true, 4000: true, 6: true} // 4k; six
	for _, f := range facts {
		text := f.Text
		for _, v := range f.Attrs {
			text += " " + strings.ReplaceAll(v, "-", " ")
		}
		for _, n := range number.FindAllString(text, -1) {
			if v, err := strconv.ParseFloat(strings.ReplaceAll(n, ",", ""), 64); err == nil {
				set[v] = true
			}
		}
	}
	return set
}()

// checkNumbers is told nothing of how the checker reads numbers.
func checkNumbers(t testing.TB, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = listNumber.ReplaceAllString(line, "")
		line = thousands.ReplaceAllStringFunc(line, strings.NewReplacer(" ", "", "'", "", "’", "").Replace)
		for _, n := range number.FindAllString(line, -1) {
			v, err := strconv.ParseFloat(strings.ReplaceAll(n, ",", ""), 64)
			if err != nil {
				v, err = strconv.ParseFloat(strings.NewReplacer(",", "", ".", "").Replace(n), 64)
			}
			if joined := strings.ReplaceAll(n, ".", ""); err == nil && !allowed[v] {
				v, err = strconv.ParseFloat(strings.ReplaceAll(joined, ",", ""), 64)
			}
			if err == nil && !allowed[v] {
				t.Errorf("emitted %q, which is in no fact: %q", n, text)
			}
		}
	}
}

// TestNoNumberWithoutSource strings random words and numbers together, in
// pieces of random size.
func TestNoNumberWithoutSource(t *testing.T) {
	words := strings.Fields("the your budget is shop pet store about $ € weeks months posts paid React Angular median before Christmas . , ? \n - k thousand [f1] [f2] [f3] [f8] and to – 2. or in per hour " +
		"4,000 4000 4k 3,600 14 40 6 six sixty 2,800–4,500 9.5 1e9 0x40 ４ ½ 300 2026 3rd 12/24 50% *5* `7` 8th #9")
	random := rand.New(rand.NewPCG(1, 2))
	kept := 0
	for range 1500 {
		var text strings.Builder
		for range 1 + random.IntN(30) {
			text.WriteString(words[random.IntN(len(words))] + " ")
		}
		s, got := stream(t, text.String(), 1+random.IntN(20))
		checkNumbers(t, got)
		checkSpans(t, s, got)
		kept += len(s.Claims())
	}
	if kept < 50 {
		t.Errorf("only %d sentences were let through: the test says little", kept)
	}
}

func FuzzStream(f *testing.F) {
	for _, seed := range []string{"You need an online shop [f1]. Your budget is $4,000 [f2].", "1. **Bold** [f3\n\n- x [f1][f2]. \"q\" e.g. 3.5k €", "［f1］ ４０００ $4 000", "\xff\xfe[f", "a\u202eb. 🙂 5🙂", "[f1]. [f2]? !", "12 000 000.5.6,7'8"} {
		f.Add(seed, 3)
	}
	f.Fuzz(func(t *testing.T, text string, size int) {
		if size < 1 || size > 4096 || len(text) > 1<<14 {
			t.Skip()
		}
		s, got := stream(t, text, size)
		if !utf8.ValidString(got) {
			t.Errorf("emitted invalid UTF-8: %q", got)
		}
		checkNumbers(t, got)
		checkSpans(t, s, got)
		if _, whole := stream(t, text, len(text)+1); utf8.ValidString(text) && whole != got {
			t.Errorf("in pieces of %d: %q, at once: %q", size, got, whole)
		}
	})
}

// FuzzSplit checks that every digit of a sentence is part of a claim that is
// looked for in the facts, and that claims stand where they say.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{"I led 12 people (“well”) for 3.5 years.", "- **Five** years of Kafka, since 2016", "2026-12-24 and 4–6 weeks", "a\u200bb ５ K\u0430fka &#53; <b>7</b>", "🙂 8% of €9k, not 10", "k8s, React 18, 3rd", "\xff7", "1. 2. 3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<12 || !utf8.ValidString(text) {
			t.Skip()
		}
		covered := make([]bool, len(utf16.Encode([]rune(text)))+1)
		for _, a := range grounding.Split(text, skills.Default()) {
			if got := slice16(text, a.Start, a.End); got != a.Text || a.Kind == "" {
				t.Errorf("%q: claim %q of kind %q stands at [%d,%d), where the text is %q", text, a.Text, a.Kind, a.Start, a.End, got)
			}
			for i := a.Start; i < a.End && a.Kind != grounding.Quote && a.Kind != grounding.Opinion && a.Kind != grounding.Wording; i++ {
				covered[i] = true
			}
		}
		if strings.ContainsAny(text, "<&") { // tags are not read
			return
		}
		marker := len(utf16.Encode([]rune(listNumber.FindString(text))))
		for i, unit := range utf16.Encode([]rune(text)) {
			if unit >= '0' && unit <= '9' && !covered[i] && i >= marker {
				t.Errorf("%q: the digit at %d is part of no claim", text, i)
			}
		}
	})
}
