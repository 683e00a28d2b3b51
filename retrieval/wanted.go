package retrieval

import (
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// wanted are the words of a query and of the names of its skills, made ready
// to be looked for in many documents.
type wanted struct {
	stems  map[string]int // each word's stem → its place in what in returns
	first  [256]bool      // first bytes of stems: most words of a text need no stemming to be none of them
	asked  []queryWord
	skills []skills.Skill
	names  [][][]int // of each skill each name, as places of its words
}

// queryWord is a word of the query and its place.
type queryWord struct {
	word string
	at   int
}

func newWanted(text string, named []skills.Skill) *wanted {
	w := &wanted{stems: make(map[string]int), skills: named, names: make([][][]int, len(named))}
	for _, word := range words.Split(text) {
		if words.Stop(word) || len(word) < 2 {
			continue
		}
		if before := len(w.stems); w.place(word) == before {
			w.asked = append(w.asked, queryWord{word, before})
		}
	}
	for i, skill := range named {
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
	list := words.AppendSplit(make([]string, 0, 64), hit.Facets.Title)
	for _, skill := range hit.Facets.Skills {
		list = words.AppendSplit(list, skill)
	}
	for _, word := range words.AppendSplit(list, explained(hit)) {
		if !w.first[word[0]] {
			continue
		}
		if at, ok := w.stems[words.Stem(word)]; ok {
			has[at] = true
		}
	}
	return has
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
