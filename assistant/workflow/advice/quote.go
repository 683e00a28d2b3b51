package advice

import (
	"regexp"
	"strings"
)

// Words of an answer that are quoted from the handbook at most: what somebody
// reads in a chat. The section itself is shown beside it.
const (
	mostWords   = 120
	secondWords = 50 // left for another section
)

// choose takes the run of units that answers best: what stands together in the
// section, since pieces from here and there read like none. Units that were
// said before end a run.
func choose(s *Section, asked map[string]bool, room int, said string) []unit {
	var best []unit
	most := 0.0
	for from := range s.units {
		if from > 0 && opensMidway(s.units[from]) {
			continue
		}
		score, words := 0.0, 0
		for to := from; to < len(s.units) && !repeated(s.units[to], said); to++ {
			u := s.units[to]
			if words += u.words(); words > room && to > from {
				break
			}
			score += worth(u, asked, to == 0)
			if score > most || best == nil {
				best, most = s.units[from:to+1], score
			}
		}
	}
	return best
}

// midway begins what makes sense only after what stands before it.
var midway = regexp.MustCompile(`(?i)^(?:(?:for|in) (?:the same|this|that|an?) example|example|the same|another|instead|then|so|but|and|also|otherwise|if it went|it can easily)\b`)

// opensMidway reports whether an answer must not begin with a unit.
func opensMidway(u unit) bool {
	return len(u.sentences) == 0 || midway.MatchString(u.sentences[0])
}

// worth is how much a unit answers of what was asked; the first one says what
// its section is about. A unit that answers nothing costs the reader time.
func worth(u unit, asked map[string]bool, first bool) float64 {
	score := -0.4
	for term := range asked {
		if u.terms[term] {
			score += rarityOf(term)
		}
	}
	if first {
		score += 1.5
	}
	if len(u.sentences) > 0 && strings.HasPrefix(u.sentences[0], "Example") {
		score -= 0.5
	}
	return score
}

// repeated reports whether a unit was said in the conversation already.
func repeated(u unit, said string) bool {
	for _, s := range u.sentences {
		if len(s) > 30 && strings.Contains(said, s) {
			return true
		}
	}
	return false
}
