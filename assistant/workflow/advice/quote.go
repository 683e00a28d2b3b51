package advice

import "strings"

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
