package retrieval

import (
	"cmp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

const (
	maxTerms      = 12   // words; an OR of more costs more than it finds
	maxSkillTerms = 4    // skills that are looked for as such, beside words
	commonWeight  = 0.9  // below it a word is in very many posts, or in posts of every kind
	repeatBonus   = 0.4  // what each further mention adds
	maxWeight     = 3    // rarer words than that are mostly names, and found anyway if they matter
	maxQueryBytes = 4000 // of a query's text; more adds time and nothing else
	shortQuery    = 6    // up to so many, a query's words are looked for in more than one way
)

// searchTerms chooses what the lexical list is asked for: a term for each of
// the first skills, under which documents are found that name it in any way,
// and the words that say most, in the forms of the query's language. Words that
// say too little are left out unless there is nothing else. Without aliases
// skills are looked for by the words of their names only.
func searchTerms(text, language string, named []skills.Skill, aliases bool) []string {
	list := newTermList(text, language)
	var chosen []string
	for _, skill := range named {
		if aliases && skill.Category != "" && len(chosen) < maxSkillTerms {
			chosen = append(chosen, words.SkillTerm(skill.Name))
		}
		list.add(skill.Name)
	}
	list.add(text)
	slices.SortStableFunc(list.terms, func(a, b term) int { return cmp.Compare(b.value, a.value) })
	short := len(list.terms) <= shortQuery
	for i, t := range list.terms {
		if i == maxTerms || t.value < commonWeight && len(chosen) > 0 {
			break
		}
		chosen = list.appendForms(chosen, t.word, short)
	}
	return chosen
}

// term is a word that may be searched for, and what it says with any bonus.
type term struct {
	word  string
	value float64
}

// termList collects terms, each stem once.
type termList struct {
	languages []words.Language
	terms     []term
	seen      map[string]int // stem → index in terms
}

func newTermList(text, language string) *termList {
	return &termList{languages: queryLanguages(text, language), seen: make(map[string]int)}
}

// add adds the words of a text. A word that is said again counts a little more.
func (l *termList) add(text string) {
	split := words.Split(text)
	for _, word := range split {
		stem := words.Stem(word)
		if l.empty(word, stem) || len(word) < 2 && len(split) > 1 { // the e of e-commerce, but not C
			continue
		}
		if at, ok := l.seen[stem]; ok {
			l.terms[at].value += repeatBonus
			continue
		}
		l.seen[stem] = len(l.terms)
		l.terms = append(l.terms, term{word, min(words.Weight(stem), maxWeight)})
	}
}

// empty reports whether a word says nothing. Where the language is not plain, a
// word that is also known to English texts may mean something ("die cutting").
func (l *termList) empty(word, stem string) bool {
	for _, language := range l.languages {
		if words.StopIn(language, word) && (language == words.English || len(l.languages) <= 2 || !words.Default().Known(stem)) {
			return true
		}
	}
	return false
}

// appendForms adds a word as texts of each language have it. Where the language
// is not plain, only words of a short query that English texts do not know are
// looked for in other languages, and in no form that is another word in English.
func (l *termList) appendForms(chosen []string, word string, short bool) []string {
	english, plain := words.Stem(word), len(l.languages) <= 2
	if !plain && (!short || words.Default().Known(english)) {
		return append(chosen, word)
	}
	for _, language := range l.languages {
		if language == words.English {
			chosen = append(chosen, word)
			continue
		}
		for _, form := range words.Forms(language, word) {
			exact := words.Exact(form)
			if form != english && (plain || !words.Default().Known(form)) && !slices.Contains(chosen, exact) {
				chosen = append(chosen, exact)
			}
		}
	}
	return chosen
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
