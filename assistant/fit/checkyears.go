package fit

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"
)

// enoughYears is which share of the years that are asked for counts as them.
const enoughYears = 0.95

// withYears judges a finding by the years that its lines show.
func (p *Person) withYears(f Finding, asked float64, lines []*line, today time.Time) Finding {
	have, said := p.yearsOf(lines, today)
	switch {
	case have >= asked*enoughYears:
		return f
	case have <= 0:
		f.Status, f.Degree = Partly, min(f.Degree, 0.4)
		f.Note = fmt.Sprintf("The profile does not say for how long; %s are asked for.", countText(asked))
	default:
		f.Status, f.Degree = Partly, min(f.Degree, 0.85*have/asked)
		verb := "shows"
		if said {
			verb = "says"
		}
		f.Note = fmt.Sprintf("The profile %s %s; %s are asked for.", verb, aboutYears(have), countText(asked))
	}
	return f
}

func aboutYears(n float64) string {
	half := math.Round(n*2) / 2
	switch {
	case half <= 0.5:
		return "less than a year"
	case half == 1:
		return "about a year"
	}
	return fmt.Sprintf("about %g years", half)
}

// yearsOf is for how long lines tell of something: as they say, else as long
// as the positions lasted that they are of.
func (p *Person) yearsOf(lines []*line, today time.Time) (years float64, said bool) {
	stated := -1.0
	var spans []entry
	for _, l := range lines {
		if n, ok := statedYears(l.tokens, today); ok {
			stated = max(stated, n)
		}
		if l.entry >= 0 && l.entry < len(p.entries) {
			spans = append(spans, p.entries[l.entry])
		}
	}
	if stated >= 0 {
		return stated, true
	}
	return float64(months(spans, today)) / 12, false
}

// months is how many months some positions cover together.
func months(spans []entry, today time.Time) int {
	now := today.Year()*12 + int(today.Month()) - 1
	slices.SortFunc(spans, func(a, b entry) int { return a.from - b.from })
	covered, until := 0, 0
	for _, s := range spans {
		to := s.to + 1 // the last month counts
		if s.to == 0 {
			to = now
		}
		to = min(to, now+1)
		from := max(s.from, until)
		if s.from > 0 && to > from {
			covered += to - from
			until = to
		}
	}
	return covered
}

var spelledYears = map[string]float64{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "a": 1}

// statedYears reads "two years", "8 yrs" and "since 2019" in a clause.
func statedYears(tokens []string, today time.Time) (float64, bool) {
	for i, w := range tokens {
		if i > 0 && (w == "year" || w == "years" || w == "yrs") && !(i+1 < len(tokens) && (tokens[i+1] == "old" || tokens[i+1] == "ago")) {
			if n, ok := numberOf(tokens[i-1]); ok && !(w == "year" && n == 1 && i > 1 && tokens[i-1] == "a" && !slices.Contains([]string{"for", "about", "nearly", "over", "only"}, tokens[i-2])) {
				return n, true
			}
		}
		if w != "since" {
			continue
		}
		for k := i + 1; k < min(i+6, len(tokens)); k++ {
			if year, err := strconv.Atoi(tokens[k]); err == nil && year > 1950 && year <= today.Year() {
				return max(0.1, float64(today.Year()-year)+float64(today.YearDay())/365), true
			}
		}
	}
	return 0, false
}

func numberOf(w string) (float64, bool) {
	if n, ok := spelledYears[w]; ok {
		return n, true
	}
	for len(w) > 0 && w[len(w)-1] == '+' {
		w = w[:len(w)-1]
	}
	n, err := strconv.Atoi(w)
	return float64(n), err == nil && n > 0 && n < 70
}
