package advice

import (
	"slices"
	"strings"
)

// Words of an answer that are quoted from the handbook at most: what somebody
// reads in a chat. The section itself is shown beside it.
const (
	mostWords   = 120
	secondWords = 50 // left for another section
)

// choose takes the units of a section that answer best, in the order of the
// section. Units that were said before are left out.
func choose(s *Section, asked map[string]bool, room int, said string) []unit {
	order := make([]int, len(s.units))
	score := make([]float64, len(s.units))
	for i, u := range s.units {
		order[i] = i
		for term := range asked {
			if u.terms[term] {
				score[i] += rarityOf(term)
			}
		}
		if i == 0 {
			score[i] += 1.5 // it says what the section is about
		}
		if len(u.sentences) > 0 && strings.HasPrefix(u.sentences[0], "Example") {
			score[i] -= 0.5
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case score[a] > score[b]:
			return -1
		case score[a] < score[b]:
			return 1
		}
		return 0
	})
	var taken []int
	for _, i := range order {
		u := s.units[i]
		if repeated(u, said) || u.words() > room && len(taken) > 0 {
			continue
		}
		taken = append(taken, i)
		if room -= u.words(); room < 25 || len(taken) == 3 {
			break
		}
	}
	slices.Sort(taken)
	units := make([]unit, len(taken))
	for i, at := range taken {
		units[i] = s.units[at]
	}
	return units
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
