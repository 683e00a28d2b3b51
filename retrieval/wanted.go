package retrieval

import (
	"strings"

	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// wanted are the words of a query and of the names of its skills, made ready
// to be looked for in many documents.
type wanted struct {
	stems  map[string]int // each word's stem → its place in what in returns
	first  [256]bool      // first bytes of stems: most words of a text need no stemming to be none of them
	said   int            // so many stems, the first, are of the query's text
	asked  []queryWord
	skills []skills.Skill
	low    []string  // the skills' names in lower case
	names  [][][]int // of each skill each name, as places of its words

	buffer    []string          // of split, used again
	canonical map[string]string // skills as documents list them → as they are filtered by
}

// queryWord is a word of the query and its place.
type queryWord struct {
	word string
	at   int
}

func newWanted(text string, named []skills.Skill) *wanted {
	w := &wanted{stems: make(map[string]int), skills: named, names: make([][][]int, len(named)), canonical: make(map[string]string)}
	for _, word := range words.Split(text) {
		if words.Stop(word) || len(word) < 2 {
			continue
		}
		if before := len(w.stems); w.place(word) == before {
			w.asked = append(w.asked, queryWord{word, before})
		}
	}
	w.said = len(w.stems)
	for i, skill := range named {
		w.low = append(w.low, strings.ToLower(skill.Name))
		w.addName(i, skill.Name)
		for _, alias := range skill.Aliases {
			w.addName(i, alias)
		}
	}
	return w
}

// place returns a word's place, a new one when its stem was not wanted before.
func (w *wanted) place(word string) int {
	stem := words.Stem(word)
	at, known := w.stems[stem]
	if !known && stem != "" {
		at = len(w.stems)
		w.stems[stem] = at
		w.first[stem[0]] = true
	}
	return at
}

func (w *wanted) addName(skill int, name string) {
	var places []int
	for _, word := range words.Split(name) {
		places = append(places, w.place(word))
	}
	w.names[skill] = append(w.names[skill], places)
}

// in tells which wanted words the title, the skills and the carried text of a hit have.
func (w *wanted) in(hit *Hit) []bool {
	has := make([]bool, len(w.stems))
	if len(has) == 0 {
		return has
	}
	mark := func(text string) {
		for _, word := range w.split(text) {
			if at, ok := w.at(word); ok {
				has[at] = true
			}
		}
	}
	mark(hit.Facets.Title)
	for _, skill := range hit.Facets.Skills {
		mark(skill)
	}
	mark(explained(hit))
	return has
}

// covers is the share of a title's words that the query's text has, 0 to 1.
func (w *wanted) covers(title string) float64 {
	titled, shared := 0, 0
	for _, word := range w.split(title) {
		if words.Stop(word) || len(word) < 2 {
			continue
		}
		titled++
		if at, ok := w.at(word); ok && at < w.said {
			shared++
		}
	}
	if shared == 0 {
		return 0
	}
	return float64(shared) / float64(titled)
}

// split returns the words of a text, until it is called again.
func (w *wanted) split(text string) []string {
	w.buffer = words.AppendSplit(w.buffer[:0], text)
	return w.buffer
}

// at returns the place of a word that is wanted.
func (w *wanted) at(word string) (int, bool) {
	if !w.first[word[0]] {
		return 0, false
	}
	at, ok := w.stems[words.Stem(word)]
	return at, ok
}

// words are those of the query that are there, in its order.
func (w *wanted) words(has []bool) []string {
	var found []string
	for _, asked := range w.asked {
		if has[asked.at] && len(found) < maxWords {
			found = append(found, asked.word)
		}
	}
	return found
}

// possible reports whether all words of one of a skill's names are there,
// without which it cannot be named.
func (w *wanted) possible(skill int, has []bool) bool {
	for _, name := range w.names[skill] {
		all := true
		for _, at := range name {
			all = all && has[at]
		}
		if all {
			return true
		}
	}
	return false
}
