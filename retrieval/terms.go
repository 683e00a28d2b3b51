package retrieval

import (
	"cmp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

const (
	maxTerms      = 12   // an OR of more words costs more than it finds
	commonWeight  = 0.9  // below it a word is in very many posts, or in posts of every kind
	skillBonus    = 1.5  // what a word gains in rarity by belonging to a skill's name
	repeatBonus   = 0.4  // what each further mention adds
	maxWeight     = 4    // rarer words than that are mostly names, and found anyway if they matter
	maxAliases    = 2    // other words for a skill that are looked for as well
	maxQueryBytes = 4000 // of a query's text; more adds time and nothing else
)

// searchTerms chooses what the lexical list is asked for: the words of the
// query that say most, those of its skills' names before others, and the short
// words for them ("k8s"). Words that say too little are left out unless there
// is nothing else.
func searchTerms(text string, named []skills.Skill) []string {
	var list termList
	for _, skill := range named {
		list.add(skill.Name, skillBonus)
	}
	list.add(text, 0)
	for _, skill := range named {
		list.addAliases(skill)
	}
	slices.SortStableFunc(list.terms, func(a, b term) int { return cmp.Compare(b.value, a.value) })
	var chosen []string
	for _, t := range list.terms {
		if len(chosen) == maxTerms || t.value < commonWeight && len(chosen) > 0 {
			break
		}
		chosen = append(chosen, t.word)
	}
	return chosen
}

// term is a word that may be searched for, and its rarity with any bonus.
type term struct {
	word  string
	value float64
}

// termList collects terms, each stem once.
type termList struct {
	terms []term
	seen  map[string]int // stem → index in terms
}

// add adds the words of a text. A word that is said again counts a little more.
func (l *termList) add(text string, bonus float64) {
	if l.seen == nil {
		l.seen = make(map[string]int)
	}
	split := words.Split(text)
	for _, word := range split {
		stem := words.Stem(word)
		if words.Stop(word) || len(word) < 2 && len(split) > 1 { // the e of e-commerce, but not C
			continue
		}
		if at, ok := l.seen[stem]; ok {
			l.terms[at].value += repeatBonus
			continue
		}
		l.seen[stem] = len(l.terms)
		l.terms = append(l.terms, term{word, min(words.Weight(stem), maxWeight) + bonus})
	}
}

// addAliases adds other words for a skill, those of one word only.
func (l *termList) addAliases(skill skills.Skill) {
	added := 0
	for _, alias := range skill.Aliases {
		if added < maxAliases && len(alias) > 1 && !strings.ContainsAny(alias, " -./") {
			l.add(alias, 0)
			added++
		}
	}
}

// cutQuery shortens a query's text at a word.
func cutQuery(text string) string {
	if len(text) <= maxQueryBytes {
		return text
	}
	text = text[:maxQueryBytes]
	if at := strings.LastIndexAny(text, " \n"); at > 0 {
		text = text[:at]
	}
	return strings.ToValidUTF8(text, "")
}
